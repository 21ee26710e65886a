// The panel of one fact: what it is, how it was rounded, where else it is, what it adds up to.

import { h, replace } from './dom.js';
import { reasonOf } from './explain.js';
import { plainText, textFrame } from './frame.js';
import { labelIn } from './labels.js';
import { group, rounding } from './numbers.js';
import { format } from './route.js';

const ROLE_NAMES = { label: 'standard', terseLabel: 'terse', verboseLabel: 'verbose', totalLabel: 'total', periodStartLabel: 'start of period', periodEndLabel: 'end of period', negatedLabel: 'negated', negatedTotalLabel: 'negated total', negatedTerseLabel: 'negated terse' };
const MOST = 60;
const SUMS = 20;

export async function drawFact(filing, number, node, context) {
  const fact = await filing.fact(number);
  const concept = fact.concept || { name: '(unknown concept)', label: '' };
  const stale = () => context.current !== number;
  if (stale()) return;
  replace(node,
    h('h2', { dir: 'auto' }, labelIn(concept, context.language, context.role) || concept.label || concept.name),
    h('p.name', {}, h('code', {}, concept.name), concept.own ? h('span.tag', {}, 'the filer\u2019s own') : concept.undeclared ? h('span.tag', {}, 'declared in no taxonomy at hand') : null),
    value(filing, fact, context),
    actions(filing, fact, context),
    h('dl.properties', {}, await properties(filing, fact, concept)),
    fact.notes.length ? section('Footnotes', fact.notes.map((note) => h('p', {}, plainText(note)))) : null,
    concept.definition ? section('Definition', h('p', {}, concept.definition)) : null,
    concept.references?.length ? section('References', h('ul.references', {}, concept.references.map((each) => h('li', {}, each)))) : null,
    labels(concept),
    anchors(concept));
  const later = h('div.later', {}, h('p.loading', {}, '…'));
  node.append(later);
  const { sections, equal } = await relations(filing, fact);
  const sums = await calculations(filing, fact, equal);
  if (!stale()) replace(later, sections, sums);
}

function value(filing, fact, context) {
  const shown = context.shown;
  if (fact.invalid) return h('p.value.bad', {}, 'The value is invalid; a finding tells why.');
  if (fact.value === null || fact.value === undefined) return h('p.value', {}, 'nil');
  if (!fact.unit && (fact.concept?.block || fact.long)) {
    const open = h('button', { type: 'button' }, 'Read the text');
    open.addEventListener('click', () => readText(filing, fact));
    return h('div', {}, h('p.excerpt', { dir: 'auto' }, fact.concept?.block ? plainText(fact.value) : fact.value, fact.long ? ' …' : ''), open);
  }
  const numeric = fact.unit !== null;
  return h('div', {},
    h('p.value', {}, numeric ? group(fact.value) : fact.value, fact.unit ? h('small', {}, ' ' + fact.unit.text) : null),
    numeric ? h('p.rounding', {}, rounding(fact.value, fact.decimals), shown && plainDigits(shown) !== plainDigits(group(fact.value)) ? `; the page shows ${shown}` : '') : null);
}

function plainDigits(text) {
  return text.replace(/[^\d.]/g, '');
}

function actions(filing, fact, context) {
  const buttons = [];
  if (filing.has('documents') && context.showInDocument) {
    buttons.push(h('button.primary', { type: 'button', onclick: () => context.showInDocument(fact.number) }, 'In the document'));
  }
  const [place] = fact.shown;
  if (!context.onPage && place) {
    buttons.push(h('a.button', { href: format({ view: 'page', stem: filing.head.pages[place[0]].stem, row: place[1], column: place[2] }) }, 'On its page'));
  }
  if (context.explain) buttons.push(h('button', { type: 'button', onclick: context.explain }, 'Why it looks so'));
  if (context.chart && fact.unit) buttons.push(h('button', { type: 'button', onclick: context.chart }, 'Chart the row'));
  return buttons.length ? h('p.actions', {}, buttons) : null;
}

