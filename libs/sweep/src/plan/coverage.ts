import { exposures, type Book, type ExposureAsset } from '@undertow/book';
import type { OpenedPlan } from './open-plan.ts';

/** How much of a book's value a plan moves. USD at the venues' oracle prices. */
export interface PlanCoverage {
  readonly collateral: MovedValue;
  readonly debt: MovedValue;
  /** Assets that no factor moves and that are no dollars, largest first: they stand still in every scenario. */
  readonly still: readonly StillAsset[];
  /** Factors that the book does not have. */
  readonly unused: readonly string[];
}

export interface MovedValue {
  /** Of assets that a factor moves: themselves, what they hang on, or their reference. */
  readonly movedUsd: number;
  /** Of assets that stand for the dollar, and that no factor moves: all money is counted in it. */
  readonly dollarUsd: number;
  /** Of the rest. */
  readonly stillUsd: number;
  /** Moved ÷ (moved + still); 1 where there is neither. */
  readonly share: number;
}

export interface StillAsset {
  readonly asset: string;
  readonly symbol: string;
  readonly collateralUsd: number;
  readonly debtUsd: number;
}

/** What a plan moves of a book, and what it leaves standing. */
export function planCoverage({ factors, unused }: OpenedPlan, book: Book): PlanCoverage {
  const { assets } = exposures(book);
  const references = new Set(factors.flatMap((move) => (move.kind === 'reference' ? [move.symbol] : [])));
  const named = new Set(
    factors.flatMap((move) => ('asset' in move && move.asset !== undefined ? [move.asset as string] : [])),
  );
  const hasMoved = movedBy(book, named);
  const groups = assets.map((asset) => {
    const isMoved = references.has(asset.reference) || hasMoved(asset.asset);
    return { asset, group: isMoved ? 'moved' : asset.reference === 'USD' ? 'dollar' : 'still' } as const;
  });
  const valueOf = (value: (asset: ExposureAsset) => number): MovedValue => {
    const sum = (wanted: (typeof groups)[number]['group']) =>
      groups.reduce((total, { asset, group }) => total + (group === wanted ? value(asset) : 0), 0);
    const [movedUsd, stillUsd] = [sum('moved'), sum('still')];
    const all = movedUsd + stillUsd;
    return { movedUsd, dollarUsd: sum('dollar'), stillUsd, share: all > 0 ? movedUsd / all : 1 };
  };
  const still = groups.flatMap(({ asset, group }) => (group === 'still' ? [asset] : []));
  return {
    collateral: valueOf(({ collateralUsd }) => collateralUsd),
    debt: valueOf(({ debtUsd }) => debtUsd),
    still: still
      .toSorted((a, b) => b.collateralUsd + b.debtUsd - a.collateralUsd - a.debtUsd)
      .map(({ asset, symbol, collateralUsd, debtUsd }) => ({ asset, symbol, collateralUsd, debtUsd })),
    unused,
  };
}

/** Whether an asset, or one that it hangs on, is named. */
function movedBy({ assets }: Book, named: ReadonlySet<string>): (address: string) => boolean {
  const rows = new Map<string, number>(assets.map(({ address }, row) => [address, row]));
  return (address) => {
    let row = rows.get(address);
    while (row !== undefined) {
      if (named.has(assets[row]!.address)) return true;
      row = assets[row]!.tie.to;
    }
    return false;
  };
}
