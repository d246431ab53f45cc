import { tradingHours, type TradingHours } from '@undertow/lag';
import type { FeedId } from '@undertow/market';
import { z } from 'zod';

const hours = z.object({ opens: z.string(), closes: z.string() });

/** What no chain says of its feeds, as a network file may have it. */
export const availabilityFile = z.object({
  /** When the markets of some feeds trade, with their holidays; of feeds that are not named their names may tell (`knownHours`). */
  tradingHours: z
    .array(
      z.object({
        feeds: z.array(z.string().min(1)).min(1),
        zone: z.string(),
        sessions: z.array(hours.extend({ weekdays: z.array(z.int()) })),
        holidays: z.array(z.string()).default([]),
        yearlyHolidays: z.array(z.string()).default([]),
        otherHours: z.record(z.string(), hours).default({}),
      }),
    )
    .optional(),
  /** The feed that says whether the rollup's sequencer runs: 0 = up, 1 = down. */
  sequencerFeed: z.string().min(1).optional(),
});

/** When feeds can answer at all. */
export interface Availability {
  readonly hours: ReadonlyMap<FeedId, TradingHours>;
  readonly sequencerFeed: FeedId | undefined;
}

/**
 * What a network file says of when feeds can answer.
 *
 * @throws BadDataError for hours that cannot be read.
 */
export function availabilityOf({
  tradingHours: calendars = [],
  sequencerFeed,
}: z.infer<typeof availabilityFile>): Availability {
  const known = calendars.flatMap(({ feeds, ...calendar }) => {
    const open = tradingHours(calendar);
    return feeds.map((feed): [FeedId, TradingHours] => [feed.toLowerCase(), open]);
  });
  return { hours: new Map(known), sequencerFeed: sequencerFeed?.toLowerCase() };
}
