// A page as a table. It shows what the rendered page shows; exact values and other scales are the reader's choice.

import { add, h, scrolling } from './dom.js';
import { plainText, textFrame } from './frame.js';
import { isRightToLeft, wordsOf } from './labels.js';
import { group, localized, scaled } from './numbers.js';
import { format } from './route.js';
import { createRows } from './rows.js';

export const SCALES = [
  ['reported', 'As on the page'],
  ['exact', 'Exact'],
  ['0', 'Units'],
  ['-3', 'Thousands'],
  ['-6', 'Millions'],
  ['-9', 'Billions'],
];

// Draws a page into a node. `choose(row, column)` is told what was chosen; returns what else can be asked of it.
export async function drawPage(filing, page, options, choose) {
  const values = options.scale && options.scale !== 'reported' ? new Map() : null;
  const words = options.language ? await wordsOf(filing, page, options.language) : null;
  const language = options.language || page.language || (filing.head.languages.length === 1 ? filing.head.languages[0] : null);
  const columns = page.columns || [];
  const rows = page.rows || [];
  const total = filing.rowCount(page);
  const table = h(rows.some((each) => each.cells?.some((cell) => cell?.k === 'html')) ? 'table.report.blocks' : 'table.report', { 'aria-label': page.title || page.name || page.stem, lang: language, dir: isRightToLeft(language) ? 'rtl' : null }, page.tooLarge ? longHead(page, words, options) : head(page, columns, words, options));
  const valued = new Set();
  const drawn = createRows(table, total, sizes(page), row, (from, to) => {
    if (!(page.more && filing.missing(page, from, to).length) && (!values || valued.has(from))) return null;
    return load(from, to);
  });

  async function load(from, to) {
    if (page.more) await filing.rowsBetween(page, from, to);
    if (values) await amounts(filing, rows.slice(from, to), values);
    valued.add(from);
  }

  // A page that is too large is a list: of each row, the columns that have something in it.
  function long(index) {
    const each = rows[index];
    const node = h(`tbody.long`, { 'data-row': index }, h('tr', { class: each.kind || 'item' }, h('th', { scope: 'rowgroup', colspan: '2' }, h('button.label', { type: 'button', 'data-row': index, 'aria-label': each.label ? null : `Row ${index + 1}` }, each.label || '\u00a0'), marks(each.notes))));
    Object.keys(each.cells || []).forEach((column) => {
      node.append(h('tr', {}, h('th', { scope: 'row' }, (columns[column].labels || []).join(' ')), cell(each.cells[column], index, Number(column))));
    });
    return node;
  }

  function row(index) {
    if (page.tooLarge) return long(index);
    const each = rows[index];
    const kind = each.kind || 'item';
    const label = words?.row(index) || each.label;
    const node = h(`tr.${kind}`, { 'data-row': index });
    if (!page.unlabeled) {
      const text = h('button.label', { type: 'button', tabindex: '-1', 'data-row': index, 'aria-label': label ? null : `Row ${index + 1}`, dir: 'auto', style: each.depth ? `padding-inline-start:${each.depth * 14}px` : null }, label || '\u00a0');
      node.append(h('th', { scope: 'row' }, text, marks(each.notes)));
    }
    if (page.elements) node.append(h('td.text', {}, each.element || ''));
    for (let column = 0; column < columns.length; column += 1) node.append(cell(each.cells?.[column], index, column));
    return node;
  }

  function cell(each, index, column) {
    if (!each || !each.k || each.k === 'blank') return h('td.blank', { 'data-row': index, 'data-column': column });
    const attributes = { 'data-row': index, 'data-column': column, tabindex: '-1' };
    if (each.k === 'html') return h('td.block', attributes, block(each));
    if (each.k === 'embedded') return h('td.block', attributes, embedded(each));
    let text = each.t || '';
    if (values && each.k === 'number' && each.f) text = amount(each, values, options.scale, page.language) || text;
    const numeric = each.k === 'number' || each.k === 'none';
    const type = numeric ? (each.negative ? 'td.num.negative' : 'td.num') : 'td.text';
    if (!numeric) attributes.dir = 'auto';
    return h(type, attributes, each.f ? h('span.value', {}, text || '\u00a0') : text, marks(each.notes));
  }

  function block(each) {
    const holder = h('div.textblock', {}, h('p.loading', {}, 'Loading the text …'));
    filing.text(each.f[0]).then(({ html, text }) => {
      holder.textContent = '';
      if (html) holder.append(textFrame(page.title || 'Text', html, filing.source, 20000));
      else holder.append(h('p', {}, text));
    }).catch((error) => { holder.textContent = error.message; });
    return holder;
  }

  function embedded(each) {
    if (each.image && !each.page) return h('span', {}, each.image);
    const holder = h('div.embedded');
    drawPage(filing, { stem: page.stem, ...each.page }, options, () => {}).then((inner) => holder.append(inner.node));
    return holder;
  }

  await drawn.reach(0);

  table.addEventListener('click', (event) => {
    const target = event.target.closest('[data-row]');
    if (!target || !table.contains(target)) return;
    const column = target.dataset.column;
    choose(Number(target.dataset.row), column === undefined ? null : Number(column));
  });
  table.querySelectorAll('thead [data-head]').forEach((node) => {
    node.addEventListener('click', () => choose(null, Number(node.dataset.head)));
  });

  const node = h('div.page', {}, scrolling('The page\u2019s table', table, notes(page)));
  const holder = node.firstChild;
  // What is scrolled to stands clear of the headings.
  let watched = false;
  new ResizeObserver(() => {
    if (!watched) drawn.watch(holder);
    watched = true;
    const [top, side] = [table.tHead, table.querySelector('tbody th')];
    if (drawn.many) widen(table); // columns stay as wide as their widest cell yet
    holder.style.scrollPadding = `${(top?.offsetHeight || 0) + 2}px 2px 2px ${page.tooLarge ? 2 : (side?.offsetWidth || 0) + 2}px`;
  }).observe(table);
  if (page.tooLarge) node.prepend(h('p.soft', {}, 'The SEC shows only a stub for this page: it has more than 50,000 cells.'));

  return {
    node,
    table,
    ...drawn,
    title: words?.title || null,
    rows: total,
    columns: columns.length,
  };
}

