// What validation says, the gravest first; each finding leads to its facts.

import { h, replace, virtualList } from './dom.js';
import { format } from './route.js';

const ORDER = { error: 0, warning: 1, info: 2 };

export async function drawFindings(filing, node) {
  replace(node, h('h1', {}, 'Findings'), h('p.loading', {}, 'Checking the filing …'));
  const part = await filing.source.part('findings');
  const all = [...(part.findings || [])].sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
  const counts = { error: 0, warning: 0, info: 0 };
  all.forEach((each) => { counts[each.severity] += 1; });
  let chosen = null;
  const holder = h('div.findings');
  const filter = h('p.filters', { role: 'group', 'aria-label': 'Severity' }, Object.entries(counts).map(([severity, count]) => {
    const button = h('button', { type: 'button', 'aria-pressed': 'false', class: severity }, `${count} ${severity === 'info' ? 'remarks' : severity + (count === 1 ? '' : 's')}`);
    button.addEventListener('click', () => {
      chosen = chosen === severity ? null : severity;
      filter.querySelectorAll('button').forEach((each) => each.setAttribute('aria-pressed', String(each === button && chosen === severity)));
      draw();
    });
    return button;
  }));
  const draw = () => {
    const shown = chosen ? all.filter((each) => each.severity === chosen) : all;
    if (!shown.length) replace(holder, h('p', {}, 'None.'));
    else if (shown.length > 200) replace(holder, virtualList(shown.length, 92, (index) => entry(filing, shown[index], true), 'Findings'));
    else replace(holder, h('div', {}, shown.map((each) => entry(filing, each, false))));
  };
  replace(node, h('h1', {}, 'Findings'), filter, holder);
  draw();
}

function entry(filing, each, fixed) {
  const facts = (each.facts || []).slice(0, 8);
  return h('article.finding', { class: `${each.severity}${fixed ? ' fixed' : ''}` },
    h('p', {}, h('span.severity', {}, each.severity), ' ', h('code', {}, each.code), ' ', h('small', {}, [each.document ? `${each.document}${each.line ? `, line ${each.line}` : ''}` : null, each.specification].filter(Boolean).join(' · '))),
    h('p', {}, each.message),
    facts.length ? h('p.places', {}, facts.map((fact, index) => h('a', { href: format({ view: 'fact', fact }) }, index ? `fact ${index + 1}` : 'to its fact')),
      filing.has('documents') && filing.head.documents.length ? h('a', { href: format({ view: 'fact', fact: facts[0], options: { show: 'document' } }) }, 'in the document') : null) : null);
}
