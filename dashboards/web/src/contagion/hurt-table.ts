import type { Cascade } from '../cascade/load.ts';
import { SHOCK } from '../flows/graph.ts';
import { usd } from '../format/number.ts';
import { venueName } from '../format/venue.ts';
import type { Markup } from '../markup/element.ts';
import { table } from '../page/table.ts';

/** Who hurt whom: value liquidated, causes down, the venues they hurt across. */
export function hurtTable({ contagion, byVenue }: Cascade, what: string): Markup {
  const hurt = byVenue.map(({ venue }) => venue);
  const causes = [SHOCK, ...hurt].filter((cause) => contagion.some((row) => row.cause === cause));
  const sum = (cause: string | undefined, venue?: string): number =>
    contagion
      .filter(
        (row) => (cause === undefined || row.cause === cause) && (venue === undefined || row.venue === venue),
      )
      .reduce((total, { liquidatedUsd }) => total + liquidatedUsd, 0);
  const money = (value: number) => (value === 0 ? '–' : usd(value));
  return table<string | undefined>(
    `Who hurts whom, ${what}: value liquidated at each venue (across) because of the shock or of the sales of a venue (down)`,
    [
      { name: 'Because of', cell: (cause) => causeName(cause) },
      ...hurt.map((venue) => ({
        name: venueName(venue),
        isNumber: true,
        cell: (cause: string | undefined) => money(sum(cause, venue)),
      })),
      { name: 'All', isNumber: true, cell: (cause) => money(sum(cause)) },
    ],
    [...causes, undefined],
    (cause) => cause ?? 'all',
  );
}

function causeName(cause: string | undefined): string {
  if (cause === undefined) return 'All';
  return cause === SHOCK ? 'The shock' : venueName(cause);
}
