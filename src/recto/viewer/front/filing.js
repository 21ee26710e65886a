// A filing as the views ask for it: facts, concepts and pages by number, each part loaded once.

import { plainText } from './frame.js';

export class Filing {
  constructor(source, head) {
    this.source = source;
    this.head = head;
    this.pageIndex = new Map(head.pages.map((page, index) => [page.stem, index]));
  }

  static async open(source) {
    const head = await source.part('filing');
    for (const key of ['pages', 'instances', 'documents', 'languages', 'parts', 'downloads']) head[key] = head[key] || [];
    head.facts = head.facts || 0;
    head.concepts = head.concepts || 0;
    head.factsPerPart = head.factsPerPart || 2000;
    head.conceptsPerPart = head.conceptsPerPart || 200;
    return new Filing(source, head);
  }

  has(kind) {
    return this.head.parts.includes(kind);
  }

  // A page; of one with many rows the first of them: where others belong are holes until they are asked for.
  async page(stem) {
    const page = await this.source.part(`pages/${stem}`);
    if (!page.loaded) {
      page.rows = spread(page.rows || []);
      page.size = page.rows.length;
      page.loaded = new Set([0]);
    }
    return page;
  }

  // How many rows a page has, those that are not loaded too.
  rowCount(page) {
    return page.more ? this.head.pages[this.pageIndex.get(page.stem)].rows : (page.rows || []).length;
  }

  // The parts of a page that hold its rows from one number up to another, and are not loaded.
  missing(page, from, to) {
    const found = [];
    for (let part = Math.floor(from / page.size); part <= (page.more || 0) && part * page.size < to; part += 1) if (!page.loaded.has(part)) found.push(part);
    return found;
  }

  // Loads rows of a page.
  async rowsBetween(page, from, to) {
    await Promise.all(this.missing(page, from, to).map(async (part) => {
      const { rows } = await this.source.part(`pages/${page.stem}/${part}`);
      spread(rows).forEach((row, index) => { page.rows[part * page.size + index] = row; });
      page.loaded.add(part);
    }));
    return page;
  }

  async wholePage(stem) {
    return this.rowsBetween(await this.page(stem), 0, Infinity);
  }

  // Which part of the facts holds a number.
  factsPartOf(number) {
    return Math.floor(number / this.head.factsPerPart);
  }

  factsPart(number) {
    return this.source.part(`facts/${this.factsPartOf(number)}`);
  }

  // Contexts, units and names of documents: a filing that cannot be read whole may have none.
  async entries() {
    const { contexts = [], units = [], documents = [] } = await this.source.part('contexts');
    return { contexts, units, documents };
  }

  async fact(number) {
    const part = await this.factsPart(number);
    const at = number - part.first;
    if (at < 0 || at >= part.id.length) throw new Error(`there is no fact ${number}`);
    const entries = await this.entries();
    const [concept, context, unit] = [part.concept[at], part.context[at], part.unit[at]];
    return {
      number,
      id: part.id[at],
      value: part.value[at],
      decimals: part.decimals[at],
      line: part.line[at],
      document: entries.documents[part.document[at]] || '',
      concept: concept < 0 ? null : await this.concept(concept),
      conceptNumber: concept,
      contextNumber: context,
      unitNumber: unit,
      context: context < 0 ? null : entries.contexts[context],
      unit: unit < 0 ? null : entries.units[unit],
      long: (part.long || []).includes(number),
      hidden: (part.hidden || []).includes(number),
      invalid: (part.invalid || []).includes(number),
      language: Object.entries(part.languages || {}).find(([, numbers]) => numbers.includes(number))?.[0] || null,
      notes: (part.notes || {})[number] || [],
      shown: (part.shown || {})[number] || [],
    };
  }

  // The number of a fact by its id in the filing, the first of those that share it.
  async factNumber(id) {
    for (const part of await this.facts()) {
      const at = part.id.indexOf(id);
      if (at >= 0) return part.first + at;
    }
    throw new Error(`there is no fact ${id}`);
  }

  async concept(number) {
    const part = await this.source.part(`concepts/${Math.floor(number / this.head.conceptsPerPart)}`);
    const found = part.concepts[number - part.first];
    return { number, label: '', ...found };
  }

