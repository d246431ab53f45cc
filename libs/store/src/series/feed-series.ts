import { present } from '../facts/cell.ts';
import type { Store } from '../open-store.ts';
import { atDecimals } from './decimals.ts';
import { fillGaps } from './fill-gaps.ts';
import { KEPT_KINDS, lastKept, readKept, type KeptRow } from './kept-series.ts';
import { checkWanted, type SeriesPart, type SeriesWanted } from './step.ts';

/** What a feed answered within one step, in whole units. Zero or less is no price: the feed gave none. */
export interface FeedPoint {
  /** Start of the step, unix seconds. */
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Answers within the step; 0 where the last answer before it goes on. */
  readonly answers: number;
}

/** Which feed, on which chain, with the decimals of its answers. */
export interface FeedWanted extends SeriesWanted {
  readonly chainId: number;
  readonly feed: string;
  readonly decimals: number;
  /** Whether steps without an answer are given too, with the last answer before them. Default no. */
  readonly fill?: boolean;
}

/** Answers of a feed over time. */
export async function readFeedSeries(store: Store, wanted: FeedWanted): Promise<SeriesPart<FeedPoint>> {
  const { chainId, feed, decimals, fill = false } = wanted;
  const asked = { chainId, key: { feed }, wanted };
  const { points, next } = await readKept(store, KEPT_KINDS.price, asked);
  const part = { points: points.map((row) => feedPoint(row, decimals)), next };
  if (!fill) return part;
  const before = await lastKept(store, KEPT_KINDS.price, asked);
  return fillGaps(part, {
    ...checkWanted(wanted),
    before: before && feedPoint(before, decimals),
    quiet: ({ close }, time) => ({ time, open: close, high: close, low: close, close, answers: 0 }),
  });
}

function feedPoint({ time, values }: KeptRow, decimals: number): FeedPoint {
  const at = (column: number) => atDecimals(present(values, column), decimals);
  return { time, open: at(0), high: at(1), low: at(2), close: at(3), answers: Number(present(values, 4)) };
}
