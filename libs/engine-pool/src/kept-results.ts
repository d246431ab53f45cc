import { LRUCache } from 'lru-cache';
import type { CascadeResult } from '@undertow/cascade';

/** Rows that all kept results have together: a cell of a heatmap counts one. A row takes up to 300 bytes, all of them some 60 MB. */
const ROWS_KEPT = 200_000;

/** Results by what they are of, the newest by use: equal keys mean equal results. */
export class KeptResults {
  readonly #results = new LRUCache<string, { readonly result: unknown }>({
    maxSize: ROWS_KEPT,
    sizeCalculation: ({ result }) => rowsOf(result),
  });

  get<Result>(key: string): { readonly result: Result } | undefined {
    return this.#results.get(key) as { readonly result: Result } | undefined;
  }

  set(key: string, result: unknown): void {
    this.#results.set(key, { result });
  }
}

/** Rows of a result: those of a cascade grow with rounds, assets, venues and accounts. */
function rowsOf(result: unknown): number {
  if (Array.isArray(result)) return 1 + result.length;
  if (typeof result !== 'object' || result === null || !('rounds' in result)) return 1;
  const { rounds, ...lists } = result as CascadeResult;
  if (!Array.isArray(rounds)) return 1;
  const inRounds = rounds.reduce((sum, { assets, byVenue }) => sum + 1 + assets.length + byVenue.length, 0);
  return Object.values(lists).reduce(
    (sum: number, list) => sum + (Array.isArray(list) ? list.length : 0),
    1 + inRounds,
  );
}
