// Searching: titles, labels, names of concepts, values and texts. Numbers match by their digits, whatever the scale.

import { sameDigits, typedDigits } from './numbers.js';

const LIMIT = 200;
const TOGETHER = 12;

// The words of a query, those of the plural without its ending.
export function words(query) {
  return query.toLowerCase().split(/\s+/).filter(Boolean).map((word) => (word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word));
}

export function holds(text, wanted) {
  const folded = text.toLowerCase();
  return wanted.every((word) => folded.includes(word));
}

function holdsAny(text, wanted) {
  const folded = text.toLowerCase();
  return wanted.some((word) => folded.includes(word));
}

// What of a text surrounds the first wanted word.
export function excerpt(text, wanted, length = 140) {
  const at = Math.max(text.toLowerCase().indexOf(wanted[0] || ''), 0);
  const from = Math.max(0, at - length / 3);
  return `${from > 0 ? '… ' : ''}${text.slice(from, from + length).trim()}${from + length < text.length ? ' …' : ''}`;
}

// Yields groups of hits, the quick ones first: {kind, title, hits: [{route, text, note}]}.
export async function* find(filing, query) {
  const wanted = words(query);
  if (!wanted.length) return;
  const digits = typedDigits(query);
  yield group('pages', 'Pages', filing.head.pages.filter((page) => holds(page.name || page.stem, wanted) || page.stem.toLowerCase() === wanted.join(' '))
    .map((page) => ({ route: { view: 'page', stem: page.stem }, text: page.name || page.stem, note: page.category })));
  yield group('lines', 'Lines', await lines(filing, wanted));
  yield group('values', 'Values', await values(filing, wanted, digits));
  yield group('texts', 'Texts', await texts(filing, wanted));
}

function group(kind, title, hits) {
  return { kind, title, count: hits.length, hits: hits.slice(0, LIMIT) };
}

async function lines(filing, wanted) {
  const hits = [];
  const within = []; // lines of which the section or the page has some of the words
  const concepts = await filing.concepts();
  const several = filing.head.languages?.length > 1;
  for (const entry of filing.head.pages) {
    if (hits.length > LIMIT) break;
    const page = await filing.wholePage(entry.stem);
    let section = '';
    (page.rows || []).forEach((row, index) => {
      if (row.kind === 'section') section = row.label;
      if (row.kind === 'abstract') return;
      const concept = concepts[row.concept];
      const labels = several ? (concept?.labels || []).map(([, , text]) => text) : [];
      const own = [row.label, concept?.name, ...labels].join(' ');
      const found = holds(own, wanted) ? hits : holdsAny(own, wanted) && holds(`${own} ${section} ${entry.name || ''}`, wanted) ? within : null;
      found?.push({ route: { view: 'page', stem: entry.stem, row: index }, text: row.label, note: `${section && row.kind !== 'section' ? `${section}, ` : ''}${entry.stem} ${entry.name || ''}` });
    });
  }
  return [...hits, ...within];
}

async function values(filing, wanted, digits) {
  const exact = [];
  const rounded = [];
  const concepts = await filing.concepts();
  const { contexts } = await filing.source.part('contexts');
  for (const part of await filing.facts()) {
    const long = new Set(part.long); // found whole among the texts
    part.value.forEach((value, at) => {
      if (value === null || value === undefined || long.has(part.first + at)) return;
      const numeric = part.unit[at] >= 0;
      const match = numeric ? sameDigits(digits, value) : holds(value, wanted) ? 2 : 0;
      if (!match || exact.length > LIMIT) return;
      const number = part.first + at;
      const concept = concepts[part.concept[at]];
      const place = (part.shown || {})[number]?.[0];
      const hit = {
        route: place ? { view: 'page', stem: filing.head.pages[place[0]].stem, row: place[1], column: place[2] } : { view: 'fact', fact: number },
        text: numeric ? value : excerpt(value, wanted),
        note: `${concept?.label || concept?.name || ''}, ${contexts[part.context[at]]?.period || ''}`,
        numeric,
      };
      (match === 2 ? exact : rounded).push(hit);
    });
  }
  return [...exact, ...rounded];
}

async function texts(filing, wanted) {
  const hits = [];
  for (const part of await filing.facts()) {
    const long = part.long || [];
    for (let first = 0; first < long.length && hits.length <= LIMIT; first += TOGETHER) {
      const batch = long.slice(first, first + TOGETHER);
      const found = await Promise.all(batch.map((number) => filing.searchable(number).catch(() => '')));
      for (const [index, text] of found.entries()) {
        if (!holds(text, wanted)) continue;
        const concept = await filing.concept(part.concept[batch[index] - part.first]);
        hits.push({ route: { view: 'fact', fact: batch[index] }, text: excerpt(text, wanted), note: concept.label || concept.name });
      }
    }
  }
  return hits;
}
