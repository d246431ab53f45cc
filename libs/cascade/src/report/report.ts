import { BadDataError } from '@undertow/units';
import type { Book } from '@undertow/book';
import { accountOutcomes, sumLosses, type AccountOutcome } from '../losses/account-losses.ts';
import { marketLosses } from '../losses/market-losses.ts';
import { shortfallsBefore } from '../losses/shortfalls-before.ts';
import { fundUses, waterfallOf } from '../losses/waterfall.ts';
import { marketPriceUsd } from '../market/market.ts';
import type { Shocked } from '../resolve-moves.ts';
import { resolvedMoves } from '../resolved-moves.ts';
import {
  ENGINE,
  type AccountLosses,
  type CascadeResult,
  type HeldLot,
  type Stuck,
  type VenueLosses,
} from '../result.ts';
import type { Run } from '../run.ts';
import type { Scenario } from '../scenario.ts';
import { assetPaths, endedMarkets, standOf, standOfBook } from './asset-paths.ts';
import { contagionOf } from './contagion.ts';
import { assetFlows } from './flows.ts';
import { depositorProfitUsd, liquidatorProfitUsd } from './profits.ts';
import { roundsOf } from './rounds.ts';

/** Adds a run up per round, venue, market, asset and account. */
export function reportOf(
  run: Run,
  { scenario, shock }: { readonly scenario: Scenario; readonly shock: Shocked },
): CascadeResult {
  const { world, steps, end, converged } = run;
  const { book, market } = world;
  const outcomes = accountOutcomes(run);
  const total = sumLosses(outcomes);
  if (!Number.isFinite(total.liquidatedUsd + total.repaidUsd + total.lossAtSaleUsd + total.stuckUsd))
    throw new BadDataError('this book and scenario hold numbers so large that their sums are no numbers');
  const rounds = roundsOf(run);
  const first = rounds[0]?.liquidatedUsd;
  const before = shortfallsBefore(book, scenario.depthFactor ?? 1);
  const calls = steps.flatMap((one) => one.calls);
  return {
    engine: ENGINE,
    bookHash: book.hash,
    block: book.block,
    scenario,
    policies: world.policies,
    moves: resolvedMoves(book, market, shock),
    converged,
    ...total,
    rounds,
    shortfallBeforeUsd: before.usd,
    shortfallBeforeAtSaleUsd: before.atSaleUsd,
    band: undefined,
    byVenue: byVenue(book, outcomes),
    byMarket: marketLosses(run, outcomes),
    byAsset: assetPaths(market, { before: standOfBook(book), after: standOf(market, end), calls }),
    byAccount: byAccount(book, outcomes),
    stuck: stuckByReason(book, outcomes),
    endedMarkets: endedMarkets(run),
    lots: heldLots(run),
    funds: fundUses(run, outcomes),
    waterfall: waterfallOf(run, outcomes),
    contagion: contagionOf(run),
    flows: assetFlows(run),
    liquidatorProfitUsd: liquidatorProfitUsd(run),
    depositorProfitUsd: depositorProfitUsd(run),
    amplification: first ? total.liquidatedUsd / first : undefined,
    coverage: book.coverage,
  };
}

/** Venues with something to tell, in the book's order. */
function byVenue({ venues, accounts }: Book, outcomes: readonly AccountOutcome[]): VenueLosses[] {
  const here: AccountOutcome[][] = venues.map(() => []);
  for (const outcome of outcomes) here[accounts.venue[outcome.account]!]!.push(outcome);
  return venues.flatMap(({ id }, row) =>
    here[row]!.length === 0 ? [] : [{ venue: id, ...sumLosses(here[row]!) }],
  );
}

function byAccount({ venues, accounts }: Book, outcomes: readonly AccountOutcome[]): AccountLosses[] {
  return outcomes
    .map((outcome) => ({
      venue: venues[accounts.venue[outcome.account]!]!.id,
      owner: accounts.owner[outcome.account]!,
      market: accounts.market[outcome.account]!,
      firstRound: outcome.firstRound,
      stuck: outcome.stuck?.reason,
      ...sumLosses([outcome]),
    }))
    .sort((a, b) => b.liquidatedUsd - a.liquidatedUsd || b.lossUsd - a.lossUsd || b.stuckUsd - a.stuckUsd);
}

/** Stuck debt by venue and reason, largest first. */
function stuckByReason({ venues, accounts }: Book, outcomes: readonly AccountOutcome[]): Stuck[] {
  const found = new Map<string, Stuck>();
  for (const { account, stuck } of outcomes) {
    if (!stuck) continue;
    const venue = venues[accounts.venue[account]!]!.id;
    const key = `${venue}\n${stuck.reason}`;
    const known = found.get(key) ?? { venue, reason: stuck.reason, accounts: 0, debtUsd: 0 };
    found.set(key, { ...known, accounts: known.accounts + 1, debtUsd: known.debtUsd + stuck.debtUsd });
  }
  return [...found.values()].sort((a, b) => b.debtUsd - a.debtUsd);
}

/** Lots at the end, added up by venue, asset and holder. */
function heldLots({ world: { book, market }, end }: Run): HeldLot[] {
  const found = new Map<string, HeldLot>();
  for (const { venue, asset, holder, amount } of end.lots) {
    const key = `${venue} ${asset} ${holder}`;
    const { address, symbol } = book.assets[asset]!;
    const before = found.get(key)?.amount ?? 0;
    const valueUsd = (before + amount) * marketPriceUsd(market, end.places, asset);
    found.set(key, {
      venue: book.venues[venue]!.id,
      asset: address,
      symbol,
      holder,
      amount: before + amount,
      valueUsd,
    });
  }
  return [...found.values()];
}
