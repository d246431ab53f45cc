import { vaultRatioWad } from './ratio.ts';

describe('ratios of derived assets', () => {
  test('a share of 1.15 is worth 1.15 of the asset, whatever its decimals', () => {
    expect(vaultRatioWad(1_150_000_000_000_000_000n, 18)).toBe(1_150_000_000_000_000_000n);
    expect(vaultRatioWad(1_150_000n, 6)).toBe(1_150_000_000_000_000_000n);
    expect(vaultRatioWad(115n * 10n ** 75n, 77)).toBe(1_150_000_000_000_000_000n);
    expect(vaultRatioWad(3n, 0)).toBe(3n * 10n ** 18n);
  });
});
