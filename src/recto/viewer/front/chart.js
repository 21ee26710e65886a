// Charts: a row over the periods of the filing, statements stacked or as a waterfall where calculations allow.

import { h, replace } from './dom.js';
import { format } from './route.js';
import { isDark } from './theme.js';

let loading = null;

// Vega, loaded when the first chart is drawn.
function vega(boot, source) {
  loading = loading || (boot.api ? scriptAt('/front/vega.js') : scriptOf(source)).then(() => globalThis.rectoVega);
  loading.catch(() => { loading = null; });
  return loading;
}

function scriptAt(url) {
  return new Promise((resolve, reject) => {
    const script = h('script', { src: url });
    script.onload = resolve;
    script.onerror = () => reject(new Error('Charts cannot be drawn: the extra "charts" is not installed.'));
    document.head.append(script);
  });
}

// In a file the script stands as text; the file's policy names it by its hash.
async function scriptOf(source) {
  const script = document.createElement('script');
  script.textContent = await source.part('vega');
  document.head.append(script);
}

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
  const kinds = [['bar', 'Bars'], ['line', 'Line'], ...(sums.length ? [['waterfall', 'Waterfall'], ['stack', 'Stacked']] : [])];
  const kind = kinds.some(([key]) => key === route.options.kind) ? route.options.kind : 'bar';
  replace(node,
    h('div.tools', {}, h('h1', {}, row.label), h('span.stem', {}, h('a', { href: format({ view: 'page', stem, row: Number(number) }) }, page.name || stem)),
      kinds.map(([key, name]) => h('a.button', { href: format({ view: 'chart', words: [stem, number], options: { kind: key } }), 'aria-current': key === kind ? 'true' : null }, name))),
    holder, table);
  const values = kind === 'waterfall' || kind === 'stack' ? await sumValues(filing, sums, kind) : points(page, row, await factsOf(filing, row));
  if (!values.length) {
    replace(holder, h('p', {}, 'The row has no numbers.'));
    return;
  }
  replace(table, valueTable(values));
  const spec = { ...filing.head.charts[kind], title: row.label, datasets: { values }, width: 'container', height: 320, background: null, config: config() };
  const { vegaEmbed } = await vega(boot, filing.source);
  const plot = h('div.plot');
  replace(holder, plot);
  await vegaEmbed(plot, spec, { actions: false, ast: true, renderer: 'svg' });
}

function config() {
  const ink = isDark() ? '#e2e9f0' : '#16202b';
  const line = isDark() ? '#2b3745' : '#d5dde6';
  return { view: { stroke: null }, axis: { labelColor: ink, titleColor: ink, gridColor: line, domainColor: line, tickColor: line }, legend: { labelColor: ink, titleColor: ink }, title: { color: ink } };
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
