import { recordIncident, resolveIncident, type Store } from '@undertow/store';

/** What is wrong now, by kind: each kind is one incident from when it is seen until it is over, whatever its words become. */
export interface Problems {
  open(kind: string, message: string): Promise<void>;
  over(kind: string): Promise<void>;
  /** Opens with a message, and is over without one. */
  set(kind: string, message: string | false): Promise<void>;
}

/** No problem yet. */
export function openProblems(store: Store, chainId: number): Problems {
  const incidents = new Map<string, number>();
  const problems: Problems = {
    async open(kind, message) {
      if (incidents.has(kind)) return;
      incidents.set(kind, await recordIncident(store, { chainId, kind: 'exchange', message }));
    },
    async over(kind) {
      const id = incidents.get(kind);
      if (id === undefined) return;
      await resolveIncident(store, { id });
      incidents.delete(kind);
    },
    set: (kind, message) => (message === false ? problems.over(kind) : problems.open(kind, message)),
  };
  return problems;
}
