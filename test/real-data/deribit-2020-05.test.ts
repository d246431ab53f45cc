import {
  black76,
  black76Greeks,
  impliedVolatility,
  SECONDS_PER_YEAR,
  strikeArbitrages,
  surfaceArbitrages,
  surfaceOf,
  volatilityAt,
  type ListedOption,
} from '@undertow/margin';
import { group } from 'd3-array';
import { describeWithData, rowsOf } from './real-file.ts';

// 326 options on BTC as an exchange listed them within three minutes of 2020-05-21, with its own prices and Greeks. It
// prices by Black-76 in BTC: a price is the option's value ÷ the forward.

interface Listed {
  readonly option: {
    readonly isCall: boolean;
    readonly forwardUsd: number;
    readonly strikeUsd: number;
    readonly years: number;
  };
  readonly volatility: number;
  /** In BTC. */
  readonly markPrice: number;
  readonly greeks: Readonly<Record<'delta' | 'gamma' | 'vega' | 'theta', number>>;
}

const listed = (): readonly Listed[] =>
  rows().map((row) => ({
    option: {
      isCall: row.option_type === 'call',
      forwardUsd: Number(row.underlying_price),
      strikeUsd: Number(row.strike),
      years: (Number(row.expiration_timestamp) - Number(row.timestamp)) / 1_000 / SECONDS_PER_YEAR,
    },
    volatility: Number(row.mark_iv) / 100,
    markPrice: Number(row.mark_price),
    greeks: JSON.parse(row.greeks!.replaceAll("'", '"')) as Listed['greeks'],
  }));

/** When the last of them was read, unix seconds. */
const AT = { time: 1_590_103_355, staleSeconds: 600 };

const rows = () => rowsOf('deribit-option-snapshots/deribit_btc_2020-05-21_full_book_greeks.csv');

const listedOptions = (): readonly ListedOption[] =>
  rows().map((row) => ({
    isCall: row.option_type === 'call',
    strikeUsd: Number(row.strike),
    expiry: Number(row.expiration_timestamp) / 1_000,
    forwardUsd: Number(row.underlying_price),
    quote: { volatility: Number(row.mark_iv) / 100 },
    time: Number(row.timestamp) / 1_000,
  }));

/** Best bids and asks as prices of calls, USD: those of puts by parity. */
const quotedRows = () =>
  rows().map((row) => {
    const strikeUsd = Number(row.strike);
    const forwardUsd = Number(row.underlying_price);
    const parity = row.option_type === 'call' ? 0 : forwardUsd - strikeUsd;
    const [bid, ask] = [Number(row.best_bid_price), Number(row.best_ask_price)];
    return {
      expiry: Number(row.expiration_timestamp) / 1_000,
      strikeUsd,
      forwardUsd,
      bidUsd: Math.max(0, bid * forwardUsd + parity),
      askUsd: ask > 0 ? ask * forwardUsd + parity : Infinity,
    };
  });

const sorted = (values: readonly number[]) => values.toSorted((a, b) => a - b);
const median = (values: readonly number[]) => sorted(values)[values.length >> 1]!;

