import { BadDataError } from '@undertow/units';

/**
 * What an advice can use beside the book and the plan, with its unit.
 *
 * - `realised-volatility`, `implied-volatility`: standard deviation of log returns of a factor over a day, a ratio (`of` = the plan's name
 *   of the factor). Implied above realised makes all its moves larger by their ratio.
 * - `oracle-lag`: how late the oracle of an asset may be, seconds (`of` = symbol).
 * - `supplied`, `borrowed`: units of an asset that are supplied to, borrowed from a market in all, accounts without debt included (`of` =
 *   venue and market id).
 * - `optimal-use`: share of what is supplied that the rate curve means to be borrowed (`of` = venue and market id).
 * - `auction-share`: share of the bonus that is bid for oracle updates (`of` = venue).
 * - `hourly-returns`: log returns of a factor over one-hour windows (`of` = factor).
 */
export const GIVEN = [
  'realised-volatility',
  'implied-volatility',
  'oracle-lag',
  'supplied',
  'borrowed',
  'optimal-use',
  'auction-share',
  'hourly-returns',
] as const;
export type GivenName = (typeof GIVEN)[number];

/** Something that was measured elsewhere, with where it comes from. */
export interface GivenInput {
  readonly name: GivenName;
  readonly of: string;
  readonly value: number | readonly number[];
  /** Such as `deribit snapshot 2024-03-01`. */
  readonly source: string;
  /** Hash of what it was computed from, where there is one. */
  readonly hash?: string;
  /** When it was so, unix seconds; with `staleAfterSeconds` it is not used any more when it is older at the moment of the advice. */
  readonly asOf?: number;
  readonly staleAfterSeconds?: number;
}

/** An input that was found, or why it is not used. */
export type FoundInput =
  | { readonly input: GivenInput; readonly why?: undefined }
  | { readonly input?: undefined; readonly why: string };

/** Looks an input up, and whether it is still fresh. */
export function findInput(
  given: readonly GivenInput[],
  { name, of, time }: { readonly name: GivenName; readonly of: string; readonly time: number },
): FoundInput {
  const input = given.find((one) => one.name === name && one.of === of);
  if (!input) return { why: 'it is not given' };
  const { asOf, staleAfterSeconds } = input;
  if (asOf !== undefined && staleAfterSeconds !== undefined && time - asOf > staleAfterSeconds)
    return { why: `it is stale: ${time - asOf} seconds old, and good for ${staleAfterSeconds}` };
  return { input };
}

/** The number of an input; undefined where it is a list or is not there. */
export const numberOf = ({ input }: FoundInput): number | undefined =>
  typeof input?.value === 'number' ? input.value : undefined;

/** @throws BadDataError for an input that is no number, or not of its unit. */
export function checkGiven(given: readonly GivenInput[]): void {
  for (const { name, of, value } of given) {
    const isList = name === 'hourly-returns';
    const fits = isList
      ? Array.isArray(value) && value.every((one) => Number.isFinite(one))
      : typeof value === 'number' && value >= 0 && Number.isFinite(value);
    if (!fits)
      throw new BadDataError(
        `${name} of ${of} must be ${isList ? 'a list of log returns' : 'a number of at least 0'}, but is ${String(value).slice(0, 50)}`,
      );
  }
}
