import type { Book } from '@undertow/book';
import type { CascadeResult, Waterfall } from '@undertow/cascade';
import { contagionText } from './contagion-text.ts';
import { coverageText } from './coverage-text.ts';
import { percent, table, units, usd } from './text-table.ts';

/** A cascade as tables for a terminal. */
export function cascadeText(book: Book, result: CascadeResult): string {
  const shocks = Object.entries(result.scenario.shocks).map(([address, move]) => {
    const symbol = book.assets.find((asset) => asset.address === address)?.symbol ?? address;
    return `${symbol} ${percent(move)}`;
  });
  const { amplification, coverage, scenario } = result;
  if (scenario.volatilityShock) shocks.push(`volatility ${percent(scenario.volatilityShock)}`);
  const lines = [
    `Cascade at block ${result.block} of chain ${book.chainId}: ${shocks.join(', ')}`,
    `${result.accounts} accounts liquidated in ${result.rounds.length} ${result.rounds.length === 1 ? 'round' : 'rounds'}${result.converged ? '' : ' (not converged)'}.`,
    `Liquidated ${usd(result.liquidatedUsd)} USD, repaid ${usd(result.repaidUsd)} USD.`,
    `Bad debt before funds ${usd(result.badDebtUsd)} USD, after funds ${usd(afterFundsUsd(result.waterfall))} USD.`,
    `Amplification ${amplification === undefined ? '–' : amplification.toFixed(2)}; liquidators earn ${usd(result.liquidatorProfitUsd)} USD.`,
    coverageText(coverage),
  ];
  return `${[...lines, '', rounds(result), '', assets(result), '', venues(result)].join('\n')}\n${contagionText(result)}`;
}

function rounds(result: CascadeResult): string {
  return table(
    ['Round', 'Accounts', 'Liquidated USD', 'Repaid USD', 'Bad debt USD,\nbefore funds'],
    result.rounds.map((round) => [
      String(round.index),
      String(round.accounts),
      usd(round.liquidatedUsd),
      usd(round.repaidUsd),
      usd(round.badDebtUsd),
    ]),
  );
}

function assets(result: CascadeResult): string {
  return table(
    ['Asset', 'Before USD', 'After USD', 'Move', 'Seized', 'Sold', 'Unsold'],
    result.byAsset.map((path) => [
      path.symbol,
      units(path.priceBeforeUsd),
      units(path.priceAfterUsd),
      percent(path.priceAfterUsd / path.priceBeforeUsd - 1),
      units(path.seized),
      units(path.sold),
      units(path.unsold),
    ]),
  );
}

function venues(result: CascadeResult): string {
  return table(
    [
      ...['Venue', 'Accounts', 'Liquidated USD', 'Repaid USD'],
      ...['Bad debt USD,\nbefore funds', 'Bad debt USD,\nafter funds'],
    ],
    result.byVenue.map((venue) => [
      venue.venue,
      String(venue.accounts),
      usd(venue.liquidatedUsd),
      usd(venue.repaidUsd),
      usd(venue.badDebtUsd),
      usd(afterFundsUsd(result.waterfall.filter((loss) => loss.venue === venue.venue))),
    ]),
  );
}

/** Losses that no fund paid, USD: taken off others, or left on accounts. */
function afterFundsUsd(losses: readonly Waterfall[]): number {
  return losses.reduce((sum, { socialisedUsd, leftUsd }) => sum + socialisedUsd + leftUsd, 0);
}
