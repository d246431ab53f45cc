import type { Advice } from '@undertow/advice';
import type { Book } from '@undertow/book';
import type { Address } from '@undertow/market';
import { BadDataError } from '@undertow/units';
import { STEWARD_FIELDS, stewardCalls, type StewardChange, type StewardField } from '@undertow/venues';
import { genericCall } from './generic-call.ts';
import { stepsOf, type AdvisedStep } from './steps.ts';

/** What would be called at one time, and what cannot be. It is only written down. */
export interface CalldataAt {
  /** ISO 8601; absent where no limits were given: then all is one step. */
  readonly time?: string;
  readonly venue: string;
  readonly calls: readonly {
    readonly function: string;
    readonly data: string;
    readonly sets: readonly string[];
  }[];
  readonly refused: readonly { readonly what: string; readonly why: string }[];
}

/** Reserves are known by their token; of `aave-v3` alone a risk steward is known. */
const STEWARD = 'aave-v3';

/**
 * The calls of all advised changes by time and venue: those of Aave's risk stewards, or of a target whose signature is given.
 *
 * @param signature of a generic target, see `genericCall`.
 */
export function calldataOf(book: Book, advices: readonly Advice[], signature?: string): CalldataAt[] {
  const target = signature === undefined ? undefined : genericCall(signature);
  const groups = new Map<string, AdvisedStep[]>();
  for (const step of stepsOf(advices)) {
    const key = `${step.time} ${step.advice.parameter.venue}`;
    groups.set(key, [...(groups.get(key) ?? []), step]);
  }
  return [...groups.values()].map((steps) => {
    const [{ time, advice }] = steps as [AdvisedStep];
    return {
      ...(time !== undefined && { time: new Date(time * 1_000).toISOString() }),
      venue: advice.parameter.venue,
      ...(target ? calledBy(steps, target) : stewardsOf(book, steps)),
    };
  });
}

type Called = Pick<CalldataAt, 'calls' | 'refused'>;

const named = ({ advice: { parameter }, value }: AdvisedStep) =>
  `${parameter.venue} ${parameter.label} ${parameter.kind}=${value}`;

function calledBy(steps: readonly AdvisedStep[], target: ReturnType<typeof genericCall>): Called {
  const calls: CalldataAt['calls'][number][] = [];
  const refused: CalldataAt['refused'][number][] = [];
  for (const step of steps)
    tried(step, refused, () =>
      calls.push({ function: 'generic', data: target(step.advice, step.value), sets: [named(step)] }),
    );
  return { calls, refused };
}

function stewardsOf(book: Book, steps: readonly AdvisedStep[]): Called {
  const refused: CalldataAt['refused'][number][] = [];
  const changes: (StewardChange & { readonly step: AdvisedStep })[] = [];
  for (const step of steps)
    tried(step, refused, () => {
      const change = stewardChange(book, step);
      // Each by itself first, so that one that cannot be expressed does not keep the others from it.
      stewardCalls([change]);
      changes.push({ ...change, step });
    });
  const isCap = ({ field }: StewardChange) => field === 'supplyCap' || field === 'borrowCap';
  const calls = stewardCalls(changes).map((call) => ({
    ...call,
    sets: changes
      .filter((change) => isCap(change) === (call.function === 'updateCaps'))
      .map(({ step }) => named(step)),
  }));
  return { calls, refused };
}

function tried(
  step: AdvisedStep,
  refused: { readonly what: string; readonly why: string }[],
  work: () => void,
): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof BadDataError)) throw error;
    refused.push({ what: named(step), why: error.message });
  }
}

function stewardChange({ assets }: Book, { advice: { parameter }, value }: AdvisedStep): StewardChange {
  const { kind, venue, market, label } = parameter;
  if (!venue.startsWith(`${STEWARD}@`))
    throw new BadDataError(`no steward of ${venue} is known: name a target with --call`);
  const field = STEWARD_FIELDS.find((one) => one === kind) as StewardField | undefined;
  if (field === undefined) throw new BadDataError(`a risk steward cannot set a ${kind}`);
  const asset = assets.find(({ address }) => address === market)?.address;
  if (asset === undefined)
    throw new BadDataError(`${label} is no reserve: the steward's update of a category is not written`);
  return { asset: asset satisfies Address, field, value };
}
