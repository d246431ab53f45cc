import type { BookContent } from '../file/canonical.ts';
import { mechanisms } from '../mechanisms.ts';
import { MOST_USD } from './most.ts';
import { must } from './must.ts';

/** The largest health factor at which a rule may still close all. */
const MOST_HEALTH = 1_000;

/**
 * Checks that every venue's rule is one of its mechanism, with numbers that can be.
 *
 * @throws BadDataError that names the venue's row.
 */
export function checkRules({ venues }: BookContent): void {
  for (const [row, { mechanism, rule }] of venues.entries()) {
    if (!rule) continue;
    const { kernel } = mechanisms[mechanism].check;
    must(
      rule.kernel === kernel,
      `venues[${row}].rule must be one of ${kernel}, as the venue is ${mechanism}, but is of ${rule.kernel}`,
    );
    for (const [name, value] of Object.entries(rule)) {
      if (typeof value !== 'number') continue;
      const most = mostOf(name);
      must(value >= 0 && value <= most, `venues[${row}].rule.${name} must be from 0 to ${most}`);
    }
  }
}

function mostOf(name: string): number {
  if (name.endsWith('Usd')) return MOST_USD;
  return name.endsWith('HealthFactor') ? MOST_HEALTH : 1;
}
