import { VENUE_KEYS } from '../venues/index.ts';
import { planAccounts, type DevnetPlan } from './plan-accounts.ts';

const plan = planAccounts({ seed: 1, accounts: 2_000 });

/** Positions by owner. */
function venuesOf({ venues }: DevnetPlan): Map<string, number> {
  const count = new Map<string, number>();
  for (const planned of Object.values(venues))
    for (const { owner } of planned) count.set(owner, (count.get(owner) ?? 0) + 1);
  return count;
}

describe('planAccounts', () => {
  it('follows from the seed, and owner n does not depend on the number of owners', () => {
    const first = new Set<string>(plan.owners.slice(0, 50));
    const few = planAccounts({ seed: 1, accounts: 50 });
    expect(few.owners).toEqual([...first]);
    for (const key of VENUE_KEYS) {
      expect(few.venues[key]).toEqual(plan.venues[key].filter(({ owner }) => first.has(owner)));
    }
    expect(planAccounts({ seed: 2, accounts: 50 }).venues).not.toEqual(few.venues);
  });

  it('gives a venue the same plan whatever the others are', () => {
    for (const key of VENUE_KEYS) {
      const alone = planAccounts({ seed: 1, accounts: 2_000, venues: [key] });
      expect(alone.venues[key]).toEqual(plan.venues[key]);
      expect(VENUE_KEYS.filter((other) => alone.venues[other].length > 0)).toEqual([key]);
    }
  });

  it('has every venue in use, most owners at one or more, and many of them at several', () => {
    for (const key of VENUE_KEYS) expect(plan.venues[key].length).toBeGreaterThan(100);
    const counts = [...venuesOf(plan).values()];
    expect(counts.length).toBeGreaterThan(0.7 * plan.owners.length);
    expect(counts.filter((count) => count > 1).length).toBeGreaterThan(0.4 * plan.owners.length);
    expect(counts.filter((count) => count > 2).length).toBeGreaterThan(0.1 * plan.owners.length);
  });
});
