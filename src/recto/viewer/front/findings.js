// What validation says, the gravest first; findings of one kind stand together, and each leads to its place.

import { h, replace } from './dom.js';
import { group } from './numbers.js';
import { format } from './route.js';

const ORDER = { error: 0, warning: 1, info: 2 };
const NAMES = { error: ['error', 'errors'], warning: ['warning', 'warnings'], info: ['remark', 'remarks'] };
const APART = 3;
const MOST = 100;

// [[finding, …], …]: those of one code and severity, the gravest first, in the order of the first of each.
export function grouped(findings) {
  const groups = new Map();
  for (const each of findings) {
    const key = `${each.severity} ${each.code}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(each);
  }
  return [...groups.values()].sort((a, b) => ORDER[a[0].severity] - ORDER[b[0].severity]);
}

export async function drawFindings(filing, route, node) {
  replace(node, h('h1', {}, 'Findings'), h('p.loading', { role: 'status' }, 'Checking the filing …'));
  const all = (await filing.source.part('findings')).findings || [];
  const counts = { error: 0, warning: 0, info: 0 };
  all.forEach((each) => { counts[each.severity] += 1; });
  const [chosen] = route.words || [];
  const filter = h('div.toolset', { role: 'group', 'aria-label': 'Severity' }, Object.entries(counts).filter(([severity, count]) => count || severity === chosen).map(([severity, count]) => h('a.button', {
    href: format({ view: 'findings', words: severity === chosen ? [] : [severity] }), class: severity, 'aria-current': severity === chosen ? 'true' : null,
  }, `${group(String(count))} ${NAMES[severity][count === 1 ? 0 : 1]}`)));
  const shown = grouped(chosen ? all.filter((each) => each.severity === chosen) : all);
  replace(node, h('div.tools', {}, h('h1', {}, 'Findings'), filter),
    h('div.findings', {}, shown.length ? shown.map((each) => (each.length > APART ? together(filing, each) : each.map((one) => entry(filing, one)))) : h('p', {}, chosen ? 'None.' : 'Nothing was found.')));
}

function together(filing, findings) {
  const [first] = findings;
  const body = h('div');
  const details = h('details.finding', { class: first.severity }, h('summary', {}, h('span.severity', {}, NAMES[first.severity][0]), ' ', h('code', {}, first.code), h('strong.count', {}, group(String(findings.length))), h('span.message', {}, first.message)), body);
  details.addEventListener('toggle', () => {
    if (!details.open || body.firstChild) return;
    further(body, findings, (each) => entry(filing, each));
  });
  return details;
}

// Draws findings, of many the next ones when the end of those that are drawn comes near.
function further(body, findings, draw) {
  const end = h('div');
  body.append(end);
  let drawn = 0;
  const next = () => {
    end.before(...findings.slice(drawn, drawn + MOST).map(draw));
    drawn += MOST;
    if (drawn >= findings.length) end.remove();
  };
  next();
  if (drawn >= findings.length) return;
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((each) => each.isIntersecting)) return;
    observer.unobserve(end); // so that it is looked at again where it is still near
    next();
    if (drawn < findings.length) observer.observe(end);
  }, { root: body.closest('main'), rootMargin: '800px 0px' });
  observer.observe(end);
}

function entry(filing, each) {
  const where = each.document ? `${each.document}${each.line ? `, line ${group(String(each.line))}` : ''}` : null;
  return h('article.finding', { class: each.severity },
    h('p', {}, h('span.severity', {}, NAMES[each.severity][0]), ' ', h('code', {}, each.code), ' ', h('small', {}, [where, each.specification].filter(Boolean).join(' · '))),
    h('p.message', {}, each.message),
    places(filing, each),
    each.lines?.length ? lines(each) : null);
}

function places(filing, each) {
  const facts = (each.facts || []).slice(0, 8);
  const page = each.page >= 0 ? filing.head.pages[each.page] : null;
  const links = facts.map((fact, index) => h('a', { href: format({ view: 'fact', fact }) }, index ? `fact ${index + 1}` : 'to its fact'));
  if (facts.length && filing.has('documents') && filing.head.documents.length) links.push(h('a', { href: format({ view: 'fact', fact: facts[0], options: { show: 'document' } }) }, 'in the document'));
  if (page) links.push(h('a', { href: format({ view: 'page', stem: page.stem, row: each.row >= 0 ? each.row : null }) }, `on page ${page.stem}${page.name ? `, ${page.name}` : ''}`));
  return links.length ? h('p.places', {}, links) : null;
}

// The lines of the file, that of the finding marked.
function lines(each) {
  return h('details.lines', {}, h('summary', {}, `${each.document}, line ${group(String(each.line))}`),
    h('div.scroll', { tabindex: '0', role: 'region', 'aria-label': 'Lines of the file' }, h('table', {}, h('tbody', {}, each.lines.map((text, index) => h('tr', { class: each.first + index === each.line ? 'at' : null },
      h('td.number', {}, String(each.first + index)), h('td', {}, h('code', {}, text))))))));
}
