import type { LogDraft } from '../states/effect.ts';
import { hashOf } from './canonical.ts';

/** An entry of the log: chained to the one before it by that one's hash, so that nothing before the last can be changed unseen. */
export interface LogEntry extends LogDraft {
  /** From 1 on, without gaps. */
  readonly seq: number;
  /** Hash of the entry before; that of the first is 64 zeros. */
  readonly previous: string;
  /** SHA-256 of the canonical JSON of all the other fields. */
  readonly hash: string;
}

/** The end of a log: what the next entry is chained to. */
export interface LogHead {
  readonly seq: number;
  readonly hash: string;
}

/** The head of a log without entries. */
export const EMPTY_LOG: LogHead = { seq: 0, hash: '0'.repeat(64) };

/** What an entry becomes after a head. */
export function appendEntry(head: LogHead, { kind, call, at, content }: LogDraft): LogEntry {
  const body = { seq: head.seq + 1, previous: head.hash, kind, call, at, content };
  return { ...body, hash: hashOf(body) };
}

/** The same of several, one after the other. */
export function appendEntries(head: LogHead, drafts: readonly LogDraft[]): LogEntry[] {
  const entries: LogEntry[] = [];
  for (const draft of drafts) entries.push(appendEntry(entries.at(-1) ?? head, draft));
  return entries;
}

/** The hash that an entry should have. */
export function entryHash({ seq, previous, kind, call, at, content }: LogEntry): string {
  return hashOf({ seq, previous, kind, call, at, content });
}