// What a row takes: on a page that is too large, a line for each of its cells, below one for its label.
function sizes(page) {
  const { rows = [], columns = [] } = page;
  if (!page.tooLarge) return { columns: columns.length + (page.unlabeled ? 0 : 1) + (page.elements ? 1 : 0), lines: 1, cells: columns.length || 1 };
  const known = rows.filter(Boolean);
  const cells = known.reduce((sum, each) => sum + Object.keys(each.cells || []).length, 0) / Math.max(known.length, 1);
  return { columns: 2, lines: 1 + cells, cells: 1 + 2 * cells };
}

function widen(table) {
  const heads = [...(table.tHead?.querySelectorAll('[data-head].head') || [])].map((each) => each.parentElement);
  const widths = heads.map((each) => each.getBoundingClientRect().width);
  heads.forEach((each, index) => { each.style.minWidth = `${widths[index]}px`; });
}

function head(page, columns, words, options) {
  if (page.headings?.length && !words) return groupedHead(page, columns, options);
  const titles = h('th.title', { scope: 'col', rowspan: '2' }, h('strong', {}, words?.title || page.title || ''), scaleLine(page, options));
  const first = h('tr', {}, page.unlabeled ? null : titles, page.elements ? h('th', { scope: 'col', rowspan: '2' }, 'Element') : null);
  const second = h('tr');
  let run = null;
  columns.forEach((column, index) => {
    const labels = words?.columns?.[index] || column.labels || [];
    const upper = labels.find((label) => label.includes(' Ended')) || '';
    if (run && run.upper === upper && upper) {
      run.count += 1;
      run.node.setAttribute('colspan', run.count);
    } else {
      run = { upper, count: 1, node: h('th.upper', upper ? { scope: 'colgroup' } : { class: 'empty', 'aria-hidden': 'true' }, upper) };
      first.append(run.node);
    }
    const lower = labels.filter((label) => label !== upper);
    const content = (lower.length ? lower : ['\u00a0']).map((label) => h(label.length <= 16 ? 'span.caption.short' : 'span.caption', { dir: 'auto' }, label));
    const named = lower.some((label) => label.trim()) ? null : `Column ${index + 1}`;
    second.append(h('th', { scope: 'col', 'data-head': index }, h('button.head', { type: 'button', tabindex: '-1', 'data-head': index, 'aria-label': named }, content), marks(column.notes)));
  });
  return h('thead', {}, first, second);
}

