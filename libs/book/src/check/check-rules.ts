import type { Mechanism } from '@undertow/market';
import type { BookContent } from '../file/canonical.ts';
import { mechanisms } from '../mechanisms.ts';
import type { VenueRule } from '../rule.ts';
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
    const flaw = rule && ruleFlaw(mechanism, rule);
    must(flaw === undefined, `venues[${row}].rule${flaw ?? ''}`);
  }
}

/** What is wrong with a rule of a mechanism, to be read after its name; undefined = nothing. */
export function ruleFlaw(mechanism: Mechanism, rule: VenueRule): string | undefined {
  const { kernel } = mechanisms[mechanism].check;
  if (rule.kernel !== kernel)
    return ` must be one of ${kernel}, as the venue is ${mechanism}, but is of ${rule.kernel}`;
  for (const [name, value] of Object.entries(rule)) {
    if (typeof value !== 'number') continue;
    const most = mostOf(name);
    if (!(value >= 0 && value <= most)) return `.${name} must be from 0 to ${most}`;
  }
  return undefined;
}

function mostOf(name: string): number {
  if (name.endsWith('Usd')) return MOST_USD;
  return name.endsWith('HealthFactor') ? MOST_HEALTH : 1;
}
