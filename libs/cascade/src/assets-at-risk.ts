import type { AssetRow, Book } from '@undertow/book';

/**
 * Addresses of the assets whose fall may take backing from some account, in the order of the book: what accounts have as
 * collateral or hold as positions, what options are written on, and whatever those are derived from. What a venue takes
 * at a fixed price cannot fall there.
 */
export function assetsAtRisk({ assets, legs, instruments, oracles }: Book): string[] {
  const found = new Set<AssetRow>();
  const add = (row: AssetRow | undefined) => {
    for (let at = row; at !== undefined && !found.has(at); at = assets[at]!.derivedFrom?.asset) found.add(at);
  };
  for (let leg = 0; leg < legs.count; leg++) {
    const canFall = !oracles[legs.oracle[leg]!]!.isFixed;
    if (legs.liquidationThreshold[leg]! > 0 && canFall) add(legs.asset[leg]! as AssetRow);
    const instrument = instruments[legs.instrument[leg]!];
    if (instrument) add(oracles[instrument.underlying]!.asset);
  }
  return assets.filter((_, row) => found.has(row as AssetRow)).map(({ address }) => address);
}
