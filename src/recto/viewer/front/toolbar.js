// The buttons above: of the viewer, and of a page (how amounts are shown, exports, print).

import { looks } from './bar.js';
import { h, replace } from './dom.js';
import { showKeys } from './keys.js';
import { SCALES } from './page.js';
import { format } from './route.js';

const DOWNLOADS = { 'Financial_Report.xlsx': 'Excel' };

export function drawButtons(app, boot) {
  const { head } = app.filing;
  const button = (text, title, action, id) => h('button', { type: 'button', title, onclick: action, id }, text);
  replace(document.getElementById('buttons'),
    app.hasDocument ? button('Document', 'The inline document beside the page (d)', () => app.toggleDocument(), 'show-document') : null,
    app.filing.has('findings') ? button('Findings', 'What validation says (f)', () => app.go({ view: 'findings' })) : null,
    head.facts ? button('Facts', 'All facts, shown on a page or not', () => app.go({ view: 'facts' })) : null,
    boot.compare ? button('Compare', 'Beside another filing', () => app.go({ view: 'compare' })) : null,
    boot.home ? h('a', { href: boot.home }, 'Filings') : null,
    head.downloads.map((name) => h('a', { href: name, download: true }, DOWNLOADS[name] || name.replace(/\.json$/, ''))),
    looks(),
    h('button.icon', { type: 'button', title: 'Keys (?)', 'aria-label': 'Keys', onclick: showKeys }, '?'));
}

// The title of a page, and what can be done with it.
export function pageTools(app, page, route, title) {
  const { filing, state } = app;
  const set = (key, value) => app.go({ view: 'page', stem: page.stem, row: state.row, column: state.column, options: { ...state.options, [key]: value } });
  const scale = h('select', { 'aria-label': 'Amounts', onchange: () => set('scale', scale.value === 'reported' ? null : scale.value) },
    SCALES.map(([key, name]) => h('option', { value: key, selected: (route.options.scale || 'reported') === key }, name)));
  const languages = filing.head.languages.length > 1
    ? h('select', { 'aria-label': 'Language', onchange: (event) => set('language', event.target.value || null) },
      h('option', { value: '' }, 'Labels as filed'), filing.head.languages.map((each) => h('option', { value: each, selected: route.options.language === each }, languageName(each))))
    : null;
  return h('div.tools', {}, h('h1', {}, title || page.name || page.title || page.stem, h('span.stem', {}, page.stem)),
    h('div.toolset', { role: 'group', 'aria-label': 'The page' }, scale, languages,
      filing.has('explain') ? h('button', { type: 'button', onclick: () => app.explain() }, 'Why it looks so') : null,
      filing.has('charts') && app.hasNumbers(page) ? h('a.button', { href: format({ view: 'chart', words: [page.stem] }) }, 'Chart') : null,
      (page.columns || []).length > 1 ? h('a.button', { href: format({ view: 'compare', words: [page.stem] }) }, page.headings?.length ? 'Compare columns' : 'Compare periods') : null,
      exportMenu(filing, page),
      h('button', { type: 'button', onclick: () => state.drawn.whole().then(() => print()) }, 'Print')));
}

// 'de' → 'Deutsch (de)', in its own words where the browser knows them.
export function languageName(tag) {
  try {
    const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag);
    return name && name !== tag ? `${name} (${tag})` : tag;
  } catch {
    return tag;
  }
}

function exportMenu(filing, page) {
  const whole = filing.head.name.replace(/[^\w.-]+/g, '-');
  const one = `${whole}-${page.stem}`;
  const all = () => Promise.all(filing.head.pages.map((each) => filing.wholePage(each.stem)));
  const choices = {
    csv: ['This page as CSV', (to) => to.save(`${one}.csv`, to.csv(page), 'text/csv')],
    md: ['This page as Markdown', (to) => to.save(`${one}.md`, to.markdown(page), 'text/markdown')],
    json: ['This page as JSON', (to) => to.save(`${one}.json`, to.json(page), 'application/json')],
    xlsx: ['This page as a workbook', (to) => to.save(`${one}.xlsx`, to.xlsx([page]))],
    allcsv: ['All pages as CSV', async (to) => to.save(`${whole}.csv`, (await all()).map(to.csv).join('\r\n'), 'text/csv')],
    allmd: ['All pages as Markdown', async (to) => to.save(`${whole}.md`, (await all()).map(to.markdown).join('\n'), 'text/markdown')],
    alljson: ['All pages as JSON', async (to) => to.save(`${whole}.json`, JSON.stringify(await all()), 'application/json')],
    allxlsx: ['All pages as a workbook', async (to) => to.save(`${whole}.xlsx`, to.xlsx(await all()))],
  };
  const group = (label, prefix) => h('optgroup', { label }, Object.entries(choices).filter(([key]) => key.startsWith('all') === prefix).map(([key, [text]]) => h('option', { value: key }, text)));
  const select = h('select.export', { 'aria-label': 'Export' }, h('option', { value: '' }, 'Export …'), group('Page', false), group('Filing', true));
  select.addEventListener('change', async () => {
    const chosen = choices[select.value];
    select.value = '';
    await filing.rowsBetween(page, 0, Infinity);
    if (chosen) await chosen[1](await import('./export.js'));
  });
  return select;
}
