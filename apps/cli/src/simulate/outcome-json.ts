import type { Book } from '@undertow/book';
import { moveName, type Outcome, type Scenario } from '@undertow/cascade';

/** What the fast engine knows of one cascade, as what JSON can say: columns as lists with names. Money in USD. */
export function outcomeJson(
  book: Book,
  { scenario, outcome }: { readonly scenario: Scenario; readonly outcome: Outcome },
): object {
  const {
    venueLiquidatedUsd,
    venueLossUsd,
    marketLossUsd,
    assetLossUsd,
    assetSeized,
    assetMarketUsd,
    ...figures
  } = outcome;
  return {
    engine: 'fast',
    bookHash: book.hash,
    chainId: book.chainId,
    block: book.block,
    scenario: { ...scenario, moves: scenario.moves.map((move) => ({ name: moveName(book, move), ...move })) },
    ...figures,
    byVenue: book.venues.map(({ id: venue }, row) => ({
      venue,
      lossUsd: venueLossUsd[row],
      liquidatedUsd: venueLiquidatedUsd[row],
    })),
    byMarket: book.markets.map(({ venue, id: market, label }, row) => ({
      venue: book.venues[venue]!.id,
      market,
      label,
      lossUsd: marketLossUsd[row],
    })),
    byAsset: book.assets.map(({ address: asset, symbol }, row) => ({
      asset,
      symbol,
      lossUsd: assetLossUsd[row],
      seized: assetSeized[row],
      marketAfterUsd: assetMarketUsd[row],
    })),
    coverage: book.coverage,
  };
}
