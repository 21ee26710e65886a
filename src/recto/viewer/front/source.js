// Where the parts of a description come from: the server, or the file that the viewer stands in.

export function createSource(boot) {
  const pending = new Map();
  const given = boot.given || {}; // what the page brings along as it is
  const read = boot.api ? fetched(boot) : apart(embedded(boot));
  return {
    served: Boolean(boot.api),
    api: boot.api || null,
    // The part of that name; the same promise for all who ask.
    part(name) {
      let found = pending.get(name);
      if (!found) {
        found = Object.hasOwn(given, name) ? Promise.resolve(given[name]) : read(name);
        pending.set(name, found);
        found.catch(() => pending.delete(name));
        if (pending.size > 3000) pending.delete(pending.keys().next().value);
      }
      return found;
    },
    // What the server says to a question.
    async ask(name, parameters) {
      return answer(await fetch(`${boot.api}/${name}?${new URLSearchParams(parameters)}`, { credentials: 'same-origin' }));
    },
    // Whether the part was asked for already.
    asked: (name) => pending.has(name),
    // Whether the part can be had at all; only a file knows beforehand.
    has(name) {
      return boot.api ? true : Object.hasOwn(given, name) || Boolean(read.has(name));
    },
    // The address of a picture, null where the filing does not bring it.
    async image(name) {
      if (/^data:image\/(png|jpe?g|gif|webp);/.test(name)) return name;
      const { images } = await this.part('filing');
      if (!images?.includes(name)) return null;
      if (boot.api) return `${boot.api}/files/${encodeURIComponent(name)}`;
      if (boot.beside) return encodeURIComponent(name);
      return read.has(`files/${name}`) ? read(`files/${name}`) : null;
    },
  };
}

function fetched(boot) {
  return async (name) => answer(await fetch(`${boot.api}/parts/${name.split('/').map(encodeURIComponent).join('/')}`, { credentials: 'same-origin' }));
}

async function answer(response) {
  if (!response.ok) throw new Error(await problem(response));
  return response.json();
}

export async function problem(response) {
  try {
    return (await response.json()).message || response.statusText;
  } catch {
    return response.statusText || `status ${response.status}`;
  }
}

// A document that is one part, as filed, is taken apart here, when its outline or a piece of it is first asked for.
function apart(read) {
  const documents = new Map();
  const found = (name) => {
    const [kind, number, piece] = name.split('/');
    if (kind !== 'documents' || !read.has(`documents/${number}/source`)) return read(name);
    if (!documents.has(number)) documents.set(number, Promise.all([read(`documents/${number}/source`), import('./rawdoc.js')]).then(([part, { takeApart }]) => takeApart(part)));
    return documents.get(number).then(({ outline, pieces }) => (piece === 'outline' ? outline : { node: pieces[Number(piece)] }));
  };
  found.has = read.has;
  return found;
}

// Parts stand in script elements that are no scripts, many in one ("bundle"), as JSON or as deflated JSON in base 64;
// or, where the whole is too large for one file, in scripts beside it that are loaded when they are needed.
function embedded(boot) {
  const bundles = new Map();
  const read = async (name) => {
    const bundle = boot.parts[name];
    if (bundle === undefined) throw new Error(`this file does not hold ${name}`);
    let found = bundles.get(bundle);
    if (!found) {
      found = open(boot, bundle);
      bundles.set(bundle, found);
    }
    return (await found)[name];
  };
  read.has = (name) => boot.parts[name] !== undefined;
  return read;
}

async function open(boot, bundle) {
  // The first page is drawn before the browser has read all that stands behind it.
  if (document.readyState === 'loading') await new Promise((resolve) => { document.addEventListener('DOMContentLoaded', resolve, { once: true }); });
  let node = document.getElementById(`bundle-${bundle}`);
  let text = node ? node.textContent : null;
  if (text === null) {
    text = await beside(boot, bundle);
    if (typeof text !== 'string') return text;
    node = { type: 'application/json+deflate' };
  }
  if (node.type === 'application/json') return JSON.parse(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Response(stream).json();
}

function beside(boot, bundle) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    globalThis.rectoBundles = globalThis.rectoBundles || {};
    script.src = `${encodeURIComponent(boot.folder)}/${bundle}.js`;
    script.onload = () => resolve(globalThis.rectoBundles[bundle]);
    script.onerror = () => reject(new Error(`${boot.folder}/${bundle}.js cannot be read`));
    document.head.append(script);
  });
}
