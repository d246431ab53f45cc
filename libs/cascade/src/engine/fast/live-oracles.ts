import {
  formulaPriceUsd,
  ownPrices,
  restingPriceUsd,
  type Book,
  type PriceNode,
  type PriceState,
} from '@undertow/book';
import type { FeedMoves } from '../../market/follow.ts';
import { atWholeTick } from '../../market/whole-tick.ts';
import type { LiveMarket } from './live-market.ts';

/** Feeds and oracles of a run, changed in place: what `followMarkets` gives, from columns instead of rows. */
export class LiveOracles {
  readonly prices: PriceState;
  readonly #book: Book;
  readonly #over: Int32Array;
  readonly #under: Int32Array;
  readonly #overUsd: Float64Array;
  readonly #underUsd: Float64Array;
  readonly #isFixed: Uint8Array;
  readonly #isInTicks: Uint8Array;
  #moves: FeedMoves | undefined;

  constructor(book: Book) {
    const { feeds, references } = book;
    const nodeOf = (node: PriceNode | undefined) =>
      node === undefined ? -1 : node.kind === 'reference' ? node.row : references.length + node.row;
    const restingUsd = (node: PriceNode | undefined) => {
      if (node === undefined) return 1;
      return node.kind === 'reference' ? references[node.row]!.priceUsd : restingPriceUsd(book, node.row);
    };
    this.#book = book;
    this.prices = ownPrices(book);
    this.#over = Int32Array.from(feeds, ({ over }) => nodeOf(over));
    this.#under = Int32Array.from(feeds, ({ under }) => nodeOf(under));
    this.#overUsd = Float64Array.from(feeds, ({ over }) => restingUsd(over));
    this.#underUsd = Float64Array.from(feeds, ({ under }) => restingUsd(under));
    this.#isFixed = Uint8Array.from(feeds, ({ policy }) => Number(policy.kind === 'fixed'));
    this.#isInTicks = Uint8Array.from(feeds, ({ policy }) =>
      Number(policy.kind === 'average' && policy.inTicks === true),
    );
  }

  /** The state right after a shock. */
  begin(prices: PriceState, moves: FeedMoves): void {
    this.#moves = moves;
    this.prices.feedAnswer.set(prices.feedAnswer);
    this.prices.oracleFactor.set(prices.oracleFactor);
    this.prices.oraclePriceUsd.set(prices.oraclePriceUsd);
  }

  /** Feeds answer where markets stand, and oracles by their formulas. */
  follow(market: LiveMarket): void {
    const { feeds, oracles } = this.#book;
    const { feedAnswer, oraclePriceUsd } = this.prices;
    const { priceFactor } = this.#moves!;
    for (let row = 0; row < feeds.length; row++) feedAnswer[row] = this.#answerOf(row, market);
    for (let row = 0; row < oracles.length; row++) {
      const { formula, priceUsd } = oracles[row]!;
      const { terms } = formula;
      let isMoved = false;
      for (let i = 0; i < terms.length; i++)
        if (feedAnswer[terms[i]!.feed] !== feeds[terms[i]!.feed]!.answer) isMoved = true;
      oraclePriceUsd[row] = (isMoved ? formulaPriceUsd(formula, feedAnswer) : priceUsd) * priceFactor[row]!;
    }
  }

  #answerOf(row: number, market: LiveMarket): number {
    const { answer, least, greatest } = this.#book.feeds[row]!;
    const { feedFactor, isFrozen } = this.#moves!;
    const over = this.#over[row]!;
    const under = this.#under[row]!;
    const hasMoved = market.moved[over] === 1 || (under !== -1 && market.moved[under] === 1);
    let factor = feedFactor[row]!;
    if (hasMoved && this.#isFixed[row] === 0 && isFrozen[row] === 0) {
      factor *= market.nodeUsd(over) / this.#overUsd[row]!;
      if (under !== -1) factor /= market.nodeUsd(under) / this.#underUsd[row]!;
    }
    if (factor === 1) return answer;
    const said = hasMoved && this.#isInTicks[row] === 1 ? atWholeTick(answer * factor) : answer * factor;
    return Math.min(greatest, Math.max(least, said));
  }
}
