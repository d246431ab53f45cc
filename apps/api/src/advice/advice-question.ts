import {
  givenFromReturns,
  type Asked,
  type Behaviour,
  type GivenInput,
  type LossesOf,
  type ParameterKind,
} from '@undertow/advice';
import type { AdviceQuestion } from '@undertow/engine-pool';
import { jointReturns, priceTable, readPlan, type Plan } from '@undertow/sweep';
import { BadDataError } from '@undertow/units';
import { inputError } from '../errors.ts';
import type { FactSource } from '../fact-source.ts';
import { asInput } from '../scenario-input.ts';
import type { BookAtHead } from '../shown.ts';
import { estimatedPlan } from '../sweeps/estimated-plan.ts';
import { limitsAsked } from './limits-asked.ts';
import { pricesThatAreStored, type StoredPrices } from '../sweeps/stored-prices.ts';

/** What is asked, as the schema has it; what is left out may also be null. */
export interface AdviceArgs {
  readonly venue?: string | null;
  readonly market?: string | null;
  readonly parameters?: readonly ParameterKind[] | null;
  readonly toleranceUsd?: number | null;
  readonly toleranceShare?: number | null;
  readonly lossesOf?: LossesOf | null;
  readonly confidence: number;
  readonly behaviour?: Behaviour | null;
  readonly plan?: unknown;
  readonly sweep?: string | null;
  readonly horizonSeconds: number;
  readonly count: number;
  readonly seed: number;
  readonly limits?: unknown;
  readonly start?: number | null;
  readonly block?: number | null;
  readonly backtestDates?: number | null;
}

const isGiven = <Value>(value: Value | null | undefined): value is Value =>
  value !== null && value !== undefined;

/** Between two stored prices, seconds. */
export const HOUR = 3_600;
/** What is tolerated where nobody says: a thousandth of what is borrowed on the market. */
const DEFAULT_SHARE = 0.001;

/**
 * The question that arguments mean: scenarios of a plan, of a sweep, or drawn from what stored prices of the book's families were.
 *
 * @param prices what `pricesOfFamilies` gives, where it is known already.
 * @throws GraphQLError that says what would be right.
 */
export async function adviceQuestion(
  source: FactSource,
  { book, head }: BookAtHead,
  { prices, ...args }: AdviceArgs & { readonly prices?: StoredPrices },
): Promise<AdviceQuestion> {
  const { toleranceUsd, toleranceShare, lossesOf, confidence, behaviour, horizonSeconds, limits, start } =
    args;
  if (isGiven(toleranceUsd) && isGiven(toleranceShare))
    throw inputError('Give toleranceUsd or toleranceShare, not both.');
  const { plan, given } = await planOf(
    source,
    args,
    () => prices ?? pricesOfFamilies(source, { book, head }),
  );
  const asked: Asked = {
    plan,
    confidence,
    tolerance: {
      most: !isGiven(toleranceUsd)
        ? { kind: 'share', share: toleranceShare ?? DEFAULT_SHARE }
        : { kind: 'usd', usd: toleranceUsd },
      ...(lossesOf && { of: lossesOf }),
    },
    confirm: 'wide',
    given,
    ...(behaviour && { behaviour }),
    ...(given.length > 0 && { horizonSeconds }),
  };
  if (!isGiven(limits)) return { asked };
  return { asked, path: { limits: limitsAsked(limits), start: start ?? head.time } };
}

interface PlanAndGiven {
  readonly plan: Plan | undefined;
  readonly given: readonly GivenInput[];
}

async function planOf(
  source: FactSource,
  args: AdviceArgs,
  prices: () => StoredPrices | Promise<StoredPrices>,
): Promise<PlanAndGiven> {
  const { plan, sweep, horizonSeconds, count, seed } = args;
  if (isGiven(plan) && isGiven(sweep)) throw inputError('Give plan or sweep, not both.');
  if (isGiven(plan)) return { plan: asInput(() => readPlan(plan)), given: [] };
  if (isGiven(sweep)) {
    const found = await source.sweeps.find(sweep);
    if (!found)
      throw inputError(
        `There is no sweep ${JSON.stringify(sweep.slice(0, 80))}: sweeps says which there are.`,
      );
    return { plan: readPlan(JSON.parse(found.plan)), given: [] };
  }
  const { rows } = await prices();
  const factors = [...new Set(rows.map(({ symbol }) => symbol))];
  if (factors.length === 0) return { plan: undefined, given: [] };
  try {
    const model = 'student-t';
    return {
      plan: estimatedPlan(rows, { model, factors, horizonSeconds, stepSeconds: HOUR, count, seed }),
      given: givenFromReturns(
        jointReturns(priceTable(rows, HOUR), { horizonSeconds: HOUR }),
        'stored prices, hour by hour',
      ),
    };
  } catch (error) {
    // Too few prices are none: the advices say what is missing.
    if (error instanceof BadDataError) return { plan: undefined, given: [] };
    throw error;
  }
}

/** Stored prices of every family of the book that has some. */
export async function pricesOfFamilies(
  source: FactSource,
  { book, head }: BookAtHead,
): Promise<StoredPrices> {
  const store = { series: source.series, reference: await source.reference() };
  const factors = book.references.map(({ symbol }) => symbol);
  return pricesThatAreStored(store, { factors, stepSeconds: HOUR, to: head.time + 1 });
}
