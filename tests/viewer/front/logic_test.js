import assert from 'node:assert/strict';
import test from 'node:test';

import { columnsOf, filled, waterfall } from './chart.js';
import { harmlessStyle } from './clean.js';
import { differences } from './diff.js';
import { columnName, crc32, csv, grid, markdown, numberOf, xlsx, zip } from './export.js';
import { excerpt, find, holds, words } from './find.js';
import { choose } from './facts.js';
import { Filing } from './filing.js';
import { grouped } from './findings.js';
import { isRightToLeft, labelIn, wordsOf } from './labels.js';
import { nearest } from './menu.js';
import { change, group, localized, rounding, sameDigits, scaleOf, scaled, significant, subtract, typedDigits } from './numbers.js';
import { isTurned } from './page.js';
import { format, parse } from './route.js';
import { read } from './texts.js';

async function all(found) {
  const out = [];
  for await (const each of found) out.push(each);
  return out;
}

test('numbers are grouped exactly', () => {
  assert.equal(group('1234567.50'), '1,234,567.50');
  assert.equal(group('-12345678901234567890'), '-12,345,678,901,234,567,890');
  assert.equal(group('no number'), 'no number');
});

test('numbers are scaled exactly, half to even', () => {
  assert.equal(scaled('2500', -3, 0), '2');
  assert.equal(scaled('101500', -3, 0), '102');
  assert.equal(scaled('-1234567', -6, 3), '(1.235)');
  assert.equal(scaled('123456789012345678901', -9, 1), '123,456,789,012.3');
  assert.equal(scaled('0.5', 3, 0), '500');
});

test('a number is found by its digits, whatever the scale', () => {
  assert.equal(typedDigits('1,234'), '1234');
  assert.equal(typedDigits('$ (1,234)'), '1234');
  assert.equal(typedDigits('$1.234 million'), '1234');
  assert.equal(typedDigits('1.234.000 €'), '1234');
  assert.equal(typedDigits('1.234.567,80'), '12345678');
  assert.equal(typedDigits('1’234’000'), '1234');
  assert.equal(typedDigits('1.2.3'), ''); // the number of a section
  assert.equal(typedDigits('revenue'), '');
  assert.equal(sameDigits('1234', significant('1234000')), 2);
  assert.equal(sameDigits('1234', significant('1.234')), 2);
  assert.equal(sameDigits('1234', significant('1234400000')), 1);
  assert.equal(sameDigits('1234', significant('1233600000')), 1);
  assert.equal(sameDigits('1234', significant('1234600000')), 0);
  assert.equal(sameDigits('12', significant('1234')), 0);
});

test('differences are exact', () => {
  assert.equal(subtract('1.5', '2'), '-0.5');
  assert.equal(subtract('100000000000000000001', '1'), '100000000000000000000');
  assert.equal(change('110', '100'), '+10.0 %');
  assert.equal(change('1', '0'), null);
  assert.match(rounding('1', -6), /millions/);
});

test('the pages nearest to one are fetched first', () => {
  const pages = ['R1', 'R2', 'R3', 'R4'].map((stem) => ({ stem }));
  assert.deepEqual(nearest(pages, 'R3').map((page) => page.stem), ['R4', 'R2', 'R1']);
  assert.deepEqual(nearest(pages, 'R1').map((page) => page.stem), ['R2', 'R3', 'R4']);
});

test('every route has an address and comes back from it', () => {
  for (const route of [
    { view: 'page', stem: 'R4', row: 3, column: 1, options: { scale: 'exact' } },
    { view: 'page', stem: 'R4', row: null, column: null, options: {} },
    { view: 'fact', fact: 12, options: {} },
    { view: 'find', words: [], options: { q: '1,234 & more' } },
  ]) assert.deepEqual(parse(format(route)), route);
  assert.equal(parse('').view, 'home');
  assert.equal(parse('#/R4/x/%').row, null);
});

const page = {
  stem: 'R2', title: 'Cash | More', scale: '$ in Thousands', columns: [{ id: 1, labels: ['Dec. 31, 2024'] }],
  rows: [{ id: 1, label: 'Cash', cells: [{ k: 'number', t: '$ (1,234)', f: [0], negative: true }] }, { id: 2, label: '=SUM(A1)', kind: 'abstract' }],
};

