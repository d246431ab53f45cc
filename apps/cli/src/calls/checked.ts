import type { Book } from '@undertow/book';
import type { CalledAccount, CallEvent, Policy, Review } from '@undertow/calls';

/** An account that would be called. */
export interface WouldBeCalled {
  readonly account: CalledAccount;
  /** Who an address stands for; undefined of a real one. */
  readonly name: string | undefined;
  readonly caseId: string;
  readonly breach: Extract<CallEvent, { readonly kind: 'breach' }>;
}

/** What a check found. */
export interface Checked {
  readonly book: Book;
  readonly policy: Policy;
  /** The worst rung first, then the largest debt. */
  readonly calls: readonly WouldBeCalled[];
  readonly unmeasured: Review['unmeasured'];
}
