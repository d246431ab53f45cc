import { amount, percent, usd } from '../../format/number.ts';
import type { AdviceParameter, AdviceValue, ListedAdvice } from './load.ts';

const KINDS: Readonly<Record<AdviceParameter['kind'], string>> = {
  liquidationThreshold: 'liquidation threshold',
  loanToValue: 'loan to value',
  liquidationBonus: 'liquidation bonus',
  supplyCap: 'supply cap',
  borrowCap: 'borrow cap',
  closeFactor: 'close factor',
  maintenanceMargin: 'maintenance margin',
  fundSize: 'fund size',
};

/** A kind of parameter as people write it. */
export const kindName = (kind: AdviceParameter['kind']): string => KINDS[kind];

export const VERDICT_WORDS: Readonly<Record<ListedAdvice['verdict'], string>> = {
  raise: 'raise',
  lower: 'lower',
  keep: 'keep',
  out_of_reach: 'out of reach',
  unknown: 'unknown',
  not_a_parameter: 'no such parameter',
};

/** What sets an advised value, in words. */
const BOUNDS: Readonly<Record<string, string>> = {
  tolerance: 'the tolerance',
  toxicity: 'the toxicity line',
  incentive: 'what liquidators need',
  contract: 'the contract',
  'search-end': 'the end of the search',
  'cover-2': 'cover-2',
};

export const boundWords = (boundBy: string | null): string =>
  boundBy === null ? '–' : (BOUNDS[boundBy] ?? boundBy);

/** A value of a parameter with its unit: `82.5 %`, `12,000`, `$1.2M`; an en dash for none. */
export function valueText(value: AdviceValue | null): string {
  if (value === null) return '–';
  if (value.unit === 'ratio') return percent(value.value, 2);
  return value.unit === 'usd' ? usd(value.value) : amount(value.value);
}
