// Drawing a Vega-Lite specification. Vega is loaded when the first chart is drawn.

import { h, replace } from './dom.js';
import { isDark } from './theme.js';

let loading = null;

// `boot` says where Vega comes from: the server, or the file (`source`) that the viewer stands in.
// `columns`: how many bars stand beside each other, which are not drawn wider than bars look well; 0 takes the whole width.
export async function draw(holder, spec, boot, source, columns = 0) {
  const { vegaEmbed } = await vega(boot, source);
  const plot = h('div.plot');
  if (columns) plot.style.maxWidth = `${Math.max(480, 240 + columns * 130)}px`;
  replace(holder, plot);
  await vegaEmbed(plot, { ...spec, width: 'container', height: 320, background: null, config: config() }, { actions: false, ast: true, renderer: 'svg' });
}

function vega(boot, source) {
  loading = loading || (boot.api ? scriptAt('/front/vega.js') : scriptOf(source)).then(() => globalThis.rectoVega);
  loading.catch(() => { loading = null; });
  return loading;
}

function scriptAt(url) {
  return new Promise((resolve, reject) => {
    const script = h('script', { src: url });
    script.onload = resolve;
    script.onerror = () => reject(new Error('Charts cannot be drawn: the extra "charts" is not installed.'));
    document.head.append(script);
  });
}

// In a file the script stands as text; the file's policy names it by its hash.
async function scriptOf(source) {
  const script = document.createElement('script');
  script.textContent = await source.part('vega');
  document.head.append(script);
}

function config() {
  const ink = isDark() ? '#e2e9f0' : '#16202b';
  const line = isDark() ? '#2b3745' : '#d5dde6';
  return { view: { stroke: null }, font: 'Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif', axis: { labelFontSize: 11.5, titleFontSize: 12, labelColor: ink, titleColor: ink, gridColor: line, domainColor: line, tickColor: line }, legend: { labelFontSize: 12, symbolType: 'square', labelColor: ink, titleColor: ink }, title: { color: ink, fontSize: 14, anchor: 'start', offset: 12 } };
}
