import type { Book, TermsOverride } from '@undertow/book';
import type { EngineKind } from '@undertow/cascade';
import type { SweepChunk } from '@undertow/sweep';
import type { AdviceKinds, ItemOf } from './kinds.ts';
import type { Urgency } from './rank.ts';
import type { SharedBook } from './shared-book.ts';
import type { SharedPlan } from './shared-plan.ts';
import type { SharedQuestion } from './shared-question.ts';

/** Of which book something is asked, how soon, and until when. */
export interface Asked {
  readonly book: Book;
  readonly overrides?: readonly TermsOverride[];
  /** Block of the book: newer ones go first. Default 0. */
  readonly block?: number;
  /** Default `question`. */
  readonly urgency?: Urgency;
  /** Whoever asked does not wait any more. What nobody waits for is stopped. */
  readonly signal?: AbortSignal | undefined;
}

/** What of a cascade is wanted. */
export interface SimulateWanted {
  readonly band?: boolean;
  /** Accounts that are listed, those that lose most first. Default: all. */
  readonly accounts?: number;
}

/** A book that is shared by all threads, and what runs scenarios on it. */
export interface PooledBook {
  readonly book: SharedBook;
  /** Block of the book. Default 0. */
  readonly block?: number;
  /** Default `POOL_ENGINE`. */
  readonly engine?: EngineKind;
}

/** A plan on a book, both shared by all threads. */
export interface PooledSweep extends PooledBook {
  readonly plan: SharedPlan;
}

/** Which tail of a sweep, and how much of it is told. */
export interface TailWanted {
  readonly chunks: readonly SweepChunk[];
  readonly level: number;
  /** How many accounts are named. */
  readonly accounts: number;
  /** The most scenarios that are run again. */
  readonly most: number;
}

/** A question of advice on a book, both shared by all threads. */
export interface PooledAdvice {
  readonly book: SharedBook;
  readonly question: SharedQuestion;
  /** Block of the book. Default 0. */
  readonly block?: number;
}

/** Items of an advice, and who hears of them. */
export interface AdviceItems<K extends keyof AdviceKinds> {
  readonly items: readonly ItemOf<K>[];
  readonly signal?: AbortSignal | undefined;
  readonly tell?: (() => void) | undefined;
}
