import { BadDataError } from '@undertow/units';
import { z } from 'zod';
import { PARAMETER_KINDS, type ParameterKind } from '../parameters/parameter.ts';

/** What a steward may do to one parameter without a vote. */
export interface FieldLimit {
  /** Largest change of one update, either way, above 0: of the value itself (ratios, whole units, USD), or of it as a ratio of itself. */
  readonly largestChange: number;
  readonly isRelative: boolean;
  /** Between two updates of the same parameter, seconds. */
  readonly leastDelaySeconds: number;
  /** How long a proposed update may wait to be carried out, seconds; absent = for ever. */
  readonly expirySeconds?: number | undefined;
  /** The least and the largest value that the steward may set; absent = no bound. */
  readonly least?: number | undefined;
  readonly most?: number | undefined;
  /** Whether 0 may be set. Default false: it halts a market or takes a safety away. */
  readonly allowsZero?: boolean | undefined;
}

/** The limits of a steward, by parameter; what is not named only governance may change. */
export interface StewardLimits {
  readonly name: string;
  /** Where they are written. */
  readonly source: string;
  readonly fields: Readonly<Partial<Record<ParameterKind, FieldLimit>>>;
}

const field = z.strictObject({
  largestChange: z.number().gt(0),
  isRelative: z.boolean(),
  leastDelaySeconds: z.number().min(0),
  expirySeconds: z.number().gt(0).exactOptional(),
  least: z.number().min(0).exactOptional(),
  most: z.number().min(0).exactOptional(),
  allowsZero: z.boolean().exactOptional(),
});

const schema = z.strictObject({
  name: z.string().min(1),
  source: z.string().min(1),
  fields: z.partialRecord(z.enum(PARAMETER_KINDS), field),
});

/**
 * The limits of a steward from what was read of JSON.
 *
 * @throws BadDataError that names the place: an unknown field, a change that is no change, and limits that contradict each other (a least
 *   value above the largest, a least of 0 that may not be set, an update that expires before the next may come).
 */
export function readLimits(value: unknown): StewardLimits {
  const result = schema.safeParse(value);
  if (!result.success) {
    const issue = result.error.issues[0]!;
    throw new BadDataError(
      `limits${issue.path.map((part) => `.${String(part)}`).join('')}: ${issue.message}`,
    );
  }
  const limits = result.data;
  for (const [kind, limit] of Object.entries(limits.fields)) if (limit) checkLimit(kind, limit);
  return limits;
}

/** As `readLimits` of one parameter. */
export function checkLimit(
  kind: string,
  { least, most, expirySeconds, leastDelaySeconds }: FieldLimit,
): void {
  if (least !== undefined && most !== undefined && least > most)
    throw new BadDataError(
      `limits.fields.${kind}: the least value ${least} is above the largest ${most}: no value satisfies both`,
    );
  if (expirySeconds !== undefined && expirySeconds < leastDelaySeconds)
    throw new BadDataError(
      `limits.fields.${kind}: an update expires after ${expirySeconds} seconds, before the next may come after ${leastDelaySeconds}: ` +
        'a path of steps proposed together could not be carried out; give a longer expiry or a shorter delay',
    );
}

/** The limits as JSON Schema, for editors. */
export const limitsJsonSchema = (): object => z.toJSONSchema(schema);
