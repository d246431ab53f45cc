import { black76 } from '../pricing/black-76.ts';
import { strikeArbitrages, surfaceArbitrages } from './arbitrage.ts';
import { splineValue } from './convex-spline.ts';
import { surfaceOf, type ListedOption } from './surface.ts';
import { volatilityAt } from './volatility-at.ts';
import fc from 'fast-check';

const TIME = 1_700_000_000;
const DAY = 86_400;
const FORWARD = 2_000;
const at = { time: TIME, staleSeconds: 600 };

interface Quoted {
  readonly days: number;
  readonly strikeUsd: number;
  readonly volatility: number;
}

/** An option out of the money, quoted ten seconds ago. */
function listed({ days, strikeUsd, volatility }: Quoted, change: Partial<ListedOption> = {}): ListedOption {
  return {
    isCall: strikeUsd >= FORWARD,
    strikeUsd,
    expiry: TIME + days * DAY,
    forwardUsd: FORWARD,
    quote: { volatility },
    time: TIME - 10,
    ...change,
  };
}

const STRIKES = [1_000, 1_400, 1_600, 1_800, 2_000, 2_200, 2_600, 3_200, 4_000];
/** A skewed smile that flattens with time, without arbitrage. */
const smiled = (days: number, strikeUsd: number) => {
  const k = Math.log(strikeUsd / FORWARD) / Math.sqrt(days / 365);
  return 0.7 + 0.02 * k * k - 0.03 * k;
};
const options = [7, 30, 90].flatMap((days) =>
  STRIKES.map((strikeUsd) => listed({ days, strikeUsd, volatility: smiled(days, strikeUsd) })),
);
const surface = surfaceOf(options, at);

const volatilityOf = (days: number, strikeUsd: number, of = surface) => {
  const found = volatilityAt(of, { strikeUsd, expiry: TIME + days * DAY });
  if ('reason' in found) throw new Error(found.reason);
  return found.volatility;
};

