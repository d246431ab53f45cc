import Table from 'cli-table3';

/** Whole US dollars with thousands separated. */
export const usd = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 0 });

export const percent = (ratio: number): string => `${(ratio * 100).toFixed(1)} %`;

/** Units of an asset: at most two decimals from 1 on, four significant digits below. */
export const units = (value: number): string =>
  value.toLocaleString(
    'en-US',
    Math.abs(value) >= 1 || value === 0 ? { maximumFractionDigits: 2 } : { maximumSignificantDigits: 4 },
  );

/** An integer at its decimals, every digit kept: `decimal(1500000n, 6)` is `1.5`. */
export function decimal(value: bigint, decimals: number): string {
  const digits = String(value < 0n ? -value : value).padStart(decimals + 1, '0');
  const whole = BigInt(digits.slice(0, digits.length - decimals)).toLocaleString('en-US');
  const part = decimals > 0 ? digits.slice(-decimals).replace(/0+$/, '') : '';
  return `${value < 0n ? '-' : ''}${whole}${part === '' ? '' : `.${part}`}`;
}

/** Between two columns of a table. */
const GAP = '  ';

const NO_LINES = {
  ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '' },
  ...{ bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' },
  ...{ left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '' },
  middle: GAP,
};

/**
 * Columns under a line, numbers to the right; lines of a cell are separated by line breaks.
 *
 * @param words columns that are not numbers and go to the left; the first by default.
 */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  words: readonly number[] = [0],
): string {
  const drawn = new Table({
    chars: NO_LINES,
    colAligns: head.map((_, column) => (words.includes(column) ? 'left' : 'right')),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  drawn.push([...head], ...rows.map((row) => [...row]));
  const lines = drawn.toString().split('\n');
  const width = Math.max(...lines.map((line) => line.length));
  const headHeight = Math.max(...head.map((name) => name.split('\n').length));
  lines.splice(headHeight, 0, '─'.repeat(width));
  return lines.map((line) => line.trimEnd()).join('\n');
}
