import { LRUCache } from 'lru-cache';

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

/** Rows of a result: what is in its lists, at any depth. */
function rowsOf(result: unknown): number {
  if (Array.isArray(result)) return result.reduce<number>((sum, one) => sum + rowsOf(one), 1);
  if (typeof result !== 'object' || result === null || ArrayBuffer.isView(result)) return 1;
  return Object.values(result).reduce<number>(
    (sum, value) => sum + (typeof value === 'object' && value !== null ? rowsOf(value) - 1 : 0),
    1,
  );
}
