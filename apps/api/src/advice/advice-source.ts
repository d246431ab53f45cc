import {
  dropOldAdvices,
  keepAdviceRun,
  readAdviceRuns,
  readAdvices,
  type AdviceOfRun,
  type AdviceRunsWanted,
  type AdvicesWanted,
  type NewAdviceRun,
  type Store,
  type StoredAdviceRun,
} from '@undertow/store';

/** Runs that are kept, the newest of a chain. */
const RUNS_KEPT = 200;

/** What is kept of advices of one chain: the store in production. */
export interface AdviceSource {
  /** Keeps a run that is over, unless it is there. */
  keep(run: Omit<NewAdviceRun, 'chainId'>): Promise<void>;
  /** The one that ended last first. */
  runs(wanted: Omit<AdviceRunsWanted, 'chainId'>): Promise<readonly StoredAdviceRun[]>;
  /** The newest of each parameter. */
  advices(wanted: Omit<AdvicesWanted, 'chainId'>): Promise<readonly AdviceOfRun[]>;
}

/** The advices of one chain of a store. */
export const advicesOf = (store: Store, chainId: number): AdviceSource => ({
  async keep(run) {
    await keepAdviceRun(store, { ...run, chainId });
    await dropOldAdvices(store, { chainId, keep: RUNS_KEPT });
  },
  runs: (wanted) => readAdviceRuns(store, { ...wanted, chainId }),
  advices: (wanted) => readAdvices(store, { ...wanted, chainId }),
});
