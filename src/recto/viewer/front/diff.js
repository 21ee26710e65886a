// What changed from one text to another, word by word: the longest common run first, then what stands on its two sides.

const MOST = 20000;

// [[kind, text]] with kinds 'same', 'gone' and 'new', in order.
export function differences(a, b) {
  const split = (text, long) => text.replace(/\s+/g, ' ').trim().split(long ? /(?<=[.;:]) / : ' ').filter(Boolean);
  const long = Math.max(a.length, b.length) > 8 * MOST;
  const [before, after] = [split(a, long), split(b, long)];
  const parts = [];
  const put = (kind, words) => {
    if (!words.length) return;
    const last = parts[parts.length - 1];
    if (last && last[0] === kind) last[1] += ` ${words.join(' ')}`;
    else parts.push([kind, words.join(' ')]);
  };
  const places = new Map();
  after.forEach((word, at) => places.set(word, [...(places.get(word) || []), at]));
  const stack = [[0, before.length, 0, after.length, null]];
  while (stack.length) {
    const [low, high, from, to, same] = stack.pop();
    if (same) {
      put('same', same);
      continue;
    }
    if (low >= high || from >= to) {
      put('gone', before.slice(low, high));
      put('new', after.slice(from, to));
      continue;
    }
    const [i, j, size] = longest(before, places, low, high, from, to);
    if (!size) {
      put('gone', before.slice(low, high));
      put('new', after.slice(from, to));
      continue;
    }
    stack.push([i + size, high, j + size, to, null], [0, 0, 0, 0, before.slice(i, i + size)], [low, i, from, j, null]);
  }
  return parts;
}

// The longest run that both have within bounds: [start in a, start in b, length]. Words that are everywhere start none.
function longest(before, places, low, high, from, to) {
  let best = [low, from, 0];
  let lengths = new Map();
  for (let i = low; i < high; i += 1) {
    const next = new Map();
    const found = places.get(before[i]) || [];
    if (found.length < 400 || high - low < 400) {
      for (const j of found) {
        if (j < from) continue;
        if (j >= to) break;
        const size = (lengths.get(j - 1) || 0) + 1;
        next.set(j, size);
        if (size > best[2]) best = [i - size + 1, j - size + 1, size];
      }
    }
    lengths = next;
  }
  return best;
}
