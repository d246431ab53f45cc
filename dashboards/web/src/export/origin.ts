import type { Loaded } from '../frame/loaded.ts';
import type { Origin } from './exportable.ts';

interface Answer {
  readonly head?: { readonly block: number; readonly hash?: string } | null;
  readonly bookHash?: string;
}

/** Where an answer is from: what it says itself, and what is known of where it was asked. */
export function originOf({ value, asked }: Loaded<unknown>): Origin {
  const { head, bookHash } = (typeof value === 'object' && value !== null ? value : {}) as Answer;
  const block = head?.block ?? asked?.block;
  return { block, hash: head?.hash ?? (asked?.block === block ? asked?.hash : undefined), bookHash };
}
