// What a filing wrote, made harmless once more here: only elements and attributes on a list stay.
// recto did the same before it handed the text out; a frame without scripts and a policy without requests come after.

const KEPT = new Set(('a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark menu nav nobr ol p pre q rp rt ruby s samp section small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr').split(' '));
const DROPPED = new Set(('applet area audio base basefont bgsound button canvas datalist dialog embed fencedframe frame frameset head iframe input isindex link map math meta meter noembed noframes noscript object optgroup option param portal progress script select slot source style svg template textarea title track video xml').split(' '));
const ATTRIBUTES = new Set(('abbr align alt bgcolor border cellpadding cellspacing class clear color cols colspan dir face frame headers height hspace id lang noshade nowrap rowspan rules scope size span start style title type valign value vspace width data-f data-k data-w data-src name').split(' '));
const FUNCTIONS = /^(?:rgba?|hsla?|calc|min|max|clamp|translate[xy]?|rotate|scale)$/;
const XHTML = 'http://www.w3.org/1999/xhtml';

// Cleans all that is in a node, in place.
export function clean(root) {
  for (const child of [...root.childNodes]) {
    if (child.nodeType === 3) continue;
    if (child.nodeType !== 1) {
      child.remove();
      continue;
    }
    const name = child.localName.toLowerCase();
    const known = !child.namespaceURI || child.namespaceURI === XHTML;
    if (!known || DROPPED.has(name)) {
      child.remove();
    } else if (!KEPT.has(name)) {
      clean(child);
      child.replaceWith(...child.childNodes);
    } else {
      attributes(child, name);
      clean(child);
    }
  }
  return root;
}

function attributes(node, name) {
  for (const attribute of [...node.attributes]) {
    const key = attribute.name.toLowerCase();
    if (key === 'href' && name === 'a' && attribute.value.startsWith('#')) continue;
    if (key === 'src' && name === 'img') node.setAttribute('data-src', attribute.value);
    if (!ATTRIBUTES.has(key)) node.removeAttribute(attribute.name);
  }
  const style = node.getAttribute('style');
  if (style && /[(\\@<]|behavior|binding/i.test(style)) node.setAttribute('style', harmlessStyle(style));
}

export function harmlessStyle(style) {
  return style.split(';').filter((each) => {
    const folded = each.toLowerCase();
    if (/[\\@<]|\/\*|behavior|binding|javascript/.test(folded)) return false;
    return [...folded.matchAll(/([\w-]*)\(/g)].every(([, name]) => FUNCTIONS.test(name));
  }).join(';');
}
