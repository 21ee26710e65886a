// The rows of a page, in stretches. What is far from what is in sight is not drawn, but its room is kept.

import { h } from './dom.js';

const AT_ONCE = { lines: 300, cells: 6000 };
const STRETCH = { lines: 100, cells: 400 };
const DRAWN = 150; // lines that are drawn at a time, more than stand in and near what is in sight
const LINE = 29; // pixels of a line, until one was drawn

// `columns` that the table has; `lines` and `cells` that a row takes on average. `draw(index)` makes a row: a `tr`, or
// a `tbody` of its own. `load(from, to)` gives null where what these rows need is there, else a promise of it.
export function createRows(table, total, { columns, lines, cells }, draw, load) {
  const fits = total * lines <= AT_ONCE.lines && total * cells <= AT_ONCE.cells;
  const step = fits ? Math.max(total, 1) : Math.max(2, 2 * Math.floor(Math.min(STRETCH.lines / lines, STRETCH.cells / cells) / 2));
  const enough = 2 + Math.ceil(DRAWN / lines / step); // stretches that are drawn at a time
  const stretches = [];
  let high = LINE * lines;
  let chosen = null;
  let observer = null;

  for (let from = 0; from < total; from += step) {
    const stretch = { number: stretches.length, from, to: Math.min(total, from + step), nodes: null, height: null };
    stretches.push(stretch);
    stretch.room = room(stretch);
    table.append(stretch.room);
  }

  function room(stretch) {
    const node = h('tbody.room', { 'aria-hidden': 'true' }, h('tr', {}, h('td', { colspan: String(columns) })));
    node.stretch = stretch;
    size(stretch, node);
    return node;
  }

  function size(stretch, node) {
    node.firstChild.firstChild.style.height = `${stretch.height || Math.round((stretch.to - stretch.from) * high)}px`;
  }

  // Draws a stretch; a promise where something of it has to be loaded first.
  function show(stretch) {
    if (stretch.nodes) return null;
    stretch.loading = stretch.loading || load(stretch.from, stretch.to);
    if (!stretch.loading) {
      put(stretch);
      return null;
    }
    return stretch.loading.then(() => {
      if (!stretch.nodes) put(stretch);
    }).finally(() => { stretch.loading = null; });
  }

  function put(stretch, most = enough) {
    leave(stretch, most);
    stretch.lines = [];
    for (let index = stretch.from; index < stretch.to; index += 1) stretch.lines.push(draw(index));
    stretch.nodes = stretch.lines[0].localName === 'tbody' ? stretch.lines : [h('tbody', {}, stretch.lines)];
    observer?.unobserve(stretch.room);
    stretch.room.replaceWith(...stretch.nodes);
    mark();
  }

  // Takes away the stretches that are farthest from one that is to be drawn, if there are too many; where the focus is stays.
  function leave(stretch, most) {
    const drawn = stretches.filter((each) => each.nodes && !each.nodes.some((node) => node.contains(document.activeElement)));
    const far = drawn.sort((a, b) => Math.abs(b.number - stretch.number) - Math.abs(a.number - stretch.number)).slice(0, Math.max(0, drawn.length + 1 - most));
    for (const each of far) each.height = each.nodes.at(-1).getBoundingClientRect().bottom - each.nodes[0].getBoundingClientRect().top;
    for (const each of far) {
      each.room = room(each);
      each.nodes[0].replaceWith(each.room);
      each.nodes.forEach((node) => node.remove());
      each.nodes = null;
      observer?.observe(each.room);
    }
  }

  // Looks out for rooms that come near what is in sight of the table's holder.
  function watch(holder) {
    if (stretches.length < 2) return;
    const [first] = stretches;
    high = (first.nodes.at(-1).getBoundingClientRect().bottom - first.nodes[0].getBoundingClientRect().top) / (first.to - first.from) || high;
    const near = new Set(); // stretches to draw; those that were only scrolled past are not
    let busy = false;
    const next = async () => {
      busy = true;
      while (near.size) {
        const waiting = [...near].sort((a, b) => a.number - b.number);
        const stretch = waiting[waiting.length >> 1];
        near.delete(stretch);
        await show(stretch)?.catch(() => null);
        await new Promise((resolve) => { requestAnimationFrame(resolve); }); // what is scrolled goes before
      }
      busy = false;
    };
    observer = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting && !target.stretch.nodes) near.add(target.stretch);
        else near.delete(target.stretch);
      }
      if (!busy) next();
    }, { root: holder, rootMargin: '600px 0px' });
    for (const each of stretches.filter((one) => !one.nodes)) {
      size(each, each.room);
      observer.observe(each.room);
    }
  }

  function mark() {
    table.querySelectorAll('.chosen').forEach((each) => each.classList.remove('chosen'));
    if (!chosen) return;
    const node = at(chosen.row, chosen.column, false);
    (chosen.column === null ? node?.closest('tr') : node)?.classList.add('chosen');
  }

  // The cell, or the row's label, at a place, drawn if need be; null where it is not there yet.
  function at(row, column, drawing = true) {
    const stretch = stretches[Math.floor(row / step)];
    if (!stretch) return null;
    if (drawing) show(stretch);
    const line = stretch.nodes ? stretch.lines[row - stretch.from] : null;
    if (!line) return null;
    return column === null || column === undefined ? line.querySelector('.label') || line : line.querySelector(`td[data-column="${column}"]`);
  }

  return {
    at,
    watch,
    many: stretches.length > 1,
    // When the row is drawn.
    reach: (row) => Promise.resolve(stretches[Math.floor(row / step)] && show(stretches[Math.floor(row / step)])),
    choose(row, column) {
      chosen = row === null || row === undefined ? null : { row, column: column ?? null };
      mark();
    },
    // When all rows are loaded.
    whole: () => Promise.all(stretches.map((each) => load(each.from, each.to))),
    // Draws all rows that are loaded, for printing.
    all: () => stretches.filter((each) => !each.nodes && !load(each.from, each.to)).forEach((each) => put(each, Infinity)),
  };
}
