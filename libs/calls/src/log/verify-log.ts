import { EMPTY_LOG, entryHash, type LogEntry, type LogHead } from './log-entry.ts';

/** What is wrong with a log, at the first entry where something is. */
export interface LogFlaw {
  /** `changed`: its words; `removed`: it is not there; `moved`: it is somewhere else. */
  readonly kind: 'changed' | 'removed' | 'moved';
  /** Of the entry. */
  readonly seq: number;
  /** A sentence. */
  readonly words: string;
}

/** A log that is whole, or what is wrong with it. */
export type VerifiedLog =
  | { readonly isWhole: true; readonly head: LogHead; readonly count: number }
  | { readonly isWhole: false; readonly flaw: LogFlaw; readonly count: number };

/** What is known of a log from elsewhere. */
export interface KnownOfLog {
  /** What the log is a part after; from its begin on by default. */
  readonly after?: LogHead | undefined;
  /** Its head, as it was written down somewhere else: without it, entries that were cut off at the end cannot be missed. */
  readonly head?: LogHead | undefined;
}

/**
 * Whether a log is as it was written: hashes, chain, and no gap. Names the first entry that was changed, removed or moved. Whoever rewrites
 * everything from some entry on is found out only by a head that is known from elsewhere.
 */
export function verifyLog(
  entries: readonly LogEntry[],
  { after = EMPTY_LOG, head }: KnownOfLog = {},
): VerifiedLog {
  const count = entries.length;
  const flawed = (flaw: LogFlaw): VerifiedLog => ({ isWhole: false, flaw, count });
  let before = after;
  for (const entry of entries) {
    const flaw = flawOf(entry, before, entries);
    if (flaw) return flawed(flaw);
    before = entry;
  }
  const reached: LogHead = { seq: before.seq, hash: before.hash };
  const told = head && flawOfHead(reached, head);
  return told ? flawed(told) : { isWhole: true, head: reached, count };
}

function flawOf(entry: LogEntry, before: LogHead, entries: readonly LogEntry[]): LogFlaw | undefined {
  const wanted = before.seq + 1;
  if (entry.seq !== wanted) {
    const isElsewhere = entries.some(({ seq }) => seq === wanted);
    return isElsewhere
      ? {
          kind: 'moved',
          seq: wanted,
          words: `entry ${entry.seq} stands where entry ${wanted} should: entries were moved`,
        }
      : {
          kind: 'removed',
          seq: wanted,
          words: `entry ${wanted} is not there: after ${before.seq} comes ${entry.seq}`,
        };
  }
  if (entryHash(entry) !== entry.hash)
    return {
      kind: 'changed',
      seq: wanted,
      words: `entry ${wanted} was changed: its hash is not of what it says`,
    };
  if (entry.previous === before.hash) return undefined;
  // Its own hash is right, so that the one before has been written anew, with a hash of its own.
  const seq = before.seq === 0 ? wanted : before.seq;
  return {
    ...{ kind: 'changed', seq },
    words: `entry ${seq} was changed and given a new hash: entry ${wanted} follows another one than this`,
  };
}

function flawOfHead(reached: LogHead, head: LogHead): LogFlaw | undefined {
  if (reached.seq < head.seq) {
    const seq = reached.seq + 1;
    return {
      kind: 'removed',
      seq,
      words: `entry ${seq} is not there: the log ends at ${reached.seq}, and had ${head.seq} entries`,
    };
  }
  if (reached.seq > head.seq || reached.hash === head.hash) return undefined;
  return {
    ...{ kind: 'changed', seq: reached.seq },
    words: `entry ${reached.seq} is not the one that the known head names: the log was written anew`,
  };
}
