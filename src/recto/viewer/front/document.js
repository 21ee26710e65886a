// The inline document beside the page. Its pieces load as they come into sight; tagged text is marked by style alone.

import { h, replace } from './dom.js';
import { frame, nodes, showImages, addStyle } from './frame.js';

const MARKS = `
body { padding-bottom: 60vh; }
.recto-piece { content-visibility: auto; }
.recto-piece:empty { min-height: 40px; }
[data-f] { cursor: pointer; }
.recto-marks [data-f][data-k="n"] { background: #fdf3d0; box-shadow: inset 0 -2px #e0a500; }
.recto-marks [data-f][data-k="s"] { background: #e3effc; box-shadow: inset 0 -2px #2f7dd1; }
.recto-marks [data-f][data-k="h"] { background: #f1e6fb; box-shadow: inset 0 -2px #8a4fc4; }
.recto-marks [data-f][data-k="b"]:not([data-w]) { background: #e7f6ea; box-shadow: inset 0 -2px #3a9d55; }
.recto-marks [data-k="b"][data-w] > * { box-shadow: inset 3px 0 #3a9d5588; }
[data-f].recto-on:not([data-w]), [data-w].recto-on > * { outline: 3px solid #c62828 !important; outline-offset: 1px; background-color: #ffe9a8; }
[data-f]:focus { outline: 2px solid #1259b0; }
::highlight(untagged) { background-color: #ffd3cc; text-decoration: underline wavy #b3261e; }
`;
const NUMBER = /(?:[$€£¥]\s?)?\(?\d[\d,]*(?:\.\d+)?\)?\s?%?/g;

