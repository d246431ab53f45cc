import type { DataTable } from '../../export/exportable.ts';
import { venueName } from '../../format/venue.ts';
import type { Cascade } from './load.ts';
import { pricePaths } from './price-paths.ts';

/** What the chart of a cascade draws, a row for the shock (round 0) and for each round: prices as moves, value by venue. */
export function cascadeData(
  cascade: Pick<Cascade, 'rounds' | 'byAsset' | 'moves'>,
  venues: readonly string[],
): DataTable {
  const paths = pricePaths(cascade);
  const ofRound = (index: number, liquidated: (venue: string) => number) => [
    index,
    ...paths.map(({ points }) => points[index]),
    ...venues.map(liquidated),
  ];
  return {
    columns: [
      { name: 'Round', unit: 'count' },
      ...paths.map(({ symbol }) => ({ name: symbol, unit: 'move' as const })),
      ...venues.map((venue) => ({ name: `${venueName(venue)} liquidated`, unit: 'USD' as const })),
    ],
    rows: [
      ofRound(0, () => 0),
      ...cascade.rounds.map(({ index, byVenue }) =>
        ofRound(index, (venue) => byVenue.find((one) => one.venue === venue)?.liquidatedUsd ?? 0),
      ),
    ],
  };
}
