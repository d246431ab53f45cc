import fc from 'fast-check';
import { noFaults, priceGate, type PriceFaults, type RawPrice } from './price-gate.ts';

const MARKET = { exchange: 'kraken', symbol: 'ETH/USD' };
const T0 = 1_800_000_000;

/** A gate, what it takes of a price at some seconds after the start, and what it has counted. */
function gate() {
  const faults = noFaults();
  const { take } = priceGate(MARKET, faults);
  const say = (at: number, last: number, more: Partial<RawPrice> = {}) => {
    const raw = { last, bid: undefined, ask: undefined, volume: 5, exchangeMs: (T0 + at) * 1_000, ...more };
    return take(raw, (T0 + at) * 1_000)?.price;
  };
  const counted = (): Partial<PriceFaults> =>
    Object.fromEntries(Object.entries(faults).filter(([, count]) => count > 0));
  return { say, counted, take };
}

describe('what an exchange says', () => {
  it('is refused and counted where it is no price', () => {
    const { say, counted } = gate();
    const none = [0, -1, Number.NaN, Infinity, -Infinity, 1e13, 1e-16];
    expect(none.map((price, at) => say(at, price))).toEqual(none.map(() => undefined));
    expect(say(9, 1, { last: undefined })).toBeUndefined();
    expect(counted()).toEqual({ noPrice: 8 });
  });

  it('is taken when it jumps, and refused when it cannot be, unless it goes on saying so', () => {
    const { say, counted } = gate();
    expect(say(0, 2_000)).toBe(2_000);
    expect(say(1, 1_400)).toBe(1_400);
    expect(say(2, 1)).toBeUndefined();
    expect(say(3, 1_401)).toBe(1_401);
    // A coin that does lose nearly all: the fifth time in a row it is believed.
    expect([4, 5, 6, 7, 8].map((at) => say(at, 1 + at / 100))).toEqual([
      ...[undefined, undefined, undefined, undefined],
      1.08,
    ]);
    expect(say(9, 1.1)).toBe(1.1);
    expect(counted()).toEqual({ absurd: 5 });
  });

  it('is refused when it comes twice, and taken when the same price is said anew', () => {
    const { say, counted } = gate();
    expect(say(0, 2_000)).toBe(2_000);
    expect(say(10, 2_000, { exchangeMs: T0 * 1_000 })).toBeUndefined();
    expect(say(20, 2_000)).toBe(2_000);
    // Who gives no time may well mean the same again.
    expect(say(30, 2_000, { exchangeMs: undefined })).toBe(2_000);
    expect(say(40, 2_000, { exchangeMs: undefined })).toBe(2_000);
    expect(counted()).toEqual({ repeated: 1 });
  });

  it('is refused when it is of an earlier moment, until the exchange has set its clock back', () => {
    const { say, counted } = gate();
    expect(say(100, 2_000)).toBe(2_000);
    expect(say(101, 1_990, { exchangeMs: (T0 + 50) * 1_000 })).toBeUndefined();
    expect(say(102, 2_001)).toBe(2_001);
    const back = (at: number) => say(at, 2_002, { exchangeMs: (T0 + at - 3_600) * 1_000 });
    expect([110, 130, 161].map(back)).toEqual([undefined, undefined, undefined]);
    expect(back(162)).toBe(2_002);
    expect(back(163)).toBe(2_002);
    expect(counted()).toEqual({ wentBack: 4, clockOff: 2 });
  });

  it('has our time, whatever its clock says, which is kept and counted when it is far off', () => {
    const { take, counted } = gate();
    const raw = { last: 2_000, bid: undefined, ask: undefined, volume: undefined };
    const ahead = take({ ...raw, exchangeMs: (T0 + 3_600) * 1_000 }, T0 * 1_000);
    expect(ahead).toEqual({
      ...{ ...MARKET, time: T0, price: 2_000, volume: undefined, exchangeTime: T0 + 3_600 },
      isCandle: false,
    });
    expect(counted()).toEqual({ clockOff: 1 });
  });

  it('is what is bid or asked where these have moved on since the last trade', () => {
    const { say } = gate();
    expect(say(0, 2_000, { bid: 2_010, ask: 2_020 })).toBe(2_010);
    expect(say(1, 2_000, { bid: 1_980, ask: 1_990 })).toBe(1_990);
    expect(say(2, 2_000, { bid: 1_999, ask: 2_001 })).toBe(2_000);
    // Crossed or absent, they say nothing.
    expect(say(3, 2_000, { bid: 2_020, ask: 2_010 })).toBe(2_000);
    expect(say(4, 2_000, { bid: 0, ask: 2_010 })).toBe(2_000);
  });

  it('is taken or counted once, and what is taken is a price that rises in time', () => {
    const raw = fc.record({
      last: fc.oneof(fc.double(), fc.integer({ min: 1, max: 9 }), fc.constant(undefined)),
      bid: fc.oneof(fc.double(), fc.constant(undefined)),
      ask: fc.oneof(fc.double(), fc.constant(undefined)),
      volume: fc.oneof(fc.double(), fc.constant(undefined)),
      exchangeMs: fc.oneof(fc.integer({ min: 0, max: 9e5 }), fc.constant(undefined)),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(raw, fc.integer({ min: 0, max: 9e5 }))), (said) => {
        const faults = noFaults();
        const { take } = priceGate(MARKET, faults);
        const taken = said.flatMap(([one, seenMs]) => take(one, seenMs) ?? []);
        const { noPrice, absurd, repeated, wentBack } = faults;
        expect(taken.length + noPrice + absurd + repeated + wentBack).toBe(said.length);
        for (const [row, { price, volume, time }] of taken.entries()) {
          expect(price > 0 && Number.isFinite(price)).toBe(true);
          expect(volume === undefined || (volume >= 0 && Number.isFinite(volume))).toBe(true);
          if (row > 0) expect(time).toBeGreaterThanOrEqual(taken[row - 1]!.time);
        }
      }),
    );
  });
});