async function properties(filing, fact, concept) {
  const context = fact.context;
  const rows = [
    ['Period', context ? `${context.period}${context.start ? ` (${context.start} to ${context.end})` : ''}` : 'none'],
    ['Unit', fact.unit ? `${fact.unit.text}${fact.unit.symbol && fact.unit.symbol !== fact.unit.text ? ` (${fact.unit.symbol})` : ''}` : null],
    ['Exact value', fact.unit && fact.value ? fact.value : null],
    ['Type', concept.type],
    ['Balance', concept.balance],
    ['Period type', concept.period],
    ['Entity', context?.entity],
    ['Language', fact.language],
  ];
  for (const [axis, member] of context?.dimensions || []) {
    const name = await filing.concept(axis);
    const value = typeof member === 'number' ? await filing.concept(member) : { label: member, name: member };
    rows.push([name.label || name.name, value.label || value.name]);
  }
  rows.push(['Fact', fact.id], ['Stands in', fact.document ? `${fact.document}, line ${fact.line}${fact.hidden ? ' (hidden)' : ''}` : null]);
  return rows.filter(([, text]) => text).map(([name, text]) => [h('dt', {}, name), h('dd', {}, text)]);
}

function section(title, ...content) {
  return h('details', { open: true }, h('summary', {}, title), content);
}

function labels(concept) {
  const others = (concept.labels || []).filter(([role, , text]) => !(role === 'label' && text === concept.label));
  if (!others.length) return null;
  const details = section('Other labels', h('dl.properties', {}, others.map(([role, language, text]) => [h('dt', {}, `${ROLE_NAMES[role] || role}${language ? ` (${language})` : ''}`), h('dd', {}, text)])));
  details.open = false;
  return details;
}

function anchors(concept) {
  if (!concept.wider?.length && !concept.narrower?.length) return null;
  return section('Anchored', h('dl.properties', {},
    (concept.wider || []).map((name) => [h('dt', {}, 'is narrower than'), h('dd', {}, name)]),
    (concept.narrower || []).map((name) => [h('dt', {}, 'is wider than'), h('dd', {}, name)])));
}

// Facts of the same concept: duplicates, and all others; where this one is shown. `equal`: the fact and its duplicates.
async function relations(filing, fact) {
  const same = [];
  const duplicates = [];
  const entries = await filing.entries();
  const key = (context, unit) => JSON.stringify([entries.contexts[context], unit < 0 ? null : entries.units[unit]?.text]);
  const own = key(fact.contextNumber, fact.unitNumber);
  for (const part of await filing.facts()) {
    part.concept.forEach((concept, at) => {
      const number = part.first + at;
      if (concept !== fact.conceptNumber || concept < 0 || number === fact.number) return;
      const entry = { number, value: part.value[at], context: entries.contexts[part.context[at]], unit: entries.units[part.unit[at]] };
      (part.context[at] >= 0 && key(part.context[at], part.unit[at]) === own ? duplicates : same).push(entry);
    });
  }
  const out = [];
  if (duplicates.length) {
    const differ = duplicates.filter((each) => each.value !== fact.value);
    out.push(section(`Duplicates (${duplicates.length})`,
      h('p', {}, differ.length ? `${differ.length} of them ${differ.length === 1 ? 'says' : 'say'} something else, be it only with another accuracy.` : 'All say the same.'),
      h('ul.facts', {}, duplicates.slice(0, MOST).map((each) => entryLine(each)))));
  }
  out.push(places(filing, fact));
  if (same.length) {
    same.sort((a, b) => (b.context?.end || '').localeCompare(a.context?.end || ''));
    out.push(section(`Other facts of the concept (${same.length})`, h('ul.facts', {}, same.slice(0, MOST).map((each) => entryLine(each)),
      same.length > MOST ? h('li', {}, `and ${same.length - MOST} more`) : null)));
  }
  return { sections: out, equal: new Set([fact, ...duplicates].map((each) => each.number)) };
}

function entryLine(each) {
  const text = each.value === null || each.value === undefined ? 'nil' : each.unit ? group(each.value) : each.value.slice(0, 80).trim() || 'empty';
  const members = each.context?.dimensions?.length ? `, ${each.context.dimensions.length} dimension${each.context.dimensions.length === 1 ? '' : 's'}` : '';
  return h('li', {}, h('a', { href: format({ view: 'fact', fact: each.number }) }, text), h('small', {}, `${each.context?.period || ''}${members}`));
}

