import type { CallTimer } from './margin-call.ts';

/** Who is told. */
export const AUDIENCES = ['borrower', 'desk'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** What a notice is about. */
export const TOPICS = [
  'warning',
  'called',
  'deadline-shortened',
  'reminder',
  'answered',
  'escalated',
  'liquidation-due',
  'cured',
  'liquidated',
  'expired',
  'withdrawn',
] as const;
export type Topic = (typeof TOPICS)[number];

/** Something that somebody is to be told, once. */
export interface Notice {
  /** The same however often it is sent: whoever receives it twice knows it by this. */
  readonly key: string;
  readonly to: Audience;
  readonly topic: Topic;
  /** One sentence, for a person. */
  readonly words: string;
  /** Unix seconds; not before this: quiet hours. */
  readonly notBefore: number;
}

/** What the world has to do after an event; the call itself holds its timers already. */
export type CallEffect =
  | { readonly kind: 'notify'; readonly notice: Notice }
  | { readonly kind: 'set-timer'; readonly timer: CallTimer }
  | { readonly kind: 'cancel-timer'; readonly id: string }
  | { readonly kind: 'log'; readonly draft: LogDraft };

/** An entry of the log before it has its place there. */
export interface LogDraft {
  /** `calculation`: what was measured, from what; `message`: what was or is to be told; `decision`: what somebody or a clock did. */
  readonly kind: 'calculation' | 'message' | 'decision';
  readonly call: string;
  /** Unix seconds. */
  readonly at: number;
  /** Anything that JSON can say. */
  readonly content: Readonly<Record<string, unknown>>;
}
