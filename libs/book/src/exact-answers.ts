import { formulaAnswer, oracleRatioE36, type FeedId } from '@undertow/market';
import { assert } from '@undertow/units';
import type { ExactSource } from './book-exact.ts';
import type { Book } from './book.ts';
import type { PriceState } from './price-state.ts';

/**
 * Raw answers by oracle row at moved prices, as the contracts compute them: feeds are rounded to what they can say, and
 * everything made of them follows in integers. 0 where an oracle could not answer.
 */
export function exactAnswers(book: Book, prices: PriceState): bigint[] {
  const { feeds, oracles, exact } = book;
  const rowOf = new Map(feeds.map(({ id }, row) => [id, row]));
  const known = new Map<FeedId, bigint | undefined>();
  const answerOf = (feed: FeedId): bigint | undefined => {
    if (!known.has(feed)) {
      // Noted first, so that adapters made of each other have no answer instead of no end.
      known.set(feed, undefined);
      const row = rowOf.get(feed);
      const adapter = exact.adapters.get(feed);
      if (row !== undefined)
        known.set(feed, moved(exact.feedAnswer[row]!, prices.feedAnswer[row]! / feeds[row]!.answer));
      else if (adapter) known.set(feed, formulaAnswer(adapter, answerOf, book.time));
    }
    return known.get(feed);
  };
  const answers: (bigint | undefined)[] = oracles.map(() => undefined);
  const oracleAnswer = (row: number): bigint => {
    const found = answers[row];
    if (found !== undefined) return found;
    const source = exact.source[row];
    const answer = source ? followed(source) : inProportion(row);
    return (answers[row] = moved(answer, source ? prices.oracleFactor[row]! : 1));
  };
  const followed = (source: ExactSource): bigint => {
    if (source.form === 'feed') return answerOf(source.feed) ?? 0n;
    const ratioE36 = oracleRatioE36(source.ratio, answerOf);
    return ratioE36 === undefined ? 0n : ratioE36 * oracleAnswer(source.debt);
  };
  const inProportion = (row: number) =>
    moved(exact.answer[row]!, prices.oraclePriceUsd[row]! / oracles[row]!.priceUsd);
  for (const [row, source] of exact.source.entries())
    assert(
      source?.form !== 'pair' || source.debt !== row,
      'the debt asset of a pair has an oracle of its own',
    );
  return oracles.map((_, row) => oracleAnswer(row));
}

function moved(answer: bigint, factor: number): bigint {
  return factor === 1 ? answer : BigInt(Math.round(Number(answer) * factor));
}
