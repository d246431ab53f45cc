import { baseRatio, HAIR, type Finder, type LineAccount } from './line.ts';

/**
 * Finds lines that few others are like: in one list, sorted by their ratios at the base prices, within whose prefix sums are taken. A line
 * whose sums have been taken and that was above is not looked at again before its ratio can have fallen to it.
 */
export function openRest(rest: readonly LineAccount[], basePrice: Float64Array): Finder {
  const sorted = rest
    .map((line) => ({ line, key: baseRatio(line, basePrice) }))
    .sort((a, b) => a.key - b.key || a.line.account - b.line.account);
  const lines = sorted.map(({ line }) => line);
  const account = Int32Array.from(lines, (line) => line.account);
  const key = Float64Array.from(sorted, (one) => one.key);
  const rows = [
    lines.flatMap(({ heldRows }) => heldRows),
    lines.flatMap(({ owedRows }) => owedRows),
  ] as const;
  const [held, owed] = rows.map((own) => Int32Array.from(new Set(own))) as [Int32Array, Int32Array];
  const columns = valueColumns(lines, basePrice);
  const slack = Float64Array.from(lines, (line) => (1 + line.slack) * (1 + HAIR));
  /** Of those in the prefix: below which `fallen` their sums have to be taken again. */
  const until = new Float64Array(lines.length);
  let end = 0;
  return {
    begin() {
      end = 0;
    },
    next(factor, found, { count, fallen }) {
      let total = count;
      for (let i = 0; i < end; i++) {
        if (fallen >= until[i]!) continue;
        const ratio = ratioAt(columns, factor, i) / slack[i]!;
        until[i] = ratio >= 1 ? (fallen / ratio) * (1 + HAIR) : FOUND;
        if (!(ratio >= 1)) found[total++] = account[i]!;
      }
      const line = (most(factor, owed) / -most(factor, held, -1)) * (1 + HAIR);
      for (; end < key.length && !(key[end]! >= line); end++) {
        const ratio = ratioAt(columns, factor, end) / slack[end]!;
        until[end] = ratio >= 1 ? (fallen / ratio) * (1 + HAIR) : FOUND;
        if (!(ratio >= 1)) found[total++] = account[end]!;
      }
      return total;
    },
  };
}

/** Of lines that were found: they are not looked at again. */
const FOUND = -1;

function most(factor: Float64Array, rows: Int32Array, sign = 1): number {
  let found = -Infinity;
  for (let i = 0; i < rows.length; i++) found = Math.max(found, sign * factor[rows[i]!]!);
  return found;
}

/** Values at base prices by line, those that are held before those that are owed. */
interface ValueColumns {
  readonly start: Uint32Array;
  readonly owedStart: Uint32Array;
  readonly row: Uint16Array;
  readonly valueUsd: Float64Array;
}

function valueColumns(lines: readonly LineAccount[], basePrice: Float64Array): ValueColumns {
  const start = new Uint32Array(lines.length + 1);
  const owedStart = new Uint32Array(lines.length);
  const row: number[] = [];
  const valueUsd: number[] = [];
  for (const [i, { heldRows, heldWeights, owedRows, owedWeights }] of lines.entries()) {
    for (const [at, one] of heldRows.entries()) valueUsd.push(heldWeights[at]! * basePrice[one]!);
    for (const [at, one] of owedRows.entries()) valueUsd.push(owedWeights[at]! * basePrice[one]!);
    row.push(...heldRows, ...owedRows);
    owedStart[i] = row.length - owedRows.length;
    start[i + 1] = row.length;
  }
  return { start, owedStart, row: Uint16Array.from(row), valueUsd: Float64Array.from(valueUsd) };
}

/** What is held ÷ what is owed. */
function ratioAt({ start, owedStart, row, valueUsd }: ValueColumns, factor: Float64Array, i: number): number {
  let heldUsd = 0;
  let owedUsd = 0;
  const middle = owedStart[i]!;
  const end = start[i + 1]!;
  for (let at = start[i]!; at < middle; at++) heldUsd += valueUsd[at]! * factor[row[at]!]!;
  for (let at = middle; at < end; at++) owedUsd += valueUsd[at]! * factor[row[at]!]!;
  return heldUsd / owedUsd;
}