test('pages become tables', () => {
  assert.deepEqual(grid(page), [['Cash | More', 'Dec. 31, 2024'], ['Cash', '$ (1,234)'], ['=SUM(A1)', '']]);
  assert.equal(csv(page), 'Cash | More,"Dec. 31, 2024"\r\nCash,"$ (1,234)"\r\n\'=SUM(A1),\r\n');
  assert.match(markdown(page), /\| Cash \| \$ \(1,234\) \|/);
  assert.equal(numberOf('$ (1,234.50)'), '-1234.50');
  assert.equal(numberOf('12.00%'), null);
  assert.equal(columnName(27), 'AB');
});

test('numbers of other languages are read by their English form, and written in their own', async () => {
  const spanish = { stem: 'R1', columns: [{ id: 1 }], language: 'es', rows: [{ label: 'Caja', cells: [{ k: 'number', t: '-30.022 €', p: '€ (30,022)', f: [0], negative: true }] }] };
  const text = new TextDecoder().decode(await xlsx([spanish]).arrayBuffer());
  assert.match(text, /<c r="B2"><v>-30022<\/v><\/c>/);
  assert.match(csv(spanish), /-30\.022 €/);
  const [cell] = spanish.rows[0].cells;
  assert.equal(isTurned(cell, '-30022'), false);
  assert.equal(isTurned(cell, '30022'), true);
  assert.equal(localized('1,234,567.5', 'de'), '1.234.567,5');
  assert.equal(localized('(1,234.5)', 'de'), '-1.234,5');
  assert.equal(localized('(1,234.5)', ''), '(1,234.5)');
  assert.equal(localized('(1,234.5)', 'en'), '(1,234.5)');
  assert.equal(localized('1,234', 'no language'), '1,234');
});

test('a workbook is a zip whose parts have their checksums', async () => {
  assert.equal(crc32(new TextEncoder().encode('123456789')), 0xcbf43926);
  const blob = zip([['a.txt', new TextEncoder().encode('hello')]]);
  const bytes = new Uint8Array(await blob.arrayBuffer());
  assert.equal(String.fromCharCode(...bytes.slice(0, 2)), 'PK');
});

test('styles that could fetch are taken out', () => {
  assert.equal(harmlessStyle('color:rgb(1,2,3);background:url(x)'), 'color:rgb(1,2,3)');
  assert.equal(harmlessStyle('b\\ackground:red'), '');
});

test('searching goes through titles, lines, values and texts', async () => {
  assert.deepEqual(words(' Two  Words '), ['two', 'word']); // singular or plural
  assert.deepEqual(words('loss gas'), ['loss', 'gas']);
  assert.ok(holds('Words and two more', ['two', 'words']));
  assert.match(excerpt('a long text about impairment of goodwill', ['impairment'], 30), /impairment/);
  const filing = {
    head: { pages: [{ stem: 'R2', name: 'Cash' }] },
    page: async () => page,
    wholePage: async () => page,
    concepts: async () => [{ name: 'us-gaap:Cash', label: 'Cash' }],
    facts: async () => [{ first: 0, value: ['1234000', 'Some cash text', 'Cash in hand'], unit: [0, -1, -1], concept: [0, 0, 0], context: [0, 0, 0], shown: { 0: [[0, 0, 0]] }, long: [1] }],
    source: { part: async (name) => ({ 'documents/0/3': { html: '<p>all of the</p> <p data-f="1">ca<b>sh</b> text</p>' } })[name] },
    entries: async () => ({ contexts: [{ period: 'At Dec. 31, 2024' }] }),
    stretches: async () => [{ name: 'documents/0/3', whole: false }],
    concept: async () => ({ label: 'Cash' }),
  };
  const counts = {};
  for await (const found of find(filing, 'cash')) counts[found.kind] = found.count;
  assert.deepEqual(counts, { pages: 1, lines: 1, values: 1, texts: 1 });
  const [, , , text] = await all(find(filing, 'cash'));
  assert.equal(text.hits[0].text, 'cash text'); // of the piece only what is the fact's
  const within = { ...filing, head: { pages: [{ stem: 'R2', name: 'Segment details' }] } };
  for await (const found of find(within, 'segments cash')) {
    if (found.kind === 'lines') assert.equal(found.hits[0]?.note, 'R2 Segment details');
  }
  for await (const found of find(filing, '1,234')) {
    if (found.kind === 'values') assert.deepEqual(found.hits[0].route, { view: 'page', stem: 'R2', row: 0, column: 0 });
  }
});

