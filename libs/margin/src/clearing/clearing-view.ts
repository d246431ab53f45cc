import type { AccountRow, Book, BookValues } from '@undertow/book';
import { openShock, type Scenario } from '@undertow/cascade';
import { fundsByVenue, lossesByOwner, twoWorst, type CoverTwo, type TailScenario } from '@undertow/sweep';
import { BadDataError } from '@undertow/units';
import { accountEquityUsd } from '../account/account-equity.ts';

/**
 * All venues as one clearing house would see them: every owner is one portfolio over all venues, and one fund stands for the two whose default costs
 * most (**cover-2**; CPMI-IOSCO, Principles for financial market infrastructures, principle 4). No house like it exists: it says what venues that stand
 * alone need more.
 */
export interface ClearingView {
  /** How many scenarios it is told from. */
  readonly scenarios: number;
  /** The scenario that binds, and who defaults in it; undefined where nobody loses anything in any. */
  readonly binding:
    { readonly index: number; readonly owners: CoverTwo['owners']; readonly lossUsd: number } | undefined;
  /** The shared fund that is advised: what the two cost in the scenario that binds. */
  readonly fundUsd: number;
  /** What all funds of the venues are worth now, at their oracle prices; a deficit is no fund. */
  readonly heldUsd: number;
  readonly isCovered: boolean;
  /** By venue: the fund that it needs where each stands for itself. Largest first; venues without a loss left out. */
  readonly apart: readonly {
    readonly venue: string;
    readonly index: number;
    readonly owners: CoverTwo['owners'];
    readonly fundUsd: number;
  }[];
  /** What funds of their own must have more than the shared one: never below 0. */
  readonly savedUsd: number;
}

/** What owners leave unpaid in one scenario, USD, above 0. */
export interface Defaults {
  /** Over all venues: what one account has left pays for another. */
  readonly together: ReadonlyMap<string, number>;
  /** Venue by venue. */
  readonly apart: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/**
 * The view over scenarios as they hit, before anybody reacts: an owner who has less than he owes leaves the difference. At a venue every account stands
 * for itself, over all venues an owner's accounts are netted.
 *
 * @throws BadDataError for no scenario, and for scenarios of what the book lacks.
 */
export function clearingView(book: Book, scenarios: readonly Scenario[]): ClearingView {
  const shock = openShock(book);
  return clearingOf(
    book,
    scenarios.map((scenario) => defaultsIn(shock(scenario))),
  );
}

/**
 * The view over scenarios that were run, each with the losses that its cascade left (`tailScenario`). What an owner has left elsewhere is not among
 * losses, so that nothing is netted, and a shared fund saves only what the venues' worst owners and scenarios differ in.
 *
 * @throws BadDataError for no scenario.
 */
export function clearingAfterCascades(
  book: Book,
  stories: readonly Pick<TailScenario, 'losers'>[],
): ClearingView {
  return clearingOf(
    book,
    stories.map(({ losers }) => {
      const together = new Map<string, number>();
      for (const { owner, lossUsd } of losers) together.set(owner, (together.get(owner) ?? 0) + lossUsd);
      return { together, apart: lossesByOwner(losers) };
    }),
  );
}

/** What owners leave at given prices. */
export function defaultsIn(values: BookValues): Defaults {
  const { accounts, venues } = values.book;
  const left = new Map<string, number>();
  const losers: { venue: string; owner: string; lossUsd: number; market: string }[] = [];
  for (let row = 0; row < accounts.count; row++) {
    const owner = accounts.owner[row]!;
    const equityUsd = accountEquityUsd(values, row as AccountRow);
    left.set(owner, (left.get(owner) ?? 0) + equityUsd);
    const venue = venues[accounts.venue[row]!]!.id;
    if (equityUsd < 0) losers.push({ venue, owner, market: accounts.market[row]!, lossUsd: -equityUsd });
  }
  const together = new Map([...left].flatMap(([owner, usd]) => (usd < 0 ? [[owner, -usd]] : [])));
  return { together, apart: lossesByOwner(losers) };
}

function clearingOf(book: Book, defaults: readonly Defaults[]): ClearingView {
  if (defaults.length === 0)
    throw new BadDataError('there is no scenario: a fund is told from the worst of some');
  const sumOf = (owners: CoverTwo['owners']) => owners.reduce((sum, { lossUsd }) => sum + lossUsd, 0);
  let binding: ClearingView['binding'];
  const apart = new Map<string, ClearingView['apart'][number]>();
  for (const [index, { together, apart: venues }] of defaults.entries()) {
    const owners = twoWorst(together);
    const lossUsd = sumOf(owners);
    if (lossUsd > (binding?.lossUsd ?? 0)) binding = { index, owners, lossUsd };
    for (const [venue, losses] of venues) {
      const here = twoWorst(losses);
      const fundUsd = sumOf(here);
      if (fundUsd > (apart.get(venue)?.fundUsd ?? 0))
        apart.set(venue, { venue, index, owners: here, fundUsd });
    }
  }
  const fundUsd = binding?.lossUsd ?? 0;
  const heldUsd = [...fundsByVenue(book).values()].reduce((sum, usd) => sum + usd, 0);
  const sorted = [...apart.values()].sort((a, b) => b.fundUsd - a.fundUsd);
  return {
    scenarios: defaults.length,
    binding,
    fundUsd,
    heldUsd,
    isCovered: heldUsd >= fundUsd,
    apart: sorted,
    savedUsd: Math.max(0, sorted.reduce((sum, one) => sum + one.fundUsd, 0) - fundUsd),
  };
}
