import type { Book, TieKind } from '../book.ts';
import { isConstantAsset } from '../constant-oracle.ts';
import { legPriceUsd, ownValues } from '../value-account.ts';

/** What the accounts of one venue, or of all, have in one asset. USD at the venues' oracle prices. */
export interface Exposure {
  readonly asset: string;
  /** Collateral, longs and options held. Supply that is not collateral is left out. */
  readonly collateralUsd: number;
  /** Debt, shorts, and options written at what they must be backed by. */
  readonly debtUsd: number;
  /** Collateral less debt: above 0, these accounts lose when the asset falls. */
  readonly netUsd: number;
}

export interface ExposureAsset extends Exposure {
  readonly symbol: string;
  readonly priceUsd: number;
  /** True when every venue takes the price as given: the asset is cash, and no shock moves it. */
  readonly isFixed: boolean;
  /** Symbol of what its family stands for. */
  readonly reference: string;
  /** How it hangs on that, or on another asset of the family. */
  readonly tie: TieKind;
  /** The asset that it hangs on; undefined when it hangs on the reference itself. */
  readonly tiedTo: { readonly asset: string; readonly symbol: string } | undefined;
}

/** Venue × asset: where the same collateral is used, and where it is owed. */
export interface Exposures {
  /** Assets that some account holds or owes, largest sum of both first, a tied asset right after what it hangs on, cash last. */
  readonly assets: readonly ExposureAsset[];
  readonly venues: readonly { readonly venue: string; readonly cells: readonly Exposure[] }[];
}

/** The exposures of the modelled accounts; a cell for every venue and asset, in the order of `assets`. */
export function exposures(book: Book): Exposures {
  const { accounts, assets, legs, venues } = book;
  const values = ownValues(book);
  const collateral = venues.map(() => new Float64Array(assets.length));
  const debt = venues.map(() => new Float64Array(assets.length));
  for (let account = 0; account < accounts.count; account++) {
    const venue = accounts.venue[account]!;
    for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++) {
      const valueUsd = legs.amount[leg]! * legPriceUsd(values, leg);
      if (legs.side[leg] === -1) debt[venue]![legs.asset[leg]!]! += valueUsd;
      else if (legs.liquidationThreshold[leg]! > 0) collateral[venue]![legs.asset[leg]!]! += valueUsd;
    }
  }
  const sum = (columns: readonly Float64Array[], asset: number) =>
    columns.reduce((total, column) => total + column[asset]!, 0);
  const exposure = (asset: number, collateralUsd: number, debtUsd: number): Exposure => ({
    asset: assets[asset]!.address,
    ...{ collateralUsd, debtUsd, netUsd: collateralUsd - debtUsd },
  });
  const order = inOrder(book, (asset) => sum(collateral, asset) + sum(debt, asset));
  return {
    assets: order.map((asset) => ({
      ...exposure(asset, sum(collateral, asset), sum(debt, asset)),
      symbol: assets[asset]!.symbol,
      priceUsd: assets[asset]!.oraclePriceUsd,
      isFixed: isConstantAsset(book, asset),
      reference: book.references[assets[asset]!.reference]!.symbol,
      tie: assets[asset]!.tie.kind,
      tiedTo: nameOf(book, assets[asset]!.tie.to),
    })),
    venues: venues.map(({ id }, venue) => ({
      venue: id,
      cells: order.map((asset) => exposure(asset, collateral[venue]![asset]!, debt[venue]![asset]!)),
    })),
  };
}

function nameOf({ assets }: Book, row: number | undefined): ExposureAsset['tiedTo'] {
  const found = row === undefined ? undefined : assets[row];
  return found && { asset: found.address, symbol: found.symbol };
}

/** Rows of assets with a size, by the size of what they hang on, then by their own; cash last. */
function inOrder(book: Book, sizeOf: (asset: number) => number): number[] {
  const { assets } = book;
  const size = assets.map((_, asset) => sizeOf(asset));
  const cash = assets.map((_, asset) => Number(isConstantAsset(book, asset)));
  const rootOf = (asset: number): number => {
    let root = asset;
    // As many steps as there are assets end any chain.
    for (let step = 0; step < assets.length; step++) root = assets[root]!.tie.to ?? root;
    return root;
  };
  const root = assets.map((_, asset) => rootOf(asset));
  const family = assets.map(() => 0);
  for (const [asset, of] of root.entries()) family[of]! += size[asset]!;
  return assets
    .map((_, asset) => asset)
    .filter((asset) => size[asset]! > 0)
    .sort(
      (a, b) =>
        cash[a]! - cash[b]! ||
        family[root[b]!]! - family[root[a]!]! ||
        root[a]! - root[b]! ||
        Number(b === root[b]) - Number(a === root[a]) ||
        size[b]! - size[a]! ||
        a - b,
    );
}
