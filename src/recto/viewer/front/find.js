// Searching: titles, labels, names of concepts, values and texts. Numbers match by their digits, whatever the scale.

import { sameDigits, significant, typedDigits } from './numbers.js';
import { createTexts } from './texts.js';

const LIMIT = 200;
const SLICE = 20; // milliseconds
const EACH = 500; // lines or values between two looks at the clock

// The words of a query, those of the plural without its ending.
export function words(query) {
  return query.toLowerCase().split(/\s+/).filter(Boolean).map((word) => (word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word));
}

export function holds(text, wanted) {
  const folded = text.toLowerCase();
  return wanted.every((word) => folded.includes(word));
}

// What of a text surrounds the first wanted word.
export function excerpt(text, wanted, length = 140) {
  const at = Math.max(text.toLowerCase().indexOf(wanted[0] || ''), 0);
  const from = Math.max(0, at - length / 3);
  return `${from > 0 ? '… ' : ''}${text.slice(from, from + length).trim()}${from + length < text.length ? ' …' : ''}`;
}

// Yields groups of hits, the quick ones first: {kind, title, count, hits: [{route, text, note}]}. A server finds them
// itself; in a file all is read once, in slices between which the tab answers, and kept for the next question.
export async function* find(filing, query) {
  const wanted = words(query);
  if (!wanted.length) return;
  if (filing.source.served) {
    const { groups } = await filing.source.ask('find', { q: query });
    for (const found of groups) yield { ...found, hits: found.hits.map((hit) => ({ ...hit, route: routeOf(hit) })) };
    return;
  }
  const rest = slices();
  yield group('pages', 'Pages', filing.head.pages.filter((page) => holds(page.name || page.stem, wanted) || page.stem.toLowerCase() === wanted.join(' ')),
    (page) => ({ route: { view: 'page', stem: page.stem }, text: page.name || page.stem, note: page.category }));
  yield group('lines', 'Lines', await lines(filing, wanted, rest), lineHit);
  yield group('values', 'Values', await values(filing, wanted, typedDigits(query), rest), await valueHits(filing, wanted));
  yield group('texts', 'Texts', await texts(filing, wanted, rest), (hit) => hit);
}

// A server's hit leads to a cell, row or page, or to a fact that is on none.
function routeOf({ page, row, column, fact }) {
  return page ? { view: 'page', stem: page, row, column } : { view: 'fact', fact };
}

// `draw` makes a hit of what was found.
function group(kind, title, found, draw) {
  return { kind, title, count: found.length, hits: found.slice(0, LIMIT).map(draw) };
}

// Gives what is to be waited for every now and then: when a slice of work is done, it lets the tab answer.
function slices() {
  let until = performance.now() + SLICE;
  return async () => {
    if (performance.now() < until) return;
    await new Promise((resolve) => { setTimeout(resolve); });
    until = performance.now() + SLICE;
  };
}

const indexes = new WeakMap();

// What was read of a filing: the same promise for all questions.
function indexed(filing, kind, make) {
  if (!indexes.has(filing)) indexes.set(filing, {});
  const own = indexes.get(filing);
  if (!own[kind]) {
    own[kind] = make();
    own[kind].catch(() => { own[kind] = null; });
  }
  return own[kind];
}

// All lines but abstract ones: {stem, name, row, section, label, own, heading}; `own` is what it says itself, folded.
async function readLines(filing, rest) {
  const found = [];
  const concepts = await filing.concepts();
  const several = filing.head.languages?.length > 1;
  for (const { stem, name } of filing.head.pages) {
    const page = await filing.wholePage(stem);
    let section = '';
    for (const [index, row] of (page.rows || []).entries()) {
      if (index % EACH === 0) await rest();
      if (row.kind === 'section') section = row.label;
      if (row.kind === 'abstract') continue;
      const concept = concepts[row.concept];
      const labels = several ? (concept?.labels || []).map(([, , text]) => text) : [];
      found.push({ stem, name: name || '', row: index, section, label: row.label, own: [row.label, concept?.name, ...labels].join(' ').toLowerCase(), heading: row.kind === 'section' });
    }
  }
  return found;
}

async function lines(filing, wanted, rest) {
  const hits = [];
  const within = []; // lines of which the section or the page has some of the words
  for (const [index, line] of (await indexed(filing, 'lines', () => readLines(filing, rest))).entries()) {
    if (index % EACH === 0) await rest();
    const { own, section, name } = line;
    if (wanted.every((word) => own.includes(word))) hits.push(line);
    else if (wanted.some((word) => own.includes(word)) && holds(`${own} ${section} ${name}`, wanted)) within.push(line);
  }
  return [...hits, ...within];
}

function lineHit({ stem, name, row, section, label, heading }) {
  return { route: { view: 'page', stem, row }, text: label, note: `${section && !heading ? `${section}, ` : ''}${stem} ${name}` };
}

// Values: {part, at, digits} of numbers, {part, at, folded} of others; long ones are found whole among the texts.
async function readValues(filing, rest) {
  const found = [];
  for (const part of await filing.facts()) {
    const long = new Set(part.long);
    for (const [at, value] of part.value.entries()) {
      if (at % EACH === 0) await rest();
      if (value === null || value === undefined || long.has(part.first + at)) continue;
      found.push(part.unit[at] >= 0 ? { part, at, digits: significant(value) } : { part, at, folded: value.toLowerCase() });
    }
  }
  return found;
}

async function values(filing, wanted, typed, rest) {
  const exact = [];
  const rounded = [];
  const others = [];
  for (const [index, each] of (await indexed(filing, 'values', () => readValues(filing, rest))).entries()) {
    if (index % EACH === 0) await rest();
    if (each.folded === undefined) {
      const match = sameDigits(typed, each.digits);
      if (match) (match === 2 ? exact : rounded).push(each);
    } else if (wanted.every((word) => each.folded.includes(word))) {
      others.push(each);
    }
  }
  return [...exact, ...rounded, ...others];
}

async function valueHits(filing, wanted) {
  const concepts = await filing.concepts();
  const { contexts } = await filing.entries();
  return ({ part, at, folded }) => {
    const number = part.first + at;
    const concept = concepts[part.concept[at]];
    const place = (part.shown || {})[number]?.[0];
    return {
      route: place ? { view: 'page', stem: filing.head.pages[place[0]].stem, row: place[1], column: place[2] } : { view: 'fact', fact: number },
      text: folded === undefined ? part.value[at] : excerpt(part.value[at], wanted),
      note: `${concept?.label || concept?.name || ''}, ${contexts[part.context[at]]?.period || ''}`,
      numeric: folded === undefined,
    };
  };
}

async function texts(filing, wanted, rest) {
  const hits = [];
  const textOf = await indexed(filing, 'texts', async () => createTexts(filing));
  for (const part of await filing.facts()) {
    for (const number of part.long || []) {
      await rest();
      const stretches = await textOf(number, rest).catch(() => []);
      if (!wanted.every((word) => stretches.some(({ folded }) => folded.includes(word)))) continue;
      const concept = await filing.concept(part.concept[number - part.first]);
      const { text } = stretches.find(({ folded }) => folded.includes(wanted[0]));
      hits.push({ route: { view: 'fact', fact: number }, text: excerpt(text.trim(), wanted), note: concept.label || concept.name });
    }
  }
  return hits;
}
