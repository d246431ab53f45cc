import { formulaPriceUsd, restingPriceUsd, type Book, type PriceNode, type PriceState } from '@undertow/book';
import type { PriceTree } from './price-tree.ts';
import { atWholeTick } from './whole-tick.ts';

/** What feeds do during a run, beside following their markets. By feed row and by node. */
export interface FeedMoves {
  /** What a feed's answers are multiplied by: a shock to the feed alone. */
  readonly feedFactor: Float64Array;
  /** 1 = the feed answers what it answers at the start, whatever its market does. */
  readonly isFrozen: Uint8Array;
  /** See `PriceState.oracleFactor`. */
  readonly oracleFactor: Float64Array;
  /**
   * What an oracle's price in USD is multiplied by. The same as its factor but for a pair's oracle, whose price is that of its debt
   * times its ratio: where the debt's oracle is moved too, the factor is what moves the ratio.
   */
  readonly priceFactor: Float64Array;
}

/**
 * What feeds and oracles say when markets stand at given prices. A feed whose market has moved answers the market's price, with
 * the basis that it had to the first oracle price of the asset at the book's height, within its bounds, and at a whole tick where
 * it averages those; the others answer what they did. Oracles follow by their formulas.
 *
 * @param moved by node of the price tree: 1 = its price is no longer that of the book.
 */
export function followMarkets(
  book: Book,
  tree: PriceTree,
  at: { readonly priceUsd: Float64Array; readonly moved: Uint8Array; readonly moves: FeedMoves },
): PriceState {
  const { priceUsd, moved, moves } = at;
  const nodeOf = (node: PriceNode) => (node.kind === 'reference' ? node.row : tree.references + node.row);
  const restingUsd = (node: PriceNode) =>
    node.kind === 'reference' ? book.references[node.row]!.priceUsd : restingPriceUsd(book, node.row);
  const feedAnswer = Float64Array.from(book.feeds, (feed, row) => {
    const { over, under, policy, answer, least, greatest } = feed;
    const hasMoved = moved[nodeOf(over)] === 1 || (under !== undefined && moved[nodeOf(under)] === 1);
    let factor = moves.feedFactor[row]!;
    if (hasMoved && policy.kind !== 'fixed' && moves.isFrozen[row] === 0) {
      factor *= priceUsd[nodeOf(over)]! / restingUsd(over);
      if (under !== undefined) factor /= priceUsd[nodeOf(under)]! / restingUsd(under);
    }
    if (factor === 1) return answer;
    const said =
      hasMoved && policy.kind === 'average' && policy.inTicks
        ? atWholeTick(answer * factor)
        : answer * factor;
    return Math.min(greatest, Math.max(least, said));
  });
  const { oracleFactor, priceFactor } = moves;
  const oraclePriceUsd = Float64Array.from(book.oracles, ({ formula, priceUsd: before }, row) => {
    const isMoved = formula.terms.some(({ feed }) => feedAnswer[feed] !== book.feeds[feed]!.answer);
    const price = isMoved ? formulaPriceUsd(formula, feedAnswer) : before;
    return price * priceFactor[row]!;
  });
  return { feedAnswer, oracleFactor, oraclePriceUsd };
}

/** By node: 1 where its price, or that of what it hangs on, has been moved. `own` says which nodes have been by themselves. */
export function spreadMoved({ base, order, count }: PriceTree, own: Uint8Array): Uint8Array {
  const moved = new Uint8Array(count);
  for (const node of order) {
    const below = base[node]!;
    moved[node] = own[node]! | (below === -1 ? 0 : moved[below]!);
  }
  return moved;
}
