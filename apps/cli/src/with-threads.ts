import { EnginePool } from '@undertow/engine-pool';

/** What runs a command: ends with it, unless it is given. */
export interface Running {
  readonly signal: AbortSignal;
  /** Default: threads of the command's own. */
  readonly pool?: EnginePool;
}

/** Does work that asks the engine's threads, and ends those that were started for it, whatever comes of it. */
export async function withThreads<Result>(
  { threads, pool: given }: { readonly threads?: number | undefined; readonly pool?: EnginePool | undefined },
  work: (pool: EnginePool) => Promise<Result>,
): Promise<Result> {
  if (given) return work(given);
  const pool = new EnginePool(threads === undefined ? {} : { threads });
  try {
    return await work(pool);
  } finally {
    await pool.close();
  }
}
