import { venueSummaries, type Book } from '@undertow/book';
import type { TailScenario } from './tail-scenario.ts';

/**
 * Whether a venue's funds would bear the loss of the two owners who leave most, in the worst of some scenarios: **cover-2**, as
 * clearing houses must (CPMI-IOSCO, Principles for financial market infrastructures, principle 4).
 */
export interface CoverTwo {
  readonly venue: string;
  /** The scenario in which the two leave most. */
  readonly index: number;
  /** One or two, the larger loss first. */
  readonly owners: readonly { readonly owner: string; readonly lossUsd: number }[];
  /** Of the two together: bad debt and shortfall, USD. */
  readonly lossUsd: number;
  /** What the venue's funds are worth before the scenario, at its oracle prices; a deficit is no fund. */
  readonly fundUsd: number;
  readonly isCovered: boolean;
}

/** Adds up losses by owner, over all accounts of an owner at a venue. */
export function openCoverTwo(book: Book) {
  const funds = fundsByVenue(book);
  const worst = new Map<string, CoverTwo>();
  return {
    add(losers: TailScenario['losers'], index: number): void {
      for (const [venue, owners] of lossesByOwner(losers)) {
        const two = twoWorst(owners);
        const lossUsd = two.reduce((sum, one) => sum + one.lossUsd, 0);
        if (lossUsd <= (worst.get(venue)?.lossUsd ?? 0)) continue;
        const fundUsd = funds.get(venue)!;
        worst.set(venue, { venue, index, owners: two, lossUsd, fundUsd, isCovered: fundUsd >= lossUsd });
      }
    },
    result: (): CoverTwo[] => [...worst.values()].sort((a, b) => b.lossUsd - a.lossUsd),
  };
}

/** What each venue's funds are worth at its oracle prices, USD; a deficit is no fund. */
export const fundsByVenue = (book: Book): ReadonlyMap<string, number> =>
  new Map(
    venueSummaries(book).map(({ id, funds }) => [
      id,
      funds.reduce((sum, { kind, valueUsd }) => sum + (kind === 'deficit' ? 0 : Math.max(0, valueUsd)), 0),
    ]),
  );

/** The two owners who lose most, the larger loss first; fewer where fewer lose anything. */
export const twoWorst = (losses: ReadonlyMap<string, number>): CoverTwo['owners'] =>
  [...losses]
    .filter(([, lossUsd]) => lossUsd > 0)
    .map(([owner, lossUsd]) => ({ owner, lossUsd }))
    .sort((a, b) => b.lossUsd - a.lossUsd || (a.owner < b.owner ? -1 : 1))
    .slice(0, 2);

/** Losses summed up by owner, venue by venue. */
export function lossesByOwner(losers: TailScenario['losers']): Map<string, Map<string, number>> {
  const venues = new Map<string, Map<string, number>>();
  for (const { venue, owner, lossUsd } of losers) {
    const owners = venues.get(venue) ?? new Map<string, number>();
    owners.set(owner, (owners.get(owner) ?? 0) + lossUsd);
    venues.set(venue, owners);
  }
  return venues;
}
