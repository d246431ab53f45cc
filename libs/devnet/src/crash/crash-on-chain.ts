import type { Hex } from 'viem';
import { readPrices } from '../actions/post-prices.ts';
import type { AssetSymbol } from '../deploy/listing.ts';
import type { Devnet } from '../devnet.ts';
import { followFeeds, liquidateDue, readDue } from '../liquidate/venues-round.ts';
import type {
  DueAccount,
  FundsUsd,
  LiquidationDone,
  PricesUsd,
  VenueLosses,
} from '../venues/devnet-venue.ts';
import { applyShock, followPools, settle } from './move-markets.ts';

/** What liquidations did, USD at the oracle prices of their rounds. */
export interface LiquidationTotals {
  readonly liquidations: number;
  /** Σ value taken from the owners, the protocol's fee included. */
  readonly liquidatedUsd: number;
  readonly repaidUsd: number;
  /** The part of `liquidatedUsd` that the protocols kept. */
  readonly protocolFeeUsd: number;
}

/** A crash at one venue. */
export interface VenueCrash extends LiquidationTotals {
  readonly venue: string;
  /** Different accounts liquidated. */
  readonly accounts: number;
  /** Debt that nobody will repay, at the end less before the shock, by the venue's own views. */
  readonly badDebtUsd: number;
  /** By fund: its content before the shock less at the end, USD. */
  readonly fundUseUsd: FundsUsd;
}

export interface OnChainCrash extends LiquidationTotals {
  /** Who could be liquidated right after the shock. */
  readonly firstRound: readonly DueAccount[];
  readonly rounds: readonly OnChainRound[];
  readonly byVenue: readonly VenueCrash[];
  readonly badDebtUsd: number;
  /** Oracle prices at the end. */
  readonly finalPriceUsd: Readonly<Record<AssetSymbol, number>>;
  /** False when the cap on rounds ended it. */
  readonly converged: boolean;
  readonly notes: readonly string[];
}

export interface OnChainRound extends LiquidationTotals {
  /** Oracle prices in force while this round liquidated. */
  readonly prices: Readonly<Record<AssetSymbol, number>>;
}

export interface CrashOptions {
  /** The outside move, a ratio: -0.2 = 20 % down. */
  readonly shock: number;
  /** Default: WETH and WBTC. */
  readonly assets?: readonly AssetSymbol[];
  /** Default 500. */
  readonly maxRounds?: number;
  readonly onProgress?: (message: string) => void;
}

/**
 * Crashes the chain and lets liquidators act until nobody is left to liquidate: what the contracts themselves do.
 *
 * Uses views and transactions only, nothing of our own engine. The outside move sets the feeds to round(answer ×
 * (1 + shock)), the bank trades the pools there, and the venues follow. Then in rounds: every account that its venue
 * calls liquidatable, all at the same prices, is liquidated once; what the liquidators have more or less of each asset
 * than before is sold to or bought from the asset's pool, in one trade over all venues; the feeds follow the pools, and
 * the venues the feeds. The chain is changed: take a snapshot before.
 */
