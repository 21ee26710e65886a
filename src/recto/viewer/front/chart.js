// Charts: a row over the periods of the filing, statements stacked or as a waterfall where calculations allow.

import { h, replace } from './dom.js';
import { ask, seriesTable } from './lake_parts.js';
import { group } from './numbers.js';
import { draw } from './plot.js';
import { format } from './route.js';

// What a row says of each of its columns, signed as the page shows it, oldest first.
export function points(page, row, facts) {
  const found = [];
  (row.cells || []).forEach((cell) => {
    const fact = facts.get(cell?.f?.[0]);
    if (!fact || !fact.unit || fact.value === null || fact.value === undefined) return;
    found.push(point(fact, /negated/i.test(row.role || '')));
  });
  return found.sort((a, b) => a.series.localeCompare(b.series) || (a.end || '').localeCompare(b.end || ''));
}

function point(fact, negated = false) {
  const words = fact.context?.period || '';
  const value = Number(fact.value);
  return {
    period: words,
    end: fact.context?.end || null,
    value: negated ? -value : value,
    exact: fact.value,
    unit: fact.unit.text,
    series: [...(fact.members || []), fact.context?.start ? words.split(' ended')[0] : null].filter(Boolean).join(', ') || 'value',
  };
}

// Steps from zero to a total: [{label, from, to, kind, order, exact}].
export function waterfall(items, total) {
  const steps = [];
  let at = 0;
  items.forEach((item, order) => {
    const by = item.weight * item.value;
    steps.push({ label: item.label, from: at, to: at + by, kind: by < 0 ? 'fall' : 'rise', order, exact: item.exact });
    at += by;
  });
  steps.push({ label: total.label, from: 0, to: total.value, kind: 'total', order: items.length, exact: total.exact });
  return steps;
}

// '#/chart/R4/7' a row; '#/chart/R4' the statement, by the total with the most items, or its first row.
export async function drawChartView(filing, route, node, boot) {
  const [stem, asked] = route.words;
  const page = await filing.wholePage(stem);
  const totals = await totalsOf(filing, page);
  const first = [...totals.keys()].sort((a, b) => items(totals.get(b)) - items(totals.get(a)))[0] ?? (page.rows || []).findIndex((each) => each.cells?.some((cell) => cell?.k === 'number' && cell.f));
  const number = asked === undefined ? first : Number(asked);
  const row = page.rows?.[number];
  if (!row) throw new Error(`${stem} has no such row`);
  const sums = totals.get(number) || [];
  const kinds = [['bar', 'Bars'], ['line', 'Line'], ...(sums.length ? [['stack', 'Stacked'], ['waterfall', 'Waterfall']] : []), ...(boot.lake ? [['lake', 'Over the lake\u2019s filings']] : [])];
  const wanted = route.options.kind || (asked === undefined && sums.length ? 'stack' : 'bar');
  const kind = kinds.some(([key]) => key === wanted) ? wanted : 'bar';
  const to = (options, line = number) => format({ view: 'chart', words: [stem, String(line)], options });
  const holder = h('div.chart', { role: 'img', 'aria-label': `Chart of ${row.label}` });
  const table = h('div');
  replace(node,
    h('div.tools', {}, h('h1', {}, row.label, h('small.under', {}, h('a', { href: format({ view: 'page', stem, row: number }) }, page.name || stem))),
      h('div.toolset', { role: 'group', 'aria-label': 'Chart' }, kinds.map(([key, name]) => h('a.button', { href: to({ kind: key }), 'aria-current': key === kind ? 'true' : null }, name)), choice(page, totals, number, kind, to))),
    holder, table);
  if (kind === 'lake') return overLake(filing, row, route, holder, table, boot);
  const all = kind === 'waterfall' ? await steps(filing, sums) : null;
  const period = all && (all.find(({ fact }) => String(fact.number) === route.options.of) || all[0]);
  if (all?.length > 1) holder.before(h('p.toolset', { role: 'group', 'aria-label': 'Period' }, all.map(({ fact }) => h('a.button', { href: to({ kind, of: fact.number }), 'aria-current': fact === period.fact ? 'true' : null }, periodOf(fact)))));
  const values = period ? period.values : kind === 'stack' ? await stacked(filing, sums) : points(page, row, await factsOf(filing, row));
  if (!values.length) return replace(holder, h('p', {}, 'The row has no numbers.'));
  replace(table, valueTable(values));
  const spec = filled(filing.head.charts[kind], values, period ? `${row.label}, ${periodOf(period.fact)}` : row.label);
  return draw(holder, spec, boot, filing.source, columnsOf(values, kind));
}

