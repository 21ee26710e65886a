// Exact numbers as text: grouping, scaling, comparing. Amounts never become floating point.

const POINTED = /^[+-]?\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?$/; // 1.234.567,8
const NUMBER = /^\s*([+-]?)(\d*)(?:\.(\d*))?\s*$/;

// '1234567.50' → {sign: '', whole: '1234567', fraction: '50'}; null for what is no plain number.
export function parse(text) {
  const match = NUMBER.exec(text || '');
  if (!match || (!match[2] && !match[3])) return null;
  return { sign: match[1] === '-' ? '-' : '', whole: match[2].replace(/^0+(?=\d)/, '') || '0', fraction: match[3] || '' };
}

export function group(text) {
  const number = parse(text);
  if (!number) return text;
  const whole = number.whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return number.sign + whole + (number.fraction ? '.' + number.fraction : '');
}

// The number times 10^exponent, rounded half to even to so many places; grouped, negative in parentheses.
export function scaled(text, exponent, places) {
  const number = parse(text);
  if (!number) return text;
  const rounded = round(shift(number, exponent), places);
  const shown = group(rounded.whole + (places ? '.' + rounded.fraction : ''));
  return rounded.sign ? `(${shown})` : shown;
}

function shift(number, exponent) {
  const fraction = number.fraction;
  if (exponent >= 0) {
    const moved = fraction.padEnd(exponent, '0');
    return { sign: number.sign, whole: number.whole + moved.slice(0, exponent), fraction: moved.slice(exponent) };
  }
  const whole = number.whole.padStart(1 - exponent, '0');
  return { sign: number.sign, whole: whole.slice(0, exponent), fraction: whole.slice(exponent) + fraction };
}

function round(number, places) {
  const digits = number.fraction.padEnd(places, '0');
  const rest = digits.slice(places);
  let value = BigInt(number.whole + digits.slice(0, places));
  const half = '5' + '0'.repeat(Math.max(rest.length - 1, 0));
  if (rest && (rest > half || (rest === half && value % 2n === 1n))) value += 1n;
  const text = value.toString().padStart(places + 1, '0');
  return {
    sign: value === 0n ? '' : number.sign,
    whole: places ? text.slice(0, -places) : text,
    fraction: places ? text.slice(-places) : '',
  };
}

// In which power of ten a page shows a number, and with how many places; null where no usual one gives what it shows.
export function scaleOf(shown, value) {
  const found = /\d[\d,]*(?:\.(\d+))?/.exec(shown || '');
  if (!found || !parse(value)) return null;
  const places = found[1] ? found[1].length : 0;
  for (const exponent of [0, -3, -6, -9, 2]) {
    if (scaled(value, exponent, places).replace(/[()-]/g, '') === found[0]) return { exponent, places };
  }
  return null;
}

// A number in English form as a language writes it: '1,234.5' → '1.234,5' in German.
export function localized(text, language) {
  const marks = language ? marksOf(language) : null;
  if (!marks) return text;
  const turned = text.replace(/[.,]/g, (mark) => (mark === '.' ? marks.decimal : marks.group));
  return marks.parentheses ? turned : turned.replace(/^\((.*)\)$/, `${marks.minus}$1`);
}

const known = new Map();

function marksOf(language) {
  if (!known.has(language)) known.set(language, marksFor(language));
  return known.get(language);
}

// Null where the browser does not know the language.
function marksFor(language) {
  try {
    const [found] = Intl.NumberFormat.supportedLocalesOf([language]);
    if (!found) return null;
    const part = (parts, type, otherwise) => parts.find((each) => each.type === type)?.value ?? otherwise;
    const plain = new Intl.NumberFormat(language, { numberingSystem: 'latn' }).formatToParts(-1234567.5);
    const amount = new Intl.NumberFormat(language, { style: 'currency', currency: 'XXX', currencySign: 'accounting', numberingSystem: 'latn' }).formatToParts(-1);
    return { decimal: part(plain, 'decimal', '.'), group: part(plain, 'group', ','), minus: part(plain, 'minusSign', '-'), parentheses: amount.some(({ value }) => value.includes('(')) };
  } catch {
    return null;
  }
}

// Decimals of the difference a − b, exact.
export function subtract(a, b) {
  const left = parse(a);
  const right = parse(b);
  if (!left || !right) return null;
  const places = Math.max(left.fraction.length, right.fraction.length);
  const total = units(left, places) - units(right, places);
  const text = (total < 0n ? -total : total).toString().padStart(places + 1, '0');
  const whole = places ? text.slice(0, -places) : text;
  return (total < 0n ? '-' : '') + whole + (places ? '.' + text.slice(-places) : '');
}

function units(number, places) {
  const value = BigInt(number.whole + number.fraction.padEnd(places, '0'));
  return number.sign ? -value : value;
}

// How a is to b in percent, to one place; null where b is zero.
export function change(a, b) {
  const difference = Number(subtract(a, b));
  const base = Math.abs(Number(b));
  if (!base || !Number.isFinite(difference)) return null;
  const percent = (100 * difference) / base;
  return `${percent > 0 ? '+' : ''}${percent.toFixed(1)} %`;
}

// The digits that tell: '-0.0012300' → '123'.
export function significant(text) {
  const number = parse(text);
  if (!number) return '';
  return (number.whole + number.fraction).replace(/^0+/, '').replace(/0+$/, '');
}

// What somebody typed as a number: '(1,234)', '$1.2 million' → significant digits; '' where it is none.
export function typedDigits(text) {
  const plain = text.replace(/[$€£¥%\s()'’]/g, '').replace(/(million|billion|thousand|mn|bn|m|b|k)$/i, '');
  const cleaned = (POINTED.test(plain) ? plain.replaceAll('.', '') : plain).replace(/(\d),(?=\d{3}(\D|$))/g, '$1');
  return /^[+-]?[\d.,]+$/.test(cleaned) ? significant(cleaned.replace(/,/g, '')) : '';
}

// 2: the same digits, whatever the scale (1,234 and 1.234 million); 1: the same when rounded; 0: another number.
// `digits`: those of a number that tell.
export function sameDigits(typed, digits) {
  if (!typed) return 0;
  if (digits === typed) return 2;
  if (typed.length < 3 || digits.length <= typed.length) return 0;
  let head = BigInt(digits.slice(0, typed.length));
  if (digits[typed.length] >= '5') head += 1n;
  return head.toString().replace(/0+$/, '') === typed.replace(/0+$/, '') ? 1 : 0;
}

export function rounding(value, decimals) {
  if (decimals === 'INF') return 'exact, by what the filer says';
  if (decimals === null || decimals === undefined) return 'the filer does not say how accurate';
  const names = { 0: 'units', '-3': 'thousands', '-6': 'millions', '-9': 'billions', 2: 'hundredths' };
  const name = names[decimals];
  return `accurate to ${name || (decimals > 0 ? `${decimals} decimal places` : `10^${-decimals}`)} (decimals ${decimals})`;
}
