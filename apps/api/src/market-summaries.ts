import {
  isConstantOracle,
  legPriceUsd,
  marketTerms,
  ownValues,
  type Book,
  type MarketTerms,
} from '@undertow/book';
import { assetFinder, type AssetAnswer } from './asset-answer.ts';

export interface MarketPrice {
  readonly asset: AssetAnswer;
  readonly priceUsd: number;
  readonly oracle: string;
  readonly isFixed: boolean;
}

export interface MarketSummary {
  readonly venue: string;
  readonly id: string;
  readonly label: string;
  readonly debtUsd: number;
  readonly collateralUsd: number;
  /** What `parseOverride` knows it by at its venue. */
  readonly name: string;
  readonly terms: MarketTerms['terms'];
  /** Assets that accounts hold as collateral on its terms. */
  readonly collateral: readonly AssetAnswer[];
  /** Of what accounts hold and owe in it. */
  readonly prices: readonly MarketPrice[];
}

/** Debt and collateral of the modelled accounts by market, as the accounts are valued, and the terms that may be changed. */
export function marketSummaries(book: Book): MarketSummary[] {
  const { legs, markets, venues } = book;
  const values = ownValues(book);
  const debtUsd = new Float64Array(markets.length);
  const oracles = markets.map(() => new Set<number>());
  const collateralUsd = new Float64Array(markets.length);
  for (let leg = 0; leg < legs.count; leg++) {
    const market = legs.market[leg]!;
    oracles[market]!.add(legs.oracle[leg]!);
    const valueUsd = legs.amount[leg]! * legPriceUsd(values, leg);
    if (legs.side[leg] === -1) debtUsd[market]! += valueUsd;
    else if (legs.liquidationThreshold[leg]! > 0) collateralUsd[market]! += valueUsd;
  }
  const terms = marketTerms(book);
  const find = assetFinder(book.assets);
  return markets.map(({ venue, id, label }, i) => ({
    venue: venues[venue]!.id,
    id,
    label,
    debtUsd: debtUsd[i]!,
    collateralUsd: collateralUsd[i]!,
    name: terms[i]!.name,
    terms: terms[i]!.terms,
    collateral: terms[i]!.assets.map(({ asset }) => find(asset)),
    prices: [...oracles[i]!]
      .sort((a, b) => a - b)
      .map((row) => {
        const oracle = book.oracles[row]!;
        return {
          asset: find(book.assets[oracle.asset]!.address),
          ...{ priceUsd: oracle.priceUsd, oracle: oracle.id, isFixed: isConstantOracle(book, oracle) },
        };
      }),
  }));
}
