import { BadDataError } from '@undertow/units';
import { z } from 'zod';
import { PLAN_VERSION, type Plan } from './plan.ts';

/** More than these are a mistake: a table of them would not fit into memory. */
export const MOST_SCENARIOS = 10_000_000;
const MOST_FACTORS = 1_000;
/** As of moves everywhere: a rise of more than a thousandfold is a typing error. */
const LARGEST_RISE = 1_000;

const move = () => z.number().gt(-1).max(LARGEST_RISE);
const usdPerCall = () => z.number().min(0);
const factors = () => z.array(z.string().min(1)).min(1).max(MOST_FACTORS);
const variance = () => z.number().min(0);

const liquidators = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rational'), gasUsd: usdPerCall() }),
  z.strictObject({ kind: z.literal('unlimited') }),
  z.strictObject({ kind: z.literal('capital'), gasUsd: usdPerCall(), capitalUsd: z.number().gt(0) }),
]);

const base = {
  version: z.literal(PLAN_VERSION),
  policies: z
    .strictObject({
      liquidators: liquidators.exactOptional(),
      oracles: z.enum(['between', 'within']).exactOptional(),
      depositors: z.enum(['sell', 'hold']).exactOptional(),
    })
    .exactOptional(),
  depthFactor: z.number().gt(0).exactOptional(),
  volatilityMove: move().exactOptional(),
  maxRounds: z.int().min(1).exactOptional(),
  priceSources: z
    .array(
      z.strictObject({
        what: z.string().min(1),
        source: z.string().min(1).max(200),
        prices: z.int().min(1),
        from: z.number(),
        to: z.number(),
      }),
    )
    .max(MOST_FACTORS)
    .exactOptional(),
};

const grid = z.strictObject({
  ...base,
  kind: z.literal('grid'),
  axes: z
    .array(z.strictObject({ what: z.string().min(1), moves: z.array(move()).min(1) }))
    .min(1)
    .max(MOST_FACTORS),
  isProduct: z.boolean(),
});

const historical = z.strictObject({
  ...base,
  kind: z.literal('historical'),
  factors: factors(),
  horizonSeconds: z.number().gt(0),
  stepSeconds: z.number().gt(0),
  windows: z
    .array(z.strictObject({ start: z.number(), logReturns: z.array(z.number()) }))
    .min(1)
    .max(MOST_SCENARIOS),
});

const studentT = z.strictObject({
  kind: z.literal('student-t'),
  degreesOfFreedom: z.number().gt(2),
  covariance: z.array(z.array(z.number())),
});

const filtered = z.strictObject({
  kind: z.literal('filtered-historical'),
  steps: z.int().min(1).max(10_000),
  filters: z.array(
    z.strictObject({ omega: variance(), alpha: variance(), beta: variance(), variance: variance() }),
  ),
  residuals: z.array(z.array(z.number())).min(1),
});

const monteCarlo = z.strictObject({
  ...base,
  kind: z.literal('monte-carlo'),
  count: z.int().min(1).max(MOST_SCENARIOS),
  seed: z.int().min(0),
  factors: factors(),
  model: z.discriminatedUnion('kind', [studentT, filtered]),
});

const schema: z.ZodType<Plan> = z.discriminatedUnion('kind', [grid, historical, monteCarlo]);

/**
 * A plan from what was read of JSON.
 *
 * @throws BadDataError that names the place and what is wrong there: an unknown field, a number out of range, lists whose lengths
 *   do not fit the factors, a factor named twice.
 */
export function readPlan(value: unknown): Plan {
  const result = schema.safeParse(value);
  if (!result.success) {
    const issue = result.error.issues[0]!;
    throw new BadDataError(`${placeOf(issue.path)}: ${issue.message}`);
  }
  const plan = result.data;
  if (plan.kind !== 'grid') checkFactors(plan);
  return plan;
}

const placeOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}.${String(part)}`),
    'plan',
  );

function checkFactors(plan: Exclude<Plan, { kind: 'grid' }>): void {
  const { factors: names } = plan;
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new BadDataError(`plan.factors: ${twice} is there twice`);
  for (const { place, list } of listsOf(plan))
    if (list.length !== names.length)
      throw new BadDataError(
        `plan.${place}: it must have one entry per factor, ${names.length}, but has ${list.length}`,
      );
}

/** Lists that have one entry per factor. */
function listsOf(
  plan: Exclude<Plan, { kind: 'grid' }>,
): { readonly place: string; readonly list: readonly unknown[] }[] {
  if (plan.kind === 'historical')
    return plan.windows.map(({ logReturns: list }, at) => ({ place: `windows[${at}].logReturns`, list }));
  const { model } = plan;
  const rows = model.kind === 'student-t' ? model.covariance : model.residuals;
  const name = model.kind === 'student-t' ? 'covariance' : 'residuals';
  return [
    model.kind === 'student-t'
      ? { place: 'model.covariance', list: model.covariance }
      : { place: 'model.filters', list: model.filters },
    ...rows.map((list, at) => ({ place: `model.${name}[${at}]`, list })),
  ];
}
