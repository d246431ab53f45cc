import type { PriceNode } from '@undertow/book';
import type { View } from '../state.ts';
import type { Call } from '../open-round.ts';
import type { World } from '../world.ts';

/** Keeps account of which venue's calls moved which price. */
export interface PriceCauses {
  /** Notes what a call did to the markets. */
  note(call: Call): void;
  /**
   * USD by which each cause has moved an oracle since before the shock, by venue row, the shock last: they add up to the move.
   *
   * A price is a product, so its move is split by logarithms: from p₀ to p₁ it is m × ln(p₁ ÷ p₀) with the logarithmic mean m, and
   * a venue's part is m × the sum of what its calls added to that logarithm through the feeds that the oracle asks.
   */
  movesOf(view: View, oracle: number): Float64Array;
}

/** Nothing moved yet. */
export function openPriceCauses({ book, market, feeds }: World): PriceCauses {
  const { tree } = market;
  const shock = book.venues.length;
  /** By venue, then node: Σ ln(price after ÷ before) by its calls, of what hangs on what they traded too. */
  const logs = book.venues.map(() => new Float64Array(tree.count));
  const nodeOf = (node: PriceNode) => (node.kind === 'reference' ? node.row : tree.references + node.row);
  const logOf = (venue: number, oracle: number): number => {
    let sum = 0;
    for (const { feed, power } of book.oracles[oracle]!.formula.terms) {
      const { over, under, policy } = book.feeds[feed]!;
      if (policy.kind === 'fixed' || feeds.isFrozen[feed] === 1) continue;
      sum += power * logs[venue]![nodeOf(over)]!;
      if (under) sum -= power * logs[venue]![nodeOf(under)]!;
    }
    return sum;
  };
  /** By oracle, at the view that was asked for last: many accounts hold the same assets. */
  const known: (Float64Array | undefined)[] = [];
  let knownAt: View | undefined;
  return {
    note({ venue, trade }) {
      knownAt = undefined;
      const own = logs[venue]!;
      const added = new Float64Array(tree.count);
      for (const { asset, ownMove } of trade.assets)
        if (ownMove !== 1) added[tree.movedBy[asset]!]! += Math.log(ownMove);
      // Also what follows only when the round is over was moved by this call.
      for (const node of tree.order) {
        const base = tree.base[node]!;
        if (base !== -1) added[node]! += added[base]!;
        own[node]! += added[node]!;
      }
    },
    movesOf(view, oracle) {
      if (view !== knownAt) known.length = 0;
      knownAt = view;
      const found = known[oracle];
      if (found) return found;
      const moves = new Float64Array(shock + 1);
      known[oracle] = moves;
      const [before, now] = [book.oracles[oracle]!.priceUsd, view.oraclePriceUsd[oracle]!];
      const move = now - before;
      if (move === 0) return moves;
      const mean = move / Math.log(now / before);
      let left = move;
      for (let venue = 0; venue < shock; venue++) {
        moves[venue] = mean * logOf(venue, oracle);
        left -= moves[venue]!;
      }
      moves[shock] = left;
      return moves;
    },
  };
}
