import type { Store } from '../open-store.ts';
import { fillGaps } from '../series/fill-gaps.ts';
import { partOf } from '../series/kept-series.ts';
import { checkWanted, STEP_SECONDS, type SeriesPart, type SeriesWanted, type Step } from '../series/step.ts';
import { explained } from '../store-error.ts';

/** What a market of an exchange traded at within one step, in units of its quote, by the prices that are stored. */
export interface ExchangePoint {
  /** Start of the step, unix seconds. */
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Prices within the step; 0 where the last one before it goes on. */
  readonly prices: number;
}

/** Which market of which exchange. */
export interface ExchangeWanted extends SeriesWanted {
  readonly exchange: string;
  readonly symbol: string;
  /** Whether steps without a price are given too, with the last price before them. Default no. */
  readonly fill?: boolean;
}

/** The price of a market of an exchange over time. Hours and days are kept, minutes are read from the prices themselves. */
export async function readExchangeSeries(
  store: Store,
  wanted: ExchangeWanted,
): Promise<SeriesPart<ExchangePoint>> {
  const { exchange, symbol, fill = false } = wanted;
  const checked = checkWanted(wanted);
  const key = [exchange, symbol] as const;
  return explained('reading a series of an exchange', async () => {
    const part =
      checked.step === 'minute'
        ? await readMinutes(store, key, checked)
        : await readKept(store, key, checked);
    if (!fill) return part;
    return fillGaps(part, {
      ...checked,
      before: await lastBefore(store, key, checked),
      quiet: ({ close }, time) => ({ time, open: close, high: close, low: close, close, prices: 0 }),
    });
  });
}

type Key = readonly [exchange: string, symbol: string];
type Row = readonly (string | number)[];

async function readKept(
  store: Store,
  key: Key,
  { from, to, step, most }: Required<SeriesWanted>,
): Promise<SeriesPart<ExchangePoint>> {
  const { rows } = await store.pool.query<(string | number)[]>({
    text: `SELECT extract(epoch FROM bucket)::bigint, open, high, low, close, prices FROM exchange_${step}_kept
      WHERE exchange = $1 AND symbol = $2 AND bucket >= to_timestamp($3) AND bucket < to_timestamp($4)
      ORDER BY bucket LIMIT ${most + 1}`,
    values: [...key, from, to],
    rowMode: 'array',
  });
  return partOf(rows.map(pointOf), most);
}

/** The planner cannot see that steps come in the order of time: what is read is bounded by windows, longer where prices are few. */
async function readMinutes(
  store: Store,
  key: Key,
  { from, to, step, most }: Required<SeriesWanted>,
): Promise<SeriesPart<ExchangePoint>> {
  const points: ExchangePoint[] = [];
  let [at, window] = [from, (most + 1) * STEP_SECONDS[step]];
  while (at < to && points.length <= most) {
    const end = Math.min(at + window, to);
    points.push(...(await minutesOf(store, key, [at, end])));
    [at, window] = [end, 2 * window];
  }
  return partOf(points, most);
}

async function minutesOf(
  store: Store,
  key: Key,
  span: readonly [from: number, to: number],
): Promise<ExchangePoint[]> {
  const { rows } = await store.pool.query<(string | number)[]>({
    text: `SELECT extract(epoch FROM ${bucketOf('minute')})::bigint AS at,
        (array_agg(price ORDER BY time))[1], max(price), min(price), (array_agg(price ORDER BY time DESC))[1], count(*)
      FROM exchange_price WHERE exchange = $1 AND symbol = $2 AND time >= to_timestamp($3) AND time < to_timestamp($4)
      GROUP BY 1 ORDER BY 1`,
    values: [...key, ...span],
    rowMode: 'array',
  });
  return rows.map(pointOf);
}

const bucketOf = (step: Step) => `date_bin('1 ${step}', time, '2000-01-03 00:00:00+00')`;

/** The last price before the part, as a step that ended with it. */
async function lastBefore(
  store: Store,
  key: Key,
  { from, step }: Required<SeriesWanted>,
): Promise<ExchangePoint | undefined> {
  const { rows } = await store.pool.query<(string | number)[]>({
    text: `SELECT extract(epoch FROM ${bucketOf(step)})::bigint, price, price, price, price, 1 FROM exchange_price
      WHERE exchange = $1 AND symbol = $2 AND time < to_timestamp($3) ORDER BY time DESC LIMIT 1`,
    values: [...key, from],
    rowMode: 'array',
  });
  return rows[0] && pointOf(rows[0]);
}

const pointOf = ([time, open, high, low, close, prices]: Row): ExchangePoint => ({
  time: Number(time),
  open: Number(open),
  high: Number(high),
  low: Number(low),
  close: Number(close),
  prices: Number(prices),
});
