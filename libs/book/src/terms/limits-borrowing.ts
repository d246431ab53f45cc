import type { TermsOverride } from './override.ts';

const BORROWING: readonly string[] = ['supplyCap', 'borrowCap', 'loanToValue'];

/**
 * Whether a term only limits new supply and borrowing: it decides about nobody who is there, so that it changes no figure of a
 * cascade, in which nobody borrows.
 */
export const limitsBorrowing = (override: TermsOverride): boolean =>
  override.kind === 'market' && BORROWING.includes(override.field);
