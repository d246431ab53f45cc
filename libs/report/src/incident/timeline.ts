import type { Book } from '@undertow/book';
import type { Happened } from './happened.ts';
import { wholeAnswer } from './moves-that-came.ts';
import { sumOf, type Replayed } from './replayed.ts';

/** Rows of a timeline: what is longer is taken together by blocks. */
const MOST_ROWS = 120;

export interface Moment {
  readonly block: number;
  readonly seconds: number;
  readonly liquidations: number;
  readonly repaidUsd: number;
  readonly repaidSoFarUsd: number;
  /** What the feed that moved most said at the end of it. */
  readonly price: number | undefined;
  readonly priceOf: string | undefined;
}

/** What happened when: a row for each block with a liquidation or an answer of the feed that moved most, or for some blocks together. */
export function timelineOf(book: Book, { to, answers }: Happened, { events, paths }: Replayed): Moment[] {
  const [most] = paths
    .filter(({ feed }) => book.feeds.find(({ id }) => id === feed)?.under === undefined)
    .toSorted(
      (a, b) => Math.abs(Math.log(b.furthest / b.before)) - Math.abs(Math.log(a.furthest / a.before)),
    );
  const feedRow = book.feeds.findIndex(({ id }) => id === most?.feed);
  const prices = most === undefined ? [] : answers.filter(({ feed }) => feed === most.feed);
  const blocks = [...new Set([...events, ...prices].map(({ block }) => block))].sort((a, b) => a - b);
  const step = blocks.length <= MOST_ROWS ? 1 : Math.ceil((to.block - book.block) / MOST_ROWS);
  const end = (block: number) =>
    Math.min(to.block, book.block + Math.ceil((block - book.block) / step) * step);
  const start: Moment = {
    ...{ block: book.block, seconds: 0, liquidations: 0, repaidUsd: 0, repaidSoFarUsd: 0 },
    ...{ price: most?.before, priceOf: most?.label },
  };
  const moments = [start];
  for (const block of new Set(blocks.map(end))) {
    const before = moments.at(-1)!;
    const isIn = (one: { readonly block: number }) => end(one.block) === block;
    const own = events.filter(isIn);
    const said = prices.filter(isIn).at(-1);
    const repaidUsd = sumOf(own, (event) => event.repaidUsd);
    moments.push({
      block,
      seconds: Math.max(...own.map(({ time }) => time), said?.time ?? book.time) - book.time,
      liquidations: own.length,
      repaidUsd,
      repaidSoFarUsd: before.repaidSoFarUsd + repaidUsd,
      price: said === undefined ? before.price : wholeAnswer(book, feedRow, said.answer),
      priceOf: most?.label,
    });
  }
  return moments;
}