// The legend goes where it would tell nothing; one unit names the axis.
export function filled(shape, values, title) {
  const encoding = { ...shape.encoding };
  if (encoding.color?.field === 'series' && new Set(values.map((each) => each.series)).size < 2) encoding.color = { ...encoding.color, legend: null };
  if (globalThis.innerWidth < 900 && encoding.color?.legend) encoding.color = { ...encoding.color, legend: { ...encoding.color.legend, orient: 'bottom', columns: 1, labelLimit: globalThis.innerWidth - 120 } };
  const units = new Set(values.map((each) => each.unit).filter(Boolean));
  if (units.size === 1) encoding.y = { ...encoding.y, title: [...units][0] };
  if (encoding.x?.field === 'label' && values.length <= 6 && !(globalThis.innerWidth < 900)) encoding.x = { ...encoding.x, axis: { labelAngle: 0, labelLimit: 135, labelOverlap: false } };
  return { ...shape, encoding, title, datasets: { values } };
}

// How many columns of bars stand beside each other; 0 where it is a line.
export function columnsOf(values, kind) {
  if (kind === 'line') return 0;
  if (kind === 'waterfall') return values.length;
  if (kind === 'stack') return 3 + new Set(values.map((each) => each.end)).size; // with room for the legend
  return new Set(values.map((each) => `${each.end} ${each.series}`)).size;
}

function items(sums) {
  return Math.max(0, ...(sums || []).map((sum) => sum.items.filter(([item]) => item >= 0).length));
}

// The totals of the page, to choose from.
function choice(page, totals, number, kind, to) {
  if (totals.size < 2 || !totals.has(number) || !['stack', 'waterfall'].includes(kind)) return null;
  return h('select', { 'aria-label': 'Total', onchange: (event) => { location.hash = to({ kind }, Number(event.target.value)); } },
    [...totals.keys()].map((line) => h('option', { value: String(line), selected: line === number }, page.rows[line].label)));
}

function periodOf(fact) {
  const members = (fact.members || []).join(', ');
  return `${fact.context?.period || ''}${members ? `, ${members}` : ''}`;
}

// The row's concept, with the members of its first number, over the filings that a lake has of the entity.
async function overLake(filing, row, route, holder, table, boot) {
  const facts = [...(await factsOf(filing, row)).values()].filter((fact) => fact.unit && fact.concept && fact.context);
  if (!facts.length) return replace(holder, h('p', {}, 'The row has no numbers.'));
  const [fact] = facts;
  const members = [];
  for (const [axis, member] of fact.context.dimensions || []) {
    members.push(`${(await filing.concept(axis)).name}=${typeof member === 'number' ? (await filing.concept(member)).name : member}`);
  }
  const frequency = route.options.frequency || (fact.context.start ? 'quarter' : 'year');
  const query = { company: fact.context.entity, concept: fact.concept.name, members: members.join(','), frequency };
  const again = (key) => format({ view: 'chart', words: route.words, options: { kind: 'lake', frequency: key } });
  try {
    const found = await ask('/api/lake/series', query);
    replace(table, h('p.actions', {}, ['quarter', 'year', 'ttm'].map((key) => h('a.button', { href: again(key), 'aria-current': key === frequency ? 'true' : null }, { quarter: 'Quarters', year: 'Years', ttm: 'Twelve months' }[key]))), seriesTable(found.rows));
    if (!found.chart) return replace(holder, h('p', {}, 'The lake has no numbers of it.'));
    return await draw(holder, found.chart, boot, filing.source);
  } catch (error) {
    return replace(holder, h('p', {}, error.message));
  }
}

