// All facts, those too that no page shows: a list of which only what is in sight is drawn.

import { h, replace, virtualList } from './dom.js';
import { holds, words } from './find.js';
import { group } from './numbers.js';
import { format } from './route.js';

const HEIGHT = 58;
const WHICH = [['', 'All facts'], ['unshown', 'On no page'], ['hidden', 'Hidden in the document'], ['invalid', 'Invalid']];

// `keep` is told the address that has what was asked for.
export async function drawFacts(filing, route, node, keep) {
  replace(node, h('h1', {}, 'Facts'), h('p.loading', { role: 'status' }, 'Loading …'));
  const [parts, concepts, entries] = [await filing.facts(), await filing.concepts(), await filing.entries()];
  const asked = { q: route.options.q || '', which: route.options.which || '' };
  const search = h('input', { type: 'search', id: 'facts-words', value: asked.q, size: 28, placeholder: 'Label, name or period' });
  const which = h('select', { 'aria-label': 'Which facts' }, WHICH.map(([key, text]) => h('option', { value: key, selected: key === asked.which }, text)));
  const status = h('span.soft', { role: 'status' });
  const holder = h('div.list-holder');
  const draw = () => {
    const chosen = choose(parts, concepts, entries, words(search.value), which.value);
    status.textContent = `${group(String(chosen.length))} of ${group(String(filing.head.facts))}`;
    replace(holder, chosen.length ? virtualList(chosen.length, HEIGHT, (index) => entry(filing, concepts, entries, chosen[index]), 'Facts') : h('p', {}, 'None.'));
  };
  const changed = () => {
    keep({ view: 'facts', options: { q: search.value, which: which.value } });
    draw();
  };
  search.addEventListener('input', changed);
  which.addEventListener('change', changed);
  replace(node, h('div.tools', {}, h('h1', {}, 'Facts'), h('div.toolset', {}, h('label', { for: 'facts-words' }, 'Find'), search, which, status)), holder);
  draw();
}

// [part, index in it] of the facts that have the words, of those that were asked for.
export function choose(parts, concepts, entries, wanted, which) {
  const chosen = [];
  // Facts share concepts and contexts: these are looked through once for each word, not once for each fact.
  const having = wanted.map((word) => ({
    word,
    concepts: concepts.map((each) => holds(`${each?.label || ''} ${each?.name || ''}`, [word])),
    contexts: entries.contexts.map((each) => holds(each?.period || '', [word])),
  }));
  for (const part of parts) {
    const of = { hidden: new Set(part.hidden), invalid: new Set(part.invalid) }[which];
    for (let at = 0; at < part.id.length; at += 1) {
      const number = part.first + at;
      if (of && !of.has(number)) continue;
      if (which === 'unshown' && part.shown?.[number]) continue;
      if (!having.every((each) => each.concepts[part.concept[at]] || each.contexts[part.context[at]] || holds(part.id[at], [each.word]))) continue;
      chosen.push([part, at]);
    }
  }
  return chosen;
}

function entry(filing, concepts, entries, [part, at]) {
  const number = part.first + at;
  const concept = concepts[part.concept[at]];
  const context = entries.contexts[part.context[at]];
  const value = part.value[at];
  const place = part.shown?.[number]?.[0];
  const numeric = part.unit[at] >= 0;
  const members = (context?.dimensions || []).map(([, member]) => (typeof member === 'number' ? concepts[member]?.label || concepts[member]?.name : member));
  return h('div.line', {},
    h('a', { href: format({ view: 'fact', fact: number }), title: concept?.name }, concept?.label || concept?.name || part.id[at]),
    h(numeric ? 'span.num' : 'span.words', {}, value === null || value === undefined ? (part.invalid?.includes(number) ? 'invalid' : 'nil') : numeric ? group(value) : value.slice(0, 120) || 'empty', numeric ? h('small', {}, ` ${entries.units[part.unit[at]]?.text || ''}`) : null),
    h('small', {}, [context?.period, ...members].filter(Boolean).join(', ')),
    h('small.where', {}, place ? filing.head.pages[place[0]].stem : 'on no page'));
}
