import type { Coverage } from '@undertow/book';
import type { FundKind } from '@undertow/market';
import type { ResolvedMove } from './resolved-moves.ts';
import type { Policies, Scenario } from './scenario.ts';

/** What liquidations did, USD at the oracle prices of the round in which they happened. */
export interface Liquidated {
  /** Accounts liquidated (each counted once). */
  readonly accounts: number;
  /** Value of the collateral seized; of perpetuals the notional closed and collateral sold, of options the collateral taken to buy them back. */
  readonly liquidatedUsd: number;
  /** Value of the debt repaid by liquidators. */
  readonly repaidUsd: number;
  /** Debt whose collateral is gone, at the final market prices, whoever bears it in the end. */
  readonly badDebtUsd: number;
}

/** What lenders, funds and other traders lose, whoever bears it, at the end of a run. */
export interface Losses extends Liquidated {
  /** Of accounts still open: debt above what their collateral is worth at market prices. */
  readonly shortfallUsd: number;
  /** The same at what that collateral could be sold for, all of it together, in the known markets; at least `shortfallUsd`. */
  readonly shortfallAtSaleUsd: number;
  /** `badDebtUsd + shortfallUsd`: what every screen leads with. */
  readonly lossUsd: number;
  /** `badDebtUsd + shortfallAtSaleUsd`. */
  readonly lossAtSaleUsd: number;
  /** Debt that is due and that nobody liquidates, see `Stuck`. */
  readonly stuckUsd: number;
}

/**
 * Why nobody liquidates what is due.
 *
 * - `no-market`: what would be seized, or what would have to be repaid, is traded nowhere that is known.
 * - `no-profit`: what the collateral brings does not pay for the repayment.
 * - `fund-empty`: the contract refuses, because its fund could not bear the loss.
 * - `paused`: the collateral's market lets nobody take it.
 * - `last-position`: the contract never liquidates the last position of all.
 */
export const STUCK_REASONS = ['no-market', 'no-profit', 'fund-empty', 'paused', 'last-position'] as const;
export type StuckReason = (typeof STUCK_REASONS)[number];

/** Debt that is due at the end and that nobody liquidates. */
export interface Stuck {
  readonly venue: string;
  readonly reason: StuckReason;
  readonly accounts: number;
  /** At the venue's oracle prices. */
  readonly debtUsd: number;
}

export interface AssetPath {
  readonly asset: string;
  readonly symbol: string;
  /** What the asset's first oracle said before, and says after. */
  readonly oracleBeforeUsd: number;
  readonly oracleAfterUsd: number;
  /** Where its market stood before, and stands after. */
  readonly marketBeforeUsd: number;
  readonly marketAfterUsd: number;
  /** Taken from accounts, the protocol's fee included. */
  readonly seized: number;
  /** On the asset's own market. */
  readonly sold: number;
  readonly bought: number;
  /** Turned into what it is tied to; negative = got from that. */
  readonly exchanged: number;
  /** Wanted to be sold, and no known market took it; wanted to be bought, and none gave it. */
  readonly unsold: number;
  readonly unbought: number;
}

/** One pass: prices → who is due → what is repaid, seized and traded → new prices. */
export interface Round extends Liquidated {
  /** 1 for the round that the shock itself causes. */
  readonly index: number;
  /** Calls that liquidators made. */
  readonly calls: number;
  readonly assets: readonly AssetPath[];
  readonly byVenue: readonly VenueLiquidated[];
}

export interface VenueLiquidated extends Liquidated {
  readonly venue: string;
}

export interface VenueLosses extends Losses {
  readonly venue: string;
}

/** Losses by market and what is owed in it: who lent it there loses so much. Shortfalls are split over an account's debts by value. */
export interface MarketLosses {
  readonly venue: string;
  readonly market: string;
  readonly label: string;
  readonly asset: string;
  readonly symbol: string;
  readonly badDebtUsd: number;
  readonly shortfallUsd: number;
  readonly lossUsd: number;
}

export interface AccountLosses extends Losses {
  readonly venue: string;
  readonly owner: string;
  readonly market: string;
  /** The first round in which the account was liquidated; undefined when it never was. */
  readonly firstRound: number | undefined;
  /** Why nobody liquidates it at the end, though it is due; undefined when it is not, or was. */
  readonly stuck: StuckReason | undefined;
}

