import { median } from '../report.ts';

/** Items per second of work that goes over all of them, as the median of runs that fill a time. */
export function rateOf(items: number, work: () => unknown, budgetMs = 800): number {
  const rates: number[] = [];
  const began = performance.now();
  work();
  while (rates.length < 3 || performance.now() - began < budgetMs) {
    const started = performance.now();
    work();
    rates.push((1_000 * items) / (performance.now() - started));
    if (rates.length >= 25) break;
  }
  return median(rates);
}

/** How many were done, and how long it took. */
export interface Done {
  readonly count: number;
  readonly perSecond: number;
}

/** How many items there are at most, for how long they may run, and how many there must be for all threads to have some. */
export interface Fit {
  readonly most: number;
  readonly budgetMs: number;
  /** Default 1. */
  readonly threads?: number;
}

/**
 * Runs as many of some items as fit into a time. A first run, in which things are compiled, says whether one is slow: then that was it.
 * Else a few more say how many fit, and those are run at once, as an engine does many at once faster than one by one.
 */
export async function asManyAsFit(
  { most, budgetMs, threads = 1 }: Fit,
  run: (count: number) => unknown,
): Promise<Done> {
  const timed = async (count: number): Promise<Done & { readonly tookMs: number }> => {
    const began = performance.now();
    await run(count);
    const tookMs = performance.now() - began;
    return { count, perSecond: (1_000 * count) / tookMs, tookMs };
  };
  const first = await timed(Math.min(threads, most));
  if (first.tookMs > budgetMs / 3) return first;
  const few = await timed(Math.min(16 * threads, most, Math.ceil((budgetMs * first.perSecond) / 2_000)));
  return timed(Math.max(threads, Math.min(most, Math.floor((budgetMs * few.perSecond) / 1_000))));
}
