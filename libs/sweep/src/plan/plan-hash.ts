import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Book } from '@undertow/book';
import { ENGINE, type EngineKind } from '@undertow/cascade';
import type { Plan } from './plan.ts';

/** SHA-256, hex, of a plan's fields in the order of their names: equal plans have equal hashes, however they were written down. */
export const planHash = (plan: Plan): string => contentHash(plan);

/**
 * What names a sweep: plan, book and engine. Results with equal keys are results of the same scenarios by the same arithmetic, and
 * may be put together; the two engines agree to the last digits but one, which is not the same.
 */
export const sweepKey = ({
  plan,
  book,
  engine,
}: {
  readonly plan: Plan;
  readonly book: Pick<Book, 'hash'>;
  readonly engine: EngineKind;
}): string => contentHash({ plan, book: book.hash, engine: `${ENGINE} ${engine}` });

/** SHA-256, hex, of plain data as JSON, its fields in the order of their names at every depth; fields that are undefined do not count. */
export function contentHash(value: unknown): string {
  const text = JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
  return bytesToHex(sha256(utf8ToBytes(text)));
}
