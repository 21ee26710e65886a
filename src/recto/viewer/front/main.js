// The viewer: one filing's pages, the facts behind them, and their places in its documents.

import { fold, folding } from './bar.js';
import { h, replace } from './dom.js';
import { Filing } from './filing.js';
import { fitToPaper } from './frame.js';
import { listenToCells, listenToKeys, showKeys } from './keys.js';
import { createMenu, nearest } from './menu.js';
import { drawPage } from './page.js';
import { format, parse } from './route.js';
import { createSource } from './source.js';
import { applyTheme, toggleTheme } from './theme.js';
import { drawButtons, pageTools } from './toolbar.js';

const boot = JSON.parse(document.getElementById('boot').textContent);
const views = document.getElementById('view');
const aside = document.getElementById('aside');
const documentPane = document.getElementById('document');
const notice = document.getElementById('notice');
const AHEAD = 50_000; // cells of pages that are fetched before they are asked for
const calm = () => new Promise((resolve) => { setTimeout(resolve, 100); });
const idle = () => new Promise((resolve) => { (globalThis.requestIdleCallback || setTimeout)(resolve); });

async function start() {
  applyTheme();
  const source = createSource(boot);
  const filing = await Filing.open(source);
  const app = new App(filing);
  globalThis.recto = { filing, app };
  document.documentElement.dataset.ready = '1';
  await app.follow();
}

class App {
  constructor(filing) {
    this.filing = filing;
    this.state = { view: null, stem: null, row: null, column: null, page: null, drawn: null, fact: null };
    const { head } = filing;
    // Where nothing tells who filed, the document's own title says more than the name of a file.
    if (head.title === head.instances[0]?.name && head.documents[0]?.title) head.title = head.documents[0].title;
    document.title = `${head.title} – recto`;
    replace(document.getElementById('title'), head.title, head.subtitle ? h('small', {}, head.subtitle) : null);
    this.menu = createMenu(filing, document.getElementById('menu'));
    document.body.classList.toggle('without-menu', !head.pages.length);
    this.hasDocument = filing.has('documents') && head.documents.length > 0;
    this.bar();
    this.keys();
    addEventListener('beforeprint', () => {
      if (this.state.view === 'page') this.state.drawn?.all();
      fitToPaper(true);
    });
    addEventListener('afterprint', () => fitToPaper(false));
    addEventListener('hashchange', () => this.follow());
  }

  // The document pane, made when it is first looked at.
  pane() {
    this.made = this.made || import('./document.js').then(({ createDocumentPane }) => {
      this.paneThere = createDocumentPane(this.filing, documentPane, (fact, all) => this.openFromDocument(fact, all));
      return this.paneThere;
    });
    this.made.catch(() => { this.made = null; });
    return this.made;
  }

