// The bar above, as the viewer of a filing and the start of a server both have it.

import { h } from './dom.js';
import { toggleTheme } from './theme.js';

const FOLDED = [['menu-button', 'menu-open'], ['more-button', 'more-open']];

export function looks() {
  return h('button.icon', { type: 'button', title: 'Light or dark (t)', 'aria-label': 'Light or dark', onclick: toggleTheme }, '◐');
}

// On a small screen the buttons stand behind one, and the menu behind another.
export function folding() {
  for (const [id, name] of FOLDED) {
    const button = document.getElementById(id);
    button.addEventListener('click', () => button.setAttribute('aria-expanded', String(document.body.classList.toggle(name))));
  }
  document.getElementById('veil').addEventListener('click', fold);
}

export function fold() {
  for (const [id, name] of FOLDED) {
    document.body.classList.remove(name);
    document.getElementById(id).setAttribute('aria-expanded', 'false');
  }
}
