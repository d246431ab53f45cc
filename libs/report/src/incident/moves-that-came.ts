import type { Book, BookFeed, PriceNode } from '@undertow/book';
import type { Move } from '@undertow/cascade';
import type { Happened } from './happened.ts';

/** What one feed answered over the range, in whole units. */
export interface FeedPath {
  readonly feed: string;
  readonly label: string;
  readonly before: number;
  /** The answer furthest from that before, as a ratio, and when it came first. */
  readonly furthest: number;
  readonly block: number;
  readonly time: number;
  readonly last: number;
  readonly answers: number;
}

/** The feeds that answered anew, in the order of the book. */
export function feedPaths(book: Book, answers: Happened['answers']): FeedPath[] {
  const byFeed = Map.groupBy(answers, ({ feed }) => feed);
  return book.feeds.flatMap((feed, row) => {
    const own = (byFeed.get(feed.id) ?? []).map((one) => ({
      ...one,
      value: wholeAnswer(book, row, one.answer),
    }));
    if (own.length === 0) return [];
    const distance = ({ value }: { readonly value: number }) => Math.abs(Math.log(value / feed.answer));
    const furthest = own.reduce((most, one) => (distance(one) > distance(most) ? one : most));
    return [
      {
        ...{ feed: feed.id, label: feed.label, before: feed.answer, furthest: furthest.value },
        ...{ block: furthest.block, time: furthest.time, last: own.at(-1)!.value, answers: own.length },
      },
    ];
  });
}

/** An answer in whole units, by what the book says of the feed's digits. */
export const wholeAnswer = ({ feeds, exact }: Book, row: number, answer: string): number =>
  (Number(answer) * feeds[row]!.answer) / Number(exact.feedAnswer[row]!);

/** Less than this is no move: it is what feeds round to. */
const LEAST_MOVE = 1e-4;
/** A tied asset whose feed goes with its reference to within this follows it: naming it would say that it came off its peg. */
const SAME_MOVE = 0.005;

/**
 * The moves of a range as a scenario: every reference goes to the answer of its feed that was furthest from that before, and so does an
 * asset of which a feed said something else than of its reference. Feeds need not have been there at one time, and what the sales of the
 * liquidations themselves did to prices is in them.
 */
export function movesThatCame(book: Book, paths: readonly FeedPath[]): Move[] {
  const moveOf = new Map(paths.map(({ feed, before, furthest }) => [feed as string, furthest / before - 1]));
  const references = book.references.map((_, row) =>
    greatest(movesOf(book, moveOf, { kind: 'reference', row: row as never })),
  );
  const assets = book.assets.map((asset, row): number | undefined => {
    const direct = greatest(movesOf(book, moveOf, { kind: 'asset', row: row as never }));
    if (direct !== undefined) return direct;
    const quoted = book.feeds.find(({ over, under }) => under !== undefined && isNode(over, 'asset', row));
    if (quoted === undefined || !moveOf.has(quoted.id)) return undefined;
    const below =
      quoted.under!.kind === 'reference' ? references[quoted.under!.row] : references[asset.reference];
    return (1 + moveOf.get(quoted.id)!) * (1 + (below ?? 0)) - 1;
  });
  return [
    ...book.references.flatMap(({ symbol }, row): Move[] => {
      const move = references[row];
      // All prices are in dollars.
      return symbol === 'USD' || move === undefined || Math.abs(move) < LEAST_MOVE
        ? []
        : [{ kind: 'reference', symbol, move }];
    }),
    ...book.assets.flatMap(({ address, reference }, row): Move[] => {
      const move = assets[row];
      const along = references[reference] ?? 0;
      return move === undefined || Math.abs((1 + move) / (1 + along) - 1) < SAME_MOVE
        ? []
        : [{ kind: 'asset', asset: address, move }];
    }),
  ];
}

const isNode = (node: PriceNode, kind: PriceNode['kind'], row: number) =>
  node.kind === kind && node.row === row;

/** Moves of the feeds that say in USD what a node is worth. */
const movesOf = ({ feeds }: Book, moves: ReadonlyMap<string, number>, { kind, row }: PriceNode): number[] =>
  feeds.flatMap(({ id, over, under }: BookFeed) =>
    under === undefined && isNode(over, kind, row) ? (moves.get(id) ?? []) : [],
  );

const greatest = (moves: readonly number[]): number | undefined =>
  moves.length === 0
    ? undefined
    : moves.reduce((most, one) => (Math.abs(Math.log1p(one)) > Math.abs(Math.log1p(most)) ? one : most));
