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

/** First column to the left, numbers to the right. */
export function table(head: string[], rows: string[][]): string {
  const drawn = new Table({
    head,
    colAligns: head.map((_, column) => (column === 0 ? 'left' : 'right')),
    style: { head: [], border: [] },
  });
  drawn.push(...rows);
  return drawn.toString();
}