function places(filing, fact) {
  if (fact.shown.length) {
    return section(`Shown on (${fact.shown.length})`, h('ul.facts', {}, fact.shown.slice(0, MOST).map(([page, row, column]) => {
      const entry = filing.head.pages[page];
      return h('li', {}, h('a', { href: format({ view: 'page', stem: entry.stem, row, column }) }, `${entry.stem} ${entry.name || ''}`), h('small', {}, `row ${row + 1}, column ${column + 1}`));
    })));
  }
  const holder = h('p', {}, 'It is shown on no page.');
  reasonOf(filing, fact.number).then((reason) => reason && holder.append(' ', reason)).catch(() => {});
  return section('Shown on', holder);
}

// Of duplicates, sums name one: what it adds up to is said of all of them.
async function calculations(filing, fact, equal) {
  if (!fact.unit || !filing.has('calculations')) return [];
  const part = await filing.source.part('calculations');
  const out = [];
  const sums = (part.sums || []).filter((sum) => equal.has(sum.total) || sum.items.some(([item]) => equal.has(item)));
  for (const sum of sums.slice(0, SUMS)) out.push(await drawSum(filing, part, sum, equal));
  if (sums.length > SUMS) out.push(h('p.soft', {}, `and ${sums.length - SUMS} more calculations`));
  return out;
}

async function drawSum(filing, part, sum, equal) {
  const rows = [];
  for (const [item, concept, weight] of sum.items) {
    const name = await filing.concept(concept);
    const known = item < 0 ? null : await filing.fact(item);
    const sign = weight === '1' ? '+' : weight === '-1' ? '−' : `× ${weight}`;
    rows.push(h('tr', { class: equal.has(item) ? 'own' : known ? '' : 'missing' },
      h('td', {}, sign),
      h('td', {}, known ? h('a', { href: format({ view: 'fact', fact: item }) }, name.label || name.name) : name.label || name.name),
      h('td.num', {}, known ? group(known.value || '') : 'not reported')));
  }
  const total = sum.total < 0 ? null : await filing.fact(sum.total);
  rows.push(h('tr.total', {}, h('td', {}, '='), h('td', {}, 'Sum of what is reported'), h('td.num', {}, group(sum.sum))));
  if (total) {
    rows.push(h('tr.total', { class: equal.has(sum.total) ? 'own' : '' }, h('td'),
      h('td', {}, h('a', { href: format({ view: 'fact', fact: sum.total }) }, total.concept.label || total.concept.name)), h('td.num', {}, group(total.value || ''))));
  }
  const missing = sum.items.filter(([item]) => item < 0).length;
  return section(`Calculation: ${part.networks[sum.network]}`,
    h('div.scroll', { tabindex: '0', role: 'region', 'aria-label': 'Calculation' }, h('table.sum', {}, h('tbody', {}, rows))),
    h('p', {}, verdict('XBRL 2.1', sum.consistent), '; ', verdict('Calculations 1.1', sum.consistent11), missing ? `; ${missing} not reported` : '', '.'));
}

function verdict(name, agrees) {
  if (agrees === null || agrees === undefined) return `${name}: does not apply`;
  return h('span', { class: agrees ? 'good' : 'bad' }, `${name}: ${agrees ? 'agrees' : 'does not agree'}`);
}

// A reader of its own for a text block.
export async function readText(filing, fact) {
  const dialog = h('dialog.reader', { 'aria-label': fact.concept?.label || 'Text' });
  const close = h('button', { type: 'button', autofocus: true }, 'Close');
  const body = h('div.body', {}, h('p.loading', {}, 'Loading the text …'));
  dialog.append(h('header', {}, h('h2', {}, fact.concept?.label || fact.id), h('span', {}, fact.context?.period || ''), close), body);
  document.body.append(dialog);
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  dialog.showModal();
  const { html, text } = await filing.text(fact.number);
  replace(body, html ? textFrame(fact.concept?.label || 'Text', html, filing.source, 1e6) : h('p.plain', {}, text));
}
