// The views of a lake: companies, one company, a number over time, a statement over many periods, peers, restatements,
// what happened after the ends of periods, and texts by words.

import { h, replace } from './dom.js';
import { ask, amount, day, days, filingLink, number, seriesTable, table, words } from './lake_parts.js';
import { draw } from './plot.js';
import { format } from './route.js';

export const VIEWS = [
  ['companies', 'Companies'], ['filed', 'Filings'], ['peers', 'Peers'], ['events', 'Subsequent events'], ['restatements', 'Restatements'], ['texts', 'Texts'],
];
const STATEMENTS = ['income', 'balance', 'cash flow', 'equity', 'comprehensive income'];
const FREQUENCIES = [['quarter', 'Quarters'], ['year', 'Years'], ['ttm', 'Twelve months']];
const PAGE = 100;

const to = (view, parts, options) => format({ view, words: parts, options });

// Draws the view that a route asks for. False where it is none of a lake's.
export async function drawLake(route, node, boot) {
  const draws = { companies, company, series, statement, peers, events, restatements, texts, filed };
  if (!draws[route.view]) return false;
  await draws[route.view](route, node, boot);
  return true;
}

// A form whose fields become the options of the address.
function asking(route, fields, button = 'Show') {
  const inputs = fields.map(({ name, label, value, choices, type, size }) => {
    const attributes = { id: `ask-${name}`, name };
    const input = choices
      ? h('select', attributes, choices.map(([key, text]) => h('option', { value: key, selected: key === value }, text)))
      : h('input', { ...attributes, type: type || 'search', size: size || 24, value: value || '' });
    return [h('label', { for: attributes.id }, label), input];
  });
  const form = h('form.asking', {}, inputs.map((each) => h('span.field', {}, each)), h('button', {}, button));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const options = Object.fromEntries(inputs.map(([, input]) => [input.name, input.value.trim()]));
    location.hash = to(route.view, route.words, options);
  });
  return form;
}

function more(route, count, offset) {
  const link = (at, text) => h('a.button', { href: to(route.view, route.words, { ...route.options, offset: at || null }) }, text);
  if (count <= PAGE) return null;
  return h('p.actions', {}, offset ? link(Math.max(0, offset - PAGE), 'Before') : null,
    `${offset + 1} to ${Math.min(count, offset + PAGE)} of ${count}`, offset + PAGE < count ? link(offset + PAGE, 'Further') : null);
}

async function companies(route, node) {
  const { q = '' } = route.options;
  const offset = Number(route.options.offset) || 0;
  const [about, found] = [await ask('/api/lake'), await ask('/api/lake/companies', { words: q, offset, limit: PAGE })];
  replace(node, h('h1', {}, 'Companies'),
    h('p', {}, `${about.filings} filings of ${about.companies} companies with ${amount(String(about.facts))} facts${about.first_period ? `, of periods that end from ${about.first_period} to ${about.last_period}` : ''}.`),
    asking(route, [{ name: 'q', label: 'Name, ticker or identifier', value: q }], 'Find'),
    found.rows.length ? table('Companies', [['Company'], ['Ticker'], ['Identifier'], ['Filings', 'num'], ['Latest']], found.rows.map((row) => h('tr', {},
      h('th', { scope: 'row' }, h('a', { href: to('company', [row.entity]) }, row.company || row.entity)),
      h('td', {}, row.ticker || ''), h('td', {}, row.entity), h('td.num', {}, String(row.filings)), h('td.day', {}, day(row.last_accepted))))) : h('p', {}, 'None has these words.'),
    more(route, found.count, offset));
}

function filingRows(rows, withCompany) {
  const heads = [...(withCompany ? [['Company']] : []), ['Form'], ['Period'], ['Accepted'], ['Facts', 'num'], ['Filing']];
  return table('Filings', heads, rows.map((row) => h('tr', {},
    withCompany ? h('th', { scope: 'row' }, h('a', { href: to('company', [row.entity]) }, row.company || row.entity)) : null,
    withCompany ? h('td.day', {}, row.form || '') : h('th', { scope: 'row' }, row.form || ''),
    h('td.day', {}, row.period || ''), h('td.day', {}, day(row.accepted)), h('td.num', {}, String(row.facts)), h('td', {}, filingLink(row.filing)))));
}