export async function crashOnChain(devnet: Devnet, options: CrashOptions): Promise<OnChainCrash> {
  const { shock, assets = ['WETH', 'WBTC'], maxRounds = 500, onProgress = () => {} } = options;
  await devnet.rpc('anvil_setBlockTimestampInterval', [1]);
  const owners = await readBorrowers(devnet);
  const before = await readLosses(devnet);
  await followFeeds(devnet, { moves: await applyShock(devnet, assets, shock), mayWait: true });
  const moved = new Set(assets);
  const done: LiquidationDone[] = [];
  const rounds: OnChainRound[] = [];
  const notes: string[] = [];
  let firstRound: readonly DueAccount[] = [];
  let converged = false;
  while (rounds.length < maxRounds) {
    const prices = await readPrices(devnet);
    const due = await readDue(devnet, owners);
    if (rounds.length === 0) firstRound = [...due.values()].flat();
    const liquidated = await liquidateDue(devnet, due, prices);
    for (const [venue, failed] of liquidated.failed)
      notes.push(`round ${rounds.length + 1}: ${venue} refused to liquidate ${failed} of the accounts due`);
    if (liquidated.done.length === 0) {
      converged = true;
      break;
    }
    const totals = sumUp(liquidated.done);
    rounds.push({ ...totals, prices: record(prices) });
    done.push(...liquidated.done);
    onProgress(
      `round ${rounds.length}: ${totals.liquidations} liquidated, ${Math.round(totals.liquidatedUsd)} USD`,
    );
    const settled = await settle(devnet, liquidated.done);
    for (const symbol of settled.traded) moved.add(symbol);
    if (settled.refused > 0)
      notes.push(`round ${rounds.length}: ${settled.refused} pools had nothing left to trade`);
    await followFeeds(devnet, { moves: await followPools(devnet, [...moved]), mayWait: true });
  }
  if (!converged) notes.push(`stopped after ${maxRounds} rounds with accounts still liquidatable`);
  const byVenue = compareVenues(done, before, await readLosses(devnet));
  return {
    firstRound,
    rounds,
    ...sumUp(done),
    byVenue,
    badDebtUsd: byVenue.reduce((sum, { badDebtUsd }) => sum + badDebtUsd, 0),
    finalPriceUsd: record(await readPrices(devnet)),
    converged,
    notes,
  };
}

/** By venue: who owes anything. Who owes nothing now is not liquidated later, and need not be asked about again. */
async function readBorrowers(devnet: Devnet): Promise<Map<string, readonly Hex[]>> {
  const owners = new Map<string, readonly Hex[]>();
  for (const venue of devnet.venues) owners.set(venue.id, await venue.borrowers(devnet));
  return owners;
}

async function readLosses(devnet: Devnet): Promise<Map<string, VenueLosses>> {
  const prices = await readPrices(devnet);
  const losses = new Map<string, VenueLosses>();
  for (const venue of devnet.venues) losses.set(venue.id, await venue.losses(devnet, prices));
  return losses;
}

function compareVenues(
  done: readonly LiquidationDone[],
  before: ReadonlyMap<string, VenueLosses>,
  after: ReadonlyMap<string, VenueLosses>,
): VenueCrash[] {
  return [...after].map(([venue, { badDebtUsd, fundsUsd }]) => {
    const here = done.filter((liquidation) => liquidation.venue === venue);
    const { badDebtUsd: badDebtBefore = 0, fundsUsd: fundsBefore = {} } = before.get(venue) ?? {};
    return {
      venue,
      ...sumUp(here),
      accounts: new Set(here.map(({ owner, market }) => `${owner} ${market}`)).size,
      badDebtUsd: badDebtUsd - badDebtBefore,
      fundUseUsd: fundUse(fundsBefore, fundsUsd),
    };
  });
}

function fundUse(before: FundsUsd, after: FundsUsd): FundsUsd {
  const funds = Object.keys(after) as (keyof FundsUsd)[];
  return Object.fromEntries(funds.map((fund) => [fund, (before[fund] ?? 0) - (after[fund] ?? 0)]));
}

function sumUp(done: readonly LiquidationDone[]): LiquidationTotals {
  const sum = (valueOf: (one: LiquidationDone) => number) =>
    done.reduce((total, one) => total + valueOf(one), 0);
  return {
    liquidations: done.length,
    liquidatedUsd: sum(({ seizedUsd }) => seizedUsd),
    repaidUsd: sum(({ repaidUsd }) => repaidUsd),
    protocolFeeUsd: sum(({ protocolFeeUsd }) => protocolFeeUsd),
  };
}

function record(prices: PricesUsd): Record<AssetSymbol, number> {
  return Object.fromEntries(prices) as Record<AssetSymbol, number>;
}
