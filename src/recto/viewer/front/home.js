// The start of the server: the filings that are open, and how to open another.

import { h, replace } from './dom.js';
import { problem } from './source.js';
import { applyTheme, toggleTheme } from './theme.js';

const boot = JSON.parse(document.getElementById('boot').textContent);
const view = document.getElementById('view');

async function ask(path, options) {
  const response = await fetch(boot.api + path, { credentials: 'same-origin', ...options });
  if (!response.ok) throw new Error(await problem(response));
  return response.json();
}

async function draw() {
  const found = await ask('/filings');
  const status = h('p', { role: 'status' });
  replace(view,
    h('h1', {}, 'Filings'),
    found.filings.length ? h('ul.filings', {}, found.filings.map((each) => h('li', {}, h('a', { href: `/view/${encodeURIComponent(each.id)}` }, each.title || each.name), each.title ? h('small', {}, each.name) : null, each.error ? h('span.bad', {}, each.error) : null))) : h('p', {}, 'None is open yet.'),
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
  return h('p', {}, h('label', { for: 'file' }, 'Open a file of yours: '), input);
}

function byUrl(status, hosts) {
  const input = h('input', { type: 'url', id: 'url', size: '50', placeholder: `https://${hosts[0]}/…` });
  const form = h('form.url', {}, h('label', { for: 'url' }, `From ${hosts.join(', ')}: `), input, h('button', {}, 'Open'));
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
  return h('p', {}, 'Compare ', before, ' with ', after, ' ', h('button', { type: 'button', onclick: () => { location.href = `/view/${encodeURIComponent(after.value)}#/compare/${encodeURIComponent(before.value)}`; } }, 'Compare'));
}

applyTheme();
document.getElementById('menu').hidden = true;
document.body.classList.add('home');
document.getElementById('menu-button').hidden = true;
document.querySelector('form[role=search]').hidden = true;
replace(document.getElementById('buttons'), h('button', { type: 'button', onclick: toggleTheme }, 'Light / dark'));
document.getElementById('skip').addEventListener('click', (event) => { event.preventDefault(); view.focus(); });
draw().then(() => { document.documentElement.dataset.ready = '1'; }).catch((error) => replace(view, h('h1', {}, 'recto'), h('p', {}, error.message)));
