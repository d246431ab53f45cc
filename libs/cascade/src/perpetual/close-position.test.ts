import { valueMargin, type AssetRow, type Margin } from '@undertow/book';
import fc from 'fast-check';
import { liquidatableExposure } from './close-position.ts';

/** An account with long positions of whole coins at 1,000, and a margin of so much of the requirement. */
function marginOf(sizes: readonly number[], marginShare: number): Margin {
  const exposures = sizes.map((size, row) => ({
    ...{ base: undefined, notional: undefined, asset: row as AssetRow, priceUsd: 1_000 },
    ...{ size, openNotional: -1_000 * size },
  }));
  const cash = 1_000 * sizes.reduce((sum, size) => sum + size, 0) * 0.0625 * marginShare;
  const rule = { maintenanceMargin: 0.0625, leastPartialUsd: 100 };
  return { exposures, collaterals: [], cash, rule } as unknown as Margin;
}

describe('liquidatableExposure', () => {
  const found = (sizes: readonly number[], marginShare = 0.9) => {
    const margin = marginOf(sizes, marginShare);
    return liquidatableExposure(margin, valueMargin(margin));
  };

  test('is the largest position, as much of it as half of all', () => {
    expect(found([3, 10])).toMatchObject({ exposure: { size: 10 }, share: 0.65 });
    expect(found([10])).toMatchObject({ share: 0.5 });
    expect(found([10, 3], 0.4)).toMatchObject({ exposure: { size: 10 }, share: 1 });
  });

  test('the share is rounded down to millionths, as the contract has it', () => {
    expect(found([9, 2])!.share).toBe(0.611111);
    // A millionth of a millionth below the next one is below it all the same.
    expect(found([999_997, 999_999])!.share).toBe(0.999998);
    const size = fc.integer({ min: 1, max: 1_000_000 });
    fc.assert(
      fc.property(size, size, (a, b) => {
        const [large, all] = [BigInt(Math.max(a, b)), BigInt(a + b)];
        const ratioE6 = (all * 1_000_000n) / (2n * large);
        expect(Math.round(found([a, b])!.share * 1e6)).toBe(Number(ratioE6));
      }),
    );
  });
});
