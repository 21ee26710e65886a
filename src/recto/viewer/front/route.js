// Every page, row, cell, fact and search has an address: the part of the URL behind '#'.

// Views whose address goes on with words of their own.
const WORDED = ['find', 'facts', 'findings', 'compare', 'chart', 'companies', 'company', 'series', 'statement', 'peers', 'events', 'restatements', 'texts', 'filed', 'open'];

// '#/R4/3/1?show=document' → {view: 'page', stem: 'R4', row: 3, column: 1, options: {show: 'document'}}.
export function parse(hash) {
  const [path, query] = hash.replace(/^#\/?/, '').split('?');
  const words = path.split('/').filter(Boolean).map(decode);
  const options = Object.fromEntries(new URLSearchParams(query || ''));
  const [first] = words;
  if (!first) return { view: 'home', options };
  if (first === 'fact') return { view: 'fact', fact: words[1]?.startsWith('@') ? words[1] : index(words[1]) ?? 0, options };
  if (WORDED.includes(first)) {
    return { view: first, words: words.slice(1), options };
  }
  return { view: 'page', stem: first, row: index(words[1]), column: index(words[2]), options };
}

export function format(route) {
  const query = new URLSearchParams(Object.entries(route.options || {}).filter(([, value]) => value !== null && value !== undefined && value !== '')).toString();
  const words = route.view === 'page' ? [route.stem, route.row, route.column]
    : route.view === 'fact' ? ['fact', route.fact]
      : route.view === 'home' ? [] : [route.view, ...(route.words || [])];
  const path = words.filter((word) => word !== null && word !== undefined).map(encodeURIComponent).join('/');
  return `#/${path}${query ? '?' + query : ''}`;
}

function index(word) {
  return word !== undefined && /^\d{1,9}$/.test(word) ? Number(word) : null;
}

function decode(word) {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}
