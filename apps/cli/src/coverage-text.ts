import type { Coverage } from '@undertow/book';
import { percent, usd } from './text-table.ts';

/**
 * How much of the debt is modelled, in words. The share is of priced debt alone and never rounds up; what has no price is
 * counted beside it, so that 100 % does not hide it.
 */
export function coverageText({ share, knownDebtUsd, gaps }: Coverage): string {
  const unpriced = gaps.filter(({ debtUsd }) => debtUsd === undefined).length;
  const modelled = `Coverage: ${percent(Math.floor(share * 1_000) / 1_000)} of the priced debt (${usd(knownDebtUsd)} USD)`;
  if (unpriced === 0) return `${modelled} is modelled.`;
  return `${modelled} is modelled, ${unpriced} ${unpriced === 1 ? 'gap' : 'gaps'} without a price.`;
}
