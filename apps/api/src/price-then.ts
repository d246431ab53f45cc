import { isConstantOracle, type Book, type OracleRow } from '@undertow/book';
import { oracleRatioE36, type FeedId } from '@undertow/market';

/** A price of a venue's oracle as it was: USD, or why it is not known. */
export type PriceThen = { readonly usd: number } | { readonly reason: string };

/** What feeds answered at a moment, raw; undefined where one had not answered. */
export type AnswersThen = (feed: FeedId) => bigint | undefined;

/** The oracle by which accounts at a venue are valued in an asset, or why none can be named. */
export type FoundOracle = { readonly oracle: OracleRow } | { readonly reason: string };

/** Finds the oracle of an asset in a market of a venue: of the legs there, else of those anywhere at the venue. */
export function oracleFinder(
  book: Book,
): (at: { readonly venue: string; readonly market: string; readonly asset: string }) => FoundOracle {
  const { legs, markets, venues, assets } = book;
  const found = new Map<string, Set<number>>();
  const note = (key: string, oracle: number) => found.set(key, (found.get(key) ?? new Set()).add(oracle));
  for (let leg = 0; leg < legs.count; leg++) {
    const { venue, id } = markets[legs.market[leg]!]!;
    const [name, asset] = [venues[venue]!.id, assets[legs.asset[leg]!]!];
    note(JSON.stringify([name, id, asset.address]), legs.oracle[leg]!);
    note(JSON.stringify([name, asset.address]), legs.oracle[leg]!);
  }
  return ({ venue, market, asset }) => {
    const symbol = assets.find(({ address }) => address === asset)?.symbol ?? asset;
    const rows =
      found.get(JSON.stringify([venue, market, asset])) ?? found.get(JSON.stringify([venue, asset]));
    const [oracle, ...others] = rows ?? [];
    if (oracle === undefined)
      return { reason: `Nobody has ${symbol} at ${venue} now, so that its price source there is not known.` };
    if (others.length > 0)
      return { reason: `${venue} takes ${symbol} at several prices, depending on the account.` };
    return { oracle: oracle as OracleRow };
  };
}

/** The feeds whose answers decide an oracle's price; undefined where it does not follow from answers of feeds alone. */
export function feedsOfOracle(book: Book, row: OracleRow): readonly FeedId[] | undefined {
  if (isConstantOracle(book, book.oracles[row]!)) return [];
  const source = book.exact.source[row];
  if (source === undefined) return undefined;
  if (source.form === 'feed') return [source.feed];
  const debt = feedsOfOracle(book, source.debt);
  return debt && [...source.ratio.base, ...source.ratio.quote, ...debt];
}

/**
 * The price that an oracle gave when feeds answered otherwise than at the book's height: its raw answer then ÷ its raw answer now,
 * times its price now. Who asks which feed is taken as it is at the book's height.
 */
export function priceThen(book: Book, row: OracleRow, answers: AnswersThen): PriceThen {
  const oracle = book.oracles[row]!;
  if (isConstantOracle(book, oracle)) return { usd: oracle.priceUsd };
  const symbol = book.assets[oracle.asset]!.symbol;
  const feeds = feedsOfOracle(book, row);
  if (feeds === undefined)
    return { reason: `The price of ${symbol} does not follow from answers of feeds alone.` };
  const silent = feeds.find((feed) => (answers(feed) ?? 0n) <= 0n);
  if (silent !== undefined)
    return { reason: `No stored answer of ${silent} gives a price of ${symbol} by then.` };
  const then = rawAnswer(book, row, answers);
  const now = book.exact.answer[row]!;
  return then === undefined || now <= 0n
    ? { reason: `The oracle of ${symbol} could not answer.` }
    : { usd: (Number(then) / Number(now)) * oracle.priceUsd };
}

function rawAnswer(book: Book, row: OracleRow, answers: AnswersThen): bigint | undefined {
  const source = book.exact.source[row];
  if (source === undefined) return book.exact.answer[row];
  if (source.form === 'feed') return answers(source.feed);
  const ratioE36 = oracleRatioE36(source.ratio, answers);
  const debt = rawAnswer(book, source.debt, answers);
  return ratioE36 === undefined || debt === undefined ? undefined : ratioE36 * debt;
}
