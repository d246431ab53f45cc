import {
  cascadeRecord,
  withBacktest,
  withCascadeBacktest,
  type Advice,
  type CascadeDate,
} from '@undertow/advice';
import { BadDataError } from '@undertow/units';
import type { PooledAdvice } from './asked.ts';
import type { EnginePool } from './engine-pool.ts';
import type { PricesOfPast } from './kinds.ts';
import { questionOf } from './shared-question.ts';

/** What advices are backtested over; without prices, why there are none. */
export interface BacktestsOver {
  readonly past: PricesOfPast | string;
  /** At so many dates at most the advice itself is made and held, through whole cascades. 0 = by prices alone. */
  readonly dates: number;
}

export interface BacktestsRun {
  readonly signal?: AbortSignal | undefined;
  /** Hears of every date that is done, of all advices. */
  readonly told?: ((done: number, all: number) => void) | undefined;
}

/**
 * Advices that carry their backtests, each made on whichever thread is free; the same, to the bit, for any number of threads.
 *
 * @throws BadDataError for a horizon that is no whole steps of the prices; the reason of the signal once that is aborted.
 */
export async function backtested(
  pool: EnginePool,
  of: PooledAdvice,
  { advices, past, dates, ...run }: BacktestsOver & BacktestsRun & { readonly advices: readonly Advice[] },
): Promise<readonly Advice[]> {
  if (typeof past === 'string')
    return advices.map((advice) =>
      dates === 0
        ? withBacktest(advice, past)
        : withCascadeBacktest(withBacktest(advice, past), noCascade(advice, past)),
    );
  const items = advices.map((advice) => ({ advice, ...past }));
  const told = await pool.adviceWork('backtest', of, { items, signal: run.signal });
  return dates === 0 ? told : throughCascades(pool, of, { advices: told, past, dates, ...run });
}

const noCascade = (advice: Advice, why: string) => ({
  record: {
    of: 'none' as const,
    symbol: advice.parameter.label,
    lines: [],
    words: [`It was not backtested: ${why}.`],
  },
});

async function throughCascades(
  pool: EnginePool,
  of: PooledAdvice,
  {
    advices,
    past,
    dates: most,
    signal,
    told,
  }: BacktestsRun & {
    readonly advices: readonly Advice[];
    readonly past: PricesOfPast;
    readonly dates: number;
  },
): Promise<readonly Advice[]> {
  const { asked } = questionOf(of.question);
  const dates = await pool
    .adviceWork('cascadeDates', of, { items: [{ ...past, most }], signal })
    .then(([found]) => found!)
    .catch((cause: unknown) => {
      // Prices that share no window are too few.
      if (cause instanceof BadDataError) return { memory: 0, places: [], why: cause.message };
      throw cause;
    });
  const meant = advices.filter(({ advised }) => advised !== undefined);
  const items = meant.flatMap(({ parameter }) =>
    dates.places.map((at) => ({ ...past, parameter, memory: dates.memory, at })),
  );
  let done = 0;
  const tell = () => told?.(++done, items.length);
  const ran: readonly CascadeDate[] =
    items.length === 0 ? [] : await pool.adviceWork('cascadeDate', of, { items, signal, tell });
  return advices.map((advice) => {
    const place = meant.indexOf(advice);
    if (place < 0) return withCascadeBacktest(advice, noCascade(advice, 'there is no advised value'));
    const own = ran.slice(place * dates.places.length, (place + 1) * dates.places.length);
    const { horizonSeconds, source } = past;
    return withCascadeBacktest(
      advice,
      cascadeRecord({ asked, horizonSeconds, parameter: advice.parameter }, dates, own),
      source,
    );
  });
}