export function createDocumentPane(filing, node, open) {
  const outlines = filing.head.documents.map(() => null);
  let view = null;
  let showing = null;
  let asked = 0;
  let moved = false; // the reader scrolled
  let marked = true;
  let untagged = false;

  const titles = filing.head.documents.map((each) => each.title || each.name);
  const named = (each, index) => (titles.indexOf(titles[index]) === titles.lastIndexOf(titles[index]) ? titles[index] : `${titles[index]} (${each.name})`);
  const select = h('select', { 'aria-label': 'Document' }, filing.head.documents.map((each, index) => h('option', { value: String(index) }, named(each, index))));
  select.addEventListener('change', () => {
    asked += 1; // what was being looked for is not shown any more
    show(Number(select.value));
  });
  const toggle = (label, on, change) => {
    const button = h('button', { type: 'button', 'aria-pressed': String(on) }, label);
    button.addEventListener('click', () => {
      const next = button.getAttribute('aria-pressed') !== 'true';
      button.setAttribute('aria-pressed', String(next));
      change(next);
    });
    return button;
  };
  const marksButton = toggle('Tagged text', true, (on) => { marked = on; view?.inner.body.classList.toggle('recto-marks', on); });
  const checkButton = toggle('Untagged numbers', false, (on) => { untagged = on; if (view) check(); });
  const status = h('span.status', { role: 'status' });
  const holder = h('div.frame');
  replace(node, h('div.tools', {}, filing.head.documents.length > 1 ? select : h('strong', { title: titles[0] }, titles[0]), marksButton, checkButton, status), holder);

  async function outline(index) {
    outlines[index] = outlines[index] || await filing.source.part(`documents/${index}/outline`);
    return outlines[index];
  }

  // Shows a document; resolves when its frame stands, before its pieces are loaded. The latest that was asked for stays.
  function show(index) {
    if (showing?.index !== index) {
      showing = { index, view: stand(index) };
      showing.view.catch(() => { showing = null; });
    }
    return showing.view;
  }

  async function stand(index) {
    const found = await outline(index);
    select.value = String(index);
    return new Promise((resolve) => {
      const element = frame(found.name, (found.style || '') + MARKS, (inner) => {
        view = { index, inner, element, outline: found, pieces: [], loading: new Map() };
        inner.documentElement.lang = found.language || 'en';
        inner.body.classList.toggle('recto-marks', marked);
        build(inner.body, found.body, found);
        watch();
        listen(inner);
        resolve(view);
      });
      replace(holder, element);
    });
  }

  function build(parent, part, found) {
    const inner = parent.ownerDocument;
    for (const child of part.slice(2)) {
      if (typeof child === 'number') {
        const piece = inner.createElement('div');
        piece.className = 'recto-piece';
        piece.dataset.piece = child;
        const height = Math.max(40, Math.round(found.sizes[child] * 0.028));
        piece.style.minHeight = `${height}px`;
        piece.style.containIntrinsicSize = `auto ${height}px`;
        view.pieces[child] = piece;
        parent.append(piece);
      } else {
        const wrapper = inner.createElement(child[0]);
        for (const [name, value] of Object.entries(child[1] || {})) wrapper.setAttribute(name, value);
        parent.append(wrapper);
        build(wrapper, child, found);
      }
    }
  }

  function watch() {
    const own = view;
    const near = new Set(); // pieces to load; those that were only scrolled past are not
    let busy = false;
    const next = async () => {
      busy = true;
      while (near.size && view === own) {
        const pieces = [...near].sort((a, b) => a - b);
        const piece = pieces[pieces.length >> 1];
        near.delete(piece);
        await load(piece).catch(() => null);
        await new Promise((resolve) => { setTimeout(resolve); }); // what is scrolled goes before
      }
      busy = false;
    };
    const observer = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        const piece = Number(entry.target.dataset.piece);
        if (entry.isIntersecting && !own.loading.has(piece)) near.add(piece);
        else near.delete(piece);
      }
      if (!busy) next();
    }, { root: view.inner, rootMargin: '1200px 0px' });
    load(0).then(() => estimate(own)).catch(() => null).then(() => own.pieces.forEach((piece) => observer.observe(piece)));
  }

  // Pieces that are not loaded keep the room that they will need, by the height of the first one.
  function estimate(own) {
    const [first] = own.pieces;
    const ratio = first ? first.getBoundingClientRect().height / own.outline.sizes[0] : 0;
    if (!(ratio > 0.002 && ratio < 0.5)) return;
    own.pieces.forEach((piece, index) => {
      if (own.loading.has(index)) return;
      const height = Math.max(40, Math.round(own.outline.sizes[index] * ratio));
      piece.style.minHeight = `${height}px`;
      piece.style.containIntrinsicSize = `auto ${height}px`;
    });
  }

  function load(piece) {
    const own = view;
    if (!own.pieces[piece]) return Promise.resolve();
    let found = own.loading.get(piece);
    if (!found) {
      found = filing.source.part(`documents/${own.index}/${piece}`).then(({ html, node: whole }) => {
        const target = own.pieces[piece];
        target.append(whole ? own.inner.importNode(whole, true) : nodes(own.inner, html));
        target.style.minHeight = '';
        showImages(target, filing.source);
        if (untagged && view === own) check();
      });
      own.loading.set(piece, found);
    }
    return found;
  }

  function listen(inner) {
    for (const kind of ['wheel', 'touchmove', 'pointerdown', 'keydown']) inner.addEventListener(kind, () => { moved = true; }, { passive: true });
    inner.addEventListener('click', (event) => {
      const link = event.target.closest?.('a[href]');
      if (link) {
        event.preventDefault();
        follow(link.getAttribute('href').slice(1));
      }
      const facts = factsAt(event.target);
      if (facts.length) open(facts[0], facts);
    });
    inner.addEventListener('keydown', (event) => {
      const facts = event.key === 'Enter' ? factsAt(event.target) : [];
      if (facts.length) {
        event.preventDefault();
        open(facts[0], facts);
        return;
      }
      document.dispatchEvent(new KeyboardEvent('keydown', { key: event.key, ctrlKey: event.ctrlKey, metaKey: event.metaKey, altKey: event.altKey }));
    });
  }

  async function follow(id) {
    const piece = (view.outline.ids || {})[id];
    if (piece === undefined) return;
    await load(piece);
    const target = [...view.pieces[piece].querySelectorAll('[id], [name]')].find((each) => each.id === id || each.getAttribute('name') === id);
    const { top } = (target || view.pieces[piece]).getBoundingClientRect();
    view.inner.defaultView.scrollBy(0, top - 12);
  }

  // Scrolls to a fact's text and marks it, all its continuations too. Whether there is any.
  async function reveal(number) {
    asked += 1;
    const mine = asked;
    const place = await filing.place(number);
    if (mine !== asked) return false; // another fact was asked for meanwhile
    if (!place) {
      view?.inner.querySelectorAll('.recto-on').forEach((each) => each.classList.remove('recto-on'));
      if (!view) await show(0);
      status.textContent = 'This fact has no text in the document.';
      return false;
    }
    await show(place.document);
    await Promise.all(place.pieces.slice(0, 4).map(load));
    if (mine !== asked) return false;
    view.inner.querySelectorAll('.recto-on').forEach((each) => each.classList.remove('recto-on'));
    const all = [...view.inner.querySelectorAll(`[data-f="${number}"]`)];
    all.forEach((each) => each.classList.add('recto-on'));
    const parts = place.pieces.length > 1 ? `, in ${place.pieces.length} places` : '';
    status.textContent = all.some((each) => each.dataset.k === 'h') ? 'The fact is hidden; this text stands for it.' : `Found${parts}.`;
    const first = all.find((each) => !each.hasAttribute('data-w')) || all[0]?.firstElementChild || all[0];
    settle(first);
    return Boolean(first);
  }

  // Goes to the next tagged text, or the one before: from where the focus is, else from the top of what is in sight.
  function step(by) {
    if (!view) return;
    const all = [...view.inner.querySelectorAll('[data-f]:not([data-w])')];
    const at = all.indexOf(view.inner.activeElement);
    const seen = all.findIndex((each) => each.getBoundingClientRect().top >= 0);
    const next = all[at >= 0 ? at + by : by > 0 ? seen : seen - 1];
    if (!next) return;
    next.tabIndex = -1;
    view.element.focus();
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  }

  // Pieces above may still change their height while they load: scrolls until the place stays, or the reader moves on.
  async function settle(target) {
    const mine = asked;
    moved = false;
    for (let turn = 0, calm = 0; turn < 40 && calm < 4; turn += 1) {
      const own = target?.ownerDocument.defaultView;
      if (!own || moved || mine !== asked) return; // or another document stands in its place by now
      const { top, height: tall } = target.getBoundingClientRect();
      calm = turn && top >= 0 && top < own.innerHeight * 0.8 ? calm + 1 : 0;
      if (!calm) own.scrollBy(0, top - Math.max(20, (own.innerHeight - tall) / 2));
      await new Promise((resolve) => { setTimeout(resolve, 60); });
    }
  }

  // Numbers in what is loaded that no tag holds: the tagger's check.
  function check() {
    const registry = view.inner.defaultView?.CSS?.highlights;
    if (!registry) return;
    registry.delete('untagged');
    if (!untagged) {
      status.textContent = '';
      return;
    }
    const found = untaggedNumbers(view.inner.body);
    const highlight = new view.inner.defaultView.Highlight();
    for (const [text, start, end] of found) {
      const range = view.inner.createRange();
      range.setStart(text, start);
      range.setEnd(text, end);
      highlight.add(range);
    }
    registry.set('untagged', highlight);
    status.textContent = `${found.length} untagged number${found.length === 1 ? '' : 's'} in what has been read so far`;
  }

  return { show, reveal, step, get view() { return view; } };
}

// Numbers of the facts around a node, the innermost first. Text blocks come last: a number in a note is the number.
export function factsAt(target) {
  const facts = [];
  for (let node = target; node && node.closest; node = node.parentElement) {
    node = node.closest('[data-f]');
    if (!node) break;
    const number = Number(node.getAttribute('data-f'));
    if (!facts.includes(number)) facts.push(number);
  }
  return facts;
}

// [text node, start, end] of numbers that stand in no tag of a number. Years and the numbers of pages and notes count
// too: who tags decides.
export function untaggedNumbers(root) {
  const walker = root.ownerDocument.createTreeWalker(root, 4);
  const found = [];
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    if (!/\d/.test(text.data) || text.parentElement.closest('[data-k="n"], [data-k="s"], [data-k="h"], style')) continue;
    for (const match of text.data.matchAll(NUMBER)) {
      const trimmed = match[0].trim();
      found.push([text, match.index, match.index + trimmed.length]);
    }
  }
  return found;
}
