import {
  between,
  estimateDelay,
  expectedAnswers,
  flagsOf,
  jumpCoverage,
  learnPolicy,
  matchTimes,
  missedAnswers,
  priceSeries,
  readAnswers,
  readFeed,
  type MarketBar,
  type PriceSeries,
} from '@undertow/lag';
import { describeWithData, rowsOf, sumOf } from './real-file.ts';

const seconds = (text: string) =>
  Date.parse(text.endsWith('Z') || text.includes('+') ? text : `${text}Z`) / 1_000;

describeWithData('maker-black-thursday', () => {
  it('has an oracle that runs 60 to 75 minutes late, to half a percent', () => {
    const answers = priceSeries(
      rowsOf('maker-black-thursday/osm_logvalue_events.csv')
        .filter((row) => row['ts_interp'] !== '')
        .map((row) => ({ time: Number(row['ts_interp']), price: Number(row['osm_effective_price_ethusd']) })),
    ).series;
    const market = priceSeries(
      rowsOf('maker-black-thursday/ethusd_daiusd_5min_santiment.csv').map((row) => ({
        time: seconds(row['datetime_utc']!),
        price: Number(row['ethusd']),
      })),
    ).series;
    const delay = estimateDelay(answers, market, {
      from: 0,
      to: Infinity,
      shiftsSeconds: Array.from({ length: 37 }, (_, row) => row * 300),
    })!;
    expect(delay.delaySeconds / 60).toBeGreaterThan(60);
    expect(delay.delaySeconds / 60).toBeLessThan(75);
    expect(delay.bandSeconds[0] / 60).toBeGreaterThan(55);
    expect(delay.bandSeconds[1] / 60).toBeLessThan(80);
    expect(Math.abs(delay.error - 0.0048)).toBeLessThan(0.0001);
    expect(delay.errorWithoutDelay).toBeGreaterThan(0.0064);
  });
});

