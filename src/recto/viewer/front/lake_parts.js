// What the views of a lake have in common: asking it, and tables of what it answers.

import { h, scrolling } from './dom.js';
import { group } from './numbers.js';
import { problem } from './source.js';

export async function ask(path, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const response = await fetch(`${path}${given.length ? `?${new URLSearchParams(given)}` : ''}`, { credentials: 'same-origin' });
  if (!response.ok) throw new Error(await problem(response));
  return response.json();
}

// Where a filing of the lake is read, and in it a fact.
export function filingAddress(key, fact) {
  return `/view/${encodeURIComponent(key)}${fact === undefined || fact === null ? '' : `#/fact/${fact}`}`;
}

export function filingLink(key, fact, text) {
  return h('a', { href: filingAddress(key, fact) }, text || key);
}

// heads: [name, 'num' or ''].
export function table(label, heads, rows) {
  return scrolling(label, h('table.report.plain', {},
    h('thead', {}, h('tr', {}, heads.map(([name, kind]) => h('th', { scope: 'col', class: kind || null }, name)))),
    h('tbody', {}, rows)));
}

export function amount(value) {
  return value === null || value === undefined ? '' : group(value);
}

export function day(text) {
  return (text || '').slice(0, 10);
}

// From one day to another, or one day alone; no day is broken over lines.
export function days(from, to) {
  const end = h('span.day', {}, to || from || '');
  return from && to && from !== to ? [h('span.day', {}, `${from} to`), ' ', end] : end;
}

export function number(value) {
  return h('td.num', { class: (value || '').startsWith('-') ? 'negative' : null }, amount(value));
}

// 'us-gaap:GrossProfit' → 'Gross Profit'.
export function words(name) {
  const local = (name || '').split(':').pop();
  return name?.includes(':') ? local.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2') : local.replace(/_/g, ' ').replace(/^./, (first) => first.toUpperCase());
}

// How a number is known: reported, restated, or worked out from which facts.
export function origin(row) {
  if (row.value === null || row.value === undefined) return 'not reported';
  const said = row.restated ? ['restated'] : [];
  if (row.derived) said.unshift('worked out');
  return said.join(', ') || 'reported';
}

function places(row) {
  return (row.facts || []).slice(0, 6).map((each, index) => [index || each.sign < 0 ? (each.sign < 0 ? ' − ' : ' + ') : '', filingLink(each.filing, each.fact, days(each.start, each.end))]);
}

// Rows of a series, the newest first, each number with the facts that tell it.
export function seriesTable(rows, { company = false } = {}) {
  const heads = [...(company ? [['Company']] : []), ['Period'], ['From'], ['To'], ['Value', 'num'], ['Unit'], ['How it is known'], ['Facts']];
  const order = company ? rows : [...rows].reverse();
  return table('Numbers', heads, order.map((row) => h('tr', {},
    company ? h('th', { scope: 'row' }, row.company) : null,
    company ? h('td', {}, row.period || '') : h('th', { scope: 'row' }, row.period || ''),
    h('td.day', {}, row.start || ''), h('td.day', {}, row.end || ''), number(row.value), h('td', {}, row.unit || ''),
    h('td.text.wide', {}, origin(row), row.error && row.derived ? h('small', {}, ` (off by at most ${amount(row.error)})`) : null),
    h('td.text.wide', {}, places(row)))));
}
