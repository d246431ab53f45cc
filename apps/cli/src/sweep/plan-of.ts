import { readFileSync } from 'node:fs';
import {
  DAILY_LAMBDA,
  filteredPlan,
  historicalPlan,
  jointReturns,
  priceTable,
  readPlan,
  studentTPlan,
  type FilterChoice,
  type GridAxis,
  type Plan,
  type PlanBase,
  type PriceRow,
} from '@undertow/sweep';
import { asUsage, UsageError } from '../explain-error.ts';
import { policiesOf, type PolicyOptions } from '../simulate/scenario-of.ts';
import { priceRowsOf } from './price-rows-of.ts';
import { isSweepFile } from './sweep-file.ts';

/** Which scenarios a sweep runs, in the words of the command line. */
export interface PlanOptions extends PolicyOptions {
  readonly plan?: string;
  readonly grid?: readonly GridAxis[];
  readonly product?: boolean;
  /** Files, or `stored` for what is in the database. */
  readonly prices?: readonly string[];
  readonly data: string;
  readonly chain?: number;
  readonly model?: 'historical' | 'student-t' | 'filtered';
  /** Seconds. */
  readonly horizon?: number;
  readonly step?: number;
  readonly filter?: FilterChoice['kind'];
  readonly lambda?: number;
  readonly degrees?: number;
  readonly count?: number;
  readonly seed?: number;
  readonly volatility?: number;
}

/** Seconds of a scenario, and between two prices, where no option says otherwise. */
export const [DAY, HOUR] = [86_400, 3_600];
const DEFAULT_COUNT = 1_000;
const DEFAULT_SEED = 1;

/** A plan, and the prices that it is made of; none of those of a plan from a file or a grid. */
export interface PlanAndPrices {
  readonly plan: Plan;
  readonly rows: readonly PriceRow[];
}

/**
 * The plan that options mean.
 *
 * @throws UsageError for options that do not fit together, and for files that are not what they should be.
 */
export async function planOf(options: PlanOptions): Promise<Plan> {
  const found = await planAndPricesOf(options);
  if (found) return found.plan;
  throw new UsageError(
    'Say which scenarios: give one of --grid <what=moves>, --prices <files> and --plan <file>.',
  );
}

/**
 * As `planOf`, with the prices; undefined where no option says which scenarios.
 *
 * @param to unix seconds: later prices are left out.
 */
export async function planAndPricesOf(
  options: PlanOptions,
  to = Infinity,
): Promise<PlanAndPrices | undefined> {
  const { plan, grid, prices } = options;
  const given = [plan, grid, prices].filter((one) => one !== undefined).length;
  if (given > 1)
    throw new UsageError(
      'Say which scenarios: give one of --grid <what=moves>, --prices <files> and --plan <file>.',
    );
  refuseUnused(options);
  if (plan !== undefined) return { plan: readPlanFile(plan, options), rows: [] };
  const shared = sharedOf(options);
  if (grid) {
    const isProduct = options.product === true;
    return {
      plan: asUsage(() => readPlan({ ...shared, version: 1, kind: 'grid', axes: grid, isProduct })),
      rows: [],
    };
  }
  if (prices === undefined) return undefined;
  const rows = (await priceRowsOf(options)).filter(({ time }) => time <= to);
  return { plan: planOfRows(rows, options, shared), rows };
}

/** Options that would change nothing are a misunderstanding. */
function refuseUnused(options: PlanOptions): void {
  const { plan, grid, prices, model = 'historical', filter = 'ewma' } = options;
  const needed: readonly (readonly [keyof PlanOptions, boolean, string])[] = [
    ['product', grid !== undefined, '--grid'],
    ['model', prices !== undefined, '--prices'],
    ['horizon', prices !== undefined, '--prices'],
    ['step', prices !== undefined, '--prices'],
    ['filter', prices !== undefined && model === 'filtered', '--model filtered'],
    [
      'lambda',
      prices !== undefined && model === 'filtered' && filter === 'ewma',
      '--model filtered --filter ewma',
    ],
    ['degrees', prices !== undefined && model === 'student-t', '--model student-t'],
    ['count', plan !== undefined || (prices !== undefined && model !== 'historical'), 'a plan that draws'],
    ['seed', plan !== undefined || (prices !== undefined && model !== 'historical'), 'a plan that draws'],
  ];
  for (const [name, isUsed, where] of needed)
    if (options[name] !== undefined && !isUsed)
      throw new UsageError(`--${name} only changes something with ${where}: leave it out, or add that.`);
}

function sharedOf(options: PlanOptions): Omit<PlanBase, 'version'> {
  const { depth, volatility, maxRounds } = options;
  return {
    policies: policiesOf(options),
    ...(depth !== undefined && { depthFactor: depth }),
    ...(volatility !== undefined && { volatilityMove: volatility }),
    ...(maxRounds !== undefined && { maxRounds }),
  };
}

/** A plan from a file; what draws may be drawn more or less often, or with another seed. */
function readPlanFile(path: string, { count, seed, ...others }: PlanOptions): Plan {
  const policy = (
    ['liquidators', 'gas', 'capital', 'oracles', 'depositors', 'depth', 'maxRounds', 'volatility'] as const
  ).find((name) => others[name] !== undefined);
  if (policy !== undefined)
    throw new UsageError(
      `A plan says by itself how those who act behave: leave out --${policy}, or change ${path}.`,
    );
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new UsageError(`${path} cannot be read as a plan: ${(cause as Error).message}`, { cause });
  }
  if (isSweepFile(value))
    throw new UsageError(
      `${path} is no plan but a sweep, which "undertow sweep --resume ${path}" goes on with; its plan is the field "plan" in it.`,
    );
  const plan = asUsage(() => readPlan(value), `${path} cannot be read as a plan: `);
  if (count === undefined && seed === undefined) return plan;
  if (plan.kind !== 'monte-carlo')
    throw new UsageError(
      `${path} is a plan of kind ${plan.kind}, which draws nothing: leave out --count and --seed.`,
    );
  return { ...plan, count: count ?? plan.count, seed: seed ?? plan.seed };
}

function planOfRows(
  rows: readonly PriceRow[],
  options: PlanOptions,
  shared: Omit<PlanBase, 'version'>,
): Plan {
  const { model = 'historical', horizon = DAY, step = HOUR } = options;
  const drawn = { ...shared, count: options.count ?? DEFAULT_COUNT, seed: options.seed ?? DEFAULT_SEED };
  return asUsage(() => {
    const table = priceTable(rows, step);
    if (model === 'filtered') {
      const steps = Math.round(horizon / step);
      const filter: FilterChoice =
        options.filter === 'garch'
          ? { kind: 'garch' }
          : { kind: 'ewma', lambda: options.lambda ?? DAILY_LAMBDA ** (step / DAY) };
      return filteredPlan(jointReturns(table, { horizonSeconds: step }), { ...drawn, steps, filter });
    }
    const returns = jointReturns(table, { horizonSeconds: horizon });
    if (model === 'historical') return historicalPlan(returns, shared);
    const { degrees } = options;
    return studentTPlan(returns, { ...drawn, ...(degrees !== undefined && { degreesOfFreedom: degrees }) });
  });
}
