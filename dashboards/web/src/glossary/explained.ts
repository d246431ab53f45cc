import type { Inline } from '../prose/prose.ts';

/** The word that somebody asked for, with its meaning once it is here. */
export interface Explained {
  readonly word: string;
  /** `undefined` while it is on its way. */
  readonly text: readonly Inline[] | undefined;
}
