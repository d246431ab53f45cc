import { movedOf, parameterKey, withMoved, type Advice, type AdviceMadeOf } from '@undertow/advice';
import {
  advise,
  movedAlone,
  sharedBook,
  sharedQuestion,
  type AdviceProgress,
  type AdviceWanted,
  type EnginePool,
} from '@undertow/engine-pool';

/** What advices are held against: an earlier book, with the question as it would have been then. */
export interface SinceOf {
  readonly before: AdviceMadeOf;
  readonly after: AdviceMadeOf;
  readonly wanted: AdviceWanted;
  readonly signal: AbortSignal;
  /** Hears of the advices on the earlier book, then of each input that is run by itself. */
  readonly told: (progress: Pick<AdviceProgress, 'done' | 'all'> & { readonly stage: string }) => void;
}

/** Advices that say what moved their values since an earlier book, input by input; those that stand say nothing. */
export async function movedSince(
  pool: EnginePool,
  advices: readonly Advice[],
  { before, after, wanted, signal, told }: SinceOf,
): Promise<readonly Advice[]> {
  const of = { book: await sharedBook(before.book), question: sharedQuestion({ asked: before.asked }) };
  const then = await advise(pool, of, { wanted, signal, told });
  const earlier = new Map(then.advices.map((advice) => [parameterKey(advice.parameter), advice]));
  const moved = advices.filter(({ parameter, advised }) => {
    const was = earlier.get(parameterKey(parameter))?.advised;
    return was !== undefined && advised !== undefined && was.value !== advised.value;
  });
  const parameters = moved.map(({ parameter: { kind, venue, market } }) => ({ kind, venue, market }));
  const stage = 'changed inputs';
  const alone = await movedAlone(pool, {
    ...{ before, after, parameters, signal },
    told: (done, all) => told({ stage, done, all }),
  });
  return advices.map((advice) => {
    const key = parameterKey(advice.parameter);
    const was = earlier.get(key);
    const found = alone.get(key);
    if (!was || !found) return advice;
    const record = movedOf(advice, { before: was, block: before.book.block, alone: found });
    return record ? withMoved(advice, record) : advice;
  });
}