async function filed(route, node) {
  const { form = '', since = '' } = route.options;
  const offset = Number(route.options.offset) || 0;
  const found = await ask('/api/lake/filings', { form, since, offset, limit: PAGE });
  replace(node, h('h1', {}, 'Filings of the lake'), asking(route, [{ name: 'form', label: 'Form', value: form, size: 8 }, { name: 'since', label: 'since', value: since, type: 'date' }]),
    filingRows(found.rows, true), more(route, found.count, offset));
}

async function company(route, node) {
  const [entity] = route.words;
  const found = await ask(`/api/lake/companies/${encodeURIComponent(entity)}`);
  const holder = h('div', {}, h('p.loading', {}, 'Loading …'));
  const key = found.entity;
  const list = h('div');
  const search = h('input', { type: 'search', id: 'concepts', size: 28 });
  let asked = 0;
  const concepts = async () => {
    asked += 1;
    const mine = asked;
    const { rows, count } = search.value.trim() ? await ask('/api/lake/concepts', { company: key, words: search.value.trim(), limit: 50 }) : { rows: found.concepts, count: found.concepts.length };
    if (mine !== asked) return;
    replace(list, rows.length ? h('ul.filings', {}, rows.map((row) => h('li', {}, h('a', { href: to('series', [key, row.concept]) }, row.label || words(row.concept)), h('small', {}, `${row.concept}, ${row.numbers} number${row.numbers === 1 ? '' : 's'}, `, days(row.first, row.last))))) : h('p', {}, 'None.'), count > rows.length ? h('p', {}, `and ${count - rows.length} more`) : null);
  };
  search.addEventListener('input', concepts);
  replace(node,
    h('h1', {}, found.company || key),
    h('p', {}, [found.ticker, found.cik ? `CIK ${found.cik}` : key].filter(Boolean).join(', ')),
    h('p.actions', {}, STATEMENTS.filter((kind) => found.statements.includes(kind)).map((kind) => h('a.button', { href: to('statement', [key, kind]) }, { income: 'Income statement', balance: 'Balance sheet', 'cash flow': 'Cash flows', equity: 'Equity', 'comprehensive income': 'Comprehensive income' }[kind])),
      h('a.button', { href: to('events', [], { company: key }) }, 'Subsequent events'), h('a.button', { href: to('restatements', [], { company: key }) }, 'Restatements'), h('a.button', { href: to('texts', [], { company: key }) }, 'Texts')),
    h('h2', {}, 'Numbers that compare'), holder,
    h('h2', {}, 'Filings'), filingRows(found.filings, false),
    h('h2', {}, 'What it reports'), h('p', {}, h('label', { for: 'concepts' }, 'Name or label '), search), list);
  await concepts();
  const items = await ask('/api/lake/items', { company: key, frequency: 'year' });
  replace(holder, itemTable(items, key));
}

// Line items over years, the newest first.
function itemTable(items, entity) {
  const periods = [];
  const lines = new Map();
  for (const row of [...items.rows].sort((a, b) => b.end.localeCompare(a.end))) {
    if (!periods.includes(row.period)) periods.push(row.period);
    if (!lines.has(row.name)) lines.set(row.name, new Map());
    lines.get(row.name).set(row.period, row);
  }
  const shown = periods.slice(0, 8);
  if (!shown.length) return h('p', {}, 'None was found.');
  const order = Object.keys(items.labels).filter((name) => lines.has(name));
  return table('Line items', [['Item'], ...shown.map((period) => [period, 'num']), ['Unit']], order.map((name) => {
    const values = lines.get(name);
    const unit = [...values.values()][0].unit;
    return h('tr', {}, h('th', { scope: 'row' }, h('a', { href: to('series', [entity, name]) }, items.labels[name])), shown.map((period) => value(values.get(period), values.get(period)?.value)), h('td', {}, unit || ''));
  }));
}

