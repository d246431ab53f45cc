import { legPriceUsd, ownValues, type AccountRow, type Book, type BookValues } from '@undertow/book';
import { addressRanks } from '../address-ranks.ts';
import { applyLiquidations, isOwnLeg } from '../apply-liquidations.ts';
import { marketPriceUsd } from '../market/market.ts';
import type { Contagion } from '../result.ts';
import type { Run } from '../run.ts';
import { viewOf, type View } from '../state.ts';
import type { Round } from '../open-round.ts';
import { openLosses } from './cause-shares.ts';
import { openPriceCauses, type PriceCauses } from './price-causes.ts';

/** What stands for the outside move among the causes. */
const SHOCK = 'shock';

/**
 * Who hurts whom. An account's backing is Σ weight × price × amount over its legs: the weight is the threshold for what
 * it holds and −(1 + maintenance margin) for what it owes. What the backing of its present legs lost since before the
 * shock is split, leg by leg, over the shock and the calls of each venue:
 *
 * - What calls moved is split over venues as `PriceCauses` does.
 * - What is left of a leg's loss is the shock's: the outside move, volatility, and the gap that was there between oracle
 *   and market.
 * - An option leg loses what its table says; the part that calls brought is split as its underlying's price is.
 * - What redistribution took from an account belongs to its own venue.
 *
 * Of those losses the causes' shares are made, see `Losses.shares`: the first round is the shock's alone, and a cause
 * that only helped has no share. Rows come by venue, cause and asset, in the book's order, the shock last.
 */
export function contagionOf(run: Run): Contagion[] {
  const { book } = run.world;
  const table = openTable(book);
  const before = ownValues(book);
  const prices = openPriceCauses(run.world);
  const received = new Float64Array(book.legs.count);
  // Amounts of a round's beginning are worked out anew: a run does not keep those of every round.
  const amounts = {
    amount: book.legs.amount.slice(),
    isTouched: new Uint8Array(book.accounts.count),
    fundAmount: new Float64Array(book.funds.length),
  };
  for (const step of run.steps) {
    const view = viewOf(book, { ...step.before, ...amounts });
    for (const { liquidations } of step.calls) {
      for (const { account, seizedUsd, effects } of liquidations) {
        let badDebtUsd = 0;
        for (const effect of effects)
          if (effect.kind === 'badDebt')
            badDebtUsd += effect.amount * marketPriceUsd(run.world.market, run.end.places, effect.asset);
        table.blame(lossesOf({ view, before, prices, received, losses: table.losses }, account), {
          venue: book.accounts.venue[account]!,
          liquidatedUsd: seizedUsd,
          badDebtUsd,
        });
      }
    }
    noteReceived(view, step, received);
    for (const call of step.calls) {
      prices.note(call);
      applyLiquidations(book, amounts, call.liquidations);
    }
  }
  return table.rows();
}

/** Backing that accounts lost because their venue changed one of their legs, USD by leg. */
function noteReceived(view: View, { calls }: Round, received: Float64Array): void {
  const { book, oraclePriceUsd } = view;
  for (const { liquidations } of calls)
    for (const { account, effects } of liquidations)
      for (const effect of effects) {
        if (effect.kind !== 'leg' || isOwnLeg(book, account, effect.leg)) continue;
        const gainUsd =
          effect.delta * backingWeight(book, effect.leg) * oraclePriceUsd[book.legs.oracle[effect.leg]!]!;
        received[effect.leg]! -= gainUsd;
      }
}

/** What one unit of a leg counts for in its account's backing, as a share of its price; negative of what is owed. */
function backingWeight({ legs }: Book, leg: number): number {
  return legs.side[leg] === -1 ? -1 - legs.maintenanceMargin[leg]! : legs.liquidationThreshold[leg]!;
}