describe('volatilityAt', () => {
  test('is the given volatility at given points, exactly', () => {
    for (const days of [7, 30, 90])
      for (const strikeUsd of STRIKES) expect(volatilityOf(days, strikeUsd)).toBe(smiled(days, strikeUsd));
  });

  test('lies near the smile between strikes, and between expiries makes variance at the money linear', () => {
    for (const strikeUsd of [1_500, 1_700, 1_950, 2_100, 2_400])
      expect(Math.abs(volatilityOf(30, strikeUsd) - smiled(30, strikeUsd))).toBeLessThan(0.002);
    const variance = (days: number) => volatilityOf(days, FORWARD) ** 2 * days;
    expect(variance(60)).toBeCloseTo((variance(30) + variance(90)) / 2, 9);
    expect(variance(15)).toBeCloseTo(variance(7) + ((variance(30) - variance(7)) * 8) / 23, 9);
  });

  test('keeps prices convex in strike and growing with time wherever the given ones are', () => {
    expect(surfaceArbitrages(surface)).toEqual([]);
    const days = [7, 11, 20, 30, 47, 75, 90];
    const price = (day: number, strikeUsd: number) =>
      black76({
        isCall: true,
        forwardUsd: FORWARD,
        strikeUsd,
        years: day / 365,
        volatility: volatilityOf(day, strikeUsd),
      });
    for (let strikeUsd = 1_010; strikeUsd < 3_990; strikeUsd += 60) {
      const rows = days.map((day) => [-10, 0, 10].map((step) => price(day, strikeUsd + step)));
      for (const [low, middle, high] of rows) expect(low! + high! - 2 * middle!).toBeGreaterThan(-1e-9);
      const middles = rows.map(([, middle]) => middle!);
      middles.slice(1).forEach((usd, row) => expect(usd).toBeGreaterThan(middles[row]! - 1e-9));
    }
  });

  test('keeps prices convex where the smooth curve would not be', () => {
    // Just free of arbitrage: the middle volatility is as low as a butterfly allows.
    const bent = [1_600, 1_800, 2_000, 2_200, 2_400].map((strikeUsd, row) =>
      listed({ days: 30, strikeUsd, volatility: [0.9, 0.74, 0.6, 0.72, 0.88][row]! }),
    );
    const of = surfaceOf(bent, at);
    expect(surfaceArbitrages(of)).toEqual([]);
    expect(of.expiries[0]!.smile.isSmooth).toContain(false);
    const price = (strikeUsd: number) =>
      black76({
        isCall: true,
        forwardUsd: FORWARD,
        strikeUsd,
        years: 30 / 365,
        volatility: volatilityOf(30, strikeUsd, of),
      });
    for (let strikeUsd = 1_605; strikeUsd < 2_395; strikeUsd += 5) {
      const bend = price(strikeUsd - 5) + price(strikeUsd + 5) - 2 * price(strikeUsd);
      expect(bend).toBeGreaterThan(-1e-9);
    }
  });

  test('says how far it is beyond what is listed', () => {
    const found = (days: number, strikeUsd: number) =>
      volatilityAt(surface, { strikeUsd, expiry: TIME + days * DAY });
    expect(found(30, 3_000)).not.toHaveProperty('extrapolated');
    expect(found(30, 5_000)).toMatchObject({
      volatility: smiled(30, 4_000),
      extrapolated: { logStrike: expect.closeTo(Math.log(1.25), 12), seconds: 0 },
    });
    expect(found(3, 2_000)).toMatchObject({
      volatility: smiled(7, 2_000),
      extrapolated: { logStrike: 0, seconds: 4 * DAY },
    });
    expect(found(100, 500)).toMatchObject({
      volatility: smiled(90, 1_000),
      extrapolated: { logStrike: expect.closeTo(Math.log(2), 12), seconds: 10 * DAY },
    });
  });

  test('says how old its quotes are', () => {
    const old = options.map((option) =>
      option.strikeUsd === 2_200 ? { ...option, time: TIME - 700 } : option,
    );
    const of = surfaceOf(old, at);
    expect(of.stale).toHaveLength(3);
    const ages = [2_000, 2_100, 2_300, 3_000].map((strikeUsd) =>
      volatilityAt(of, { strikeUsd, expiry: TIME + 30 * DAY }),
    );
    expect(ages).toMatchObject([
      { oldestSeconds: 10, isStale: false },
      { oldestSeconds: 700, isStale: true },
      { oldestSeconds: 700, isStale: true },
      { oldestSeconds: 10, isStale: false },
    ]);
  });

  test('follows the forwards, between expiries by their growth', () => {
    const forwards = [2_000, 2_100].map((forwardUsd, row) =>
      listed({ days: [30, 90][row]!, strikeUsd: 2_000, volatility: 0.5 }, { forwardUsd }),
    );
    const found = volatilityAt(surfaceOf(forwards, at), { strikeUsd: 2_000, expiry: TIME + 60 * DAY });
    expect(found).toMatchObject({ forwardUsd: expect.closeTo(Math.sqrt(2_000 * 2_100), 9) });
  });

  test('answers with a reason where there is nothing to say', () => {
    const expiry = TIME + 30 * DAY;
    const reason = (of: readonly ListedOption[], strikeUsd = 2_000, time = expiry) =>
      volatilityAt(surfaceOf(of, at), { strikeUsd, expiry: time });
    expect(reason([])).toEqual({ reason: 'no listed option says a volatility' });
    expect(reason(options, 0)).toEqual({ reason: 'a strike of 0 has no volatility' });
    expect(reason(options, 2_000, TIME)).toEqual({ reason: 'the option is expired' });
  });
});

