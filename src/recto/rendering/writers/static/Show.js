/* Definition panels of report pages.
 *
 * A page calls Show.showAR(anchor, id, window), Show.hideAR() and Show.toggleNext(anchor), through `top` where the page may stand
 * in the frame of a viewer. Browsers keep a frame from its `top` when both were opened from disk, so in a frame the page
 * answers its own clicks, before the handlers in its markup are reached.
 */
var Show = (function () {
  'use strict';
  var shown = null;

  function hideAR() {
    if (shown) { shown.style.display = 'none'; shown = null; }
  }

  function isPanel(node) {
    return node && node.nodeName === 'TABLE' && node.className.indexOf('authRefData') >= 0;
  }

  function copyBeside(anchor, id, win) {
    var source = win.document.getElementById(id);
    if (!source) { return null; }
    var copy = source.cloneNode(true);
    copy.removeAttribute('id');
    copy.style.display = 'none';
    anchor.parentNode.appendChild(copy);
    return copy;
  }

  function keepInView(panel, win) {
    var box = panel.getBoundingClientRect();
    var over = box.bottom - win.innerHeight + 12;
    if (over > 0 && box.top - over > 0 && win.scrollBy) { win.scrollBy({ top: over, behavior: 'smooth' }); }
  }

  function showAR(anchor, id, win) {
    var panel = anchor.nextSibling;
    while (panel && !isPanel(panel)) { panel = panel.nextSibling; }
    panel = panel || copyBeside(anchor, id, win);
    var open = shown;
    hideAR();
    if (panel && panel !== open) {
      panel.style.display = 'block';
      shown = panel;
      keepInView(panel, win);
    }
  }

  function toggleNext(anchor) {
    var block = anchor.nextSibling;
    while (block && block.nodeName !== 'DIV') { block = block.nextSibling; }
    if (!block) { return; }
    var closed = block.style.display === 'none';
    block.style.display = closed ? 'block' : 'none';
    var caption = anchor.firstChild;
    if (caption && caption.nodeType === 3) { caption.nodeValue = (closed ? '-' : '+') + caption.nodeValue.substring(1); }
  }

  return { showAR: showAR, hideAR: hideAR, toggleNext: toggleNext };
})();

(function () {
  'use strict';
  if (typeof document === 'undefined' || !document.addEventListener) { return; }
  var framed = window.top !== window;
  var isReport = /(^|\/)R\d+\.htm$/i.test(location.pathname);

  function answer(event) {
    var node = event.target;
    while (node && node.nodeName !== 'A') { node = node.parentNode; }
    var call = node && node.getAttribute && node.getAttribute('onclick');
    if (!call || call.indexOf('Show.') < 0) { return; }
    var id = /showAR\(\s*this,\s*'(.*)',\s*window\s*\)/.exec(call);
    if (id) {
      Show.showAR(node, id[1].replace(/\\(.)/g, unescaped), window);
    } else if (call.indexOf('hideAR') >= 0) {
      Show.hideAR();
    } else if (call.indexOf('toggleNext') >= 0) {
      Show.toggleNext(node);
    } else {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  function unescaped(_, letter) { return letter === 'n' ? '\n' : letter === 'r' ? '\r' : letter; }

  function tell(message) {
    message.recto = 1;
    window.parent.postMessage(message, '*');
  }

  /* Headings stay in view: rows of them below one another. */
  function stick() {
    var tables = document.querySelectorAll('table.report');
    for (var t = 0; t < tables.length; t++) {
      var rows = tables[t].rows, top = 0;
      for (var r = 0; r < rows.length && rows[r].querySelector(':scope > th'); r++) {
        rows[r].style.setProperty('--stuck', top + 'px');
        top += rows[r].getBoundingClientRect().height;
      }
    }
  }

  if (!isReport) { return; }
  if (!document.querySelector('meta[name=viewport]')) {
    var viewport = document.createElement('meta');
    viewport.name = 'viewport';
    viewport.content = 'width=device-width, initial-scale=1';
    document.head.appendChild(viewport);
  }
  window.addEventListener('load', stick);
  window.addEventListener('resize', stick);
  if (framed) {
    document.addEventListener('click', answer, true);
    window.addEventListener('message', function (event) {
      var message = event.data;
      if (!message || message.recto !== 1 || event.source !== window.parent) { return; }
      if (message.theme) { document.documentElement.setAttribute('data-theme', message.theme); }
      if (message.print) { window.print(); }
    });
    tell({ ready: location.pathname.replace(/^.*\//, '') });
  }
  document.addEventListener('keydown', function (event) {
    if (event.key === 'Escape') { Show.hideAR(); }
    if (!framed || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (/^(ArrowLeft|ArrowRight|\/|Escape|\[|\]|j|k|t|\?)$/.test(event.key)) { tell({ key: event.key }); }
  });
})();