interface Blame {
  readonly view: View;
  /** The book as it was. */
  readonly before: BookValues;
  readonly prices: PriceCauses;
  readonly received: Float64Array;
  readonly losses: ReturnType<typeof openLosses>;
}

/** Fills the table of what an account lost, by asset and cause. */
function lossesOf({ view, before, prices, received, losses }: Blame, account: AccountRow) {
  const { book } = view;
  const { legs, accounts, oracles, instruments } = book;
  losses.clear();
  const end = accounts.legStart[account + 1]!;
  for (let leg = accounts.legStart[account]!; leg < end; leg++) {
    const weight = backingWeight(book, leg) * view.amount[leg]!;
    const series = legs.instrument[leg]!;
    const oracle = series === -1 ? legs.oracle[leg]! : instruments[series]!.underlying;
    const moves = prices.movesOf(view, oracle);
    const lossUsd = losses.of(oracles[oracle]!.asset);
    if (received[leg] !== 0) lossUsd[accounts.venue[account]!]! += received[leg]!;
    if (series === -1)
      for (let cause = 0; cause < moves.length; cause++) lossUsd[cause]! -= weight * moves[cause]!;
    else
      addOptionLosses(lossUsd, {
        view,
        before: { ...before, amount: view.amount },
        leg,
        oracle,
        moves,
        weight,
      });
  }
  return losses;
}

/** An option's loss: what calls brought is split as its underlying's move by calls is, the rest is the shock's. */
function addOptionLosses(
  lossUsd: Float64Array,
  of: {
    readonly view: View;
    readonly before: BookValues;
    readonly leg: number;
    readonly oracle: number;
    readonly moves: Float64Array;
    readonly weight: number;
  },
): void {
  const { view, leg, moves, weight } = of;
  const shock = moves.length - 1;
  const traded = moves.subarray(0, shock).reduce((sum, moved) => sum + moved, 0);
  const untraded = view.oraclePriceUsd.with(of.oracle, view.oraclePriceUsd[of.oracle]! - traded);
  const untradedUsd = legPriceUsd({ ...view, oraclePriceUsd: untraded }, leg);
  const callsUsd = traded === 0 ? 0 : legPriceUsd(view, leg) - untradedUsd;
  lossUsd[shock]! -= weight * (untradedUsd - legPriceUsd(of.before, leg));
  if (callsUsd === 0) return;
  for (let venue = 0; venue < shock; venue++) lossUsd[venue]! -= (weight * callsUsd * moves[venue]!) / traded;
}

/** Liquidated value and bad debt by venue, cause and asset. */
function openTable(book: Book) {
  const { venues, assets } = book;
  const causes = [...venues.map(({ id }) => id), SHOCK];
  const losses = openLosses(causes.length, addressRanks(book));
  const liquidatedUsd = new Float64Array(venues.length * causes.length * assets.length);
  const badDebtUsd = new Float64Array(liquidatedUsd.length);
  return {
    losses,
    blame(
      lost: typeof losses,
      of: { readonly venue: number; readonly liquidatedUsd: number; readonly badDebtUsd: number },
    ) {
      lost.shares((cause, asset, share) => {
        const cell = (of.venue * causes.length + cause) * assets.length + asset;
        liquidatedUsd[cell]! += share * of.liquidatedUsd;
        badDebtUsd[cell]! += share * of.badDebtUsd;
      });
    },
    rows(): Contagion[] {
      const rows: Contagion[] = [];
      for (const [cell, usd] of liquidatedUsd.entries()) {
        if (usd === 0 && badDebtUsd[cell] === 0) continue;
        const { address, symbol } = assets[cell % assets.length]!;
        const pair = Math.floor(cell / assets.length);
        rows.push({
          cause: causes[pair % causes.length]!,
          asset: address,
          symbol,
          venue: venues[Math.floor(pair / causes.length)]!.id,
          liquidatedUsd: usd,
          badDebtUsd: badDebtUsd[cell]!,
        });
      }
      return rows;
    },
  };
}
