import type { BookVenue } from '@undertow/book';
import type { Mechanism } from '@undertow/market';
import { BadDataError } from '@undertow/units';
import { closePosition } from './close-position.ts';
import { liquidateOption } from './liquidate-option.ts';
import { repayAndSeize } from './repay-and-seize.ts';
import type { Rule } from './rule.ts';
import { stabilityPool } from './stability-pool.ts';

const pooled30 = repayAndSeize({
  floorsAverageThreshold: true,
  closeFactor: 'half-of-debt-asset',
  badDebt: 'left',
});

const pooled36 = repayAndSeize({
  floorsAverageThreshold: false,
  closeFactor: 'half-of-all-debt',
  badDebt: 'deficit',
});

const moneyMarket = repayAndSeize({
  floorsAverageThreshold: false,
  closeFactor: 'of-market',
  badDebt: 'left',
});

const isolatedPair = repayAndSeize({
  floorsAverageThreshold: false,
  closeFactor: 'all',
  badDebt: 'socialised',
});

const pooledReleases: Readonly<Record<string, Rule>> = { '3.0': pooled30, '3.6': pooled36 };

const rules: Readonly<Record<Mechanism, (venue: BookVenue) => Rule>> = {
  'pooled-lending': pooledRule,
  'isolated-pair': () => isolatedPair,
  cdp: () => stabilityPool,
  perpetual: () => closePosition,
  option: () => liquidateOption,
  'money-market': () => moneyMarket,
};

/**
 * The rule by which a venue liquidates, from its mechanism and release.
 *
 * @throws BadDataError for a release of a pooled venue without a rule.
 */
export const ruleOf = (venue: BookVenue): Rule => rules[venue.mechanism](venue);

function pooledRule(venue: BookVenue): Rule {
  const rule = pooledReleases[venue.version];
  if (!rule) throw new BadDataError(`no liquidation rule for release ${venue.version} of ${venue.id}`);
  return rule;
}
