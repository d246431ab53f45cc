import {
  formulaAnswer,
  formulaBases,
  MOST_FORMULA_STEPS,
  nearestDueAnswer,
  type Address,
  type FeedId,
} from '@undertow/market';
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
 * Liquidation prices of an account: for every feed that its decision asks, and every feed that those are made of
 * (`Ledger.formulas`), the answer nearest to the present one at which the venue's own decision changes. What is made of
 * the feed moves with it, to the last unit as its adapter computes it; all others stay. A feed that is made of another
 * has a row of its own: it also moves alone, when its rate does. No row = no answer makes a difference.
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

/** As `liquidationAnswers`, but only of the feeds that those asked are made of. */
export function baseLiquidationAnswers(
  ledger: Ledger,
  asked: readonly AskedFeed[],
  isDueAt: DecideAt,
): LiquidationPrice[] {
  return liquidationAnswers(ledger, basesOf(ledger, asked), isDueAt);
}

/** The feeds that others are made of and that are not among those themselves, each once. */
function basesOf(ledger: Ledger, asked: readonly AskedFeed[]): AskedFeed[] {
  const known = new Set(asked.map(({ feed }) => feed));
  const bases: AskedFeed[] = [];
  let layer = asked;
  for (let step = 0; step < MOST_FORMULA_STEPS && layer.length > 0; step++) {
    layer = layer.flatMap(({ feed, asset }) =>
      basesOfFeed(ledger, feed).flatMap((base): AskedFeed[] => {
        if (known.has(base)) return [];
        known.add(base);
        return [{ feed: base, asset: ledger.ratios.get(asset)?.of ?? asset }];
      }),
    );
    bases.push(...layer);
  }
  return bases;
}

function basesOfFeed({ formulas }: Ledger, feed: FeedId): readonly FeedId[] {
  const formula = formulas.get(feed);
  return formula ? formulaBases(formula) : [];
}

/** What all feeds answer when one answers otherwise: what is not made of it answers as it does now. */
function moves(ledger: Ledger, moved: FeedId) {
  const time = ledger.at?.time ?? 0;
  const hangs = (feed: FeedId, steps: number): boolean =>
    feed === moved ||
    (steps < MOST_FORMULA_STEPS && basesOfFeed(ledger, feed).some((base) => hangs(base, steps + 1)));
  const found = new Map<FeedId, boolean>();
  const isMoved = (feed: FeedId): boolean => {
    if (!found.has(feed)) found.set(feed, hangs(feed, 0));
    return found.get(feed)!;
  };
  const answersAt = (answer: bigint): AnswerOf => {
    const answerOf: AnswerOf = (feed) => {
      if (feed === moved) return answer;
      if (!isMoved(feed)) return priceAnswer(ledger, feed);
      const made = formulaAnswer(ledger.formulas.get(feed)!, answerOf, time);
      return made !== undefined && made > 0n ? made : undefined;
    };
    return answerOf;
  };
  return { answersAt, isMoved };
}
