// A page, or all pages, as CSV, Markdown, JSON or a workbook, made here from what the viewer holds.

import { parse } from './numbers.js';

const encoder = new TextEncoder();

// A page as a table of texts: headings, then rows.
export function grid(page) {
  const columns = page.columns || [];
  const head = [page.title || page.name || page.stem, ...columns.map((column) => (column.labels || []).join(' '))];
  const rows = (page.rows || []).map((row) => [row.label, ...columns.map((_, index) => shown(row.cells?.[index]))]);
  return [head, ...rows];
}

function shown(cell) {
  if (!cell) return '';
  return cell.k === 'html' ? '[text]' : cell.t || '';
}

export function csv(page) {
  return grid(page).map((row) => row.map(quoted).join(',')).join('\r\n') + '\r\n';
}

function quoted(text) {
  const safe = /^[=+@\t\r]|^-(?![\d.])/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

export function markdown(page) {
  const [head, ...rows] = grid(page);
  const line = (cells) => `| ${cells.map((text) => String(text).replace(/\s+/g, ' ').replace(/\|/g, '\\|')).join(' | ')} |`;
  const rule = `|${head.map((_, index) => (index ? '---:' : '---')).join('|')}|`;
  return [`# ${page.title || page.stem}`, page.scale ? `\n${page.scale}` : '', '', line(['', ...head.slice(1)]), rule, ...rows.map(line)].join('\n') + '\n';
}

export function json(page) {
  return JSON.stringify(page, null, 1) + '\n';
}

// A workbook with one sheet a page: a zip of XML without compression.
export function xlsx(pages) {
  const names = sheetNames(pages);
  const files = [
    ['[Content_Types].xml', `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>${pages.map((_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`).join('')}</Types>`],
    ['_rels/.rels', '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'],
    ['xl/workbook.xml', `<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>${names.map((name, index) => `<sheet name="${escape(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`],
    ['xl/_rels/workbook.xml.rels', `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${pages.map((_, index) => `<Relationship Id="rId${index + 1}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`).join('')}</Relationships>`],
    ...pages.map((page, index) => [`xl/worksheets/sheet${index + 1}.xml`, sheet(page)]),
  ];
  return zip(files.map(([name, text]) => [name, encoder.encode(text)]));
}

function sheet(page) {
  const [head, ...rest] = grid(page);
  const lines = [head.map((text, column) => cellXml(text, 0, column)),
    ...rest.map((row, index) => row.map((text, column) => cellXml(text, index + 1, column, page.rows[index].cells?.[column - 1])))];
  const rows = lines.map((line, index) => `<row r="${index + 1}">${line.join('')}</row>`);
  return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cols><col min="1" max="1" width="60" customWidth="1"/><col min="2" max="${Math.max(2, (page.columns || []).length + 1)}" width="18" customWidth="1"/></cols><sheetData>${rows.join('')}</sheetData></worksheet>`;
}

function cellXml(text, row, column, cell) {
  const place = `${columnName(column)}${row + 1}`;
  const number = cell ? numberOf(cell.p || text) : null;
  if (number !== null) return `<c r="${place}"><v>${number}</v></c>`;
  return text ? `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escape(text)}</t></is></c>` : '';
}

// '$ (1,234)' → '-1234'; null for what is no number, or is a percentage.
export function numberOf(text) {
  const cleaned = text.replace(/^[^\d(.-]{0,12}/, '').replace(/,/g, '').trim();
  const match = /^\((.*)\)$/.exec(cleaned);
  const number = parse(match ? `-${match[1]}` : cleaned);
  return number ? `${number.sign}${number.whole}${number.fraction ? `.${number.fraction}` : ''}` : null;
}

export function columnName(index) {
  let name = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  return name;
}

function sheetNames(pages) {
  const used = new Set();
  return pages.map((page) => {
    const base = `${page.stem} ${page.name || page.title || ''}`.replace(/[\\*?:/[\]]/g, ' ').trim().slice(0, 28) || 'Sheet';
    let name = base;
    for (let number = 2; used.has(name.toLowerCase()); number += 1) name = `${base.slice(0, 25)} ${number}`;
    used.add(name.toLowerCase());
    return name;
  });
}

function escape(text) {
  // eslint-disable-next-line no-control-regex
  return String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

export function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

export function zip(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, data] of files) {
    const title = encoder.encode(name);
    const fields = [20, 0x0800, 0, 0, 0x21];
    const sizes = [crc32(data), data.length, data.length];
    const local = header(0x04034b50, fields, sizes, [title.length, 0]);
    directory.push(header(0x02014b50, [20, ...fields], sizes, [title.length, 0, 0, 0, 0], [0, offset]), title);
    parts.push(local, title, data);
    offset += local.length + title.length + data.length;
  }
  const size = directory.reduce((sum, each) => sum + each.length, 0);
  const end = header(0x06054b50, [0, 0, files.length, files.length], [size, offset], [0]);
  return new Blob([...parts, ...directory, end], { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' });
}

function header(signature, shorts, longs, more, last = []) {
  const bytes = new DataView(new ArrayBuffer(4 + 2 * shorts.length + 4 * longs.length + 2 * more.length + 4 * last.length));
  let at = 0;
  const put = (width, value) => {
    if (width === 2) bytes.setUint16(at, value, true);
    else bytes.setUint32(at, value, true);
    at += width;
  };
  put(4, signature);
  shorts.forEach((value) => put(2, value));
  longs.forEach((value) => put(4, value));
  more.forEach((value) => put(2, value));
  last.forEach((value) => put(4, value));
  return new Uint8Array(bytes.buffer);
}

export function save(name, content, type) {
  const blob = content instanceof Blob ? content : new Blob([content], { type });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