// A number that leads to its fact.
function value(found, text) {
  if (!found || text === null || text === undefined) return h('td.num');
  const last = found.facts?.length ? found.facts[found.facts.length - 1] : found;
  const link = filingLink(last.filing, last.fact, amount(text));
  if (found.derived) link.title = 'worked out from several facts';
  return h('td.num', { class: text.startsWith('-') ? 'negative' : null }, link, found.derived ? '*' : '', found.restated ? '†' : '');
}

async function series(route, node, boot) {
  const [entity, concept] = route.words;
  const { frequency = 'quarter', version = '', kind = '', day: known = '' } = route.options;
  const found = await ask('/api/lake/series', { company: entity, concept, frequency, kind, first_reported: version === 'first' ? 'yes' : '', as_known_on: known });
  const choose = (options) => to('series', route.words, { ...route.options, ...options });
  const plot = h('div.chart', { role: 'img', 'aria-label': `Chart of ${words(concept)}` });
  const buttons = (key, now, choices) => choices.map(([name, text]) => h('a.button', { href: choose({ [key]: name || null }), 'aria-current': name === now ? 'true' : null }, text));
  replace(node,
    h('div.tools', {}, h('h1', {}, words(concept)), h('span.stem', {}, h('a', { href: to('company', [found.entity || entity]) }, found.company || entity)),
      buttons('frequency', frequency, FREQUENCIES), buttons('version', version, [['', 'As reported latest'], ['first', 'As reported first']]), buttons('kind', kind, [['bar', 'Bars'], ['line', 'Line']])),
    plot, seriesTable(found.rows),
    asking(route, [{ name: 'day', label: 'As known on', value: known, type: 'date' }]));
  if (found.chart) await draw(plot, found.chart, boot);
  else plot.remove();
}

async function statement(route, node) {
  const [entity, kind = 'income'] = route.words;
  const { frequency = 'year' } = route.options;
  const found = await ask('/api/lake/statement', { company: entity, kind, frequency, periods: frequency === 'year' ? 8 : 12 });
  const { periods } = found;
  const rows = found.lines.map((line) => h('tr', { class: line.kind || 'item' },
    h('th', { scope: 'row' }, h(Object.keys(line.values).length ? 'a' : 'span', { href: Object.keys(line.values).length ? to('series', [entity, line.concept], { frequency }) : null, style: `padding-left:${Math.max(0, line.depth - 1) * 14}px` }, line.label), line.members ? h('small', {}, ` ${line.members}`) : null),
    periods.map((period) => value(line.values[period], line.values[period]?.presented))));
  replace(node,
    h('div.tools', {}, h('h1', {}, `${words(kind)}: ${found.company || entity}`), h('span.stem', {}, h('a', { href: to('company', [entity]) }, 'The company')),
      FREQUENCIES.filter(([key]) => kind !== 'balance' || key !== 'ttm').map(([key, text]) => h('a.button', { href: to('statement', [entity, kind], { frequency: key }), 'aria-current': key === frequency ? 'true' : null }, text))),
    table('Statement', [['Line'], ...periods.map((period) => [period, 'num'])], rows),
    h('p.hint', {}, '* worked out from several facts   † restated: an earlier filing told it otherwise'));
}

async function peers(route, node) {
  const about = await ask('/api/lake');
  const last = Number((about.last_period || '').slice(0, 4)) || new Date().getFullYear();
  const { concept = 'revenue', year = String(last - 1), period = 'FY' } = route.options;
  const found = await ask('/api/lake/peers', { concept, year, period });
  const largest = Math.max(...found.rows.map((row) => Math.abs(Number(row.value))), 1e-30);
  replace(node, h('h1', {}, 'Peers'),
    asking(route, [
      { name: 'concept', label: 'Item', value: concept, choices: [...Object.entries(about.line_items), ...(about.line_items[concept] ? [] : [[concept, concept]])] },
      { name: 'year', label: 'of fiscal year', value: year, type: 'number', size: 6 },
      { name: 'period', label: 'period', value: period, choices: ['FY', 'Q1', 'Q2', 'Q3', 'Q4'].map((each) => [each, each]) },
    ]),
    found.rows.length ? table('Peers', [['Company'], ['Ends'], ['Value', 'num'], ['Unit'], ['']], found.rows.map((row) => h('tr', {},
      h('th', { scope: 'row' }, h('a', { href: to('series', [row.entity, row.name], { frequency: 'year' }) }, row.company || row.entity)), h('td.day', {}, row.end || ''), value(row, row.value), h('td', {}, row.unit || ''),
      h('td.gauge', {}, h('span', { style: `width:${Math.round((100 * Math.abs(Number(row.value))) / largest)}%`, 'aria-hidden': 'true' }))))) : h('p', {}, 'No company tells it for that period.'));
}

