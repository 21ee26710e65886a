// Charts: a row over the periods of the filing, statements stacked or as a waterfall where calculations allow.

import { h, replace } from './dom.js';
import { ask, seriesTable } from './lake_parts.js';
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

export async function drawChartView(filing, route, node, boot) {
  const [stem, number] = route.words;
  const page = await filing.page(stem);
  await filing.rowsUpTo(page, Number(number));
  const row = page.rows?.[Number(number)];
  if (!row) throw new Error(`${stem} has no such row`);
  const holder = h('div.chart', { role: 'img', 'aria-label': `Chart of ${row.label}` });
  const table = h('div');
  const sums = await sumsOf(filing, row);
  const kinds = [['bar', 'Bars'], ['line', 'Line'], ...(sums.length ? [['waterfall', 'Waterfall'], ['stack', 'Stacked']] : []), ...(boot.lake ? [['lake', 'Over the lake\u2019s filings']] : [])];
  const kind = kinds.some(([key]) => key === route.options.kind) ? route.options.kind : 'bar';
  replace(node,
    h('div.tools', {}, h('h1', {}, row.label), h('span.stem', {}, h('a', { href: format({ view: 'page', stem, row: Number(number) }) }, page.name || stem)),
      kinds.map(([key, name]) => h('a.button', { href: format({ view: 'chart', words: [stem, number], options: { kind: key } }), 'aria-current': key === kind ? 'true' : null }, name))),
    holder, table);
  if (kind === 'lake') return overLake(filing, row, route, holder, table, boot);
  const values = kind === 'waterfall' || kind === 'stack' ? await sumValues(filing, sums, kind) : points(page, row, await factsOf(filing, row));
  if (!values.length) return replace(holder, h('p', {}, 'The row has no numbers.'));
  replace(table, valueTable(values));
  return draw(holder, { ...filing.head.charts[kind], title: row.label, datasets: { values } }, boot, filing.source);
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
    const fact = await filing.fact(number);
    fact.members = [];
    for (const [, member] of fact.context?.dimensions || []) fact.members.push(typeof member === 'number' ? (await filing.concept(member)).label : member);
    facts.set(number, fact);
  }
  return facts;
}

// The sums whose total is a fact of the row, with all their items.
async function sumsOf(filing, row) {
  if (!filing.has('calculations')) return [];
  const part = await filing.source.part('calculations');
  const facts = new Set((row.cells || []).flatMap((cell) => cell?.f || []));
  const networks = new Map();
  for (const sum of part.sums || []) {
    if (facts.has(sum.total) && sum.items.some(([item]) => item >= 0)) networks.set(sum.network, [...(networks.get(sum.network) || []), sum]);
  }
  return [...networks.values()][0] || [];
}

async function sumValues(filing, sums, kind) {
  const out = [];
  for (const sum of kind === 'waterfall' ? sums.slice(0, 1) : sums) {
    const total = await filing.fact(sum.total);
    const items = [];
    for (const [item, concept, weight] of sum.items) {
      if (item < 0) continue;
      const fact = await filing.fact(item);
      items.push({ label: (await filing.concept(concept)).label, value: Number(fact.value), exact: fact.value, weight: Number(weight) });
    }
    if (kind === 'waterfall') out.push(...waterfall(items, { label: total.concept.label, value: Number(total.value), exact: total.value }));
    else items.forEach((item, order) => out.push({ ...point(total), label: item.label, value: item.weight * item.value, exact: item.exact, order }));
  }
  return out;
}

function valueTable(values) {
  return h('details', {}, h('summary', {}, 'The values'), h('table.values', {}, h('tbody', {}, values.map((each) => h('tr', {}, h('th', { scope: 'row' }, each.label || each.period), h('td', {}, each.series || each.kind || ''), h('td.num', {}, each.exact))))));
}
