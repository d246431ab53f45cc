import {
  inspectDatabase,
  openStore,
  readExchangePricesAt,
  readExchangeSeries,
  writeExchangeMarkets,
  writeExchangePrices,
  type ExchangePrice,
  type Store,
} from '@undertow/store';
import { median, type Row } from '../report.ts';

/** 00:00 UTC of a day. */
const START = 1_735_689_600;
const DAY = 86_400;
/** The middle one of several looks counts. */
const LOOKS = 9;
/** Points of one answer of the API. */
const PAGE = 1_000;

export interface YearOptions {
  readonly server: string;
  readonly databaseUrl: string;
  readonly markets: number;
  readonly days: number;
}

/**
 * Prices of a minute of many markets over a long time, and what a page waits for: the newest of all at some time, and one market by
 * minutes, hours and days. The peer is the same asked of the prices themselves.
 */
export async function yearOfPrices(options: YearOptions): Promise<Row[]> {
  const { databaseUrl, server, markets, days } = options;
  const store = await openStore(databaseUrl);
  try {
    await fill(store, options);
    const { flavour } = await inspectDatabase(store);
    const name = (measure: string) =>
      `${measure}, ${markets} markets over ${days} days (${server}, ${flavour})`;
    const alone = { peerName: '', peer: null, ratio: null };
    const end = START + days * DAY;
    const rows: Row[] = [
      {
        measure: name('writing prices as they come'),
        unit: 'prices/s',
        ours: await writeSpeed(store),
        limit: '–',
        ...alone,
      },
    ];
    for (const [when, time] of [
      ['now', end],
      ['half of the time ago', START + (days / 2) * DAY],
    ] as const) {
      const ms = await timed(() => readExchangePricesAt(store, { time, withinSeconds: DAY }));
      rows.push({
        measure: name(`the newest price of all, ${when}`),
        unit: 'ms',
        ours: ms,
        limit: '< 100',
        ...alone,
      });
    }
    for (const step of ['minute', 'hour', 'day'] as const) {
      const wanted = { ...market(3), from: START, to: end, step, most: PAGE };
      const { points } = await readExchangeSeries(store, wanted);
      const ours = await timed(() => readExchangeSeries(store, wanted));
      const peer = await timed(() => fromPrices(store, step, end));
      rows.push({
        ...{ measure: name(`a page of one market by ${step}s, ${points.length} points`), unit: 'ms', ours },
        ...{ peerName: 'from the prices', peer, ratio: ours / peer, limit: '< 100' },
      });
    }
    return rows;
  } finally {
    await store.close();
  }
}

const market = (row: number) => ({ exchange: `exchange-${row % 5}`, symbol: `COIN${row}/USD` });

async function fill(store: Store, { markets, days }: YearOptions): Promise<void> {
  const started = performance.now();
  await writeExchangeMarkets(
    store,
    Array.from({ length: markets }, (_, row) => ({
      ...{ ...market(row), base: `COIN${row}`, quote: 'USD', asset: `COIN${row}` },
    })),
  );
  for (let row = 0; row < markets; row++) {
    const { exchange, symbol } = market(row);
    await store.pool.query(
      `INSERT INTO exchange_price (time, exchange, symbol, price, volume, exchange_time)
       SELECT to_timestamp(at), $1::text, $2::text, 100 + sin(at / 5000.0 + $3), 1e6, to_timestamp(at)
       FROM generate_series(${START + 60}, ${START + days * DAY}, 60) AS at`,
      [exchange, symbol, row],
    );
    for (const step of ['hour', 'day'])
      await store.pool.query(
        `INSERT INTO exchange_${step}_kept
         SELECT exchange, symbol, date_bin('1 ${step}', time, '2000-01-03 00:00:00+00'),
           (array_agg(price ORDER BY time))[1], max(price), min(price), (array_agg(price ORDER BY time DESC))[1],
           min(time), max(time), count(*)
         FROM exchange_price WHERE exchange = $1 AND symbol = $2 GROUP BY 1, 2, 3`,
        [exchange, symbol],
      );
  }
  await store.pool.query('ANALYZE exchange_price, exchange_hour_kept, exchange_day_kept');
  const seconds = (performance.now() - started) / 1_000;
  console.log(`${markets * days * 1_440} prices made in ${seconds.toFixed(0)} s`);
}

/** Prices of a market that nobody asks for, in batches as 200 markets give them. */
async function writeSpeed(store: Store): Promise<number> {
  const batches = Array.from({ length: 50 }, (_, batch) =>
    Array.from({ length: 200 }, (_, row): ExchangePrice => ({
      ...{ exchange: 'written', symbol: `COIN${row}/USD`, time: START + batch * 60, price: 100 + row },
      ...{ volume: 1e6, exchangeTime: START + batch * 60, isCandle: false },
    })),
  );
  const started = performance.now();
  for (const batch of batches) await writeExchangePrices(store, batch);
  return (batches.length * 200) / ((performance.now() - started) / 1_000);
}

const fromPrices = (store: Store, step: string, end: number) =>
  store.pool.query(
    `SELECT date_bin('1 ${step}', time, '2000-01-03 00:00:00+00'), (array_agg(price ORDER BY time))[1], max(price),
       min(price), (array_agg(price ORDER BY time DESC))[1], count(*)
     FROM exchange_price WHERE exchange = $1 AND symbol = $2 AND time >= to_timestamp($3) AND time < to_timestamp($4)
     GROUP BY 1 ORDER BY 1 LIMIT ${PAGE}`,
    [...Object.values(market(3)), START, end],
  );

async function timed(look: () => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (let turn = 0; turn < LOOKS; turn++) {
    const started = performance.now();
    await look();
    took.push(performance.now() - started);
  }
  return median(took);
}