describeWithData('chainlink-rounds', () => {
  const rounds = () =>
    priceSeries(
      rowsOf('chainlink-rounds/eth_usd_2023-04_2024-01.csv.gz').map((row) => ({
        time: Number(row['updated_at']),
        price: Number(row['price']),
      })),
    ).series;

  const bars = (): MarketBar[] =>
    rowsOf('prices-1min-perp-2023-07_08/ETHUSDT_perp_1m.csv.gz').map((row) => ({
      time: seconds(row['date']!),
      open: Number(row['open']),
      high: Number(row['high']),
      low: Number(row['low']),
      close: Number(row['close']),
    }));

  it('of ETH come by a clock of their own and half a percent; those of July and August follow from other months and the market', () => {
    const all = rounds();
    const minutes = bars();
    const from = minutes[0]!.time;
    const to = minutes.at(-1)!.time + 60;
    // Fitted on the months after those that are foretold.
    const policy = learnPolicy(between(all, to, Infinity));
    expect(policy.clocks.map(({ periodSeconds }) => periodSeconds)).toEqual([3_600, 86_400]);
    expect(policy.threshold).toBeCloseTo(0.005, 4);

    const seen = between(all, from, to).times;
    expect(seen).toHaveLength(1_346);
    const expected = expectedAnswers(policy, minutes, { barSeconds: 60 });
    expect(Math.abs(expected.length / 1_346 - 1)).toBeLessThan(0.03);
    const matched = matchTimes(
      expected.map(({ time }) => time),
      seen,
      60,
    );
    expect(matched.recall).toBeGreaterThanOrEqual(0.9);
    expect(matched.precision).toBeGreaterThanOrEqual(0.9);

    // The naive rule: half a percent of closes, and an hour from the last answer.
    const naive = expectedAnswers({ threshold: 0.005, heartbeatSeconds: 3_600, clocks: [] }, minutes, {
      barSeconds: 60,
      reach: 0,
    });
    const naively = matchTimes(
      naive.map(({ time }) => time),
      seen,
      60,
    );
    expect(Math.abs(naive.length - 1_169)).toBeLessThanOrEqual(5);
    expect(naively.recall).toBeLessThan(0.5);

    // Held to its rule: by minutes, and by readings five minutes apart as the monitor has them.
    const closes = minutes.map(({ time, close }) => ({ time: time + 60, price: close }));
    const [byMinute, byReading] = [closes, closes.filter((_, row) => row % 5 === 0)].map((market) => {
      const feed = { answers: all, market: priceSeries(market).series, policy };
      return { ...missedAnswers(feed, from, to)!, ...jumpCoverage(feed, { from, to })! };
    });
    for (const { missed, jumps, coverage } of [byMinute!, byReading!]) {
      expect(missed).toBeLessThanOrEqual(10);
      expect(jumps).toBeGreaterThan(20);
      expect(coverage).toBe(1);
    }
    print('Chainlink ETH / USD, rounds of 2023-07-03 to 08-17', {
      seen: seen.length,
      expected: expected.length,
      within60s: matched.recall,
      naive: naive.length,
      naiveWithin60s: naively.recall,
      closesOnly: expectedAnswers(policy, minutes, { barSeconds: 60, reach: 0 }).length,
      missedByMinute: byMinute!.missed,
      missedByReading: byReading!.missed,
      jumpsByMinute: byMinute!.jumps,
      jumpsByReading: byReading!.jumps,
      wholeSpikes: expectedAnswers(policy, minutes, { barSeconds: 60, reach: 1 }).length,
    });
  });

  it('of other feeds have the thresholds that are published', () => {
    const of = (file: string): PriceSeries =>
      priceSeries(
        rowsOf(`chainlink-rounds/${file}`).map((row) => ({
          time: Number(row['updated_at'] ?? row['updatedAt']),
          price: Number(row['price']),
        })),
      ).series;
    const steth = learnPolicy(of('steth_eth_2022-01_2024-01.csv.gz'));
    const usdc = learnPolicy(of('usdc_usd_2021-02_2022-11.csv'));
    expect(steth.threshold).toBeCloseTo(0.005, 4);
    expect(usdc.threshold).toBeCloseTo(0.0025, 4);
    for (const { heartbeatSeconds } of [steth, usdc]) expect(Math.round(heartbeatSeconds! / 3_600)).toBe(24);
  });

  /** A feed of the public rounds over months in which nothing is known to have been wrong with it. */
  interface QuietFeed {
    readonly name: string;
    readonly file: string;
    readonly from: string;
    readonly to: string;
    /** Closes by the hour; without them only its age can be told. */
    readonly market?: string;
  }

  it.each<QuietFeed>([
    {
      name: 'ETH / USD',
      file: 'eth_usd_2023-04_2024-01.csv.gz',
      from: '2023-04-05T00:00',
      to: '2024-01-29T00:00',
      market: 'ETHUSDT',
    },
    {
      name: 'USDC / USD',
      file: 'usdc_usd_2021-02_2022-11.csv',
      from: '2021-06-01T00:00',
      to: '2022-04-01T00:00',
      market: 'USDCUSDT',
    },
    {
      name: 'USDT / USD',
      file: 'usdt_usd_2021-02_2022-11.csv',
      from: '2021-06-01T00:00',
      to: '2022-04-01T00:00',
    },
    {
      name: 'stETH / ETH',
      file: 'steth_eth_2022-01_2024-01.csv.gz',
      from: '2023-04-01T00:00',
      to: '2024-01-28T00:00',
    },
  ])(
    '$name raises no more than one false flag in any of ten quiet months',
    ({ name, file, from, to, market: coin }) => {
      const answers = priceSeries(
        rowsOf(`chainlink-rounds/${file}`).map((row) => ({
          time: Number(row['updated_at'] ?? row['updatedAt']),
          price: Number(row['price']),
        })),
      ).series;
      const market = priceSeries(
        (coin === undefined ? [] : rowsOf(`prices-hourly-binance-2021-2025/${coin}_1h_close.csv.gz`)).map(
          (row) => ({
            // A close is known at the end of its hour.
            time: seconds(row['open_time']!.replace(' ', 'T')) + 3_600,
            price: Number(row['close']),
          }),
        ),
      ).series;
      const policy = learnPolicy(answers);
      // At full hours, when a close has just been said.
      const [first, last] = [
        Math.ceil(Math.max(seconds(from), answers.times[0]!) / 3_600) * 3_600,
        seconds(to),
      ];
      const readings = Array.from({ length: Math.floor((last - first) / 3_600) }, (_, hour) => {
        const time = first + hour * 3_600;
        const { values } = readFeed({ answers, market, policy }, time, { marketHoldsSeconds: 3_600 });
        return { time, values: { ...values, ...readAnswers(answers, undefined, time) } };
      });
      const flags = flagsOf(readings);
      const byMonth = new Map<string, number>();
      for (const { start } of flags) {
        const month = new Date(start * 1_000).toISOString().slice(0, 7);
        byMonth.set(month, (byMonth.get(month) ?? 0) + 1);
      }
      const months = (last - first) / (30.44 * 86_400);
      expect(months).toBeGreaterThan(9.5);
      print(`Chainlink ${name}, flags of ten quiet months`, {
        measured:
          coin === undefined ? 'age and spikes: no market in the files' : `age, spikes, and against ${coin}`,
        readings: readings.length,
        flags: flags.length,
        byMonth: Object.fromEntries(byMonth),
        kinds: flags.map(({ kind, peak }) => `${kind} ${peak.toFixed(3)}`),
      });
      expect(Math.max(0, ...byMonth.values())).toBeLessThanOrEqual(1);
    },
  );
});

