import type { LogSource, RawLog } from '@undertow/chain';
import { factKey } from '@undertow/chain';

/**
 * The source, whose `decode` cannot throw: a log that its decoder fails on, which is a bug of the decoder, becomes
 * `Quarantined` and is counted like any other that cannot be read. One venue's bug stops neither the others nor itself.
 */
export function guardSource(source: LogSource): LogSource {
  return {
    ...source,
    decode(log) {
      try {
        return source.decode(log);
      } catch (error) {
        return { facts: [undecodable(source.id, log, error)] };
      }
    },
  };
}

function undecodable(source: string, log: RawLog, error: unknown) {
  const { address, topics, data } = log;
  const why = error instanceof Error ? error.message : String(error);
  const reason = `a log of ${address} cannot be decoded: ${why}`;
  return { ...factKey(log, 0), kind: 'Quarantined', source, reason, topics, data } as const;
}
