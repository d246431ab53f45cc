import type { Grouped } from '../table/columns.ts';
import type { SweepTable } from '../table/sweep-table.ts';
import type { Levels } from './distribution.ts';
import { atRisk, meanOf, weighted, type AtRisk } from './tail.ts';

/** Takes of a column the rows whose results are there. */
export type Rows = (column: Float64Array) => Float64Array;

/** Loss of one part of a book over scenarios. USD. */
export interface PartLoss {
  readonly meanLossUsd: number;
  readonly loss: readonly AtRisk[];
  /** To the expected shortfall of the whole: the part's mean loss in the scenarios that are worst for all. They add up to it. */
  readonly contributionUsd: number;
}

export interface VenuePart extends PartLoss {
  readonly venue: string;
  readonly meanLiquidatedUsd: number;
  readonly liquidated: readonly AtRisk[];
}

/** By what is owed: who lent it there loses so much. */
export interface MarketPart extends PartLoss {
  readonly venue: string;
  readonly market: string;
  readonly label: string;
}

/** By the asset that is owed; `meanSeized` is of the asset as collateral, in its units. */
export interface AssetPart extends PartLoss {
  readonly asset: string;
  readonly symbol: string;
  readonly meanSeized: number;
}

/** The parts of a sweep that lose or are liquidated in some scenario, largest contribution first, then largest mean loss. */
export function summaryParts(
  table: SweepTable,
  { pick, weights, wanted }: { readonly pick: Rows; readonly weights: Float64Array; readonly wanted: Levels },
): {
  readonly byVenue: readonly VenuePart[];
  readonly byMarket: readonly MarketPart[];
  readonly byAsset: readonly AssetPart[];
} {
  const { venues, markets, assets } = table.shape;
  const column = (group: Grouped, row: number) => pick(table.grouped(group, row));
  const risks = (values: Float64Array) => {
    const sorted = values.toSorted();
    return wanted.levels.map((level) => atRisk(sorted, { level, independent: wanted.independent }));
  };
  const lossOf = (group: Grouped, row: number): PartLoss => {
    const values = column(group, row);
    return {
      meanLossUsd: meanOf(values),
      loss: risks(values),
      contributionUsd: weighted(weights, values),
    };
  };
  const isAny = (...columns: readonly Float64Array[]) =>
    columns.some((values) => values.some((one) => one !== 0));
  return {
    byVenue: venues
      .flatMap((venue, row): VenuePart[] => {
        const liquidated = column('venueLiquidatedUsd', row);
        if (!isAny(liquidated, table.grouped('venueLossUsd', row))) return [];
        const meanLiquidatedUsd = meanOf(liquidated);
        return [{ venue, ...lossOf('venueLossUsd', row), meanLiquidatedUsd, liquidated: risks(liquidated) }];
      })
      .sort(byContribution),
    byMarket: markets
      .flatMap(({ venue, id, label }, row): MarketPart[] =>
        isAny(table.grouped('marketLossUsd', row))
          ? [{ venue, market: id, label, ...lossOf('marketLossUsd', row) }]
          : [],
      )
      .sort(byContribution),
    byAsset: assets
      .flatMap(({ address, symbol }, row): AssetPart[] => {
        const seized = column('assetSeized', row);
        if (!isAny(seized, table.grouped('assetLossUsd', row))) return [];
        return [{ asset: address, symbol, ...lossOf('assetLossUsd', row), meanSeized: meanOf(seized) }];
      })
      .sort(byContribution),
  };
}

const byContribution = (a: PartLoss, b: PartLoss) =>
  b.contributionUsd - a.contributionUsd || b.meanLossUsd - a.meanLossUsd;
