import {
  backtestFor,
  cascadeDateAt,
  cascadeDates,
  withBacktest,
  type Advice,
  type CascadeDate,
  type CascadeDates,
} from '@undertow/advice';
import { BadDataError } from '@undertow/units';
import type { AdviceKinds, PricesOfPast } from './kinds.ts';
import type { OpenedStudy } from './opened-study.ts';
import { pricesOf } from './shared-prices.ts';

type ItemOf<K extends keyof AdviceKinds> = AdviceKinds[K]['item'];

/** What threads do of backtests: whether a line would have held, and one date after another of the advice itself. */
export const doBacktest = {
  backtest(study: OpenedStudy, { advice, ...past }: ItemOf<'backtest'>): Advice {
    const { prices, horizonSeconds, source } = past;
    const history = { table: pricesOf(prices), horizonSeconds };
    try {
      const found = backtestFor(study.bare, study.placeOf(advice.parameter), { advice, history });
      return withBacktest(advice, found, source);
    } catch (cause) {
      // What one market's terms cannot be backtested with is no reason to lose all other advices.
      if (cause instanceof BadDataError) return withBacktest(advice, cause.message);
      throw cause;
    }
  },
  cascadeDates: (study: OpenedStudy, { most, ...past }: ItemOf<'cascadeDates'>): CascadeDates =>
    cascadeDates({ ...askedOf(study, past), most }),
  cascadeDate: (study: OpenedStudy, { parameter, memory, at, ...past }: ItemOf<'cascadeDate'>): CascadeDate =>
    cascadeDateAt({ ...askedOf(study, past), most: 1, memory, parameter }, { book: study.bare.book, at }),
};

function askedOf({ question, bare: { book } }: OpenedStudy, { prices, horizonSeconds }: PricesOfPast) {
  const { plan, time: _, horizonSeconds: __, ...asked } = question.asked;
  const names = new Set([...book.references, ...book.assets].map(({ symbol }) => symbol));
  const table = pricesOf(prices);
  return {
    table,
    factors: [...table.prices.keys()].filter((symbol) => names.has(symbol)),
    horizonSeconds,
    asked,
    ...(plan?.policies && { policies: plan.policies }),
  };
}
