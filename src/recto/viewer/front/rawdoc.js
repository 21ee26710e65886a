// A document as it was filed, taken apart: parsed where nothing runs or loads, its tagged texts marked, cleaned by the
// list of what may stay, and cut into pieces that are drawn as they come into sight.

import { clean } from './clean.js';

const XHTML = 'http://www.w3.org/1999/xhtml';
const PIECE = 40000;
const FACTS = new Set(['fraction', 'nonFraction', 'nonNumeric', 'tuple']);
const WRAPPERS = new Set(['div', 'section', 'article', 'main', 'span', 'center', 'form', 'font']);
const OWN = ['data-f', 'data-k', 'data-w', 'data-src'];
const BLOCKS = 'div, p, table, tr, ul, ol, h1, h2, h3';
const STANDS_FOR = /-ix-hidden\s*:\s*([^;\s]+)/;

// {outline, pieces}: as the parts `documents/N/outline` and `documents/N/PIECE`, with nodes instead of markup.
export function takeApart(source) {
  const parsed = new DOMParser().parseFromString(quieted(source.markup), 'application/xhtml+xml');
  if (parsed.querySelector('parsererror')) throw new Error(`${source.name} cannot be read by this browser`);
  const root = parsed.getElementsByTagNameNS(XHTML, 'body')[0] || parsed.documentElement;
  mark(parsed, source);
  clean(root);
  return cut(root, source);
}

// Nothing runs where it is parsed, and the page's policy refuses it besides, which the browser tells on its console: a
// `base` and handlers of events have other names before they are parsed.
function quieted(markup) {
  const plain = markup.replace(/<(\/?(?:[\w.-]+:)?)base(?=[\s/>])/g, '<$1basis');
  if (!/\son\w+\s*=/i.test(plain)) return plain;
  return plain.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(on\w+)(?=\s*=)/gi, ' data-$1'));
}

// Inline XBRL elements become spans that name their fact; the others of them leave what they hold.
function mark(parsed, source) {
  const blocks = new Set(source.blocks);
  const { continued = {}, hidden = {} } = source;
  let ordinal = 0;
  for (const node of [...parsed.getElementsByTagName('*')]) {
    for (const name of OWN) node.removeAttribute(name);
    if (node.namespaceURI === source.namespace) {
      const name = node.localName;
      let fact = -1;
      if (FACTS.has(name)) {
        fact = source.facts[ordinal] ?? -1;
        ordinal += 1;
      } else if (name === 'continuation') {
        fact = numberAt(continued, node.getAttribute('id'));
      }
      if (name === 'header') node.remove();
      else if (fact < 0) node.replaceWith(...node.childNodes);
      else span(parsed, node, fact, name === 'nonFraction' || name === 'fraction' ? 'n' : blocks.has(fact) ? 'b' : 's');
    } else {
      const stands = STANDS_FOR.exec(node.getAttribute('style') || '');
      if (stands && numberAt(hidden, stands[1]) >= 0) {
        node.setAttribute('data-f', numberAt(hidden, stands[1]));
        node.setAttribute('data-k', 'h');
      }
    }
  }
}

// The number at a key that a filing wrote, which may be `constructor`; -1 for none.
function numberAt(numbers, key) {
  return Object.hasOwn(numbers, key) ? numbers[key] : -1;
}

function span(parsed, node, fact, kind) {
  const made = parsed.createElementNS(XHTML, 'span');
  made.setAttribute('data-f', fact);
  made.setAttribute('data-k', kind);
  if (kind !== 'n' && node.querySelector(BLOCKS)) made.setAttribute('data-w', '1');
  made.append(...node.childNodes);
  node.replaceWith(made);
}

// Characters of a node, roughly as they are drawn; known for each element below.
function weigh(node, weights) {
  let total = 0;
  for (let child = node.firstChild; child; child = child.nextSibling) total += child.nodeType === 1 ? 60 + weigh(child, weights) : child.nodeValue.length;
  weights.set(node, total);
  return total;
}

function cut(root, source) {
  const weights = new Map();
  weigh(root, weights);
  const pieces = [];
  const sizes = [];
  const facts = {};
  const found = (fact, piece) => {
    const own = facts[fact] = facts[fact] || [];
    if (own[own.length - 1] !== piece) own.push(piece);
  };

  const close = (gathered, size, out) => {
    if (!gathered.some((each) => each.nodeType === 1 || each.nodeValue.trim())) return;
    const holder = root.ownerDocument.createElementNS(XHTML, 'div');
    holder.append(...gathered);
    holder.querySelectorAll('[data-f]').forEach((each) => found(Number(each.getAttribute('data-f')), pieces.length));
    out.push(pieces.length);
    pieces.push(holder);
    sizes.push(Math.round(size));
  };

  const tree = (node, tag) => {
    const attributes = Object.fromEntries([...node.attributes].map((each) => [each.name, each.value]));
    if (attributes['data-f'] !== undefined) {
      found(Number(attributes['data-f']), pieces.length);
      attributes['data-w'] = '1';
    }
    const out = [tag || node.localName, attributes];
    let gathered = [];
    let size = 0;
    for (const child of [...node.childNodes]) {
      const weight = child.nodeType === 1 ? weights.get(child) : child.nodeValue.length;
      if (child.nodeType === 1 && weight > 2 * PIECE && WRAPPERS.has(child.localName) && child.firstElementChild) {
        close(gathered, size, out);
        out.push(tree(child));
        [gathered, size] = [[], 0];
        continue;
      }
      gathered.push(child);
      size += weight;
      if (size > PIECE) {
        close(gathered, size, out);
        [gathered, size] = [[], 0];
      }
    }
    close(gathered, size, out);
    return out;
  };

  const body = tree(root, 'div');
  for (const [fact, own] of Object.entries(facts)) facts[fact] = [...new Set(own.map((piece) => Math.min(piece, Math.max(pieces.length - 1, 0))))];
  const { name, style, language } = source;
  const fragments = pieces.map((holder) => {
    const fragment = root.ownerDocument.createDocumentFragment();
    fragment.append(...holder.childNodes);
    return fragment;
  });
  return { outline: { name, style, language, body, sizes, facts, ids: targets(fragments) }, pieces: fragments };
}

// Where links within the document lead: id or name → piece.
function targets(pieces) {
  const wanted = new Set(pieces.flatMap((piece) => [...piece.querySelectorAll('a[href^="#"]')].map((each) => each.getAttribute('href').slice(1))));
  const found = {};
  if (!wanted.size) return found;
  pieces.forEach((piece, index) => {
    for (const each of piece.querySelectorAll('[id], a[name]')) {
      for (const key of [each.id, each.getAttribute('name')]) if (key && wanted.has(key) && found[key] === undefined) found[key] = index;
    }
  });
  return found;
}