describe('surfaceOf', () => {
  test('takes the option out of the money, or the other one where that says nothing', () => {
    const twins = [1_800, 2_200, 2_400].flatMap((strikeUsd) =>
      [true, false].map((isCall) =>
        listed({ days: 30, strikeUsd, volatility: isCall ? 0.5 : 0.6 }, { isCall }),
      ),
    );
    const silent = { ...twins[4]!, quote: { volatility: 0 } };
    const of = surfaceOf([...twins.slice(0, 4), silent, twins[5]!], at);
    expect(of.expiries[0]!.points.map(({ volatility }) => volatility)).toEqual([0.6, 0.5, 0.6]);
    expect(of.left).toEqual([{ option: silent, reason: 'its volatility is 0' }]);
  });

  test('reads volatilities from prices, and says why one has none', () => {
    const priced = (priceUsd: number) =>
      listed({ days: 30, strikeUsd: 2_200, volatility: 0 }, { quote: { priceUsd } });
    const years = 30 / 365;
    const price = black76({ isCall: true, forwardUsd: FORWARD, strikeUsd: 2_200, years, volatility: 0.65 });
    const of = surfaceOf([priced(price)], at);
    expect(of.expiries[0]!.points[0]!.volatility).toBeCloseTo(0.65, 12);
    expect(surfaceOf([priced(3_000)], at).left[0]!.reason).toMatch(/not below 2000/);
    const gone = listed({ days: -1, strikeUsd: 2_000, volatility: 0.5 });
    expect(surfaceOf([gone], at).left).toEqual([{ option: gone, reason: 'expired' }]);
  });
});

describe('surfaceArbitrages', () => {
  test('names the strikes and expiries', () => {
    const bad = options.map((option) => {
      const is = (days: number, strikeUsd: number) =>
        option.expiry === TIME + days * DAY && option.strikeUsd === strikeUsd;
      if (is(30, 2_200)) return { ...option, quote: { volatility: 0.95 } };
      return is(90, 1_600) ? { ...option, quote: { volatility: 0.4 } } : option;
    });
    const found = surfaceArbitrages(surfaceOf(bad, at));
    const butterflies = found.filter(({ kind }) => kind === 'butterfly');
    expect(butterflies[0]).toMatchObject({ expiry: TIME + 30 * DAY, strikesUsd: [2_000, 2_200, 2_600] });
    const calendars = found.filter(({ kind }) => kind === 'calendar');
    expect(calendars).toContainEqual(
      expect.objectContaining({ expiries: [TIME + 30 * DAY, TIME + 90 * DAY], strikesUsd: [1_600, 1_600] }),
    );
  });

  test('of quotes counts only what can be bought and sold', () => {
    const quote = (strikeUsd: number, bidUsd: number, askUsd: number) => ({ strikeUsd, bidUsd, askUsd });
    const of = { expiry: 1, forwardUsd: 100 };
    const wide = [quote(90, 11, 14), quote(100, 6.5, 8), quote(110, 0, Infinity)];
    expect(strikeArbitrages(wide, of)).toEqual([]);
    const sold = [quote(90, 11, 12), quote(100, 8, 9), quote(110, 2, 3)];
    expect(strikeArbitrages(sold, of)).toEqual([
      { kind: 'butterfly', expiry: 1, strikesUsd: [90, 100, 110], gainUsd: 0.5 },
    ]);
    expect(strikeArbitrages([quote(90, 4, 5), quote(100, 6, 7)], of)).toMatchObject([
      { kind: 'vertical', strikesUsd: [90, 100], gainUsd: 1 },
    ]);
    expect(strikeArbitrages([quote(90, 20, 21), quote(100, 7, 8)], of)).toMatchObject([
      { kind: 'vertical', gainUsd: 2 },
    ]);
  });
});

describe('splineValue', () => {
  const slopes = fc.double({ min: 0.01, max: 5, noNaN: true });

  test('goes through its ends and is convex between them wherever the slopes allow it', () => {
    fc.assert(
      fc.property(slopes, slopes, fc.double({ min: -3, max: 3, noNaN: true }), (below, above, secant) => {
        const segment = {
          from: 1,
          to: 2,
          valueFrom: 0,
          valueTo: secant,
          slopeFrom: secant - below,
          slopeTo: secant + above,
        };
        expect(splineValue(segment, 1)).toBeCloseTo(0, 9);
        expect(splineValue(segment, 2)).toBeCloseTo(secant, 9);
        for (let x = 1.05; x < 1.96; x += 0.1) {
          const bend =
            splineValue(segment, x - 0.05) + splineValue(segment, x + 0.05) - 2 * splineValue(segment, x);
          expect(bend).toBeGreaterThan(-1e-9);
        }
      }),
    );
  });
});