// Of a page that is too large: each line tells its own column.
function longHead(page, words, options) {
  return h('thead', {}, h('tr', {}, h('th.title', { scope: 'col', colspan: '2' }, h('strong', {}, words?.title || page.title || ''), scaleLine(page, options))));
}

// Headings over groups of columns, as templates have them; the lowest ones choose their column.
function groupedHead(page, columns, options) {
  const count = page.headings.length;
  const titles = h('th.title', { scope: 'col', rowspan: String(count) }, h('strong', {}, page.title || ''), scaleLine(page, options));
  return h('thead.grouped', {}, page.headings.map((line, index) => h('tr', {}, index || page.unlabeled ? null : titles, line.map((heading) => {
    const [at, wide, tall] = [heading.at || 0, heading.columns || 1, heading.rows || 1];
    const spans = { colspan: String(wide), rowspan: String(tall) };
    if (index + tall < count || wide > 1) return h('th.upper', { ...spans, scope: wide > 1 ? 'colgroup' : 'col' }, h('span', {}, heading.text || ''));
    const caption = h('span.caption', {}, heading.text || '\u00a0');
    return h('th', { ...spans, scope: 'col', 'data-head': at }, h('button.head', { type: 'button', tabindex: '-1', 'data-head': at, 'aria-label': heading.text?.trim() ? null : `Column ${at + 1}` }, caption), marks(columns[at]?.notes));
  }))));
}

function scaleLine(page, options) {
  const chosen = SCALES.find(([key]) => key === options.scale);
  if (chosen && options.scale !== 'reported') return h('span.scale', {}, options.scale === 'exact' ? 'Exact amounts' : `Amounts in ${chosen[1].toLowerCase()}`);
  return page.scale ? h('span.scale', {}, page.scale) : null;
}

function marks(numbers) {
  return numbers?.length ? h('sup', {}, numbers.map((number) => `[${number}]`).join(',')) : null;
}

function notes(page) {
  if (!page.footnotes?.length) return null;
  const list = h('dl.footnotes');
  for (const [number, html] of page.footnotes) {
    add(list, [h('dt', {}, `[${number}]`), h('dd', {}, plainText(html))]);
  }
  return list;
}

// Adds the exact values of the facts of some rows: number → {value, unit}.
async function amounts(filing, rows, found) {
  const { units } = await filing.entries();
  for (const number of new Set(rows.flatMap((row) => (row.cells || []).flatMap((cell) => cell?.f || [])))) {
    const part = await filing.factsPart(number);
    const at = number - part.first;
    found.set(number, { value: part.value[at], unit: part.unit[at] < 0 ? null : units[part.unit[at]] });
  }
}

function amount(cell, values, scale, language) {
  const found = values.get(cell.f[0]);
  if (!found || found.value === null || found.value === undefined) return null;
  const turned = isTurned(cell, found.value) ? turn(found.value) : found.value;
  if (scale === 'exact') return localized(group(turned), language);
  const exponent = Number(scale);
  if (!found.unit || /pure|per /.test(found.unit.text)) return null;
  return localized(scaled(turned, exponent, exponent < 0 ? 3 : 0), language);
}

// A negated label turns the sign on the page: then the exact value is turned too.
export function isTurned(cell, value) {
  const text = cell.p || cell.t || '';
  return text.replace(/^[^\d(]*/, '').startsWith('(') !== value.trim().startsWith('-') && /[1-9]/.test(text);
}

export function turn(value) {
  return value.startsWith('-') ? value.slice(1) : `-${value}`;
}

export function pageAddress(stem, row, column, options) {
  return format({ view: 'page', stem, row, column, options });
}
