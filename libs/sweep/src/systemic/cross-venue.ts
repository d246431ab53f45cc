import type { Contagion } from '@undertow/cascade';

/** What was liquidated at each venue, by what caused it, over weighted scenarios. */
export interface CrossVenue {
  /** `shock`, then the ids of venues whose trades moved prices: the rows. */
  readonly causes: readonly string[];
  /** Ids of venues where something was liquidated: the columns. */
  readonly venues: readonly string[];
  /** Weighted mean of what was liquidated at each venue, USD. */
  readonly liquidatedUsd: readonly number[];
  /** By cause, then venue: the cause's share of that. A column adds up to 1. */
  readonly shares: readonly (readonly number[])[];
}

const SHOCK = 'shock';

/** Adds up `contagion` of scenarios; rows and columns in the order of `venues`. */
export function openCrossVenue(venues: readonly string[]) {
  const causes = [SHOCK, ...venues];
  const sums = causes.map(() => new Float64Array(venues.length));
  return {
    add(contagion: readonly Contagion[], weight: number): void {
      for (const { cause, venue, liquidatedUsd } of contagion)
        sums[causes.indexOf(cause)]![venues.indexOf(venue)]! += weight * liquidatedUsd;
    },
    result(): CrossVenue {
      const totals = venues.map((_, column) => sums.reduce((sum, row) => sum + row[column]!, 0));
      const columns = venues.map((_, column) => column).filter((column) => totals[column]! > 0);
      const rows = causes
        .map((_, row) => row)
        .filter((row) => row === 0 || columns.some((column) => sums[row]![column]! > 0));
      return {
        causes: rows.map((row) => causes[row]!),
        venues: columns.map((column) => venues[column]!),
        liquidatedUsd: columns.map((column) => totals[column]!),
        shares: rows.map((row) => columns.map((column) => sums[row]![column]! / totals[column]!)),
      };
    },
  };
}