test('a piece of a document is read once, with where the texts of its facts stand', async () => {
  const rest = async () => null;
  const { text, folded, spans } = await read('<div>One<br/>two <span data-f="7" data-k="b">th<i>ree</i>\n<p data-f="8" data-k="h">four &amp; &#102;ive</p></span></div>six<img src="x">&lt;7&gt;', rest);
  assert.equal(text, 'One two three four & five six<7>');
  assert.equal(folded, text.toLowerCase());
  assert.deepEqual([...spans].map(([fact, found]) => [fact, found.map(([from, to]) => text.slice(from, to).trim())]), [[7, ['three four & five']]]);
  assert.equal((await read('a < b <', rest)).text, 'a ');
  assert.equal((await read('<p data-f="1">never closed', rest)).spans.size, 0);
});

test('a server is asked once for all groups, whose hits lead to cells or facts', async () => {
  const asked = [];
  const hits = [{ page: 'R2', row: 3, column: 1, fact: 9, text: '12' }, { fact: 4, text: 'words' }];
  const filing = { source: { served: true, ask: async (...given) => { asked.push(given); return { groups: [{ kind: 'values', title: 'Values', count: 2, hits }] }; } } };
  const [group] = await all(find(filing, '1,2'));
  assert.deepEqual(asked, [['find', { q: '1,2' }]]);
  assert.deepEqual(group.hits.map((hit) => hit.route), [{ view: 'page', stem: 'R2', row: 3, column: 1 }, { view: 'fact', fact: 4 }]);
  assert.deepEqual(await all(find(filing, '  ')), []);
});

test('facts without a context or unit are told as what they are', async () => {
  const parts = { 'facts/0': { first: 0, id: ['f1'], value: ['5'], decimals: [null], line: [3], document: [0], concept: [-1], context: [-1], unit: [-1], invalid: [0] }, contexts: { documents: ['a.htm'] } };
  const filing = await Filing.open({ part: async (name) => (name === 'filing' ? { pages: [], facts: 1 } : parts[name]) });
  const fact = await filing.fact(0);
  assert.deepEqual([fact.context, fact.unit, fact.concept, fact.document, fact.invalid], [null, null, null, 'a.htm', true]);
  assert.deepEqual(await filing.entries(), { contexts: [], units: [], documents: ['a.htm'] });
  assert.deepEqual(choose([parts['facts/0']], [], await filing.entries(), ['f1'], '').map(([, at]) => at), [0]);
});

test('rows of a large page come as they are asked for', async () => {
  const parts = { 'pages/R9': { stem: 'R9', more: 2, rows: [{ label: 'a' }] }, 'pages/R9/1': { rows: [{ label: 'b', at: [3], cells: [{ k: 'text', t: 'x' }] }] }, 'pages/R9/2': { rows: [{ label: 'c' }] } };
  const filing = new Filing({ part: async (name) => parts[name] }, { pages: [{ stem: 'R9', rows: 3 }] });
  const large = await filing.page('R9');
  assert.equal(filing.rowCount(large), 3);
  assert.deepEqual(filing.missing(large, 0, 3), [1, 2]);
  await filing.rowsBetween(large, 2, 3);
  assert.equal(large.rows[2].label, 'c');
  assert.equal(1 in large.rows, false); // nobody asked for it yet
  await filing.rowsBetween(large, 0, 2);
  assert.equal(large.rows[1].cells[3].t, 'x');
  assert.deepEqual(filing.missing(large, 0, 3), []);
  assert.equal((await filing.wholePage('R9')).rows.length, 3);
});

test('what changed in a text is told word by word, in order', () => {
  assert.deepEqual(differences('the crusher is insured', 'the crusher has burnt down'), [['same', 'the crusher'], ['gone', 'is insured'], ['new', 'has burnt down']]);
  assert.deepEqual(differences('a b c', 'a  b\nc'), [['same', 'a b c']]);
  assert.deepEqual(differences('', 'new'), [['new', 'new']]);
  const [a, b] = [Array.from({ length: 3000 }, (_, at) => `w${at % 700}`), Array.from({ length: 3000 }, (_, at) => (at === 1500 ? 'other' : `w${at % 700}`))];
  const parts = differences(a.join(' '), b.join(' '));
  assert.equal(parts.filter(([kind]) => kind !== 'new').map(([, text]) => text).join(' '), a.join(' '));
  assert.equal(parts.filter(([kind]) => kind !== 'gone').map(([, text]) => text).join(' '), b.join(' '));
});

