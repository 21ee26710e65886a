// Two periods of a page side by side, and two filings line by line, texts with their changes marked.

import { differences } from './diff.js';
import { h, replace, scrolling } from './dom.js';
import { change, group, localized, parse, scaleOf, scaled, subtract } from './numbers.js';
import { isTurned, turn } from './page.js';
import { createRows } from './rows.js';
import { format } from './route.js';
import { problem } from './source.js';

const KINDS = { restated: 'Restated', changed: 'Changed', new: 'New', gone: 'Gone', relabelled: 'Relabelled', moved: 'Moved' };
const MOST = 500;

// '#/compare/R4' two columns of a page; '#/compare/ID' another filing.
export async function drawCompare(filing, route, node, boot) {
  const [first] = route.words;
  if (first && filing.pageIndex.has(first)) return periods(filing, first, route, node);
  if (!boot.api) {
    replace(node, h('h1', {}, 'Compare'), h('p', {}, 'This file holds one filing: two periods of a page can be compared in it, by "Compare periods" above a page.'),
      h('p', {}, 'Two filings are compared by ', h('code', {}, 'recto compare A B -o changes.html'), ', or beside each other where both are served: ', h('code', {}, 'recto serve A B'), '.'));
    return undefined;
  }
  return filings(filing, first, node, boot);
}

async function periods(filing, stem, route, node) {
  const page = await filing.page(stem);
  const columns = page.columns || [];
  const count = columns.length;
  const asked = (key, otherwise) => Math.min(Math.max(Number(route.options[key] ?? otherwise) || 0, 0), Math.max(count - 1, 0));
  const [left, right] = [asked('a', 0), asked('b', Math.min(1, count - 1))];
  const choose = (label, key, value) => h('select', { 'aria-label': label, onchange: (event) => { location.hash = format({ ...route, options: { ...route.options, [key]: event.target.value } }); } },
    columns.map((column, index) => h('option', { value: String(index), selected: index === value }, (column.labels || []).join(' ') || `column ${index + 1}`)));
  const heading = (column) => h('th.num', { scope: 'col' }, (column?.labels || []).map((label) => h('span.caption', {}, label)));
  const table = h('table.report', {},
    h('thead', {}, h('tr', {}, h('th.title', { scope: 'col' }, h('strong', {}, page.title || ''), page.scale ? h('span.scale', {}, page.scale) : null), heading(columns[left]), heading(columns[right]), h('th.num', { scope: 'col' }, 'Difference'), h('th.num', { scope: 'col' }, 'Change'))));
  const parts = new Map(); // of facts, by number
  const drawn = createRows(table, filing.rowCount(page), { columns: 5, lines: 1, cells: 4 }, (index) => compared(filing, page, parts, index, left, right),
    (from, to) => (filing.missing(page, from, to).length || absent(filing, page, parts, from, to, left, right).length ? load(from, to) : null));
  async function load(from, to) {
    await filing.rowsBetween(page, from, to);
    for (const number of absent(filing, page, parts, from, to, left, right)) parts.set(filing.factsPartOf(number), await filing.factsPart(number));
  }
  await drawn.reach(0);
  const holder = scrolling('Comparison', table);
  replace(node,
    h('div.tools', {}, h('h1', {}, `Compare: ${page.name || stem}`),
      h('div.toolset', {}, choose('This', 'a', left), 'with', choose('that', 'b', right), h('a.button', { href: format({ view: 'page', stem }) }, 'The page'))),
    h('div.page', {}, holder));
  drawn.watch(holder);
  return undefined;
}

// Of rows, facts in the two columns whose parts are not there yet, one of each part.
function absent(filing, page, parts, from, to, left, right) {
  const found = new Map();
  for (const row of page.rows.slice(from, to)) {
    for (const number of [row.cells?.[left]?.f?.[0], row.cells?.[right]?.f?.[0]]) {
      if (number !== undefined && !parts.has(filing.factsPartOf(number))) found.set(filing.factsPartOf(number), number);
    }
  }
  return [...found.values()];
}

