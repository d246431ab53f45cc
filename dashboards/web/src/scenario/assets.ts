import type { Shock } from './scenario.ts';

export interface KnownAsset {
  readonly asset: string;
  readonly symbol: string;
  readonly priceUsd: number;
  /** The asset whose price moves this one's; a shock to this one is then one to the ratio of the two. */
  readonly derivedFrom: { readonly asset: string; readonly symbol: string } | null;
}

/** How a link names an asset: by its symbol where only one has it and a link can hold it, else by its address. */
export function linkName(asset: KnownAsset, known: readonly KnownAsset[]): string {
  const twins = known.filter(({ symbol }) => symbol.toLowerCase() === asset.symbol.toLowerCase());
  return twins.length === 1 && /^[\w.-]+$/.test(asset.symbol) ? asset.symbol : asset.asset;
}

/** The known asset that a shock names by address or symbol; undefined when none or several have it. */
export function assetOf(shock: Shock, known: readonly KnownAsset[]): KnownAsset | undefined {
  const name = shock.asset.toLowerCase();
  const byAddress = known.find(({ asset }) => asset.toLowerCase() === name);
  if (byAddress) return byAddress;
  const bySymbol = known.filter(({ symbol }) => symbol.toLowerCase() === name);
  return bySymbol.length === 1 ? bySymbol[0] : undefined;
}

/**
 * Price right after the shocks ÷ price before, as the engine has it: (1 + own shock) × the factor of what it is derived
 * from. So a fall of WETH moves all that hangs on it, and a shock to a derived asset comes on top (a depeg).
 */
export function shockFactor(
  asset: KnownAsset,
  shocks: readonly Shock[],
  known: readonly KnownAsset[],
): number {
  const ratios = new Map(shocks.map((shock) => [assetOf(shock, known)?.asset, shock.ratio]));
  let factor = 1;
  let at: KnownAsset | undefined = asset;
  // As many steps as there are assets end any chain.
  for (let step = 0; at && step < known.length; step++) {
    factor *= 1 + (ratios.get(at.asset) ?? 0);
    const base: string | undefined = at.derivedFrom?.asset;
    at = known.find((one) => one.asset === base);
  }
  return factor;
}

/**
 * Ready-made scenarios that risk desks speak of. Stable means priced within 5 % of one dollar. Only assets with a price
 * of their own are named: what is derived from them moves with them, and naming it too would move it twice.
 */
export function presets(known: readonly KnownAsset[]): { name: string; shocks: readonly Shock[] }[] {
  const isStable = ({ priceUsd }: KnownAsset) => Math.abs(priceUsd - 1) <= 0.05;
  const all = (assets: readonly KnownAsset[], ratio: number) =>
    assets.map((asset) => ({ asset: linkName(asset, known), ratio }));
  const own = known.filter(({ derivedFrom }) => derivedFrom === null);
  const [volatile, stable] = [own.filter((asset) => !isStable(asset)), own.filter(isStable)];
  const [onlyStable] = stable;
  return [
    { name: 'Broad downturn −20 %', shocks: all(volatile, -0.2) },
    { name: 'Broad downturn −40 %', shocks: all(volatile, -0.4) },
    { name: `${stable.length === 1 ? onlyStable?.symbol : 'Stablecoins'} −10 %`, shocks: all(stable, -0.1) },
    { name: 'Rally +30 %', shocks: all(volatile, 0.3) },
  ].filter(({ shocks }) => shocks.length > 0);
}