test('the scale in which a page shows a number is told by what it shows', () => {
  assert.deepEqual(scaleOf('$ (1,234)', '-1234000'), { exponent: -3, places: 0 });
  assert.deepEqual(scaleOf('1.2', '1234000'), { exponent: -6, places: 1 });
  assert.deepEqual(scaleOf('12.5 %', '0.125'), { exponent: 2, places: 1 });
  assert.equal(scaleOf('77', '1234'), null);
  assert.equal(scaleOf('text', '1234'), null);
});

test('labels in another language, by role', async () => {
  const concept = { label: 'Cash', labels: [['label', 'en', 'Cash'], ['label', 'de', 'Kasse'], ['totalLabel', 'de', 'Kasse, gesamt']] };
  assert.equal(labelIn(concept, 'de'), 'Kasse');
  assert.equal(labelIn(concept, 'de', 'totalLabel'), 'Kasse, gesamt');
  assert.equal(labelIn(concept, 'de', 'negatedTotalLabel'), 'Kasse, gesamt');
  assert.equal(labelIn(concept, 'de', 'terseLabel'), 'Kasse');
  assert.equal(labelIn(concept, 'fr'), null);
  assert.ok(isRightToLeft('he-IL') && isRightToLeft('ar') && !isRightToLeft('hex') && !isRightToLeft(null));
  const filing = { source: { served: false }, concepts: async () => [concept] };
  const found = await wordsOf(filing, { titles: { de: 'Bilanz' }, rows: [{ label: 'Cash', concept: 0 }, { label: 'Other' }], columns: [{ labels: ['2024', 'Cash'] }, { labels: ['2023'] }] }, 'de');
  assert.deepEqual([found.row(0), found.row(1)], ['Kasse', undefined]);
  assert.deepEqual([found.title, found.columns], ['Bilanz', [['2024', 'Kasse'], null]]);
});

test('findings of one kind stand together, the gravest first', () => {
  const found = grouped([['info', 'a'], ['error', 'b'], ['warning', 'c'], ['error', 'b']].map(([severity, code]) => ({ severity, code })));
  assert.deepEqual(found.map((each) => [each[0].code, each.length]), [['b', 2], ['c', 1], ['a', 1]]);
});

test('facts are chosen by words and by where they are', () => {
  const part = { first: 5, id: ['x', 'y'], concept: [0, 1], context: [0, 0], unit: [0, 0], value: ['1', '2'], shown: { 5: [[0, 1, 0]] }, hidden: [6] };
  const concepts = [{ name: 'a:Cash', label: 'Cash' }, { name: 'a:Debt', label: 'Debt' }];
  const entries = { contexts: [{ period: 'At Dec. 31, 2024' }] };
  const numbers = (...asked) => choose([part], concepts, entries, ...asked).map(([, at]) => at);
  assert.deepEqual(numbers([], ''), [0, 1]);
  assert.deepEqual(numbers(['debt', '2024'], ''), [1]);
  assert.deepEqual(numbers([], 'unshown'), [1]);
  assert.deepEqual(numbers([], 'hidden'), [1]);
  assert.deepEqual(numbers([], 'invalid'), []);
});

test('charts: steps to a total, no legend for one series, bars no wider than looks well', () => {
  const steps = waterfall([{ label: 'a', value: 3, weight: 1 }, { label: 'b', value: 1, weight: -1 }], { label: 't', value: 2 });
  assert.deepEqual(steps.map(({ from, to, kind }) => [from, to, kind]), [[0, 3, 'rise'], [3, 2, 'fall'], [0, 2, 'total']]);
  const shape = { encoding: { x: { field: 'end' }, y: {}, color: { field: 'series', legend: {} } } };
  const one = filled(shape, [{ series: 'value', unit: 'USD' }], 'Cash');
  assert.equal(one.encoding.color.legend, null);
  assert.equal(one.encoding.y.title, 'USD');
  assert.deepEqual(filled(shape, [{ series: 'a' }, { series: 'b' }], 'Cash').encoding.color.legend, {});
  assert.equal(columnsOf([{ end: '2024', series: 'a' }, { end: '2024', series: 'b' }], 'bar'), 2);
  assert.equal(columnsOf([], 'line'), 0);
});

test('a fact has an address by its id too', () => {
  assert.deepEqual(parse('#/fact/%40f-1'), { view: 'fact', fact: '@f-1', options: {} });
  assert.equal(format({ view: 'fact', fact: '@f-1' }), '#/fact/%40f-1');
});