function compared(filing, page, parts, index, left, right) {
  const row = page.rows[index];
  const label = h('a', { href: format({ view: 'page', stem: page.stem, row: index }), style: row.depth ? `padding-inline-start:${row.depth * 14}px` : null, dir: 'auto' }, row.label);
  if (!row.cells) return h('tr', { class: row.kind || 'abstract', 'data-row': index }, h('th', { scope: 'row', colspan: '5' }, label));
  const [a, b] = [row.cells[left], row.cells[right]];
  if (a?.k === 'html' || b?.k === 'html') {
    const holder = h('td.text', { colspan: '4' }, h('span.soft', {}, 'Comparing …'));
    texts(filing, a, b).then((found) => replace(holder, found)).catch((error) => replace(holder, error.message));
    return h('tr', { 'data-row': index }, h('th', { scope: 'row' }, label), holder);
  }
  const [x, y] = [exact(filing, parts, a), exact(filing, parts, b)];
  const difference = x !== null && y !== null ? subtract(x, y) : null;
  const shown = difference === null ? '' : inScale(difference, a, x, page.language);
  return h('tr', { class: row.kind || 'item', 'data-row': index }, h('th', { scope: 'row' }, label), amount(a?.t, a?.negative), amount(b?.t, b?.negative),
    amount(shown, difference?.startsWith('-') && /[1-9]/.test(shown), difference === null ? null : `exactly ${group(difference)}`), h('td.num', {}, difference === null ? '' : change(x, y) || ''));
}

function amount(text, negative, title) {
  return h(negative ? 'td.num.negative' : 'td.num', { title }, text || '');
}

// A difference in the scale in which the page shows one of the two; exact where that cannot be told.
function inScale(difference, cell, value, language) {
  const scale = scaleOf(cell.p || cell.t, value);
  return localized(scale ? scaled(difference, scale.exponent, scale.places) : group(difference), language);
}

// What a cell says, exact, with the sign that the page gives it.
function exact(filing, parts, cell) {
  const number = cell?.f?.[0];
  if (number === undefined || cell.k !== 'number') return null;
  const part = parts.get(filing.factsPartOf(number));
  const value = part.value[number - part.first];
  if (value === null || value === undefined || !parse(value)) return null;
  return isTurned(cell, value) ? turn(value) : value;
}

async function texts(filing, a, b) {
  const text = async (cell) => (cell?.f?.length ? filing.searchable(cell.f[0]) : '');
  const [before, after] = [await text(b), await text(a)];
  if (!before || !after) return h('span.soft', {}, `Only ${before ? 'that' : 'this'} period has a text.`);
  return before === after ? h('span.soft', {}, 'The text is the same.') : marked(differences(before, after));
}

function marked(parts) {
  return h('div.difference', {}, parts.map(([kind, text]) => (kind === 'same' ? h('span', {}, shortened(text), ' ') : [h(kind === 'gone' ? 'del' : 'ins', {}, text), ' '])));
}

async function ask(path) {
  const response = await fetch(path, { credentials: 'same-origin' });
  if (!response.ok) throw new Error(await problem(response));
  return response.json();
}

