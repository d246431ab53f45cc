import type { RawLog } from '@undertow/chain';
import type { Fact, FactKey } from '@undertow/market';
import type { LyraAvalonDeployment } from './deployments.ts';

/** A fact without its key: the log gives that. */
export type Said = Fact extends infer F ? (F extends Fact ? Omit<F, keyof FactKey> : never) : never;

/** What could not be read of a log. */
export function unreadable({ id }: LyraAvalonDeployment, log: RawLog, reason: string): Said {
  return { kind: 'Quarantined', source: id, reason, topics: log.topics, data: log.data };
}
