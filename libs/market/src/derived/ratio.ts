import { WAD } from '@undertow/units';

/**
 * Whole units of the asset that one whole share of a vault stands for, wad: the raw assets that the vault gives for one
 * whole share (which it floors), scaled to 18 decimals. Assets with more than 18 decimals are floored once more.
 * Source: ERC-4626 `convertToAssets`.
 */
export function vaultRatioWad(assetsPerShare: bigint, assetDecimals: number): bigint {
  return (assetsPerShare * WAD) / 10n ** BigInt(assetDecimals);
}
