import { basename } from 'node:path';
import { priceSeries, type MarketBar, type PointFaults, type PriceSeries } from '@undertow/lag';
import { UsageError } from '../explain-error.ts';
import { openText } from '../import/open-text.ts';
import { readCsv } from '../import/read-csv.ts';
import { cell, numberOf, PRICES, timeOf, TIMES } from './price-cells.ts';

/** The columns of a file of prices, where they are not the usual ones. */
export interface PriceColumns {
  readonly time?: string;
  readonly price?: string;
  /** Only rows in which a column has this value. */
  readonly only?: { readonly column: string; readonly value: string };
  /** Only rows in which a column is above 0, such as the volume of what was traded. */
  readonly above0?: string;
  /** Seconds from the time in the file until the price is known: a close that is named by the start of its hour. */
  readonly knownAfterSeconds?: number;
}

/** Prices of a file. */
export interface FilePrices {
  readonly series: PriceSeries;
  readonly faults: PointFaults;
  /** Where the file has bars, in order of time. */
  readonly bars: readonly MarketBar[] | undefined;
  /** The usual time between two rows, seconds: the length of a bar. */
  readonly stepSeconds: number;
}

const BAR = ['open', 'high', 'low', 'close'] as const;

interface RowOfPrices {
  readonly time: number;
  readonly price: number;
  readonly bar: MarketBar | undefined;
}

/**
 * Reads the prices of a CSV file, packed or not.
 *
 * @throws UsageError where the file has no column of times or prices, a row that cannot be read, or no price.
 */
export async function readPrices(path: string, file: PriceColumns = {}): Promise<FilePrices> {
  const rows: RowOfPrices[] = [];
  for await (const batch of readCsv(openText(path)))
    for (const { line, cells, flaw } of batch) {
      if (flaw !== undefined) throw new UsageError(`${basename(path)}, line ${line}: ${flaw}`);
      if (file.only && cells[file.only.column] !== file.only.value) continue;
      if (file.above0 !== undefined && !(Number(cells[file.above0]) > 0)) continue;
      rows.push(rowOf(cells as Readonly<Record<string, string>>, { path, line, file }));
    }
  const hasBars = rows.length > 0 && rows.every(({ bar }) => bar !== undefined);
  const times = rows.map(({ time }) => time).filter((time) => Number.isFinite(time));
  const stepSeconds = usualStep(times);
  const wait = file.knownAfterSeconds ?? (hasBars ? stepSeconds : 0);
  const { series, faults } = priceSeries(rows.map(({ time, price }) => ({ time: time + wait, price })));
  if (series.times.length === 0) throw new UsageError(`${basename(path)} has no price above 0 with a time.`);
  const bars = hasBars ? rows.flatMap(({ bar }) => bar ?? []).sort((a, b) => a.time - b.time) : undefined;
  return { series, faults, bars: bars && withoutRepeats(bars), stepSeconds };
}

interface Place {
  readonly path: string;
  readonly line: number;
  readonly file: PriceColumns;
}

function rowOf(cells: Readonly<Record<string, string>>, { path, line, file }: Place): RowOfPrices {
  const time = timeOf(cell(cells, file.time === undefined ? TIMES : [file.time], { path, what: 'time' }));
  const price = numberOf(
    cell(cells, file.price === undefined ? PRICES : [file.price], { path, what: 'price' }),
  );
  if (Number.isNaN(time) && cells[file.time ?? ''] !== '')
    throw new UsageError(
      `${basename(path)}, line ${line}: the time cannot be read. Write unix seconds or 2023-07-01T12:00 (UTC).`,
    );
  const [open, high, low, close] = BAR.map((name) => numberOf(cells[name]));
  const isBar = [open, high, low, close].every((value) => value !== undefined && value > 0);
  return {
    time,
    price: price ?? Number.NaN,
    bar: isBar ? { time, open: open!, high: high!, low: low!, close: close! } : undefined,
  };
}

/** The middle of the times between neighbours; 0 of fewer than two. */
function usualStep(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  const steps = sorted.slice(1).map((time, row) => time - sorted[row]!);
  return steps.sort((a, b) => a - b)[steps.length >> 1] ?? 0;
}

const withoutRepeats = (bars: readonly MarketBar[]): readonly MarketBar[] =>
  bars.filter((bar, row) => row === 0 || bar.time > bars[row - 1]!.time);
