const MINUS = '−';
const NOT_KNOWN = '–';
/** Narrow no-break space: keeps a number and its unit on one line. */
const THIN = '\u202f';

const STEPS: readonly (readonly [number, string])[] = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'K'],
];

/** US dollars in three significant digits: `$12.3M`; `<$1` between 0 and 1; an en dash for what is not a number. */
export function usd(value: number | null | undefined): string {
  if (!isNumber(value)) return NOT_KNOWN;
  const size = Math.abs(value);
  const sign = value < 0 ? MINUS : '';
  if (size === 0) return '$0';
  if (size < 1) return value < 0 ? `>${MINUS}$1` : '<$1';
  for (const [step, letter] of STEPS)
    if (size >= step * 0.9995) return `${sign}$${threeDigits(size / step)}${letter}`;
  return `${sign}$${Math.round(size)}`;
}

/** US dollars to the cent with thousands separators, for titles and prices; small prices keep four significant digits. */
export function usdExact(value: number | null | undefined): string {
  if (!isNumber(value)) return NOT_KNOWN;
  const size = Math.abs(value);
  const digits =
    size > 0 && size < 1
      ? { maximumSignificantDigits: 4 }
      : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return `${value < 0 ? MINUS : ''}$${size.toLocaleString('en-US', digits)}`;
}

/** US dollars on an axis: like `usd`, without decimals that say nothing. */
export function usdTick(value: number): string {
  return usd(value).replace(/\.(\d*?)0+(?=\D|$)/, (_, digits: string) => (digits === '' ? '' : `.${digits}`));
}

/** A price: whole dollars from 10,000 on, cents below, four significant digits under a dollar. */
export function price(value: number | null | undefined): string {
  if (!isNumber(value) || Math.abs(value) < 10_000) return usdExact(value);
  return `$${count(value)}`;
}

/** A ratio as a signed or unsigned percentage: `percent(-0.2)` is `−20 %`. At most one decimal. */
export function percent(ratio: number | null | undefined, decimals = 1): string {
  if (!isNumber(ratio)) return NOT_KNOWN;
  const text = Math.abs(ratio * 100)
    .toFixed(decimals)
    .replace(/\.0+$/, '');
  return `${ratio < 0 && Number(text) !== 0 ? MINUS : ''}${text}${THIN}%`;
}

/** A percentage with one decimal always, signed when it is a move: for columns, where digits stand under digits. */
export function percentColumn(ratio: number | null | undefined): string {
  if (!isNumber(ratio)) return NOT_KNOWN;
  const text = Math.abs(ratio * 100).toFixed(1);
  return `${ratio < 0 && Number(text) !== 0 ? MINUS : ''}${text}${THIN}%`;
}

/** Like `percentColumn`, with the plus sign of a price that rises. */
export function moveColumn(ratio: number | null | undefined): string {
  return `${isNumber(ratio) && ratio >= 0.0005 ? '+' : ''}${percentColumn(ratio)}`;
}

/** A signed percentage, `+` included; the two signs of a price move. */
export function move(ratio: number | null | undefined): string {
  return isNumber(ratio) && ratio > 0 ? `+${percent(ratio)}` : percent(ratio);
}

/** A share that never rounds up to the whole: 0.99996 is `99.99 %`, only 1 is `100 %`. */
export function share(ratio: number | null | undefined): string {
  if (!isNumber(ratio)) return NOT_KNOWN;
  if (ratio >= 1) return percent(1);
  return percent(Math.floor(ratio * 10_000) / 10_000, 2);
}

/** A multiple: `1.7×`; an en dash when there is none. */
export function times(value: number | null | undefined): string {
  return isNumber(value) ? `${value.toFixed(value < 9.95 ? 2 : 1)}×` : NOT_KNOWN;
}

/** A count with thousands separators. */
export function count(value: number | string | null | undefined): string {
  if (typeof value === 'string')
    return /^\d+$/.test(value) ? BigInt(value).toLocaleString('en-US') : NOT_KNOWN;
  return isNumber(value) ? value.toLocaleString('en-US', { maximumFractionDigits: 0 }) : NOT_KNOWN;
}

/** A count and its noun: `1 account`, `132 accounts`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** Units of an asset in four significant digits at least, whole above 10,000. */
export function amount(value: number | null | undefined): string {
  if (!isNumber(value)) return NOT_KNOWN;
  const size = Math.abs(value);
  const digits = size >= 10_000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 5 };
  return `${value < 0 ? MINUS : ''}${size.toLocaleString('en-US', digits)}`;
}

/** A health factor: three decimals near the line, fewer where it no longer matters; 1 only when it is not below. */
export function health(value: number | null | undefined): string {
  if (!isNumber(value)) return NOT_KNOWN;
  if (value < 1) return Math.min(value, 0.999).toFixed(3);
  return value >= 100 ? '>100' : value.toFixed(value < 10 ? 3 : 1);
}

const threeDigits = (value: number) => value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0);

const isNumber = (value: number | null | undefined): value is number =>
  typeof value === 'number' && Number.isFinite(value);