/**
 * How much of a shared fund a run used. Amounts in units of its asset, money in USD at the final market prices. The losses of a
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
  /** What came in: the insurance fund's part of liquidations. What a stability pool gets is collateral. */
  readonly receivedUsd: number;
  /** How far it fell, `before − after`: paid less received; of a lending pool its loss, of a deficit the debt recorded. */
  readonly drawnUsd: number;
  /** Bad debt that it bears. Of what a stability pool repaid, what the collateral that it got does not cover. */
  readonly lossUsd: number;
}

/**
 * Who bears the losses of a venue, in the order in which they are asked: its fund, then others, then nobody. A fund that
 * pays more than it has is not a fund's but others' loss from there on.
 */
export interface Waterfall {
  readonly venue: string;
  /** The sum of the rest. */
  readonly lossUsd: number;
  /** Borne by its funds, net of collateral that they got: the sum of their `FundUse.lossUsd`. */
  readonly fundUsd: number;
  /** Taken off lenders, other positions or liquidity providers. */
  readonly socialisedUsd: number;
  /** Left: on accounts, where nobody will repay it, or recorded as a deficit that nobody has covered yet. */
  readonly leftUsd: number;
  /** Not realised yet: shortfalls of accounts that are still open. */
  readonly openUsd: number;
}

/**
 * Liquidations at one venue by what moved the prices that caused them. The rows of a venue add up to what was liquidated there.
 * Who is due in the first round is due to the shock; the cause of a later liquidation is split over the shock and the venues
 * whose calls moved the prices of what the account holds and owes, in proportion to the loss of backing that each brought.
 *
 * Backing = Σ amount × price × (threshold of what is held, −(1 + maintenance margin) of what is owed). What a cause took on
 * balance from an account (at least 0) ÷ what all causes took is its share. Redistribution is the own venue's doing. See
 * `trackCauses`.
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
 * What liquidations at one venue brought to the market of one asset, USD at the market prices before each call. What is
 * redeemed counts at the asset it is redeemed for; what a pool's quote is then sold for does not count again.
 */
export interface AssetFlow {
  readonly venue: string;
  readonly asset: string;
  readonly symbol: string;
  readonly soldUsd: number;
  readonly boughtUsd: number;
}

/** Collateral that is taken and not sold at the end, by who has it. */
export interface HeldLot {
  readonly venue: string;
  readonly asset: string;
  readonly symbol: string;
  readonly holder: 'liquidator' | 'depositors' | 'protocol' | 'auction';
  readonly amount: number;
  readonly valueUsd: number;
}

/** The two ends of what real feeds do: losses when oracles follow between rounds, and when they follow every call. */
export interface OracleBand {
  readonly between: Losses;
  readonly within: Losses;
}

/**
 * Which engine made a result, and its version: raised when the same book and scenario give other numbers than before.
 */
export const ENGINE = 'equilibrium 4';

export interface CascadeResult extends Losses {
  /** See `ENGINE`. */
  readonly engine: string;
  readonly bookHash: string;
  readonly block: number;
  readonly scenario: Scenario;
  readonly policies: Policies;
  /** What the scenario did to every asset's market and oracles, before anybody reacted. */
  readonly moves: readonly ResolvedMove[];
  readonly converged: boolean;
  readonly rounds: readonly Round[];
  /** Shortfalls that were there before the shock, at the book's own prices: part of the losses that no scenario caused. */
  readonly shortfallBeforeUsd: number;
  readonly shortfallBeforeAtSaleUsd: number;
  /** Undefined where only one end was run. */
  readonly band: OracleBand | undefined;
  readonly byVenue: readonly VenueLosses[];
  readonly byMarket: readonly MarketLosses[];
  /** Every asset, from before the shock to the end. */
  readonly byAsset: readonly AssetPath[];
  /** Accounts that were liquidated, are stuck or fall short; largest liquidated value first, then largest loss. */
  readonly byAccount: readonly AccountLosses[];
  readonly stuck: readonly Stuck[];
  /** Symbols of assets whose market was traded to its end. */
  readonly endedMarkets: readonly string[];
  readonly lots: readonly HeldLot[];
  readonly funds: readonly FundUse[];
  /** Venues with a loss. */
  readonly waterfall: readonly Waterfall[];
  readonly contagion: readonly Contagion[];
  readonly flows: readonly AssetFlow[];
  /** Proceeds of what liquidators got less what they paid, gas included, USD; negative = they lost. */
  readonly liquidatorProfitUsd: number;
  /** What depositors of stability pools got for collateral less what their pools paid for it, USD. */
  readonly depositorProfitUsd: number;
  /** Liquidated value in all rounds ÷ in the first; undefined when the shock liquidates nobody. */
  readonly amplification: number | undefined;
  readonly coverage: Coverage;
}
