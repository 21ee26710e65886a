// Making elements. Text is always set as text: nothing that a filing says is parsed as markup here.

// h('a.link', {href: '#x', onclick: f}, 'text', child, …). Attributes that are null, undefined or false are left out.
export function h(name, attributes, ...children) {
  const [tag, ...classes] = name.split('.');
  const node = document.createElement(tag || 'div');
  if (classes.length) node.className = classes.join(' ');
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (key === 'class') node.className += ' ' + value;
    else if (key === 'value' || key === 'checked' || key === 'disabled') node[key] = value;
    else node.setAttribute(key, value === true ? '' : value);
  }
  add(node, children);
  return node;
}

export function add(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === '') continue;
    node.append(child instanceof Node ? child : String(child));
  }
  return node;
}

export function replace(node, ...children) {
  node.textContent = '';
  return add(node, children);
}

// What holds a table and scrolls. Labels stay in sight only where there is something to the side of them: each of them
// that does costs time as rows are scrolled.
export function scrolling(label, table, ...more) {
  const node = h('div.table', { tabindex: '0', role: 'region', 'aria-label': label }, table, more);
  const sizes = new ResizeObserver(() => node.classList.toggle('sideways', node.scrollWidth > node.clientWidth + 1));
  sizes.observe(node);
  sizes.observe(table);
  return node;
}

// A list of which only what is in sight is drawn. All entries have the same height in pixels.
export function virtualList(count, height, draw, label) {
  const inner = h('div.list-inner', { role: 'list', style: `height:${count * height}px` });
  const node = h('div.list', { tabindex: '0', role: 'region', 'aria-label': label }, inner);
  let first = -1;
  let drawn = new Map();
  const update = () => {
    const from = Math.max(0, Math.floor(node.scrollTop / height) - 10);
    if (Math.abs(from - first) < 5 && first >= 0) return;
    first = from;
    const to = Math.min(count, from + Math.ceil((node.clientHeight || 600) / height) + 25);
    const rows = new Map();
    for (let index = from; index < to; index += 1) {
      const row = drawn.get(index) || draw(index);
      row.style.top = `${index * height}px`;
      row.setAttribute('role', 'listitem');
      rows.set(index, row);
    }
    for (const [index, row] of drawn) if (!rows.has(index)) row.remove();
    inner.append(...[...rows].filter(([index]) => !drawn.has(index)).map(([, row]) => row));
    drawn = rows;
  };
  node.addEventListener('scroll', update, { passive: true });
  new ResizeObserver(() => { first = -1; update(); }).observe(node);
  update();
  return node;
}
