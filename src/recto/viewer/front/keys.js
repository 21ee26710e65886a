// The keyboard: arrows move through the cells of a page, letters do the rest. '?' lists them.

import { h } from './dom.js';

export const KEYS = [
  ['/', 'search'],
  ['j or ]', 'next page'],
  ['k or [', 'previous page'],
  ['arrows', 'move through the cells of a page'],
  ['Enter', 'open the cell or row'],
  ['d', 'show its place in the document'],
  ['n and p', 'next and previous tagged text there; Enter opens its cell'],
  ['w', 'why it looks so'],
  ['c', 'chart the row'],
  ['f', 'findings'],
  ['t', 'light or dark'],
  ['Escape', 'close what is open'],
  ['?', 'these keys'],
];

export function listenToKeys(actions) {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const target = event.target;
    if (target instanceof HTMLElement && target.closest('input, select, textarea, dialog')) return;
    const action = actions[event.key];
    if (action && action(event) !== false) event.preventDefault();
  });
}

// Moves the focus between the cells of a table as arrows are pressed.
export function listenToCells(table, at, size, choose) {
  let place = null;
  table.addEventListener('focusin', (event) => {
    const cell = event.target.closest('[data-row]');
    if (cell) place = [Number(cell.dataset.row), cell.dataset.column === undefined ? -1 : Number(cell.dataset.column)];
  });
  table.parentElement.addEventListener('keydown', (event) => {
    const moves = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1], Home: [0, -size.columns], End: [0, size.columns] };
    const move = moves[event.key];
    if (move) {
      const [row, column] = place || [-1, -1];
      focus(row + move[0], Math.max(-1, Math.min(size.columns - 1, column + move[1])));
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === 'Enter' && place && event.target.closest('td')) {
      choose(place[0], place[1] < 0 ? null : place[1]);
      event.preventDefault();
    }
  });

  function focus(row, column) {
    if (row < 0 || row >= size.rows) return;
    const cell = at(row, column < 0 ? null : column);
    if (!cell) return;
    if (!cell.hasAttribute('tabindex')) cell.tabIndex = -1;
    cell.focus();
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    place = [row, column];
  }

  return focus;
}

export function showKeys() {
  const dialog = h('dialog.keys', { 'aria-label': 'Keys' });
  const close = h('button', { type: 'button', autofocus: true, onclick: () => dialog.close() }, 'Close');
  dialog.append(h('h2', {}, 'Keys'), h('dl.properties', {}, KEYS.map(([key, does]) => [h('dt', {}, h('kbd', {}, key)), h('dd', {}, does)])), close);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
