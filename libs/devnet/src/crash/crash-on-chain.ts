import type { Hex } from 'viem';
import { readPrices } from '../actions/post-prices.ts';
import type { AssetSymbol } from '../deploy/listing.ts';
import type { Devnet } from '../devnet.ts';
import type { DueAccount } from '../liquidator/due-account.ts';
import { playRound, type LiquidatorKind } from '../liquidator/play-round.ts';
import { followFeeds, readDue, type OwnersByVenue } from '../liquidator/venues-round.ts';
import type { FundsUsd, LiquidationDone, PricesUsd, VenueLosses } from '../venues/devnet-venue.ts';
import { applyMoves, followPools, movedPools, poolPrices, type AssetMoves } from './move-markets.ts';
import { readOpenLosses, type OpenLosses } from './open-losses.ts';

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
export interface VenueCrash extends LiquidationTotals, OpenLosses {
  readonly venue: string;
  /** Different accounts liquidated. */
  readonly accounts: number;
  /** Debt whose collateral is gone, at the end less before the shock, by the venue's own views. */
  readonly badDebtUsd: number;
  /** By fund: its content before the shock less at the end, USD. */
  readonly fundUseUsd: FundsUsd;
}

export interface OnChainCrash extends LiquidationTotals, OpenLosses {
  /** Whom liquidators went for right after the shock. */
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
  /** Different accounts liquidated in it. */
  readonly accounts: readonly DueAccount[];
}

export interface CrashOptions {
  /** What is tied to an asset, or priced by its feed, follows by its own formula. */
  readonly moves: AssetMoves;
  /** Default: rational. */
  readonly policies?: { readonly liquidators?: LiquidatorKind };
  /** Default 1,000. */
  readonly maxRounds?: number;
  readonly onProgress?: (message: string) => void;
}

/**
 * Moves prices on the chain and lets liquidators act until none does: what the contracts themselves do.
 *
 * Uses views and transactions only, nothing of our own engine. The feeds are set to round(answer × (1 + move)), the bank
 * trades the pools there, and the venues follow. Then in rounds (`playRound`): everybody whom a venue calls liquidatable, all
 * at the same prices, is gone for once by the liquidator, who trades in the assets' pools what each call brings and takes;
 * then the feeds follow the pools, and the venues the feeds. No time passes within a round. The chain is changed: take a
 * snapshot before.
 */
export async function crashOnChain(devnet: Devnet, options: CrashOptions): Promise<OnChainCrash> {
  const { moves, policies = {}, maxRounds = 1_000, onProgress = () => {} } = options;
  const kind = policies.liquidators ?? 'rational';
  await passSeconds(devnet, 1);
  const owners = await readBorrowers(devnet);
  const before = await readLosses(devnet);
  for (const venue of devnet.venues) await venue.atOracles?.(devnet);
  await followFeeds(devnet, { moves: await applyMoves(devnet, moves), mayWait: true });
  const moved = new Set(Object.keys(moves) as AssetSymbol[]);
  const done: LiquidationDone[] = [];
  const rounds: OnChainRound[] = [];
  let converged = false;
  while (rounds.length < maxRounds) {
    const { due, prices } = await dueNow(devnet, owners);
    const pools = await poolPrices(devnet);
    await passSeconds(devnet, 0);
    const liquidated = await playRound(devnet, { due, prices, kind });
    await passSeconds(devnet, 1);
    converged = liquidated.length === 0;
    if (converged) break;
    rounds.push({ ...sumUp(liquidated), prices: record(prices), accounts: accountsOf(liquidated) });
    done.push(...liquidated);
    onProgress(progressOf(rounds));
    for (const symbol of await movedPools(devnet, pools)) moved.add(symbol);
    await followFeeds(devnet, { moves: await followPools(devnet, [...moved]), mayWait: true });
  }
  const open = await readOpenLosses(devnet, (await dueNow(devnet, owners)).due);
  const byVenue = compareVenues(done, { before, after: await readLosses(devnet), open });
  const sum = (figure: keyof OpenLosses | 'badDebtUsd') =>
    byVenue.reduce((total, venue) => total + venue[figure], 0);
  return {
    firstRound: rounds[0]?.accounts ?? [],
    rounds,
    ...sumUp(done),
    byVenue,
    ...{ badDebtUsd: sum('badDebtUsd'), shortfallUsd: sum('shortfallUsd') },
    ...{ stuckUsd: sum('stuckUsd'), stuckAccounts: sum('stuckAccounts') },
    finalPriceUsd: record(await readPrices(devnet)),
    converged,
    notes: converged ? [] : [`stopped after ${maxRounds} rounds in which liquidators still acted`],
  };
}

/** From block to block. */
const passSeconds = (devnet: Devnet, seconds: 0 | 1) =>
  devnet.rpc('anvil_setBlockTimestampInterval', [seconds]);

async function dueNow(devnet: Devnet, owners: OwnersByVenue) {
  return { prices: await readPrices(devnet), due: await readDue(devnet, owners) };
}

function progressOf(rounds: readonly OnChainRound[]): string {
  const { liquidations = 0, liquidatedUsd = 0 } = rounds.at(-1) ?? {};
  return `round ${rounds.length}: ${liquidations} liquidations, ${Math.round(liquidatedUsd)} USD`;
}

function accountsOf(done: readonly LiquidationDone[]): DueAccount[] {
  const named = done.map(({ venue, owner, market }): DueAccount => ({ venue, owner, market }));
  return [...new Map(named.map((one) => [nameOf(one), one])).values()];
}

const nameOf = ({ venue, owner, market }: DueAccount) => `${venue} ${owner} ${market}`;

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
  of: {
    readonly before: ReadonlyMap<string, VenueLosses>;
    readonly after: ReadonlyMap<string, VenueLosses>;
    readonly open: ReadonlyMap<string, OpenLosses>;
  },
): VenueCrash[] {
  const { before, after, open } = of;
  return [...after].map(([venue, { badDebtUsd, fundsUsd }]) => {
    const here = done.filter((liquidation) => liquidation.venue === venue);
    const { badDebtUsd: badDebtBefore = 0, fundsUsd: fundsBefore = {} } = before.get(venue) ?? {};
    return {
      venue,
      ...sumUp(here),
      accounts: accountsOf(here).length,
      badDebtUsd: badDebtUsd - badDebtBefore,
      fundUseUsd: fundUse(fundsBefore, fundsUsd),
      ...(open.get(venue) ?? NOTHING_OPEN),
    };
  });
}

const NOTHING_OPEN: OpenLosses = { shortfallUsd: 0, stuckUsd: 0, stuckAccounts: 0 };

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
