// The results of a search, as they are found.

import { h, replace } from './dom.js';
import { find, words } from './find.js';
import { group } from './numbers.js';
import { format } from './route.js';

let latest = 0;

export async function drawResults(filing, query, node) {
  latest += 1;
  const mine = latest;
  const status = h('p.loading', { role: 'status' }, 'Searching …');
  replace(node, h('h1', {}, `Search: ${query}`), status);
  const wanted = words(query);
  let total = 0;
  for await (const found of find(filing, query)) {
    if (mine !== latest) return;
    total += found.count;
    if (!found.count) continue;
    node.insertBefore(h('section.results', {}, h('h2', {}, `${found.title} (${found.count})`), h('ul', {}, found.hits.map((hit) => h('li', {},
      h('a', { href: format(hit.route) }, marked(hit.numeric ? group(hit.text) : hit.text, wanted)), h('small', {}, hit.note || ''))))), status);
  }
  status.textContent = total ? `${total} found.` : 'Nothing has these words or digits.';
}

function marked(text, wanted) {
  const folded = text.toLowerCase();
  const out = [];
  let at = 0;
  while (at < text.length) {
    let best = -1;
    let length = 0;
    for (const word of wanted) {
      const found = folded.indexOf(word, at);
      if (found >= 0 && (best < 0 || found < best)) [best, length] = [found, word.length];
    }
    if (best < 0) break;
    out.push(text.slice(at, best), h('mark', {}, text.slice(best, best + length)));
    at = best + length;
  }
  out.push(text.slice(at));
  return out;
}
