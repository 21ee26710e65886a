// Two periods of a page side by side, and two filings line by line, texts with their changes marked.

import { differences } from './diff.js';
import { h, replace } from './dom.js';
import { change, group, parse, scaleOf, scaled, subtract } from './numbers.js';
import { isTurned, turn } from './page.js';
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
  const page = await filing.wholePage(stem);
  const columns = page.columns || [];
  const count = columns.length;
  const asked = (key, otherwise) => Math.min(Math.max(Number(route.options[key] ?? otherwise) || 0, 0), Math.max(count - 1, 0));
  const [left, right] = [asked('a', 0), asked('b', Math.min(1, count - 1))];
  const choose = (label, key, value) => h('select', { 'aria-label': label, onchange: (event) => { location.hash = format({ ...route, options: { ...route.options, [key]: event.target.value } }); } },
    columns.map((column, index) => h('option', { value: String(index), selected: index === value }, (column.labels || []).join(' ') || `column ${index + 1}`)));
  const rows = [];
  for (const [index, row] of (page.rows || []).entries()) rows.push(await compared(filing, page, row, index, left, right));
  const heading = (column) => h('th.num', { scope: 'col' }, (column?.labels || []).map((label) => h('span.caption', {}, label)));
  replace(node,
    h('div.tools', {}, h('h1', {}, `Compare: ${page.name || stem}`),
      h('div.toolset', {}, choose('This', 'a', left), 'with', choose('that', 'b', right), h('a.button', { href: format({ view: 'page', stem }) }, 'The page'))),
    h('div.page', {}, h('div.table', { tabindex: '0', role: 'region', 'aria-label': 'Comparison' }, h('table.report', {},
      h('thead', {}, h('tr', {}, h('th.title', { scope: 'col' }, h('strong', {}, page.title || ''), page.scale ? h('span.scale', {}, page.scale) : null), heading(columns[left]), heading(columns[right]), h('th.num', { scope: 'col' }, 'Difference'), h('th.num', { scope: 'col' }, 'Change'))),
      h('tbody', {}, rows)))));
  return undefined;
}

async function compared(filing, page, row, index, left, right) {
  const label = h('a', { href: format({ view: 'page', stem: page.stem, row: index }), style: row.depth ? `padding-inline-start:${row.depth * 14}px` : null, dir: 'auto' }, row.label);
  if (!row.cells) return h('tr', { class: row.kind || 'abstract' }, h('th', { scope: 'row', colspan: '5' }, label));
  const [a, b] = [row.cells[left], row.cells[right]];
  if (a?.k === 'html' || b?.k === 'html') {
    return h('tr', {}, h('th', { scope: 'row' }, label), h('td.text', { colspan: '4' }, await texts(filing, a, b)));
  }
  const [x, y] = [await exact(filing, a), await exact(filing, b)];
  const difference = x !== null && y !== null ? subtract(x, y) : null;
  const shown = difference === null ? '' : inScale(difference, a.t, x);
  return h('tr', { class: row.kind || 'item' }, h('th', { scope: 'row' }, label), amount(a?.t, a?.negative), amount(b?.t, b?.negative),
    amount(shown, difference?.startsWith('-') && shown.startsWith('('), difference === null ? null : `exactly ${group(difference)}`), h('td.num', {}, difference === null ? '' : change(x, y) || ''));
}

function amount(text, negative, title) {
  return h(negative ? 'td.num.negative' : 'td.num', { title }, text || '');
}

// A difference in the scale in which the page shows one of the two; exact where that cannot be told.
function inScale(difference, shown, value) {
  const scale = scaleOf(shown, value);
  return scale ? scaled(difference, scale.exponent, scale.places) : group(difference);
}

// What a cell says, exact, with the sign that the page gives it.
async function exact(filing, cell) {
  const number = cell?.f?.[0];
  if (number === undefined || cell.k !== 'number') return null;
  const part = await filing.factsPart(number);
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
  return h('details.difference-group', { open: true }, h('summary', {}, `Texts (${group(String(changed.length))})`), h('div.table', { tabindex: '0', role: 'region', 'aria-label': 'Texts' }, h('table.report.blocks', {},
    h('tbody', {}, changed.map((each) => h('tr', {}, h('th', { scope: 'row' }, each.label, h('small.under', {}, said[each.kind])),
      h('td.text', {}, each.kind === 'changed' ? h('button', { type: 'button', onclick: (event) => showText(event.target, each, other, own) }, 'Show what changed') : null)))))));
}

function changeTable(changes, other, own) {
  return [h('div.table', { tabindex: '0', role: 'region', 'aria-label': 'Changes' }, h('table.report', {},
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