describeWithData('morpho-xusd-deusd-2025-11', () => {
  it('has a hard-coded oracle that is found out within two hours of the market leaving it, with the debt that hangs on it', () => {
    const market = priceSeries(
      rowsOf('morpho-xusd-deusd-2025-11/block5_asset_prices.csv.gz')
        .filter((row) => row['symbol'] === 'xUSD')
        .map((row) => ({ time: Number(row['timestamp']), price: Number(row['price_usd']) })),
    ).series;
    const configs = rowsOf('morpho-xusd-deusd-2025-11/block5_oracle_configs.csv.gz').filter(
      (row) => row['collateral_symbol'] === 'xUSD' && Number(row['oracle_price_raw']) > 0,
    );
    const answer = Number(configs[1]!['oracle_price_raw']) / 1e36;
    const answers = priceSeries([{ time: market.times[0]!, price: answer }]).series;
    const policy = { threshold: undefined, heartbeatSeconds: undefined, clocks: [] };
    const readings = [...market.times].map((time) =>
      readFeed({ answers, market, policy, hasTimestamp: false }, time),
    );
    const left = market.times.find((_, row) => Math.abs(market.prices[row]! / answer - 1) >= 0.05)!;
    const flags = flagsOf(readings);
    const decoupled = flags.find(({ kind }) => kind === 'decoupled')!;
    const deviating = flags.find(({ kind, severity }) => kind === 'deviating' && severity === 'critical')!;
    for (const flag of [decoupled, deviating]) {
      expect(flag.severity).toBe('critical');
      expect(flag.raisedAt - left).toBeLessThanOrEqual(2 * 3_600);
    }
    expect(deviating.end).toBeUndefined();
    const debt = sumOf(configs, (row) => Number(row['borrow_assets_usd']));
    print('Morpho xUSD', {
      answer,
      market: market.prices.at(-1),
      leftAt: new Date(left * 1_000).toISOString(),
      decoupledAt: new Date(decoupled.raisedAt * 1_000).toISOString(),
      debtUsd: debt,
    });
    expect(debt).toBeCloseTo(4_969_303.77, 1);
  });
});

/** Figures that the reader of a test run should see. */
function print(title: string, figures: Readonly<Record<string, unknown>>): void {
  process.stderr.write(`${title}: ${JSON.stringify(figures)}\n`);
}