  // The whole text of a fact as XHTML or text: a part of its own, or what the document's pieces hold of it.
  async text(number) {
    if (this.source.served || this.source.has(`texts/${number}`)) {
      const part = await this.source.part(`texts/${number}`);
      return { html: part.html || part.raw || '', text: part.text || '' };
    }
    const found = await this.tagged(number);
    if (!found) return { html: '', text: (await this.fact(number)).value || '' };
    const serializer = new XMLSerializer();
    return { html: found.map((node) => serializer.serializeToString(node)).join(''), text: '' };
  }

  // Where a fact stands in the documents: [document, pieces], or null.
  async place(number) {
    if (!this.has('documents')) return null;
    const { document } = await this.fact(number);
    const order = this.head.documents.map((_, index) => index);
    order.sort((a, b) => (this.head.documents[b].name === document) - (this.head.documents[a].name === document));
    for (const index of order) {
      const outline = await this.source.part(`documents/${index}/outline`);
      const pieces = (outline.facts || {})[number];
      if (pieces) return { document: index, pieces };
    }
    return null;
  }

  // The elements that hold a fact's text in a document, or null.
  async tagged(number) {
    const place = await this.place(number);
    if (!place) return null;
    const outline = await this.source.part(`documents/${place.document}/outline`);
    const found = [];
    for (const piece of covered(outline, number, place.pieces)) {
      const { html, node } = await this.source.part(`documents/${place.document}/${piece}`);
      const parsed = node || new DOMParser().parseFromString(`<div xmlns="http://www.w3.org/1999/xhtml">${html}</div>`, 'application/xhtml+xml');
      const marked = parsed.querySelectorAll(`[data-f="${number}"]:not([data-k="h"])`);
      if (marked.length) found.push(...marked);
      else found.push(parsed.documentElement || parsed);
    }
    return found;
  }

  async facts() {
    const parts = [];
    for (let first = 0; first < this.head.facts; first += this.head.factsPerPart) parts.push(await this.factsPart(first));
    return parts;
  }

  async concepts() {
    const all = [];
    for (let first = 0; first < this.head.concepts; first += this.head.conceptsPerPart) {
      const part = await this.source.part(`concepts/${Math.floor(first / this.head.conceptsPerPart)}`);
      all.push(...part.concepts);
    }
    return all;
  }

  // The parts in which a long fact's text stands: [{name, whole}]; of one that is not the fact's as a whole, only what it marks.
  async stretches(number) {
    if (this.source.has(`texts/${number}`)) return [{ name: `texts/${number}`, whole: true }];
    const place = await this.place(number);
    if (!place) return [];
    const outline = await this.source.part(`documents/${place.document}/outline`);
    const inside = new Set(within(outline, number));
    return covered(outline, number, place.pieces).map((piece) => ({ name: `documents/${place.document}/${piece}`, whole: inside.has(piece) }));
  }

  async searchable(number) {
    if (this.source.served || this.source.has(`texts/${number}`)) {
      const { html, text } = await this.text(number);
      return html ? plainText(html) : text;
    }
    const found = await this.tagged(number);
    return found ? found.map((node) => node.textContent).join(' ').replace(/\s+/g, ' ').trim() : (await this.fact(number)).value || '';
  }
}

// Of pages that are too large only cells with something in them come: they go to their columns.
function spread(rows) {
  for (const row of rows) {
    if (!row.at) continue;
    const cells = [];
    row.at.forEach((column, index) => { cells[column] = row.cells[index]; });
    row.cells = cells;
    delete row.at;
  }
  return rows;
}

// The pieces that hold a fact's text: those named, or all inside an element of the outline that is the fact's own.
function covered(outline, number, pieces) {
  return [...new Set([...within(outline, number), ...pieces])].sort((a, b) => a - b);
}

function within(outline, number) {
  const inside = [];
  const walk = (node, within) => {
    if (typeof node === 'number') {
      if (within) inside.push(node);
      return;
    }
    const mine = within || (node[1] || {})['data-f'] === String(number);
    node.slice(2).forEach((child) => walk(child, mine));
  };
  walk(outline.body, false);
  return inside;
}
