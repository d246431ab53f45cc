import type { Book } from '@undertow/book';
import { simulate, type CascadeResult, type Scenario } from '@undertow/cascade';
import { assetMarkets, landsAtUsd, type AssetMarket } from '../report/asset-markets.ts';

/** What liquidators would do and get, USD. */
export interface Taking {
  /** Accounts that are liquidated, in all rounds. */
  readonly accounts: number;
  readonly rounds: number;
  /** Value of what is seized. */
  readonly liquidatedUsd: number;
  /** Profit of liquidators: what the seized brings where the market then stands, less what is repaid and gas. */
  readonly profitUsd: number;
  /** Bad debt and shortfall that are left. */
  readonly lossUsd: number;
}

/** What hangs on oracles that do not say what markets do. */
export interface OracleStakes {
  /** What a call costs a liquidator, USD. */
  readonly gasUsd: number;
  /** What can be taken at the oracles' prices, with nothing moved: of accounts that are due now, rightly or not. */
  readonly now: Taking;
  /** What can be taken once every oracle says what its asset trades at; it is sold in the book's own markets. Undefined without a market. */
  readonly landed: Taking | undefined;
}

/** The cascades that `oracleStakes` is made of; `landed` is undefined where no oracle prices what has a market. */
export interface StakeRuns<Run> {
  readonly now: Run;
  readonly landed: Run | undefined;
}

/** What has to be run: liquidators act only at a profit, at oracles as they are, and as they are once the answers that are due land. */
export function stakeScenarios(
  book: Book,
  { gasUsd, markets }: { readonly gasUsd: number; readonly markets: readonly (AssetMarket | undefined)[] },
): StakeRuns<Scenario> {
  const policies = { liquidators: { kind: 'rational', gasUsd } } as const;
  const canLand = book.oracles.some(({ asset }) => markets[asset]?.priceUsd !== undefined);
  const landing: Scenario = {
    moves: [{ kind: 'landed', move: 1 }],
    landsAtUsd: landsAtUsd(book, markets),
    policies,
  };
  return { now: { moves: [], policies }, landed: canLand ? landing : undefined };
}

/** What hangs on oracles, by the cascades of `stakeScenarios`. */
export const stakesOf = (gasUsd: number, { now, landed }: StakeRuns<CascadeResult>): OracleStakes => ({
  gasUsd,
  now: takingOf(now),
  landed: landed && takingOf(landed),
});

/**
 * The profit that is open to liquidators at the oracles' prices, and that which opens when the answers land that are due: two
 * cascades with liquidators that act only at a profit, after price impact, pool fees and gas.
 *
 * @param markets what assets trade at, by row: the book's own markets by default.
 */
export function oracleStakes(
  book: Book,
  gasUsd: number,
  markets: readonly (AssetMarket | undefined)[] = assetMarkets(book),
): OracleStakes {
  const { now, landed } = stakeScenarios(book, { gasUsd, markets });
  const run = (scenario: Scenario) => simulate(book, scenario, { band: false });
  return stakesOf(gasUsd, { now: run(now), landed: landed && run(landed) });
}

const takingOf = ({
  accounts,
  rounds,
  liquidatedUsd,
  liquidatorProfitUsd,
  lossUsd,
}: CascadeResult): Taking => ({
  accounts,
  rounds: rounds.length,
  liquidatedUsd,
  profitUsd: liquidatorProfitUsd,
  lossUsd,
});
