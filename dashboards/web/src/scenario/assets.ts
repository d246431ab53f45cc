import type { Shock } from './scenario.ts';

export interface KnownAsset {
  readonly asset: string;
  readonly symbol: string;
  readonly priceUsd: number;
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

/** Ready-made scenarios that risk desks speak of. Stable means priced within 5 % of one dollar. */
export function presets(known: readonly KnownAsset[]): { name: string; shocks: readonly Shock[] }[] {
  const isStable = ({ priceUsd }: KnownAsset) => Math.abs(priceUsd - 1) <= 0.05;
  const all = (assets: readonly KnownAsset[], ratio: number) =>
    assets.map((asset) => ({ asset: linkName(asset, known), ratio }));
  const [volatile, stable] = [known.filter((asset) => !isStable(asset)), known.filter(isStable)];
  return [
    { name: 'Broad downturn −20 %', shocks: all(volatile, -0.2) },
    { name: 'Broad downturn −40 %', shocks: all(volatile, -0.4) },
    { name: 'Stablecoins −10 %', shocks: all(stable, -0.1) },
    { name: 'Rally +30 %', shocks: all(volatile, 0.3) },
  ].filter(({ shocks }) => shocks.length > 0);
}
