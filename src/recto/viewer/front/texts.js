// The plain text of long facts in a file, for searching: each piece of a document is read once, for all facts in it.

const APART = new Set('address article aside blockquote br caption center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul'.split(' '));
const EMPTY = new Set('br hr img wbr col'.split(' '));
const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

// Text as it comes in, its white space made one blank, with where the texts of facts stand in it.
function gathered() {
  const parts = [];
  let length = 0;
  let blank = true;
  const spans = new Map();
  return {
    add(text) {
      let plain = text.replace(/\s+/g, ' ');
      if (blank && plain.startsWith(' ')) plain = plain.slice(1);
      if (!plain) return;
      parts.push(plain);
      length += plain.length;
      blank = plain.endsWith(' ');
    },
    from: () => length,
    until(fact, start) {
      if (!spans.has(fact)) spans.set(fact, []);
      spans.get(fact).push([start, length]);
    },
    done() {
      const text = parts.join('');
      return { text, folded: text.toLowerCase(), spans };
    },
  };
}

// {text, folded, spans: fact → [[from, to], …]} of markup. `rest()` is waited for now and then.
export async function read(markup, rest) {
  const out = gathered();
  const open = [];
  let at = 0;
  for (let tags = 1; at < markup.length; tags += 1) {
    if (tags % 2000 === 0) await rest();
    let bracket = markup.indexOf('<', at);
    if (bracket < 0) bracket = markup.length;
    if (bracket > at) out.add(decoded(markup.slice(at, bracket)));
    const found = /^<(\/?)([a-z][\w:.-]*)/i.exec(markup.slice(bracket, bracket + 40));
    at = markup.indexOf('>', bracket) + 1 || markup.length;
    if (!found) continue;
    const name = found[2].toLowerCase();
    if (APART.has(name)) out.add(' ');
    if (found[1]) {
      const [fact, start] = open.pop() || [];
      if (fact !== undefined && fact !== null) out.until(fact, start);
    } else if (markup[at - 2] !== '/' && !EMPTY.has(name)) {
      open.push(marked(markup.slice(bracket, at), out));
    }
  }
  return out.done();
}

function marked(tag, out) {
  const fact = tag.includes('data-f="') && !tag.includes('data-k="h"') ? /data-f="(\d+)"/.exec(tag) : null;
  return [fact ? Number(fact[1]) : null, out.from()];
}

function decoded(text) {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w{1,31}));/gi, (whole, hexadecimal, decimal, name) => {
    const code = hexadecimal ? parseInt(hexadecimal, 16) : decimal ? Number(decimal) : null;
    if (code !== null) return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : ' ';
    return ENTITIES[name] ?? whole;
  });
}

// The same of nodes.
export function readNodes(root) {
  const out = gathered();
  const walk = (node) => {
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.nodeType === 3) {
        out.add(child.nodeValue);
      } else if (child.nodeType === 1) {
        const apart = APART.has(child.localName);
        if (apart) out.add(' ');
        const start = out.from();
        walk(child);
        if (child.hasAttribute('data-f') && child.getAttribute('data-k') !== 'h') out.until(Number(child.getAttribute('data-f')), start);
        if (apart) out.add(' ');
      }
    }
  };
  walk(root);
  return out.done();
}

// The stretches of text that a fact consists of: [{text, folded}]. `filing.stretches` tells where they stand.
export function createTexts(filing) {
  const pieces = new Map();
  const piece = (name, rest) => {
    if (!pieces.has(name)) pieces.set(name, filing.source.part(name).then(({ html, raw, node, text }) => (node ? readNodes(node) : text ? { text, folded: text.toLowerCase(), spans: new Map() } : read(html || raw || '', rest))));
    return pieces.get(name);
  };
  return async (number, rest) => {
    const found = [];
    for (const { name, whole } of await filing.stretches(number)) {
      await rest();
      const { text, folded, spans } = await piece(name, rest);
      if (whole) found.push({ text, folded });
      else for (const [from, to] of spans.get(number) || []) found.push({ text: text.slice(from, to), folded: folded.slice(from, to) });
    }
    return found;
  };
}
