import type { Coverage } from '@undertow/book';
import type { FundKind } from '@undertow/market';

/**
 * An outside move of prices: by asset address (lower case), a ratio; -0.2 = 20 % down. What is derived from a named asset
 * moves with it; a shock to a derived asset is one to its ratio, on top of that (a depeg). Other assets do not move.
 */
export interface Scenario {
  readonly shocks: Readonly<Record<string, number>>;
  /** Move of all implied volatilities, a ratio: 0.5 = half as much again. Default 0; above -1. */
  readonly volatilityShock?: number;
  /** Rounds after which the run stops and says that it has not converged. Default 500. */
  readonly maxRounds?: number;
}

/** Money amounts of a round, a venue or a whole run. USD at the oracle prices of the round in which they happened. */
export interface Losses {
  /** Accounts liquidated (each counted once). */
  readonly accounts: number;
  /** Value of the collateral seized; of perpetuals the notional closed and collateral sold, of options the collateral taken to buy them back. */
  readonly liquidatedUsd: number;
  /** Value of the debt repaid by liquidators. */
  readonly repaidUsd: number;
  /** Debt that no collateral stands behind any more, at the final prices, whoever bears it in the end. */
  readonly badDebtUsd: number;
}

export interface AssetPath {
  readonly asset: string;
  readonly symbol: string;
  readonly priceBeforeUsd: number;
  readonly priceAfterUsd: number;
  readonly seized: number;
  readonly sold: number;
  readonly bought: number;
  /** What no known market could take, asset units. */
  readonly unsold: number;
}

/** One pass: prices → who is due → what is repaid and seized → what is sold and bought → new prices. */
export interface Round extends Losses {
  /** 1 for the round that the shock itself causes. */
  readonly index: number;
  readonly assets: readonly AssetPath[];
  readonly byVenue: readonly VenueLosses[];
}

export interface VenueLosses extends Losses {
  readonly venue: string;
}

export interface AccountLosses extends Losses {
  readonly venue: string;
  readonly owner: string;
  readonly market: string;
  /** The first round in which the account was liquidated. */
  readonly firstRound: number;
}

/**
 * How much of a shared fund a run used. Amounts in units of its asset, money in USD at the final prices. The losses of a
 * venue's funds add up to `Waterfall.fundUsd`.
 */
export interface FundUse {
  readonly venue: string;
  readonly fund: FundKind;
  readonly asset: string;
  readonly symbol: string;
  readonly before: number;
  readonly after: number;
  /**
   * What left it: debt that a stability pool repaid (against collateral), losses that an insurance fund paid. 0 for a
   * lending pool, which is worth less without paying, and for a deficit, which is only a record.
   */
  readonly paidUsd: number;
  /** What came in: the insurance fund's part of liquidations. What a stability pool gets is collateral, sold at once. */
  readonly receivedUsd: number;
  /** How far it fell, `before − after`: paid less received; of a lending pool its loss, of a deficit the debt recorded. */
  readonly drawnUsd: number;
  /** Bad debt that it bears. Of what a stability pool repaid, what the collateral that it got does not cover. */
  readonly lossUsd: number;
}

/**
 * Who bore the losses of a venue, in the order in which they are asked: its fund, then others, then nobody. A fund that
 * pays more than it has is not a fund's but others' loss from there on.
 */
export interface Waterfall {
  readonly venue: string;
  /** Debt that the liquidated accounts' own collateral did not cover, USD at the final prices: the sum of the rest. */
  readonly lossUsd: number;
  /** Borne by its funds, net of collateral that they got: the sum of their `FundUse.lossUsd`. */
  readonly fundUsd: number;
  /** Taken off lenders, other positions or liquidity providers. */
  readonly socialisedUsd: number;
  /** Left: on accounts, where nobody will repay it, or recorded as a deficit that nobody has covered yet. */
  readonly leftUsd: number;
}

/**
 * Liquidations at one venue by what moved the prices that caused them. The rows of a venue add up to its losses. Who
 * is due in the first round is due to the shock; the cause of a later liquidation is split over the shock and the
 * venues whose selling (or buying) moved the prices of what the account holds and owes, in proportion to the loss of
 * backing that each move brought.
 *
 * Backing = Σ amount × price × (threshold of what is held, −(1 + maintenance margin) of what is owed). A round's move of
 * a price belongs to the venues that traded in its direction, by their net amounts, sales through other assets included;
 * who traded against it has no part. What a cause took on balance from an account (at least 0) ÷ what all causes took is
 * its share. Redistribution is the own venue's doing. See `trackCauses` and `splitMove`.
 */
export interface Contagion {
  /** 'shock' or the id of the venue that traded. */
  readonly cause: string;
  /**
   * The account's asset (of an option: its underlying) whose move brought the loss of backing; not the one that was
   * sold, where that moved this one along (a staked token, a quote).
   */
  readonly asset: string;
  readonly symbol: string;
  readonly venue: string;
  readonly liquidatedUsd: number;
  readonly badDebtUsd: number;
}

/**
 * What liquidations at one venue brought to the market of one asset, USD at the prices of their rounds. What is redeemed
 * counts at the asset it is redeemed for; what a pool's quote is then sold for does not count again.
 */
export interface AssetFlow {
  readonly venue: string;
  readonly asset: string;
  readonly symbol: string;
  readonly soldUsd: number;
  readonly boughtUsd: number;
}

/**
 * Which engine made a result, and its version: raised when the same book and scenario give other numbers than before.
 */
export const ENGINE = 'equilibrium 2';

export interface CascadeResult extends Losses {
  /** See `ENGINE`. */
  readonly engine: string;
  readonly bookHash: string;
  readonly block: number;
  readonly scenario: Scenario;
  readonly converged: boolean;
  readonly rounds: readonly Round[];
  readonly byVenue: readonly VenueLosses[];
  /** From before the shock to the end. */
  readonly byAsset: readonly AssetPath[];
  /** Sorted by liquidated value, largest first. */
  readonly byAccount: readonly AccountLosses[];
  readonly funds: readonly FundUse[];
  /** Venues with a loss. */
  readonly waterfall: readonly Waterfall[];
  readonly contagion: readonly Contagion[];
  readonly flows: readonly AssetFlow[];
  /**
   * Proceeds of what was seized less what was spent on the debt repaid, by liquidators and by the depositors of stability
   * pools, USD; negative = they lost.
   */
  readonly liquidatorProfitUsd: number;
  /** Liquidated value in all rounds ÷ in the first; undefined when the shock liquidates nobody. */
  readonly amplification: number | undefined;
  readonly coverage: Coverage;
}
