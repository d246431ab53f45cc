import fc from 'fast-check';
import { rangesOfTicks } from './ranges-of-ticks.ts';
import type { LiquidityRange, StoredTick } from './ranges-of-ticks.ts';

const rangeArb = fc
  .record({
    lowerTick: fc.integer({ min: -20, max: 19 }),
    width: fc.integer({ min: 1, max: 20 }),
    liquidity: fc.bigInt({ min: 1n, max: 10n ** 20n }),
  })
  .map(({ lowerTick, width, liquidity }): LiquidityRange => ({
    lowerTick,
    upperTick: lowerTick + width,
    liquidity,
  }));

/** What a pool stores for some positions (Tick.update). */
function ticksOf(ranges: readonly LiquidityRange[]): StoredTick[] {
  const ticks = new Map<number, { gross: bigint; net: bigint }>();
  const add = (tick: number, net: bigint, gross: bigint) => {
    const before = ticks.get(tick) ?? { gross: 0n, net: 0n };
    ticks.set(tick, { gross: before.gross + gross, net: before.net + net });
  };
  for (const { lowerTick, upperTick, liquidity } of ranges) {
    add(lowerTick, liquidity, liquidity);
    add(upperTick, -liquidity, liquidity);
  }
  return [...ticks].map(([tick, stored]) => ({ tick, ...stored })).sort((a, b) => a.tick - b.tick);
}

describe('rangesOfTicks', () => {
  test('gives back the gross and net liquidity of every tick', () => {
    fc.assert(
      fc.property(fc.array(rangeArb, { maxLength: 30 }), (positions) => {
        const ticks = ticksOf(positions);
        expect(ticksOf(rangesOfTicks(ticks)!)).toEqual(ticks);
      }),
    );
  });

  test.each([
    ['more ends than began', [{ tick: 0, gross: 5n, net: -5n }]],
    ['more begins than ends', [{ tick: 0, gross: 5n, net: 5n }]],
    ['net is more than gross', [{ tick: 0, gross: 5n, net: 7n }]],
    ['gross and net do not halve', [{ tick: 0, gross: 5n, net: 4n }]],
  ])('ticks that no pool can have are refused: %s', (_, ticks) => {
    expect(rangesOfTicks(ticks)).toBeUndefined();
  });
});
