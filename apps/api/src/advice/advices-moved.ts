import { movedOf, parameterKey, withMoved, type Advice, type AdviceMadeOf } from '@undertow/advice';
import { movedAlone, type EnginePool } from '@undertow/engine-pool';
import type { AdviceOfRun, StoredAdviceRun } from '@undertow/store';
import { isDeepStrictEqual } from 'node:util';
import type { AdviceSource } from './advice-source.ts';

/** The newest of each parameter that one is looked for among which was asked the same. */
const LOOKED_AT = 3;
/** As many parameters as are compared at most. */
const MOST_PARAMETERS = 10_000;

interface Before {
  readonly of: AdviceOfRun;
  readonly advice: Advice;
}

/** What advices that are not kept yet are held against. */
export interface MovedSince {
  readonly source: AdviceSource;
  /** What the new ones were made of. */
  readonly after: AdviceMadeOf;
  readonly block: number;
  readonly remade: (run: StoredAdviceRun) => Promise<AdviceMadeOf | string>;
  readonly signal: AbortSignal;
  readonly told: (done: number, all: number) => void;
}

/**
 * Advices that say what moved their values since the one before, input by input. That is the newest one that is kept of the parameter and
 * was asked the same, else the newest one. Only where a value moved is anything run: each input that has changed by itself, for all of those parameters at once.
 */
export async function advicesMoved(
  pool: EnginePool,
  advices: readonly Advice[],
  since: MovedSince,
): Promise<readonly Advice[]> {
  const before = await keptBefore(advices, since.source);
  const byRun = new Map<string, Advice[]>();
  for (const advice of advices) {
    const was = before.get(parameterKey(advice.parameter));
    if (!was?.advice.advised || !advice.advised || was.advice.advised.value === advice.advised.value)
      continue;
    byRun.set(was.of.run, [...(byRun.get(was.of.run) ?? []), advice]);
  }
  const moved = new Map<Advice, Advice>();
  for (const [run, some] of byRun) {
    const alone = await aloneSince(pool, { run, some, since });
    for (const advice of some) {
      const key = parameterKey(advice.parameter);
      const { of, advice: was } = before.get(key)!;
      const found = typeof alone === 'string' ? alone : alone.get(key)!;
      const record = movedOf(advice, { before: was, block: of.block, alone: found });
      if (record) moved.set(advice, withMoved(advice, record));
    }
  }
  return advices.map((advice) => moved.get(advice) ?? advice);
}

async function keptBefore(
  advices: readonly Advice[],
  source: AdviceSource,
): Promise<ReadonlyMap<string, Before>> {
  const asked = new Map(advices.map((advice) => [parameterKey(advice.parameter), advice.asked]));
  const venues = new Set(advices.map(({ parameter }) => parameter.venue));
  const venue = venues.size === 1 ? [...venues][0] : undefined;
  const kept = await source.advices({ venue, each: LOOKED_AT, most: LOOKED_AT * MOST_PARAMETERS });
  const found = new Map<string, Before>();
  for (const of of kept) {
    const advice = JSON.parse(of.content) as Advice;
    const key = parameterKey(advice.parameter);
    if (!asked.has(key)) continue;
    const isSame = (one: Before) => isDeepStrictEqual(one.advice.asked, asked.get(key));
    const known = found.get(key);
    // They come newest first.
    if (!known || (!isSame(known) && isSame({ of, advice }))) found.set(key, { of, advice });
  }
  return found;
}

async function aloneSince(
  pool: EnginePool,
  {
    run,
    some,
    since,
  }: { readonly run: string; readonly some: readonly Advice[]; readonly since: MovedSince },
): Promise<Awaited<ReturnType<typeof movedAlone>> | string> {
  const { source, after, block, remade, signal, told } = since;
  const [kept] = await source.runs({ id: run, most: 1 });
  if (!kept) return 'the run before is not kept any more';
  const before = await remade(kept);
  if (typeof before === 'string') return before;
  const parameters = some.map(({ parameter: { kind, venue, market } }) => ({ kind, venue, market }));
  return movedAlone(pool, { before, after, parameters, block, signal, told });
}