async function factsOf(filing, row) {
  const facts = new Map();
  for (const cell of row.cells || []) {
    const number = cell?.f?.[0];
    if (number === undefined) continue;
    facts.set(number, await named(filing, await filing.fact(number)));
  }
  return facts;
}

async function named(filing, fact) {
  fact.members = [];
  for (const [, member] of fact.context?.dimensions || []) fact.members.push(typeof member === 'number' ? (await filing.concept(member)).label : member);
  return fact;
}

// Row → the sums of one network whose totals are facts of the row, with items that are reported.
async function totalsOf(filing, page) {
  const found = new Map();
  if (!filing.has('calculations')) return found;
  const byTotal = new Map();
  for (const sum of (await filing.source.part('calculations')).sums || []) {
    if (sum.total >= 0 && sum.items.some(([item]) => item >= 0)) byTotal.set(sum.total, [...(byTotal.get(sum.total) || []), sum]);
  }
  (page.rows || []).forEach((row, index) => {
    const networks = new Map();
    for (const number of (row.cells || []).flatMap((cell) => cell?.f || [])) {
      for (const sum of byTotal.get(number) || []) networks.set(sum.network, [...(networks.get(sum.network) || []), sum]);
    }
    const [most] = [...networks.values()].sort((a, b) => b.length - a.length);
    if (most) found.set(index, most);
  });
  return found;
}

async function itemsOf(filing, sum) {
  const out = [];
  for (const [item, concept, weight] of sum.items) {
    if (item < 0) continue;
    const fact = await filing.fact(item);
    out.push({ label: (await filing.concept(concept)).label, value: Number(fact.value), exact: fact.value, weight: Number(weight) });
  }
  return out;
}

// Of each sum: its total, and the steps that lead to it; the latest period first.
async function steps(filing, sums) {
  const out = [];
  for (const sum of sums) {
    const fact = await filing.fact(sum.total);
    await named(filing, fact);
    out.push({ fact, values: waterfall(await itemsOf(filing, sum), { label: fact.concept.label, value: Number(fact.value), exact: fact.value }) });
  }
  return out.sort((a, b) => (b.fact.context?.end || '').localeCompare(a.fact.context?.end || ''));
}

async function stacked(filing, sums) {
  const out = [];
  const known = new Set();
  for (const sum of sums) {
    const total = await filing.fact(sum.total);
    const { series, end } = point(total);
    const first = out[0] ? out[0].series : series;
    if (series !== first || known.has(end)) continue; // bars of quarters do not stand upon those of years
    known.add(end);
    (await itemsOf(filing, sum)).forEach((item, order) => out.push({ ...point(total), label: item.label, value: item.weight * item.value, exact: item.exact, order }));
  }
  return out.sort((a, b) => (a.end || '').localeCompare(b.end || ''));
}

function valueTable(values) {
  return h('details', {}, h('summary', {}, 'The values'), h('div.table.values', { tabindex: '0', role: 'region', 'aria-label': 'The values' }, h('table.report.plain', {}, h('tbody', {}, values.map((each) => h('tr', {}, h('th', { scope: 'row' }, each.label || each.period), h('td', {}, each.label ? each.period || each.kind || '' : each.series === 'value' ? '' : each.series || ''), h('td.num', { class: (each.exact || '').startsWith('-') ? 'negative' : null }, group(each.exact || ''), each.unit ? h('small', {}, ` ${each.unit}`) : null)))))));
}
