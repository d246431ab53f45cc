import { derivedAnswerDown, nearestDueAnswer, type Address, type FeedId } from '@undertow/market';
import { priceAnswer } from './feed-price.ts';
import type { Ledger } from './ledger.ts';
import type { LiquidationPrice } from './reading.ts';

/** What a feed answers, raw; undefined = no price. */
export type AnswerOf = (feed: FeedId) => bigint | undefined;

/**
 * A venue's decision about an account when feeds answer so; false where it asks one without a price, for then it decides
 * nothing. `isMoved`: whether a feed is among those that move.
 */
export type DecideAt = (answerOf: AnswerOf, isMoved: (feed: FeedId) => boolean) => boolean;

/** A feed that an account's decision asks, and the asset that it prices there. */
export interface AskedFeed {
  readonly feed: FeedId;
  readonly asset: Address;
}

/**
 * Liquidation prices of an account: for every feed that its decision asks, and every feed that those are based on
 * (`Feed.basedOn`), the answer nearest to the present one at which the venue's own decision changes. What hangs on the
 * feed moves with it, to the last unit as its adapter computes it; all others stay. A feed that is based on another has
 * a row of its own: it also moves alone, when its ratio does. No row = no answer makes a difference.
 */
export function liquidationAnswers(
  ledger: Ledger,
  asked: readonly AskedFeed[],
  isDueAt: DecideAt,
): LiquidationPrice[] {
  return [...new Map(asked.map((one) => [one.feed, one])).values(), ...basesOf(ledger, asked)].flatMap(
    ({ feed, asset }): LiquidationPrice[] => {
      const present = priceAnswer(ledger, feed);
      if (present === undefined) return [];
      const { answersAt, isMoved } = moves(ledger, feed);
      const found = nearestDueAnswer(present, (answer) => isDueAt(answersAt(answer), isMoved));
      return found ? [{ asset, feed, answer: found.answer }] : [];
    },
  );
}

/** As `liquidationAnswers`, but only of the feeds that those asked are based on. */
export function baseLiquidationAnswers(
  ledger: Ledger,
  asked: readonly AskedFeed[],
  isDueAt: DecideAt,
): LiquidationPrice[] {
  return liquidationAnswers(ledger, basesOf(ledger, asked), isDueAt);
}

/** Longest chain of feeds based on feeds that is followed. */
const MOST_STEPS = 8;

/** The feeds that others are based on and that are not among those themselves, each once. */
function basesOf(ledger: Ledger, asked: readonly AskedFeed[]): AskedFeed[] {
  const known = new Set(asked.map(({ feed }) => feed));
  const bases: AskedFeed[] = [];
  let layer = asked;
  for (let step = 0; step < MOST_STEPS && layer.length > 0; step++) {
    layer = layer.flatMap(({ feed, asset }): AskedFeed[] => {
      const base = ledger.reference.feeds.get(feed)?.basedOn;
      if (base === undefined || known.has(base)) return [];
      known.add(base);
      return [{ feed: base, asset: ledger.ratios.get(asset)?.of ?? asset }];
    });
    bases.push(...layer);
  }
  return bases;
}

/** What all feeds answer when one answers otherwise: what does not hang on it answers as it does now. */
function moves(ledger: Ledger, moved: FeedId) {
  const links = new Map<FeedId, FeedLink | undefined>();
  const linkOf = (feed: FeedId) => {
    if (!links.has(feed)) links.set(feed, feedLink(ledger, feed));
    return links.get(feed);
  };
  const hangs = (feed: FeedId, steps: number): boolean => {
    if (feed === moved) return true;
    const link = linkOf(feed);
    return link !== undefined && steps < MOST_STEPS && hangs(link.base, steps + 1);
  };
  const isMoved = (feed: FeedId) => hangs(feed, 0);
  const answersAt = (answer: bigint): AnswerOf => {
    const answerOf: AnswerOf = (feed) => {
      if (feed === moved) return answer;
      if (!isMoved(feed)) return priceAnswer(ledger, feed);
      const link = linkOf(feed)!;
      const base = answerOf(link.base);
      const derived = base === undefined ? 0n : link.answerAt(base);
      return derived > 0n ? derived : undefined;
    };
    return answerOf;
  };
  return { answersAt, isMoved };
}

/** How a feed's answer follows from that of the feed that it is based on. */
interface FeedLink {
  readonly base: FeedId;
  readonly answerAt: (base: bigint) => bigint;
}

/**
 * By the posted ratio that gives the feed's answer exactly; where none does (a cap on the ratio binds), in proportion,
 * rounded down. Undefined for a feed that is based on none or where either has no price.
 */
function feedLink(ledger: Ledger, feed: FeedId): FeedLink | undefined {
  const base = ledger.reference.feeds.get(feed)?.basedOn;
  const present = priceAnswer(ledger, feed);
  const below = base === undefined ? undefined : priceAnswer(ledger, base);
  if (base === undefined || present === undefined || below === undefined) return undefined;
  const posted = [...ledger.ratios.values()].find(
    ({ ratioWad }) => derivedAnswerDown(ratioWad, below) === present,
  );
  if (posted) return { base, answerAt: (answer) => derivedAnswerDown(posted.ratioWad, answer) };
  return { base, answerAt: (answer) => (present * answer) / below };
}
