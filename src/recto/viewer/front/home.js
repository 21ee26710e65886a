// The start of the server: the filings that are open, how to open another, and the lake where there is one.

import { fold, folding, looks } from './bar.js';
import { h, replace } from './dom.js';
import { VIEWS, drawLake } from './lake.js';
import { format, parse } from './route.js';
import { problem } from './source.js';
import { applyTheme } from './theme.js';

const boot = JSON.parse(document.getElementById('boot').textContent);
const view = document.getElementById('view');
const menu = document.getElementById('menu');

async function ask(path, options) {
  const response = await fetch(boot.api + path, { credentials: 'same-origin', ...options });
  if (!response.ok) throw new Error(await problem(response));
  return response.json();
}

async function shelf() {
  const found = await ask('/filings');
  const status = h('p', { role: 'status' });
  replace(view,
    h('h1', {}, 'Open filings'),
    found.filings.length ? h('ul.cards', {}, found.filings.map((each) => h('li', {}, h('a', { href: `/view/${encodeURIComponent(each.id)}` }, each.title || each.name, each.title ? h('small', {}, each.name) : null, each.error ? h('small.bad', {}, each.error) : null)))) : h('p', {}, 'None is open yet.'),
    found.uploads ? upload(status) : null,
    found.hosts.length ? byUrl(status, found.hosts) : null,
    found.filings.length > 1 ? compare(found.filings) : null,
    status);
}

function upload(status) {
  const input = h('input', { type: 'file', id: 'file', 'aria-label': 'A filing: zip, inline document, instance, JSON', accept: '.zip,.xbri,.xbr,.htm,.html,.xhtml,.xml,.xbrl,.json,.txt,.nc' });
  input.addEventListener('change', async () => {
    const [file] = input.files;
    if (!file) return;
    status.textContent = `Sending ${file.name} …`;
    try {
      const entry = await ask(`/filings?name=${encodeURIComponent(file.name)}`, { method: 'POST', body: file, headers: { 'content-type': 'application/octet-stream' } });
      location.href = `/view/${encodeURIComponent(entry.id)}`;
    } catch (error) {
      status.textContent = error.message;
    }
  });
  return h('p.panel-row', {}, h('label', { for: 'file' }, 'Open a file of yours'), input);
}

function byUrl(status, hosts) {
  const input = h('input', { type: 'url', id: 'url', size: '50', placeholder: `https://${hosts[0]}/…` });
  const form = h('form.panel-row', {}, h('label', { for: 'url' }, `From ${hosts.join(', ')}`), input, h('button', {}, 'Open'));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      const entry = await ask(`/filings?url=${encodeURIComponent(input.value.trim())}`, { method: 'POST' });
      location.href = `/view/${encodeURIComponent(entry.id)}`;
    } catch (error) {
      status.textContent = error.message;
    }
  });
  return form;
}

function compare(filings) {
  const choice = (label, index) => h('select', { 'aria-label': label }, filings.map((each, at) => h('option', { value: each.id, selected: at === index }, each.title ? `${each.title} (${each.name})` : each.name)));
  const before = choice('Earlier filing', 0);
  const after = choice('Later filing', 1);
  return h('p.panel-row', {}, h('strong', {}, 'Compare'), before, 'with', after, h('button', { type: 'button', onclick: () => { location.href = `/view/${encodeURIComponent(after.value)}#/compare/${encodeURIComponent(before.value)}`; } }, 'Compare'));
}

function drawMenu(now) {
  const link = (name, text) => h('li', {}, h('a', { href: format({ view: name, words: [] }), 'aria-current': name === now ? 'page' : null }, text));
  replace(menu,
    h('section', {}, h('h2.category', {}, 'Lake'), h('ul', {}, VIEWS.map(([name, text]) => link(name, text)))),
    h('section', {}, h('h2.category', {}, 'Here'), h('ul', {}, link('open', 'Open filings'))));
}

let turn = 0;

async function follow() {
  turn += 1;
  const mine = turn;
  const route = parse(location.hash);
  fold();
  if (!boot.lake) return shelf();
  if (route.view === 'home') route.view = 'companies';
  route.words = route.words || [];
  drawMenu({ company: 'companies', series: 'companies', statement: 'companies' }[route.view] || route.view);
  const node = h('div', {}, h('p.loading', {}, 'Loading …'));
  replace(view, node);
  view.scrollTop = 0;
  try {
    if (route.view === 'open' || !(await drawLake(route, node, boot))) await shelf();
  } catch (error) {
    if (mine === turn) replace(node, h('h1', {}, 'This cannot be shown'), h('p', {}, error.message));
  }
  return undefined;
}

applyTheme();
document.body.classList.add('home');
const menuButton = document.getElementById('menu-button');
if (boot.lake) {
  document.body.classList.add('with-lake');
  menu.setAttribute('aria-label', 'The lake');
  menuButton.textContent = 'Views';
  const search = document.getElementById('search');
  search.placeholder = 'Search texts of all filings';
  search.setAttribute('aria-label', search.placeholder);
  search.form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (search.value.trim()) location.hash = format({ view: 'texts', words: [], options: { q: search.value.trim() } });
  });
} else {
  menu.hidden = true;
  menuButton.hidden = true;
  document.querySelector('form[role=search]').hidden = true;
}
folding();
replace(document.getElementById('buttons'), looks());
document.getElementById('skip').addEventListener('click', (event) => { event.preventDefault(); view.focus(); });
addEventListener('hashchange', follow);
follow().then(() => { document.documentElement.dataset.ready = '1'; }).catch((error) => replace(view, h('h1', {}, 'recto'), h('p', {}, error.message)));