async function filings(filing, other, node, boot) {
  const own = decodeURIComponent(boot.api.split('/').pop());
  const known = (await ask('/api/filings')).filings.filter((each) => each.id !== own);
  const select = h('select', { 'aria-label': 'Earlier filing', onchange: () => { location.hash = format({ view: 'compare', words: select.value ? [select.value] : [] }); } },
    h('option', { value: '' }, 'Choose a filing …'), known.map((each) => h('option', { value: each.id, selected: each.id === other }, each.title ? `${each.title} (${each.name})` : each.name)));
  const holder = h('div');
  const { title, subtitle } = filing.head;
  replace(node, h('div.tools', {}, h('h1', {}, 'Compare', h('small.under', {}, [title, subtitle].filter(Boolean).join(', '))), h('div.toolset', {}, h('span.soft', {}, 'with the earlier'), select)),
    known.length ? holder : h('p', {}, 'No other filing is open here.'));
  if (!other) {
    if (known.length) replace(holder, h('p.soft', {}, 'Choose the earlier filing: numbers that were restated, are new or are gone are listed, and text blocks with what changed in them.'));
    return;
  }
  replace(holder, h('p.loading', { role: 'status' }, 'Comparing …'));
  const found = await ask(`/api/compare?a=${encodeURIComponent(other)}&b=${encodeURIComponent(own)}&limit=2000`);
  const { texts: changed } = await ask(`/api/compare/texts?a=${encodeURIComponent(other)}&b=${encodeURIComponent(own)}`);
  const groups = new Map();
  found.changes.forEach((each) => groups.set(each.kind, [...(groups.get(each.kind) || []), each]));
  replace(holder, h('p', { role: 'status' }, `${group(String(found.count))} change${found.count === 1 ? '' : 's'} from the earlier filing to this one.`),
    found.note ? h('p.note.warn', {}, `${found.note.replace(/^./, (first) => first.toUpperCase())}.`) : null,
    [...groups].map(([kind, changes], index) => h('details.difference-group', { open: index === 0 }, h('summary', {}, `${KINDS[kind] || kind} (${group(String(changes.length))})`), changeTable(changes, other, own))),
    changed.length ? textGroup(changed, other, own) : null);
}

// Text blocks: which changed, and in each, when it is asked for, what.
function textGroup(changed, other, own) {
  const said = { changed: 'changed', new: 'only in this filing', gone: 'only in the earlier one' };
  return h('details.difference-group', { open: true }, h('summary', {}, `Texts (${group(String(changed.length))})`), scrolling('Texts', h('table.report.blocks', {},
    h('tbody', {}, changed.map((each) => h('tr', {}, h('th', { scope: 'row' }, each.label, h('small.under', {}, said[each.kind])),
      h('td.text', {}, each.kind === 'changed' ? h('button', { type: 'button', onclick: (event) => showText(event.target, each, other, own) }, 'Show what changed') : null)))))));
}

function changeTable(changes, other, own) {
  return [scrolling('Changes', h('table.report', {},
    h('thead', {}, h('tr', {}, [['Line'], ['Period'], ['Earlier', 'num'], ['Later', 'num'], ['Difference', 'num']].map(([name, kind]) => h('th', { scope: 'col', class: kind }, name)))),
    h('tbody', {}, changes.slice(0, MOST).map((each) => changeRow(each, other, own))))),
  changes.length > MOST ? h('p.soft', {}, `and ${group(String(changes.length - MOST))} more`) : null];
}

function changeRow(each, other, own) {
  const members = (each.member_labels || []).join(', ');
  const line = h('th', { scope: 'row' }, each.label, h('small.under', {}, [members, each.page].filter(Boolean).join(' · ')));
  const period = h('td.text', {}, each.words || each.period || '');
  const side = (text, number, fact, key) => {
    const shown = number === null || number === undefined ? text || '' : group(number);
    const type = number !== null && number !== undefined ? 'td.num' : shown.length > 60 ? 'td.text' : 'td.text.short';
    return h(type, { class: (number || '').startsWith('-') ? 'negative' : null },
      fact && shown ? h('a', { href: `${key === own ? '' : `/view/${encodeURIComponent(key)}`}#/fact/${encodeURIComponent(`@${fact}`)}` }, shown) : shown);
  };
  return h('tr', {}, line, period, side(each.a, each.number_a, each.fact_a, other), side(each.b, each.number_b, each.fact_b, own),
    amount(each.difference === null || each.difference === undefined ? '' : group(String(each.difference)), String(each.difference).startsWith('-')));
}

async function showText(button, each, other, own) {
  const cell = button.parentElement;
  replace(cell, 'Comparing …');
  try {
    const found = await ask(`/api/compare/text?a=${encodeURIComponent(other)}&b=${encodeURIComponent(own)}&concept=${encodeURIComponent(each.concept)}`);
    replace(cell, marked(found.parts));
  } catch (error) {
    replace(cell, error.message);
  }
}

function shortened(text) {
  return text.length > 600 ? `${text.slice(0, 250)} … ${text.slice(-250)}` : text;
}
