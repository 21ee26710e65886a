// The menu of pages, by category.

import { h, replace } from './dom.js';
import { format } from './route.js';

// The pages but one, those nearest to it first, of two the one behind it.
export function nearest(pages, stem) {
  const at = pages.findIndex((page) => page.stem === stem);
  return pages.flatMap((_, by) => [pages[at + 1 + by], pages[at - 1 - by]]).filter(Boolean);
}

export function createMenu(filing, node) {
  const links = new Map();
  const closed = new Set();

  function draw() {
    links.clear();
    const sections = [];
    let category = null;
    let list = null;
    for (const page of filing.head.pages) {
      const name = page.category || 'Pages';
      if (name !== category) {
        category = name;
        list = h('ul', { id: `menu-${sections.length}` });
        sections.push(section(name, list, filing.head.pages.filter((each) => (each.category || 'Pages') === name).length));
      }
      const link = h('a', { href: format({ view: 'page', stem: page.stem }), class: page.nested ? 'nested' : '' }, page.name || page.stem);
      links.set(page.stem, link);
      list.append(h('li', {}, link));
    }
    replace(node, sections, sections.length ? h('p.made', {}, filing.head.generator) : null);
  }

  function section(name, list, count) {
    const button = h('button.category', {
      type: 'button',
      'aria-expanded': String(!closed.has(name)),
      'aria-controls': list.id,
      onclick: () => {
        if (closed.has(name)) closed.delete(name);
        else closed.add(name);
        list.hidden = closed.has(name);
        button.setAttribute('aria-expanded', String(!closed.has(name)));
      },
    }, name, h('span', {}, String(count)));
    return h('section', {}, h('h2', {}, button), list);
  }

  function mark(stem) {
    for (const [name, link] of links) {
      if (name === stem) {
        link.setAttribute('aria-current', 'page');
        requestAnimationFrame(() => link.scrollIntoView({ block: 'nearest' })); // when it is laid out anyway
      } else {
        link.removeAttribute('aria-current');
      }
    }
  }

  // The stem of the page before or after the one that is shown.
  function step(stem, by) {
    const at = filing.head.pages.findIndex((page) => page.stem === stem);
    return filing.head.pages[at + by]?.stem || null;
  }

  node.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const all = [...node.querySelectorAll('a, button')].filter((each) => each.offsetParent);
    const next = all[all.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1)];
    if (next) next.focus();
    event.preventDefault();
    event.stopPropagation();
  });

  draw();
  return { mark, step };
}