  bar() {
    drawButtons(this, boot);
    folding();
    const search = document.getElementById('search');
    search.form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (search.value.trim()) this.go({ view: 'find', options: { q: search.value.trim() } });
    });
    document.getElementById('skip').addEventListener('click', (event) => {
      event.preventDefault();
      views.focus();
    });
  }

  keys() {
    const step = (by) => () => {
      // From where the address leads: the page shown lags behind it while one is loaded.
      const { stem: asked } = parse(location.hash);
      const stem = this.menu.step(asked || this.state.stem, by);
      if (stem) this.go({ view: 'page', stem });
    };
    listenToKeys({
      '/': () => document.getElementById('search').focus(),
      j: step(1), ']': step(1), k: step(-1), '[': step(-1),
      t: toggleTheme,
      f: () => this.filing.has('findings') && this.go({ view: 'findings' }),
      d: () => this.hasDocument && (this.state.fact === null ? this.toggleDocument() : this.showInDocument(this.state.fact)),
      n: () => this.documentOpen && this.paneThere?.step(1),
      p: () => this.documentOpen && this.paneThere?.step(-1),
      w: () => this.state.view === 'page' && this.explain(),
      c: () => this.state.view === 'page' && this.state.row !== null && this.chart(),
      '?': showKeys,
      Escape: () => this.escape(),
    });
  }

  go(route) {
    const hash = format(route);
    if (location.hash === hash) this.follow();
    else location.hash = hash;
  }

  // Shows what the address says.
  async follow() {
    const route = parse(location.hash);
    this.turn = (this.turn || 0) + 1;
    const { turn } = this;
    fold();
    notice.textContent = this.said || '';
    this.said = null;
    try {
      await this.show(route);
    } catch (error) {
      if (turn === this.turn) replace(views, h('h1', {}, 'This cannot be shown'), h('p', {}, error.message));
    }
  }

  async show(route) {
    const { head } = this.filing;
    if (route.view === 'home') {
      if (head.pages.length) return this.page({ ...route, view: 'page', stem: head.pages[0].stem, row: null, column: null });
      return this.empty();
    }
    if (route.view === 'page') return this.page(route);
    this.state.view = route.view;
    this.state.stem = null;
    this.menu.mark(null);
    if (route.view === 'fact') return this.factView(route);
    this.state.fact = null;
    this.closeAside();
    const { turn } = this;
    const draw = await this.otherView(route);
    if (turn !== this.turn) return undefined;
    if (!draw) return this.page({ view: 'page', stem: route.view, row: null, column: null, options: {} });
    // What arrives late is drawn into the view that asked for it, which may be gone by then.
    const node = h('div.view', {}, h('p.loading', {}, 'Loading …'));
    replace(views, node);
    views.scrollTop = 0;
    return draw(node);
  }

  // What draws a view that is no page, into a node; null for none.
  async otherView(route) {
    const { filing } = this;
    if (route.view === 'find') {
      document.getElementById('search').value = route.options.q || '';
      const { drawResults } = await import('./results.js');
      return (node) => drawResults(filing, route.options.q || '', node);
    }
    if (route.view === 'facts') {
      const { drawFacts } = await import('./facts.js');
      return (node) => drawFacts(filing, route, node, (next) => history.replaceState(null, '', format(next)));
    }
    if (route.view === 'findings' && filing.has('findings')) {
      const { drawFindings } = await import('./findings.js');
      return (node) => drawFindings(filing, route, node);
    }
    if (route.view === 'chart') {
      const { drawChartView } = await import('./chart.js');
      return (node) => drawChartView(filing, route, node, boot);
    }
    if (route.view === 'compare') {
      const { drawCompare } = await import('./compare.js');
      return (node) => drawCompare(filing, route, node, boot);
    }
    return null;
  }

  empty() {
    const { head } = this.filing;
    const link = (view, text) => h('a.button', { href: format({ view }) }, text);
    replace(views, h('h1', {}, head.title), h('p', {}, head.facts ? 'The filing has facts, but no page: its taxonomy has no presentation, or was not found.' : 'No facts were found in the filing.'),
      h('p.actions', {}, head.facts ? link('facts', 'All facts') : null, this.filing.has('findings') ? link('findings', 'Findings') : null,
        this.hasDocument ? h('button', { type: 'button', onclick: () => this.toggleDocument() }, 'The document') : null));
  }

  async page(route) {
    const { state, turn } = this;
    const entry = this.filing.head.pages[this.filing.pageIndex.get(route.stem)];
    if (!entry) {
      replace(views, h('h1', {}, `There is no page ${route.stem}`));
      return;
    }
    const looks = JSON.stringify([route.options.scale, route.options.language]);
    if (state.view !== 'page' || state.stem !== route.stem || state.looks !== looks) {
      const page = await this.filing.page(route.stem);
      const drawn = await drawPage(this.filing, page, route.options, (row, column) => this.choose(row, column));
      if (turn !== this.turn) return; // another was asked for meanwhile
      const isFirst = state.view === null;
      Object.assign(state, { view: 'page', stem: route.stem, page, drawn, looks });
      if (!isFirst) views.scrollTop = 0; // before the page stands there: it would be laid out for this alone
      replace(views, pageTools(this, page, route, drawn.title), drawn.node);
      listenToCells(drawn.table, drawn.at, { rows: drawn.rows, columns: drawn.columns }, (row, column) => this.choose(row, column));
      this.menu.mark(route.stem);
      document.title = `${entry.name || entry.stem} – ${this.filing.head.title}`;
      this.ahead(route.stem);
    }
    if (route.row !== null && route.row !== undefined) await state.drawn.reach(route.row);
    Object.assign(state, { row: route.row, column: route.column, options: route.options });
    await this.select();
  }

  // What is most likely asked for next is fetched while nothing else is to be done: how a fact is shown, and from a
  // server the pages around this one, one after the other; of a filing of usual size, all.
  async ahead(stem) {
    const { turn } = this;
    await idle();
    import('./fact.js').catch(() => null);
    const { source } = this.filing;
    if (!source.served) return;
    let cells = 0;
    for (const next of nearest(this.filing.head.pages, stem)) {
      cells += (next.rows || 0) * (next.columns || 0);
      if (turn !== this.turn || cells > AHEAD) return; // from another page other pages are near
      if (source.asked(`pages/${next.stem}`)) continue;
      await source.part(`pages/${next.stem}`).catch(() => null);
      await calm(); // what is shown and what the reader does go before
      await idle();
    }
  }

  hasNumbers(page) {
    return (page.rows || []).some((row) => row.cells?.some((cell) => cell?.k === 'number' && cell.f));
  }

  choose(row, column) {
    this.go({ view: 'page', stem: this.state.stem, row, column, options: this.state.options });
    if (row === null && column !== null) this.explain(null, column);
  }

  // Marks the chosen row or cell, and opens its fact.
  async select() {
    const { row, column, drawn, page } = this.state;
    drawn.choose(row, column);
    this.state.fact = null;
    if (row === null || row === undefined) {
      this.closeAside();
      return;
    }
    const node = drawn.at(row, column) || drawn.at(row, null); // a row may have no such cell
    if (!node) return;
    this.openAside(); // it takes room: only then is what was chosen brought into sight
    bring(node);
    const cell = column === null ? null : page.rows[row]?.cells?.[column];
    const fact = cell?.f?.[0];
    if (fact === undefined) {
      await this.rowPanel(row, column);
      return;
    }
    this.state.fact = fact;
    await this.openFact(fact, {
      shown: cell.t,
      onPage: true,
      explain: this.filing.has('explain') ? () => this.explain() : null,
      chart: this.filing.has('charts') ? () => this.chart() : null,
      others: cell.f.slice(1),
      language: this.state.options?.language,
    });
    bring(drawn.at(row, column) || node);
  }

  async rowPanel(row, column) {
    const line = this.state.page.rows[row];
    this.openAside();
    const panel = this.panel();
    const cells = (line.cells || []).map((cell, index) => [cell, index]).filter(([cell]) => cell.f?.length);
    replace(panel, h('h2', {}, line.label),
      column === null ? null : h('p', {}, 'No fact is shown here.'),
      cells.length ? h('ul.facts', {}, cells.map(([cell, index]) => h('li', {}, h('a', { href: format({ view: 'page', stem: this.state.stem, row, column: index, options: this.state.options }) }, cell.k === 'html' ? 'text' : cell.t), h('small', {}, (this.state.page.columns[index].labels || []).join(' '))))) : null,
      this.concept(line),
      this.filing.has('explain') ? h('p.actions', {}, h('button', { type: 'button', onclick: () => this.explain() }, 'Why it looks so')) : null);
  }

  concept(line) {
    if (line.concept === null || line.concept === undefined) return null;
    const holder = h('div');
    this.filing.concept(line.concept).then((concept) => replace(holder, h('p.name', {}, h('code', {}, concept.name)), concept.definition ? h('p', {}, concept.definition) : null));
    return holder;
  }

  async openFact(number, more = {}) {
    this.openAside();
    const panel = this.panel();
    const { turn } = this;
    const context = { current: number, showInDocument: this.hasDocument ? (fact) => this.showInDocument(fact) : null, ...more };
    this.current = context;
    replace(panel, h('p.loading', {}, 'Loading …'));
    await (await import('./fact.js')).drawFact(this.filing, number, panel, context);
    if (more.others?.length) panel.append(h('p', {}, 'Also here: ', more.others.map((fact) => h('a', { href: format({ view: 'fact', fact }) }, `fact ${fact}`))));
    if (this.documentOpen && turn === this.turn) {
      this.revealed = turn;
      await (await this.pane()).reveal(number);
    }
  }

  async factView(asked) {
    const route = typeof asked.fact === 'string' ? { ...asked, fact: await this.filing.factNumber(asked.fact.slice(1)) } : asked;
    const { turn } = this;
    const fact = await this.filing.fact(route.fact);
    if (turn !== this.turn) return; // another was asked for meanwhile, here and below
    this.state.fact = route.fact;
    const [place] = fact.shown;
    if (place) {
      const stem = this.filing.head.pages[place[0]].stem;
      await this.page({ view: 'page', stem, row: place[1], column: place[2], options: {} });
      if (turn !== this.turn) return;
      if (this.state.fact !== route.fact) await this.openFact(route.fact, { onPage: true });
      this.state.fact = route.fact;
    } else {
      replace(views, h('h1', {}, fact.concept?.label || fact.id), h('p', {}, 'No page shows this fact.'));
      import('./explain.js').then(({ reasonOf }) => reasonOf(this.filing, route.fact)).then((reason) => reason && turn === this.turn && views.append(h('p', {}, reason)));
      await this.openFact(route.fact);
    }
    if (turn === this.turn && route.options.show === 'document' && this.hasDocument && this.revealed !== turn) await this.showInDocument(route.fact);
  }

  async openFromDocument(number, all) {
    const fact = await this.filing.fact(number);
    const [place] = fact.shown;
    const before = this.state.fact;
    if (all.length > 1) this.said = `Tagged ${all.length} times: this is the innermost tag.`;
    if (place) this.go({ view: 'page', stem: this.filing.head.pages[place[0]].stem, row: place[1], column: place[2], options: this.state.options || {} });
    else this.go({ view: 'fact', fact: number });
    if (before === number) (await this.pane()).reveal(number);
  }

  async showInDocument(number) {
    this.openDocument();
    await (await this.pane()).reveal(number);
  }

  get documentOpen() {
    return document.body.classList.contains('with-document');
  }

  openDocument() {
    documentPane.hidden = false;
    document.body.classList.add('with-document');
    document.getElementById('show-document')?.setAttribute('aria-pressed', 'true');
  }

  async toggleDocument() {
    if (this.documentOpen) {
      documentPane.hidden = true;
      document.body.classList.remove('with-document');
      document.getElementById('show-document')?.setAttribute('aria-pressed', 'false');
    } else {
      this.openDocument();
      const pane = await this.pane();
      if (this.state.fact !== null) await pane.reveal(this.state.fact);
      else await pane.show(0);
    }
  }

  async explain(row = this.state.row, column = this.state.column) {
    if (!this.filing.has('explain') || this.state.view !== 'page') return;
    this.openAside();
    const panel = this.panel();
    replace(panel, h('p.loading', {}, 'Loading …'));
    await (await import('./explain.js')).drawExplanation(this.filing, this.state.page, row ?? null, column ?? null, panel);
  }

  chart() {
    if (this.filing.has('charts')) this.go({ view: 'chart', words: [this.state.stem, String(this.state.row)] });
  }

  panel() {
    let panel = aside.querySelector('.panel');
    if (!panel) {
      panel = h('div.panel');
      replace(aside, h('button.close', { type: 'button', 'aria-label': 'Close', onclick: () => this.escape() }, '×'), panel);
    }
    aside.scrollTop = 0;
    return panel;
  }

  openAside() {
    aside.hidden = false;
    document.body.classList.add('with-aside');
  }

  closeAside() {
    aside.hidden = true;
    document.body.classList.remove('with-aside');
  }

  escape() {
    if (document.body.matches('.menu-open, .more-open')) {
      fold();
      return;
    }
    if (!aside.hidden && this.state.view === 'page') {
      const { row, column, drawn } = this.state;
      this.go({ view: 'page', stem: this.state.stem, row: null, column: null, options: this.state.options });
      this.closeAside();
      if (row !== null) drawn.at(row, column)?.focus();
    } else if (!aside.hidden) {
      this.closeAside();
    } else if (this.documentOpen) {
      this.toggleDocument();
    }
  }
}

// Into sight; a text block is wider than what is seen of it on a small screen, and is read from its start.
function bring(node) {
  node.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  if (node.matches('td.block')) node.closest('.table').scrollLeft = 0;
}

start().catch((error) => {
  replace(views, h('h1', {}, 'The filing cannot be shown'), h('p', {}, error.message));
});