describeWithData('deribit-option-snapshots', () => {
  test('mark prices to a median of 4e-6 BTC, deltas to 1e-4, vegas to 1.6e-3, thetas to a median of 3.5e-4', () => {
    const options = listed();
    expect(options).toHaveLength(326);
    const off = options.map(({ option, volatility, markPrice, greeks: said }) => {
      const found = black76Greeks({ ...option, volatility });
      return {
        price: Math.abs(black76({ ...option, volatility }) / option.forwardUsd - markPrice),
        delta: Math.abs(found.delta - said.delta),
        gamma: Math.abs(found.gamma - said.gamma),
        // The exchange says vega per percentage point and theta per day.
        vega: Math.abs(found.vega / 100 - said.vega),
        theta: Math.abs(found.theta / 365 - said.theta),
      };
    });
    expect(median(off.map(({ price }) => price))).toBeLessThan(4e-6);
    expect(Math.max(...off.map(({ price }) => price))).toBeLessThan(2.5e-4);
    expect(Math.max(...off.map(({ delta }) => delta))).toBeLessThan(1.05e-4);
    expect(Math.max(...off.map(({ gamma }) => gamma))).toBeLessThan(1e-5);
    expect(Math.max(...off.map(({ vega }) => vega))).toBeLessThan(1.65e-3);
    expect(median(off.map(({ theta }) => theta))).toBeLessThan(3.6e-4);
  });

  test('the volatility of every price is found again, and that of printed marks as far as their digits say it', () => {
    const offs: number[] = [];
    for (const { option, volatility, markPrice, greeks } of listed()) {
      // In the money most of a price is intrinsic value, which leaves few digits for the volatility: taken as its twin.
      const twin = { ...option, isCall: option.strikeUsd > option.forwardUsd };
      const again = impliedVolatility({ ...twin, priceUsd: black76({ ...twin, volatility }) });
      expect(again).toEqual({ volatility: expect.closeTo(volatility, 12) });
      const printed = impliedVolatility({ ...option, priceUsd: markPrice * option.forwardUsd });
      // What the forward's and the mark's own rounding is worth in volatility.
      const digits = (1e-4 * option.forwardUsd) / (greeks.vega * 100);
      if ('reason' in printed) expect(digits).toBeGreaterThan(0.2);
      else offs.push(Math.abs(printed.volatility - volatility));
    }
    expect(offs).toHaveLength(302);
    expect(median(offs)).toBeLessThan(1e-4);
  });

  test('the surface goes through all listed volatilities', () => {
    const options = listedOptions();
    const surface = surfaceOf(options, AT);
    expect({ expiries: surface.expiries.length, left: surface.left, stale: surface.stale }).toEqual({
      expiries: 7,
      left: [],
      stale: [],
    });
    for (const { expiry, points } of surface.expiries)
      for (const { strikeUsd, volatility } of points)
        expect(volatilityAt(surface, { strikeUsd, expiry })).toEqual(
          expect.objectContaining({ volatility, isStale: false }),
        );
    for (const { expiry, points } of surface.expiries)
      points.slice(1).forEach(({ strikeUsd }, row) => {
        const between = volatilityAt(surface, {
          strikeUsd: (points[row]!.strikeUsd + strikeUsd) / 2,
          expiry,
        });
        expect(between).toEqual(expect.not.objectContaining({ extrapolated: expect.anything() }));
        expect(between).toHaveProperty('volatility');
      });
  });

  test('its marks hold eight small arbitrages between strikes and none between expiries', () => {
    const found = surfaceArbitrages(surfaceOf(listedOptions(), AT));
    const named = found.map((one) =>
      one.kind === 'calendar'
        ? one.kind
        : [one.kind, new Date(one.expiry * 1_000).toISOString().slice(5, 10), ...one.strikesUsd].join(' '),
    );
    expect(named).toEqual([
      'butterfly 05-23 9750 9875 10000',
      'butterfly 05-29 5500 6000 6500',
      'butterfly 05-29 12000 12500 13000',
      'butterfly 06-05 11250 11500 11750',
      'butterfly 06-05 12000 12250 12500',
      'butterfly 06-26 20000 22000 24000',
      'butterfly 06-26 26000 28000 30000',
      'vertical 06-26 30000 32000',
    ]);
    for (const one of found) if (one.kind !== 'calendar') expect(one.gainUsd).toBeLessThan(1.5);
  });

  test('no bid and ask of it can be taken for a gain', () => {
    const found = [...group(quotedRows(), ({ expiry }) => expiry)].flatMap(([expiry, rows]) => {
      const strikes = [...group(rows, ({ strikeUsd }) => strikeUsd)].map(([strikeUsd, both]) => ({
        strikeUsd,
        bidUsd: Math.max(...both.map(({ bidUsd }) => bidUsd)),
        askUsd: Math.min(...both.map(({ askUsd }) => askUsd)),
      }));
      return strikeArbitrages(
        strikes.sort((one, other) => one.strikeUsd - other.strikeUsd),
        { expiry, forwardUsd: rows[0]!.forwardUsd },
      );
    });
    expect(found).toEqual([]);
  });
});
