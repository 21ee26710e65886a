// What a filing wrote is shown in a frame of its own: no script runs in it, and it may ask for nothing.

import { clean } from './clean.js';

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data: 'self' file:; form-action 'none'; base-uri 'none'";
const BASE = `
html { font: 14px/1.45 "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif; color: #16202b; background: #fff; }
body { margin: 12px 16px; overflow-wrap: break-word; }
table { border-collapse: collapse; max-width: 100%; }
img { max-width: 100%; height: auto; }
[data-w] { display: contents; }
`;

// A frame with a document that is empty but for its styles; `ready` is told the document.
export function frame(title, style, ready) {
  const node = document.createElement('iframe');
  node.setAttribute('sandbox', 'allow-same-origin');
  node.title = title;
  node.srcdoc = `<!DOCTYPE html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"></head><body></body></html>`;
  node.addEventListener('load', () => {
    const inner = node.contentDocument;
    if (!inner || !inner.body || inner.body.dataset.ready) return;
    inner.body.dataset.ready = '1';
    inner.documentElement.lang = document.documentElement.lang;
    inner.title = title;
    addStyle(inner, BASE);
    addStyle(inner, style);
    ready(inner, node);
  });
  return node;
}

export function addStyle(inner, text) {
  const style = inner.createElement('style');
  style.textContent = text;
  inner.head.append(style);
  return style;
}

// Markup, parsed where nothing runs or loads: as XHTML if it is well-formed, else as HTML.
export function parseMarkup(html) {
  const parsed = new DOMParser().parseFromString(`<div xmlns="http://www.w3.org/1999/xhtml">${html}</div>`, 'application/xhtml+xml');
  if (!parsed.querySelector('parsererror')) return parsed.documentElement;
  return new DOMParser().parseFromString(html, 'text/html').body;
}

// Markup as nodes of the frame's document, cleaned.
export function nodes(inner, html) {
  const root = clean(parseMarkup(html));
  const fragment = inner.createDocumentFragment();
  while (root.firstChild) fragment.append(inner.adoptNode(root.firstChild));
  return fragment;
}

export function plainText(html) {
  return parseMarkup(html).textContent.replace(/\s+/g, ' ').trim();
}

export async function showImages(root, source) {
  for (const image of root.querySelectorAll('img[data-src]')) {
    const name = image.getAttribute('data-src').replace(/^\.\//, '');
    image.removeAttribute('data-src');
    image.setAttribute('alt', image.getAttribute('alt') || '');
    const known = !/^[a-z][a-z0-9+.-]*:/i.test(name) || name.startsWith('data:image/');
    const url = known ? await source.image(name) : null;
    if (url) image.src = url;
    else image.replaceWith(image.getAttribute('alt'));
  }
}

const PAPER = 560; // pixels beside the labels that texts have on paper, at least

// Makes the frames of text blocks as tall as their texts are on paper, where they are narrower than on most screens and
// nothing can be scrolled; or again as they were.
export function fitToPaper(printing) {
  for (const node of document.querySelectorAll('.textblock iframe')) {
    const root = node.contentDocument?.documentElement;
    if (!root) continue;
    if (printing) {
      const width = Math.round(PAPER / (node.closest('tr').cells.length - 1)) - 20;
      node.dataset.height = node.style.height;
      node.style.width = `${width}px`;
      root.style.zoom = Math.min(1, width / root.scrollWidth);
      node.style.height = `${root.scrollHeight + 4}px`;
      node.style.width = '';
    } else {
      node.style.height = node.dataset.height || node.style.height;
      root.style.zoom = '';
    }
  }
}

// A text block in a frame that is as tall as its text, up to a limit.
export function textFrame(title, html, source, limit) {
  return frame(title, '', (inner, node) => {
    inner.body.append(nodes(inner, html));
    showImages(inner, source);
    const fit = () => { node.style.height = `${Math.min(inner.documentElement.scrollHeight + 4, limit)}px`; };
    fit();
    requestAnimationFrame(fit);
  });
}
