import { counted, share as shareText } from './number.ts';

/** How much of the debt an answer speaks of; gaps without a value are in no share. */
export interface Covered {
  readonly share: number;
  readonly gaps: readonly { readonly debtUsd: number | null }[];
}

/**
 * How much of the debt an answer speaks of, in words: the share is of valued debt alone and never rounds up, and what has
 * no value is counted beside it, so that 100 % does not hide it.
 */
export function coverageWords({ share, gaps }: Covered): string {
  const unvalued = gaps.filter(({ debtUsd }) => debtUsd === null).length;
  const covers = `Covers ${shareText(share)} of the valued debt`;
  return unvalued === 0 ? covers : `${covers}, ${counted(unvalued, 'gap')} without a value`;
}
