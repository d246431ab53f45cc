import type { Book } from '@undertow/book';
import { BadDataError } from '@undertow/units';
import type { AssetLinks } from './asset-links.ts';
import { badDebtOf } from './bad-debt.ts';
import type { Causes } from './contagion.ts';
import { assetFlows } from './flows.ts';
import type { RoundTrades } from './markets.ts';
import {
  ENGINE,
  type AccountLosses,
  type AssetPath,
  type CascadeResult,
  type Losses,
  type Round,
  type Scenario,
  type VenueLosses,
} from './result.ts';
import type { Liquidation } from './rule.ts';
import { fundUses, waterfallOf } from './waterfall.ts';

/** What the engine noted of one round. Arrays by asset row; prices are what the asset's first oracle says. */
export interface RoundRecord {
  readonly liquidations: readonly Liquidation[];
  readonly priceBeforeUsd: Float64Array;
  readonly priceAfterUsd: Float64Array;
  /** Taken from accounts, the protocol's fee included. */
  readonly seized: Float64Array;
  readonly trades: RoundTrades;
}

/** What the engine knows at the end of a run. */
export interface Run {
  readonly book: Book;
  readonly links: AssetLinks;
  readonly scenario: Scenario;
  readonly rounds: readonly RoundRecord[];
  readonly converged: boolean;
  readonly finalPriceUsd: Float64Array;
  /** What each fund holds at the end. */
  readonly fundAmount: Float64Array;
  readonly causes: Causes;
}

/** Adds a run up per round, venue, asset and account. */
export function reportOf(run: Run): CascadeResult {
  const { book, scenario, converged } = run;
  const all = run.rounds.flatMap((round) => round.liquidations);
  const total = lossesOf(run, all);
  const rounds = run.rounds.map((round, i) => reportRound(run, round, i + 1));
  const first = rounds[0]?.liquidatedUsd;
  if (!Number.isFinite(total.liquidatedUsd + total.repaidUsd + total.badDebtUsd))
    throw new BadDataError('this book and scenario hold numbers so large that their sums are no numbers');
  return {
    engine: ENGINE,
    bookHash: book.hash,
    block: book.block,
    scenario,
    converged,
    ...total,
    rounds,
    byVenue: byVenue(run, all),
    byAsset: byAsset(run),
    byAccount: byAccount(run),
    funds: fundUses(run),
    waterfall: waterfallOf(run),
    contagion: run.causes.rows(run.finalPriceUsd),
    flows: assetFlows(run),
    liquidatorProfitUsd: sum(run.rounds.map((round) => round.trades.cashUsd + poolPaymentUsd(run, round))),
    amplification: first ? total.liquidatedUsd / first : undefined,
    coverage: book.coverage,
  };
}

/** Losses of some liquidations of a run. Accounts are counted once; bad debt is at the final prices. */
function lossesOf({ finalPriceUsd }: Run, liquidations: readonly Liquidation[]): Losses {
  const accounts = new Set<number>();
  let liquidatedUsd = 0;
  let repaidUsd = 0;
  let badDebtUsd = 0;
  for (const liquidation of liquidations) {
    accounts.add(liquidation.account);
    liquidatedUsd += liquidation.seizedUsd;
    repaidUsd += liquidation.repaidUsd;
    badDebtUsd += badDebtOf(liquidation, finalPriceUsd);
  }
  return { accounts: accounts.size, liquidatedUsd, repaidUsd, badDebtUsd };
}

/** What stability pools paid in a round for the collateral they took, USD: not above 0. */
function poolPaymentUsd({ book }: Run, { liquidations, priceBeforeUsd }: RoundRecord): number {
  let usd = 0;
  if (!book.funds.some(({ kind }) => kind === 'stability-pool')) return usd;
  for (const { effects } of liquidations) {
    for (const effect of effects) {
      if (effect.kind !== 'fund') continue;
      const { kind, asset } = book.funds[effect.fund]!;
      if (kind === 'stability-pool') usd += effect.amount * priceBeforeUsd[asset]!;
    }
  }
  return usd;
}

function reportRound(run: Run, round: RoundRecord, index: number): Round {
  const paths = run.book.assets.map(({ address, symbol }, row): AssetPath => {
    return {
      asset: address,
      symbol,
      priceBeforeUsd: round.priceBeforeUsd[row]!,
      priceAfterUsd: round.priceAfterUsd[row]!,
      seized: round.seized[row]!,
      sold: round.trades.sold[row]!,
      bought: round.trades.bought[row]!,
      unsold: round.trades.unsold[row]!,
    };
  });
  return {
    index,
    ...lossesOf(run, round.liquidations),
    assets: paths.filter(isTouched),
    byVenue: byVenue(run, round.liquidations),
  };
}

function isTouched(path: AssetPath): boolean {
  const isTraded = path.seized !== 0 || path.sold !== 0 || path.bought !== 0 || path.unsold !== 0;
  return isTraded || path.priceAfterUsd !== path.priceBeforeUsd;
}

/** Venues with losses, in the book's order. */
function byVenue(run: Run, liquidations: readonly Liquidation[]): VenueLosses[] {
  const { accounts, venues } = run.book;
  return venues
    .map(({ id }, row) => {
      const here = liquidations.filter((liquidation) => accounts.venue[liquidation.account] === row);
      return { venue: id, ...lossesOf(run, here) };
    })
    .filter((losses) => losses.accounts > 0);
}

/** Every asset of the book, from before the shock to the end. */
function byAsset({ book, rounds, finalPriceUsd }: Run): AssetPath[] {
  return book.assets.map(({ address, symbol, oraclePriceUsd }, row) => ({
    asset: address,
    symbol,
    priceBeforeUsd: oraclePriceUsd,
    priceAfterUsd: finalPriceUsd[row]!,
    seized: sum(rounds.map((round) => round.seized[row]!)),
    sold: sum(rounds.map((round) => round.trades.sold[row]!)),
    bought: sum(rounds.map((round) => round.trades.bought[row]!)),
    unsold: sum(rounds.map((round) => round.trades.unsold[row]!)),
  }));
}

function byAccount(run: Run): AccountLosses[] {
  const { accounts, venues } = run.book;
  const found = new Map<number, { firstRound: number; liquidations: Liquidation[] }>();
  for (const [i, { liquidations }] of run.rounds.entries()) {
    for (const liquidation of liquidations) {
      const entry = found.get(liquidation.account);
      if (entry) entry.liquidations.push(liquidation);
      else found.set(liquidation.account, { firstRound: i + 1, liquidations: [liquidation] });
    }
  }
  return [...found]
    .map(([account, { firstRound, liquidations }]) => {
      const venue = venues[accounts.venue[account]!]!;
      return {
        venue: venue.id,
        owner: accounts.owner[account]!,
        market: accounts.market[account]!,
        firstRound,
        ...lossesOf(run, liquidations),
        row: account,
      };
    })
    .sort((a, b) => b.liquidatedUsd - a.liquidatedUsd || a.row - b.row)
    .map(({ row: _, ...losses }) => losses);
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
