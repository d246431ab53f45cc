import { BadDataError } from '@undertow/units';
import { STEP_SECONDS, type SeriesPart, type Step } from '@undertow/store';
import { inputError, notReadyError, untrustedError } from './errors.ts';
import type { FactSource } from './fact-source.ts';

/** Points of one answer. */
export const MOST_HISTORY_POINTS = 1_000;

/** Which part of a series is asked for, as in the schema. */
export interface PartInput {
  readonly from?: number | null;
  readonly to?: number | null;
  readonly step: Step;
  readonly first: number | null;
}

/** Which part of a series to read, checked. */
export interface CheckedPart {
  readonly from: number;
  readonly to: number;
  readonly step: Step;
  readonly most: number;
}

/**
 * The part that is asked for: up to the newest stored block where no end is named, and `first` steps of it where no start is.
 * Throws a GraphQLError when nothing is stored, or what is stored cannot be trusted.
 */
export async function checkPart(
  source: FactSource,
  { from, to, step, first }: PartInput,
): Promise<CheckedPart> {
  if (first === null || first < 1 || first > MOST_HISTORY_POINTS)
    throw inputError(`first is ${first}; it must be from 1 to ${MOST_HISTORY_POINTS}.`);
  const stored = await source.stored();
  if (stored === undefined) throw notReadyError();
  if (!stored.trusted) throw untrustedError(stored.reason ?? 'no reason is stored');
  const end = to ?? stored.time + 1;
  const start = from ?? Math.max(0, end - first * STEP_SECONDS[step]);
  return { from: start, to: end, step, most: first };
}

/** Reads what a client named, so that what is wrong with that is the client's to correct. */
export async function asAsked<Point>(read: () => Promise<SeriesPart<Point>>): Promise<SeriesPart<Point>> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof BadDataError) throw inputError(cause.message);
    throw cause;
  }
}
