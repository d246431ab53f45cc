import { legPriceUsd, ownValues, type AccountRow, type Book, type LegRow } from '@undertow/book';
import type { AssetLinks } from './asset-links.ts';
import { badDebtOf } from './bad-debt.ts';
import { openLosses } from './cause-shares.ts';
import type { Contagion } from './result.ts';
import type { Liquidation, View } from './rule.ts';
import { splitMove, type MarketMove } from './split-move.ts';

/** Keeps account of which venue's trades moved which price, and of who was liquidated for it, while a cascade runs. */
export interface Causes {
  /** Notes a round's liquidations, at the prices and amounts at which they were decided. */
  blame(view: View, liquidations: readonly Liquidation[]): void;
  /** Notes backing that an account lost because its venue changed one of its legs (redistribution), USD. */
  receive(leg: LegRow, lossUsd: number): void;
  /** Notes a round's trades. */
  record(move: MarketMove): void;
  /** All that was noted, by venue, cause and asset, in the book's order, the shock last. */
  rows(finalPriceUsd: Float64Array): Contagion[];
}

/** What stands for the outside move among the causes. */
const SHOCK = 'shock';

/**
 * Who hurts whom. An account's backing is Σ weight × price × amount over its legs: the weight is the threshold for what
 * it holds and −(1 + maintenance margin) for what it owes. What the backing of its present legs lost since before the
 * shock is split, leg by leg, over the shock and the trades of each venue:
 *
 * - What trades moved is split over venues round by round, see `splitMove`.
 * - What is left of a leg's loss is the shock's: the outside move, volatility, and the gap that was there between oracle
 *   and market.
 * - An option leg loses what its table says; the part that trades brought is split as its underlying's price is.
 * - What redistribution took from an account belongs to its own venue.
 *
 * Of those losses the causes' shares are made, see `Losses.shares`: the first round is the shock's alone, and a cause
 * that only helped has no share.
 */
export function trackCauses(book: Book, links: AssetLinks): Causes {
  const { assets, venues, accounts, legs } = book;
  const shock = venues.length;
  const causes = [...venues.map(({ id }) => id), SHOCK];
  /** USD by which each venue's trades have moved each asset's market price. */
  const movedUsd = venues.map(() => new Float64Array(assets.length));
  const received = new Float64Array(legs.count);
  const losses = openLosses(causes.length);
  const before = ownValues(book);
  const liquidatedUsd = new Float64Array(venues.length * causes.length * assets.length);
  const badDebts: { readonly cell: number; readonly share: number; readonly liquidation: Liquidation }[] = [];
  const keyOf = (venue: number, cause: number, asset: number) =>
    (venue * causes.length + cause) * assets.length + asset;

  const noteLosses = (view: View, oracleMoves: Float64Array, account: AccountRow) => {
    losses.clear();
    for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++) {
      const weight = backingWeight(book, leg) * view.amount[leg]!;
      const own = legs.instrument[leg]!;
      const oracle = own === -1 ? legs.oracle[leg]! : book.instruments[own]!.underlying;
      const moves = oracle * causes.length;
      const lossUsd = losses.of(book.oracles[oracle]!.asset);
      if (received[leg] !== 0) lossUsd[accounts.venue[account]!]! += received[leg]!;
      if (own === -1)
        for (let cause = 0; cause <= shock; cause++) lossUsd[cause]! -= weight * oracleMoves[moves + cause]!;
      else {
        const own = oracleMoves.subarray(moves, moves + causes.length);
        addOptionLosses(lossUsd, { view, before, leg, oracle, moves: own, weight });
      }
    }
  };

  return {
    blame(view, liquidations) {
      const oracleMoves = movesByOracle(view, movedUsd);
      for (const liquidation of liquidations) {
        const { account, seizedUsd, effects } = liquidation;
        const hasBadDebt = effects.some(({ kind }) => kind === 'badDebt');
        noteLosses(view, oracleMoves, account);
        losses.shares((cause, asset, share) => {
          const cell = keyOf(accounts.venue[account]!, cause, asset);
          liquidatedUsd[cell]! += share * seizedUsd;
          if (hasBadDebt) badDebts.push({ cell, share, liquidation });
        });
      }
    },
    receive(leg, lossUsd) {
      received[leg]! += lossUsd;
    },
    record(move) {
      for (const [venue, step] of splitMove(links, move).entries()) {
        for (const asset of move.trades.moved) movedUsd[venue]![asset]! += step[asset]!;
      }
    },
    rows(finalPriceUsd) {
      const badDebtUsd = new Float64Array(liquidatedUsd.length);
      for (const { cell, share, liquidation } of badDebts)
        badDebtUsd[cell]! += share * badDebtOf(liquidation, finalPriceUsd);
      const rows: Contagion[] = [];
      for (const [cell, usd] of liquidatedUsd.entries()) {
        if (usd === 0 && badDebtUsd[cell] === 0) continue;
        const { address, symbol } = assets[cell % assets.length]!;
        const pair = Math.floor(cell / assets.length);
        const cause = causes[pair % causes.length]!;
        const venue = venues[Math.floor(pair / causes.length)]!.id;
        rows.push({
          cause,
          asset: address,
          symbol,
          venue,
          liquidatedUsd: usd,
          badDebtUsd: badDebtUsd[cell]!,
        });
      }
      return rows;
    },
  };
}

/** What one unit of a leg counts for in its account's backing, as a share of its price; negative of what is owed. */
export function backingWeight({ legs }: Book, leg: number): number {
  return legs.side[leg] === -1 ? -1 - legs.maintenanceMargin[leg]! : legs.liquidationThreshold[leg]!;
}

/** USD by which each cause has moved each oracle since before the shock, causes of one oracle beside each other. */
function movesByOracle({ book, oraclePriceUsd }: View, movedUsd: readonly Float64Array[]): Float64Array {
  const shock = movedUsd.length;
  const moves = new Float64Array(book.oracles.length * (shock + 1));
  for (const [row, { asset, priceUsd, isFixed }] of book.oracles.entries()) {
    if (isFixed) continue;
    const start = row * (shock + 1);
    const basis = priceUsd / book.assets[asset]!.oraclePriceUsd;
    moves[start + shock] = oraclePriceUsd[row]! - priceUsd;
    for (const [venue, moved] of movedUsd.entries()) {
      moves[start + venue] = basis * moved[asset]!;
      moves[start + shock]! -= basis * moved[asset]!;
    }
  }
  return moves;
}

/** An option's loss: what trades brought is split as its underlying's move by trades is, the rest is the shock's. */
function addOptionLosses(
  lossUsd: Float64Array,
  of: {
    readonly view: View;
    readonly before: ReturnType<typeof ownValues>;
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
  const tradesUsd = traded === 0 ? 0 : legPriceUsd(view, leg) - untradedUsd;
  lossUsd[shock]! -= weight * (untradedUsd - legPriceUsd({ ...of.before, amount: view.amount }, leg));
  if (tradesUsd === 0) return;
  for (let venue = 0; venue < shock; venue++)
    lossUsd[venue]! -= (weight * tradesUsd * moves[venue]!) / traded;
}
