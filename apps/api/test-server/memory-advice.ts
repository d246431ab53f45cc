import type { AdviceOfRun, StoredAdviceRun } from '@undertow/store';
import type { AdviceSource } from '../src/advice/advice-source.ts';

/** Advices kept in memory, as the store keeps them. */
export class MemoryAdvice implements AdviceSource {
  readonly #chainId: number;
  readonly #runs: StoredAdviceRun[] = [];

  constructor(chainId: number) {
    this.#chainId = chainId;
  }

  async keep(run: Parameters<AdviceSource['keep']>[0]): Promise<void> {
    if (this.#runs.some(({ id }) => id === run.id)) return;
    this.#runs.unshift({ ...run, chainId: this.#chainId, endedAt: run.startedAt });
  }

  async runs({ id, isScheduled, most }: Parameters<AdviceSource['runs']>[0]) {
    return this.#runs
      .filter(
        (run) => (id === undefined || run.id === id) && (isScheduled ?? run.isScheduled) === run.isScheduled,
      )
      .slice(0, most);
  }

  async advices({ venue, market, parameter, each, most }: Parameters<AdviceSource['advices']>[0]) {
    const byKey = new Map<string, AdviceOfRun[]>();
    for (const { id: run, block, endedAt, advices } of this.#runs)
      for (const one of advices) {
        const isMeant =
          (venue ?? one.venue) === one.venue &&
          (market ?? one.market) === one.market &&
          (parameter ?? one.parameter) === one.parameter;
        const key = `${one.venue} ${one.market} ${one.parameter}`;
        const found = byKey.get(key) ?? [];
        if (isMeant && found.length < each)
          byKey.set(key, [...found, { run, block, endedAt, content: one.content }]);
      }
    return [...byKey]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([, found]) => found)
      .slice(0, most);
  }
}
