import type { Advice, Judgement, MarketFrontier, Parameter, Together } from '@undertow/advice';
import type { TermsOverride } from '@undertow/book';
import type { SweepChunk } from '@undertow/sweep';
import type { PooledAdvice } from './asked.ts';
import type { EnginePool } from './engine-pool.ts';
import type { NamedPlace } from './kinds.ts';
import type { AdviceWanted } from './wanted-places.ts';

/** How far advices are: scenarios under the present terms first, then one parameter after another. */
export interface AdviceProgress {
  readonly stage: 'scenarios' | 'parameters';
  readonly done: number;
  readonly all: number;
}

export interface AdviseRun {
  readonly signal?: AbortSignal | undefined;
  readonly told?: ((progress: AdviceProgress) => void) | undefined;
}

/** Advices, and what all of their changes come to together. */
export interface Advised {
  readonly advices: readonly Advice[];
  readonly together: Together | undefined;
}

/**
 * Advices on all parameters that are meant, each on whichever thread is free; the answer is the same, to the bit, for any number of threads.
 *
 * @throws BadDataError for a question that is none, and where no parameter is meant; the reason of the signal once that is aborted.
 */
export async function advise(
  pool: EnginePool,
  of: PooledAdvice,
  { wanted, ...run }: AdviseRun & { readonly wanted: AdviceWanted },
): Promise<Advised> {
  const { places, chunks } = await sweptFor(pool, of, { wanted, ...run });
  const items = places.map(({ parameter }) => ({ parameter, chunks }));
  const advices = await pool.adviceWork('advice', of, { items, ...told(run, 'parameters', items.length) });
  const [together] = await pool.adviceWork('together', of, {
    items: [{ advices, chunks }],
    signal: run.signal,
  });
  return { advices, together };
}

/** What changes that somebody typed come to, as `judgeChange`. */
export async function judge(
  pool: EnginePool,
  of: PooledAdvice,
  { overrides, ...run }: AdviseRun & { readonly overrides: readonly TermsOverride[] },
): Promise<Judgement> {
  const { chunks } = await sweptFor(pool, of, { wanted: {}, ...run });
  const items = [{ overrides, chunks }];
  const [judgement] = await pool.adviceWork('judged', of, { items, signal: run.signal });
  return judgement!;
}

/** The toxicity frontier of a market, as `marketFrontier`; no scenario is run for it. */
export async function frontierOf(
  pool: EnginePool,
  of: PooledAdvice,
  item: { readonly parameter: Parameter; readonly bonuses?: readonly number[] },
): Promise<MarketFrontier | undefined> {
  const [found] = await pool.adviceWork('frontier', of, { items: [item] });
  return found;
}

/** What is meant, and the results of the plan under the present terms, which all advices share. */
async function sweptFor(
  pool: EnginePool,
  of: PooledAdvice,
  { wanted, ...run }: AdviseRun & { readonly wanted: AdviceWanted },
): Promise<{ readonly places: readonly NamedPlace[]; readonly chunks: readonly SweepChunk[] }> {
  const [asked] = await pool.adviceWork('advicePlaces', of, { items: [wanted], signal: run.signal });
  const { places, scenarios } = asked!;
  if (scenarios === 0) return { places, chunks: [] };
  const indices = Array.from({ length: scenarios }, (_, index) => index);
  const ran = await pool.adviceWork('trial', of, { items: indices, ...told(run, 'scenarios', scenarios) });
  return { places, chunks: ran.flatMap((one) => (one ? [one.chunk] : [])) };
}

function told(
  { signal, told: tell }: AdviseRun,
  stage: AdviceProgress['stage'],
  all: number,
): { readonly signal: AbortSignal | undefined; readonly tell: () => void } {
  let done = 0;
  return { signal, tell: () => tell?.({ stage, done: ++done, all }) };
}
