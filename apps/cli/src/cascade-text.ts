import type { Book } from '@undertow/book';
import type { CascadeResult, Waterfall } from '@undertow/cascade';
import type { Mechanism } from '@undertow/market';
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
    accountsText(result),
    `Liquidated ${usd(result.liquidatedUsd)} USD, repaid ${usd(result.repaidUsd)} USD.`,
    `Bad debt before funds ${usd(result.badDebtUsd)} USD, after funds ${usd(afterFundsUsd(result.waterfall))} USD.`,
    `Amplification ${amplification === undefined ? '–' : amplification.toFixed(2)}; ${profitText(result)}.`,
    coverageText(coverage),
  ];
  return `${[...lines, '', rounds(result), '', assets(result), '', venues(book, result)].join('\n')}\n${contagionText(result)}`;
}

function accountsText({ accounts, rounds: all, converged }: CascadeResult): string {
  const hits = all.reduce((sum, round) => sum + round.accounts, 0);
  const more = hits > accounts ? `, some of them in several: ${hits} with each round counted` : '';
  return `${accounts} accounts liquidated in ${all.length} ${all.length === 1 ? 'round' : 'rounds'}${converged ? '' : ' (not converged)'}${more}.`;
}

/** Whose gain or loss it is: those who liquidate, and those whose deposits repay debt for collateral. */
function profitText({ liquidatorProfitUsd, funds }: CascadeResult): string {
  const who = funds.some(({ fund }) => fund === 'stability-pool')
    ? 'liquidators and stability-pool depositors'
    : 'liquidators';
  return `${who} ${liquidatorProfitUsd < 0 ? 'lose' : 'earn'} ${usd(Math.abs(liquidatorProfitUsd))} USD`;
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
  const drawn = table(
    ['Asset', 'Before USD', 'After USD', 'Move', 'Seized', 'Sold', 'Bought', 'Unsold'],
    result.byAsset.map((path) => [
      path.symbol,
      units(path.priceBeforeUsd),
      units(path.priceAfterUsd),
      percent(path.priceAfterUsd / path.priceBeforeUsd - 1),
      units(path.seized),
      units(path.sold),
      units(path.bought),
      units(path.unsold),
    ]),
  );
  return `${drawn}\n${ASSETS_NOTE}`;
}

/** Why the sums of the table of assets are not those of one column. */
const ASSETS_NOTE =
  'Units. Sold and bought are what reached the markets, netted in each round. Collateral that is redeemed is seized as itself\nand sold as what it stands for; fees, and what passes to other positions, are not sold; an option market takes its cash without a sale.';

/** What the value liquidated is at a venue; see `Losses.liquidatedUsd`. */
const LIQUIDATED: Readonly<Record<Mechanism, string>> = {
  'pooled-lending': 'collateral seized',
  'isolated-pair': 'collateral seized',
  cdp: 'collateral seized',
  'money-market': 'collateral seized',
  perpetual: 'notional closed,\ncollateral sold',
  option: 'collateral taken for\noptions bought back',
};

function venues(book: Book, result: CascadeResult): string {
  const mechanismOf = new Map(book.venues.map(({ id, mechanism }) => [id, mechanism]));
  return table(
    [
      ...['Venue', 'Accounts', 'Liquidated USD', 'which is', 'Repaid USD'],
      ...['Bad debt USD,\nbefore funds', 'Bad debt USD,\nafter funds'],
    ],
    result.byVenue.map((venue) => [
      venue.venue,
      String(venue.accounts),
      usd(venue.liquidatedUsd),
      LIQUIDATED[mechanismOf.get(venue.venue) ?? 'pooled-lending'],
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
