// Two periods of a page side by side, and two filings line by line, texts with their changes marked.

import { h, replace } from './dom.js';
import { change, group, parse, subtract } from './numbers.js';
import { format } from './route.js';
import { problem } from './source.js';

// '#/compare/R4' two columns of a page; '#/compare/ID' another filing.
export async function drawCompare(filing, route, node, boot) {
  const [first] = route.words;
  if (first && filing.pageIndex.has(first)) return periods(filing, first, route, node);
  if (!boot.api) {
    replace(node, h('h1', {}, 'Compare'), h('p', {}, 'Two filings can be compared where recto serves them. Two periods of a page can be compared here: open a page and choose "Compare periods".'));
    return undefined;
  }
  return filings(filing, first, node, boot);
}

async function periods(filing, stem, route, node) {
  const page = await filing.wholePage(stem);
  const columns = page.columns || [];
  const [left, right] = [Number(route.options.a ?? 0), Number(route.options.b ?? Math.min(1, columns.length - 1))];
  const choose = (label, key, value) => h('select', { 'aria-label': label, onchange: (event) => { location.hash = format({ ...route, options: { ...route.options, [key]: event.target.value } }); } },
    columns.map((column, index) => h('option', { value: String(index), selected: index === value }, (column.labels || []).join(' '))));
  const rows = [];
  for (const [index, row] of (page.rows || []).entries()) {
    const [a, b] = [row.cells?.[left], row.cells?.[right]];
    if (!row.cells) {
      rows.push(h('tr.section', {}, h('th', { scope: 'row', colspan: '5' }, row.label)));
      continue;
    }
    const [x, y] = [await exact(filing, a), await exact(filing, b)];
    const difference = x !== null && y !== null ? subtract(x, y) : null;
    rows.push(h('tr', { class: row.kind || 'item' },
      h('th', { scope: 'row' }, h('a', { href: format({ view: 'page', stem, row: index }) }, row.label)),
      h('td.num', {}, a?.t || ''), h('td.num', {}, b?.t || ''),
      h('td.num', {}, difference === null ? '' : group(difference)),
      h('td.num', {}, difference === null ? '' : change(x, y) || '')));
  }
  replace(node,
    h('div.tools', {}, h('h1', {}, `Compare: ${page.name || stem}`), choose('This', 'a', left), ' with ', choose('that', 'b', right), h('a.button', { href: format({ view: 'page', stem }) }, 'The page')),
    h('div.table', { tabindex: '0', role: 'region', 'aria-label': 'Comparison' }, h('table.report', {}, h('thead', {}, h('tr', {}, h('th.title', { scope: 'col' }, page.title || ''), [columns[left], columns[right]].map((column) => h('th', { scope: 'col' }, (column?.labels || []).join(' '))), h('th', { scope: 'col' }, 'Difference (exact)'), h('th', { scope: 'col' }, 'Change'))), h('tbody', {}, rows))));
  return undefined;
}

async function exact(filing, cell) {
  const number = cell?.f?.[0];
  if (number === undefined || cell.k !== 'number') return null;
  const part = await filing.factsPart(number);
  const value = part.value[number - part.first];
  return value !== null && value !== undefined && parse(value) ? value : null;
}

async function ask(path) {
  const response = await fetch(path, { credentials: 'same-origin' });
  if (!response.ok) throw new Error(await problem(response));
  return response.json();
}

async function filings(filing, other, node, boot) {
  const own = decodeURIComponent(boot.api.split('/').pop());
  const known = (await ask('/api/filings')).filings.filter((each) => each.id !== own);
  const select = h('select', { 'aria-label': 'Earlier filing', onchange: () => { location.hash = format({ view: 'compare', words: [select.value] }); } },
    h('option', { value: '' }, 'with …'), known.map((each) => h('option', { value: each.id, selected: each.id === other }, each.title ? `${each.title} (${each.name})` : each.name)));
  const holder = h('div');
  replace(node, h('div.tools', {}, h('h1', {}, 'Compare'), select), known.length ? holder : h('p', {}, 'No other filing is open here.'));
  if (!other) return;
  replace(holder, h('p.loading', {}, 'Comparing …'));
  const found = await ask(`/api/compare?a=${encodeURIComponent(other)}&b=${encodeURIComponent(own)}&limit=2000`);
  const groups = new Map();
  found.changes.forEach((each) => groups.set(each.kind, [...(groups.get(each.kind) || []), each]));
  replace(holder, h('p', {}, `${found.count} changes from the earlier filing to this one.`), [...groups].map(([kind, changes], index) => h('details', { open: index === 0 }, h('summary', {}, `${kind} (${changes.length})`), changeTable(changes, other, own))));
}

function changeTable(changes, other, own) {
  return h('div.table', { tabindex: '0', role: 'region', 'aria-label': 'Changes' }, h('table.report', {},
    h('thead', {}, h('tr', {}, ['Line', 'Period', 'Earlier', 'Later', 'Difference'].map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, changes.slice(0, 500).map((each) => {
      const long = (each.a || '').length > 200 || (each.b || '').length > 200 || /TextBlock/.test(each.concept);
      const marked = long ? h('button', { type: 'button', onclick: (event) => showText(event.target, each.concept, other, own) }, 'Show what changed') : null;
      return h('tr', {}, h('th', { scope: 'row' }, each.label, h('small', {}, ` ${each.page || ''}`)), h('td.text', {}, each.period || ''),
        long ? h('td.text', { colspan: '2' }, marked) : [h('td.num', {}, each.a || ''), h('td.num', {}, each.b || '')],
        h('td.num', {}, each.difference === null || each.difference === undefined ? '' : group(String(each.difference))));
    }))));
}

async function showText(button, concept, other, own) {
  const cell = button.parentElement;
  replace(cell, 'Comparing …');
  try {
    const found = await ask(`/api/compare/text?a=${encodeURIComponent(other)}&b=${encodeURIComponent(own)}&concept=${encodeURIComponent(concept)}`);
    replace(cell, h('div.difference', {}, found.parts.map(([kind, text]) => (kind === 'same' ? h('span', {}, shortened(text), ' ') : h(kind === 'gone' ? 'del' : 'ins', {}, text, ' ')))));
  } catch (error) {
    replace(cell, error.message);
  }
}

function shortened(text) {
  return text.length > 600 ? `${text.slice(0, 250)} … ${text.slice(-250)}` : text;
}
