import type { Asked as AskedAdvice, PathAsked } from '@undertow/advice';
import { contentHash } from '@undertow/sweep';

/** What an advice is asked for, and the limits of its path, as text that all threads read: its plan may have a million numbers. */
export interface SharedQuestion {
  readonly hash: string;
  readonly text: SharedArrayBuffer;
}

/** A question of advice, plain data. */
export interface AdviceQuestion {
  readonly asked: AskedAdvice;
  readonly path?: PathAsked | undefined;
}

export function sharedQuestion({ asked, path }: AdviceQuestion): SharedQuestion {
  const written = Buffer.from(JSON.stringify({ asked, path }));
  const text = new SharedArrayBuffer(written.length);
  new Uint8Array(text).set(written);
  return { hash: contentHash({ asked, path }), text };
}

/** The question that was shared. A plan that was undefined is one that is not there, which is the same. */
export const questionOf = ({ text }: SharedQuestion): AdviceQuestion =>
  JSON.parse(new TextDecoder().decode(text)) as AdviceQuestion;
