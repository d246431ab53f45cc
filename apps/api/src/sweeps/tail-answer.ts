import type { CoverTwo, TailMeasures } from '@undertow/sweep';

/** What the worst scenarios of a sweep have in common, as the schema has it. */
export interface TailAnswer extends Omit<TailMeasures, 'crossVenue'> {
  readonly crossVenue: {
    readonly venues: readonly { readonly venue: string; readonly liquidatedUsd: number }[];
    readonly causes: readonly { readonly cause: string; readonly shares: readonly number[] }[];
  };
  readonly coverTwo: readonly CoverTwo[];
}

/** Writes what the tail of a sweep has in common as the schema has it. */
export const tailAnswer = ({ crossVenue, ...tail }: TailMeasures): TailAnswer => ({
  ...tail,
  crossVenue: {
    venues: crossVenue.venues.map((venue, column) => ({
      venue,
      liquidatedUsd: crossVenue.liquidatedUsd[column]!,
    })),
    causes: crossVenue.causes.map((cause, row) => ({ cause, shares: crossVenue.shares[row]! })),
  },
});
