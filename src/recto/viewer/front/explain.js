// Why it looks so: the decisions behind a page, row, column and cell.

import { h, replace } from './dom.js';
import { format } from './route.js';

export async function drawExplanation(filing, page, row, column, node) {
  const part = await filing.source.part(`explain/${page.stem}`);
  const groups = [];
  if (row !== null && column !== null) {
    const key = `${row}/${column}`;
    const own = part.cells ? part.cells[key] : filing.source.served ? (await filing.source.part(`explain/${page.stem}/${key}`)).cell : null;
    if (own) groups.push(['This cell', own]);
  }
  if (row !== null) groups.push([`Its row: ${page.rows[row]?.label || ''}`, part.rows?.[row]]);
  if (column !== null) groups.push([`Its column: ${(page.columns[column]?.labels || []).join(' ')}`, part.columns?.[column]]);
  groups.push(['The page', part.page]);
  replace(node, h('h2', {}, 'Why it looks so'), groups.map(([title, decisions], index) => decisions?.length ? h('details', { open: index < 3 }, h('summary', {}, title), list(decisions)) : null),
    groups.flatMap(([, decisions]) => decisions || []).some((each) => /^\d/.test(each.clause || '')) ? h('p.hint', {}, 'Numbers are sections of the rules by which the SEC renders pages, as recto\u2019s code cites them.') : null);
}

// Why no page shows a fact, with links to the pages and facts that are named; null where that is not known.
export async function reasonOf(filing, number) {
  if (!filing.has('explain')) return null;
  const { facts } = await filing.source.part('explain/facts');
  const text = facts?.[number]?.text;
  if (!text) return null;
  const [, kept] = /^It duplicates ([\w.-]+)[,;]/.exec(text) || [];
  return h('span.reason', {}, text.split(/([\w.-]*[\w-])/).map((word) => {
    if (word === kept) return h('a', { href: format({ view: 'fact', fact: `@${word}` }) }, word);
    return filing.pageIndex.has(word) ? h('a', { href: format({ view: 'page', stem: word }) }, word) : word;
  }));
}

function list(decisions) {
  return h('ol.decisions', {}, decisions.map((each) => h('li', {}, h('span.rule', {}, each.rule), each.text, each.clause ? h('span.clause', {}, each.clause) : null)));
}
