import type { Book } from '@undertow/book';
import { lossesOf } from '../losses/losses-of.ts';
import type { CascadeResult } from '../result.ts';
import type { Scenario } from '../scenario.ts';
import { simulate } from '../simulate.ts';
import type { Outcome } from './outcome.ts';

/** `simulate`, and what a sweep keeps of it. */
export function clearOutcome(book: Book, rows: BookRows, scenario: Scenario): Outcome {
  return outcomeOf(book, rows, simulate(book, scenario, { band: false }));
}

/** Rows of a book by the names that a result uses. */
export interface BookRows {
  readonly venue: ReadonlyMap<string, number>;
  /** By venue and market, as `marketKey` writes them. */
  readonly market: ReadonlyMap<string, number>;
  readonly asset: ReadonlyMap<string, number>;
}

export const bookRows = ({ venues, markets, assets }: Book): BookRows => ({
  venue: new Map(venues.map(({ id }, row) => [id, row])),
  market: new Map(markets.map(({ venue, id }, row) => [marketKey(venues[venue]!.id, id), row])),
  asset: new Map(assets.map(({ address }, row) => [address, row])),
});

const marketKey = (venue: string, market: string) => `${venue}\n${market}`;

function outcomeOf(book: Book, rows: BookRows, result: CascadeResult): Outcome {
  const venueLiquidatedUsd = new Float64Array(book.venues.length);
  const venueLossUsd = new Float64Array(book.venues.length);
  for (const one of result.byVenue) {
    venueLiquidatedUsd[rows.venue.get(one.venue)!] = one.liquidatedUsd;
    venueLossUsd[rows.venue.get(one.venue)!] = one.lossUsd;
  }
  const marketLossUsd = new Float64Array(book.markets.length);
  const assetLossUsd = new Float64Array(book.assets.length);
  for (const one of result.byMarket) {
    marketLossUsd[rows.market.get(marketKey(one.venue, one.market))!]! += one.lossUsd;
    assetLossUsd[rows.asset.get(one.asset)!]! += one.lossUsd;
  }
  return {
    ...lossesOf(result),
    converged: result.converged,
    accountsPerRound: result.rounds.map(({ accounts }) => accounts),
    calls: result.rounds.reduce((sum, { calls }) => sum + calls, 0),
    firstRoundUsd: result.rounds[0]?.liquidatedUsd ?? 0,
    venueLiquidatedUsd,
    venueLossUsd,
    marketLossUsd,
    assetLossUsd,
    assetSeized: Float64Array.from(result.byAsset, ({ seized }) => seized),
    assetToMarket: Float64Array.from(result.byAsset, ({ sold, unsold, bought }) => sold + unsold - bought),
    assetMarketUsd: Float64Array.from(result.byAsset, ({ marketAfterUsd }) => marketAfterUsd),
  };
}