async function events(route, node) {
  const { company: who = '', q = '' } = route.options;
  const found = await ask('/api/lake/events', { company: who, words: q });
  replace(node, h('h1', {}, 'Subsequent events'), h('p', {}, 'What companies tell of after the ends of their periods, the latest filing first.'),
    asking(route, [{ name: 'company', label: 'Company', value: who }, { name: 'q', label: 'Words', value: q }]),
    found.rows.length ? found.rows.map((row) => note(row, row.text, row.cut)) : h('p', {}, 'None.'));
}

function note(row, text, cut, fact) {
  const key = fact ?? row.facts?.[0]?.fact;
  return h('article.note', {}, h('h2', {}, h('a', { href: to('company', [row.entity]) }, row.company || row.entity), h('small', {}, [row.form, row.period].filter(Boolean).join(', '))),
    text.split('\n').filter((each) => each.trim()).map((each) => h('p', {}, each)), cut ? h('p', {}, `… (${cut} characters in all)`) : null,
    h('p.actions', {}, filingLink(row.filing, key, 'Read it in the filing'), h('small', {}, words(row.concept))));
}

async function restatements(route, node) {
  const { company: who = '', concept = '' } = route.options;
  const found = await ask('/api/lake/restatements', { company: who, concept, limit: 500 });
  replace(node, h('h1', {}, 'Restatements'), h('p', {}, 'Numbers that a later filing tells otherwise, beyond rounding.'),
    asking(route, [{ name: 'company', label: 'Company', value: who }, { name: 'concept', label: 'Concept', value: concept, size: 40 }]),
    found.rows.length ? table('Restatements', [['Company'], ['Concept'], ['Period'], ['Earlier', 'num'], ['Later', 'num'], ['Change', 'num']], found.rows.map((row) => h('tr', {},
      h('th', { scope: 'row' }, h('a', { href: to('company', [row.entity]) }, row.company || row.entity)),
      h('td.text', {}, h('a', { href: to('series', [row.entity, row.concept]) }, words(row.concept)), row.dimensions ? h('small', {}, ` ${row.dimensions}`) : null),
      h('td', {}, days(row.start, row.end)),
      h('td.num', {}, filingLink(row.earlier_filing, row.earlier_fact, amount(row.earlier_number)), h('small', {}, ` ${row.earlier_form || ''}`)),
      h('td.num', {}, filingLink(row.filing, row.fact, amount(row.number)), h('small', {}, ` ${row.form || ''}`)), number(row.change)))) : h('p', {}, 'None.'),
    found.count > found.rows.length ? h('p', {}, `and ${found.count - found.rows.length} more: name a company or concept`) : null);
}

async function texts(route, node) {
  const { q = '', company: who = '' } = route.options;
  const form = asking(route, [{ name: 'q', label: 'Words, or “a phrase”', value: q }, { name: 'company', label: 'Company', value: who }], 'Find');
  const holder = h('div');
  replace(node, h('h1', {}, 'Texts of all filings'), form, holder);
  if (!q) return;
  replace(holder, h('p.loading', { role: 'status' }, 'Searching …'));
  const found = await ask('/api/lake/search', { q, company: who, limit: 100 });
  replace(holder, h('p', { role: 'status' }, `${found.count} found${found.count === 100 ? ', the best of them' : ''}.`), found.rows.map((row) => note(row, row.snippet || '', null, row.fact)));
}
