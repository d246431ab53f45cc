import type { Cascade } from '../cascade/load.ts';
import { SHOCK } from '../flows/graph.ts';
import { usd } from '../../format/number.ts';
import { venueName } from '../../format/venue.ts';
import type { Markup } from '../../markup/element.ts';
import type { State } from '../../frame/state.ts';
import { table, type Column } from '../../frame/table.ts';

/** Who hurt whom: value liquidated, causes down, the venues they hurt across. */
export function hurtTable(
  state: Pick<State, 'tables'>,
  { contagion, byVenue }: Pick<Cascade, 'contagion' | 'byVenue'>,
  what: string,
): Markup {
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
    [...causes, undefined],
    {
      id: 'hurt',
      isInOrder: true,
      caption: `Who hurts whom, ${what}: value liquidated at each venue (across) because of the shock or of the sales of a venue (down)`,
      columns: [
        { name: 'Because of', value: causeName },
        ...hurt.map((venue): Column<string | undefined> => ({
          name: venueName(venue),
          unit: 'USD',
          value: (cause) => sum(cause, venue),
          cell: (cause) => money(sum(cause, venue)),
        })),
        { name: 'All', unit: 'USD', value: (cause) => sum(cause), cell: (cause) => money(sum(cause)) },
      ],
      keyOf: (cause) => cause ?? 'all',
    },
    state,
  );
}

/**
 * Why what is due to the shock is more than what the first round liquidates: amplification counts rounds, this table
 * counts reasons. Undefined when nobody is liquidated after the first round.
 */
export function roundsAgainstReasons({
  rounds,
  contagion,
}: Pick<Cascade, 'rounds' | 'contagion'>): string | undefined {
  const [first, ...later] = rounds.map(({ liquidatedUsd }) => liquidatedUsd);
  const after = later.reduce((total, value) => total + value, 0);
  if (first === undefined || after === 0) return undefined;
  const bySales = contagion
    .filter(({ cause }) => cause !== SHOCK)
    .reduce((total, { liquidatedUsd }) => total + liquidatedUsd, 0);
  return (
    `Amplification counts rounds: ${usd(first)} in the first, ${usd(after)} after it. This table counts reasons: ` +
    `sales brought ${usd(bySales)} of what came later, the shock the rest, as it took most of the backing ` +
    'that those accounts had lost when the sales took the last of it.'
  );
}

function causeName(cause: string | undefined): string {
  if (cause === undefined) return 'All';
  return cause === SHOCK ? 'The shock' : venueName(cause);
}
