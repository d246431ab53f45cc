import { moveName } from '@undertow/cascade';
import type { AccountMargin } from '@undertow/margin';
import type { ShownMargin } from './shown-margin.ts';

/** The margins of an owner as what JSON can say; money in USD, what there is not is null. */
export function marginJson({ address, book, report, leftOut, noPrices }: ShownMargin): object {
  const { margin, distances, grid, derivatives } = report;
  const { portfolio } = margin;
  return {
    address,
    chainId: book.chainId,
    block: book.block,
    bookHash: book.hash,
    isolated: margin.isolated,
    cross: margin.cross,
    portfolio: portfolio && {
      ...portfolio,
      worst: portfolio.worst && {
        lossUsd: portfolio.worst.lossUsd,
        volatilityMove: portfolio.worst.scenario.volatilityMove ?? 0,
        moves: portfolio.worst.scenario.moves.map((move) => ({ name: moveName(book, move), ...move })),
      },
    },
    venues: margin.venues,
    accounts: margin.accounts.map((account, at) => ({ ...withoutRow(account), distances: distances[at]! })),
    factors: report.factors,
    withoutPrices: report.withoutPrices,
    noPrices,
    missing: report.missing,
    sensitivities: report.sensitivities,
    grid,
    derivatives,
    leftOut: leftOut.map(({ venue, market, reason }) => ({ venue: venue.id, market, reason })),
    coverage: book.coverage,
  };
}

/** The row of an account is the book's own matter. */
const withoutRow = ({ account: _row, ...rest }: AccountMargin) => rest;
