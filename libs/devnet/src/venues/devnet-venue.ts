import type { FundKind } from '@undertow/market';
import type { OracleDeployment } from '@undertow/oracles';
import type { VenueDeployment } from '@undertow/venues';
import type { Hex } from 'viem';
import type { Random } from '../accounts/seeded-random.ts';
import type { Circumstances, OwnerAction } from '../agent/owner-action.ts';
import type { AssetSymbol } from '../deploy/listing.ts';
import type { Site } from '../deploy/site.ts';
import type { Receipt, Transaction } from '../evm/chain.ts';
import type { DueAccount } from '../liquidator/due-account.ts';
import type { Claim } from '../liquidator/offer.ts';
import type { BaseContracts } from '../scene.ts';
import type { VenueLoans } from '../terms/venue-loans.ts';
import type { FindTermsCalls } from '../terms/terms-change.ts';
import type { DevnetContracts, VenueScene } from './venue-scene.ts';

/** What one liquidation did, from its own logs. Values in USD at the oracle prices of its round. */
export interface LiquidationDone extends DueAccount {
  /** Value of what was taken from the owner (a closed derivative position: its notional), the protocol's fee included. */
  readonly seizedUsd: number;
  /** Value of the debt that was repaid (0 for a derivative). */
  readonly repaidUsd: number;
  /** The part of `seizedUsd` that the protocol kept. */
  readonly protocolFeeUsd: number;
}

/** An account with debt, as its venue's own views say. */
export interface OpenAccount extends Omit<DueAccount, 'venue'> {
  /** What it owes, USD at market prices. */
  readonly debtUsd: number;
  /** What may be taken from it less what it owes, USD at market prices; of one that is due, less what its venue charges for closing it. */
  readonly equityUsd: number;
}

/** State of the funds and losses of a venue, read by views. */
export interface VenueLosses {
  /** Debt that nobody will repay: stranded on accounts, written off against lenders, or taken by others, USD at the prices given. */
  readonly badDebtUsd: number;
  /** By fund: its content, USD; negative for a deficit. */
  readonly fundsUsd: FundsUsd;
}

export type FundsUsd = Readonly<Partial<Record<FundKind, number>>>;

export type PricesUsd = ReadonlyMap<AssetSymbol, number>;

/** When and of whom claims are asked. */
export interface ClaimsAt {
  readonly due: readonly DueAccount[];
  readonly prices: PricesUsd;
  readonly phase: 0 | 1;
}

export interface CallDone {
  readonly receipt: Receipt;
  /** Oracle prices of the round. */
  readonly prices: PricesUsd;
}

/** A move of the feeds. */
export interface Moved {
  /** Price after ÷ price before, by asset that moved, since the last call. */
  readonly moves: ReadonlyMap<AssetSymbol, number>;
  /** May time pass on the chain? False while the market agent runs, which has its own clock. */
  readonly mayWait: boolean;
}

/**
 * One protocol on the local chain. Everything is a transaction or a view of the real contracts; nothing of Undertow's
 * own maths is used, because predictions are held against it.
 */
export interface DevnetVenue<Contracts, Plan> {
  /** Venue id. */
  readonly id: string;
  /** Deploys the protocol on tokens, feeds and Uniswap that are there, and stocks it with what lenders, makers and funds put in. */
  deploy(site: Site, base: BaseContracts, plan: readonly Planned<Plan>[]): Promise<Contracts>;
  /** The positions of the n-th owner; undefined when the owner does not use the venue. Follows from the arguments alone. */
  plan(random: Random, index: number): Plan | undefined;
  /** Value of each asset that liquidations of the plan could bring to market, USD: the pools' depth follows it. */
  saleableUsd(plan: Plan): ReadonlyMap<AssetSymbol, number>;
  /** Opens the planned positions with as few and as parallel transactions as possible. */
  open(site: Site, contracts: DevnetContracts, plan: readonly Planned<Plan>[]): Promise<void>;
  /** What an indexer needs to watch it; undefined while nothing can index it. */
  deployment(contracts: Contracts): VenueDeployment | undefined;
  /** Price sources of its own, beside the feeds that all venues share. */
  oracles?(contracts: Contracts, base: BaseContracts, chainId: number): readonly OracleDeployment[];
  /** Owners that could ever be liquidated without acting themselves. Asked once at the start of a crash. */
  borrowers(devnet: VenueScene): Promise<readonly Hex[]>;
  /** Which accounts of these owners (all or some of `devnet.owners`) may be liquidated at the head, by the protocol's own views. */
  due(devnet: VenueScene, owners: readonly Hex[]): Promise<readonly DueAccount[]>;
  /** Owners whose account is near its line (a fall or rise of about 10 % takes it over), for the agent. */
  near(devnet: VenueScene, owners: readonly Hex[]): Promise<readonly Hex[]>;
  /**
   * What liquidators can go for among accounts that were due when the round began, with every call that the contracts may
   * take of each. Claims of phase 1 are asked for when those of phase 0 are dealt with.
   */
  claims(devnet: VenueScene, at: ClaimsAt): Promise<readonly Claim[]>;
  /** What a call of the liquidator on a claim did, from its receipt. */
  readDone(devnet: VenueScene, claim: Claim, of: CallDone): Promise<readonly LiquidationDone[]>;
  /** Brings markets of its own to what its oracles say. Called once, before the prices of a crash move. */
  atOracles?(devnet: VenueScene): Promise<void>;
  /**
   * What the venue needs after feeds have moved (their rounds and the pools' trades are on the chain), before its views
   * are right: interest accrued, caches updated, its own pool arbitraged to the shocked or followed price. Returns
   * transactions, which are sent together with those of the other venues in one block; what takes several blocks or
   * chain time is done inside (`freshFeeds` that have grown old are posted again afterwards).
   */
  follow?(devnet: VenueScene, moved: Moved): Promise<readonly Transaction[]>;
  losses(devnet: VenueScene, prices: PricesUsd): Promise<VenueLosses>;
  /**
   * Accounts with debt that something can still be taken from: whose collateral is gone, `losses` counts. At market prices.
   */
  openAccounts(devnet: VenueScene, prices: PricesUsd): Promise<readonly OpenAccount[]>;
  /**
   * Feeds of which the venue needs a recent answer: they are posted again before its owners act, before `due` and before
   * `liquidate` when they are older than 30 s (`freshen`; `deploy` and `open` do so themselves).
   */
  readonly freshFeeds?: readonly AssetSymbol[];
  /** The protocol's own admin calls that carry out changes of its terms; see `changeTerms`. */
  readonly termsCalls: FindTermsCalls;
  /** Where owners owe loans: how far from the line they are, and how they pay back. */
  readonly loans?: VenueLoans;
  /** Something that an owner does on its own account; undefined = nothing now. */
  act(circumstances: Circumstances, owner: Hex): Promise<OwnerAction | undefined>;
}

export interface Planned<Plan> {
  readonly owner: Hex;
  readonly plan: Plan;
}

/** A venue of which nothing is asked that depends on its contracts or plans. */
export type AnyVenue = Omit<
  DevnetVenue<never, never>,
  'deploy' | 'plan' | 'saleableUsd' | 'open' | 'deployment' | 'oracles'
>;
