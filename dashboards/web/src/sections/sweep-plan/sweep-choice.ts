import { PLAN_FIELDS, DEFAULT_PLAN, readPlan, writePlan, type PlanChoice } from './choice.ts';

/** Which figure of a sweep is shown. */
export const FIGURES = ['loss', 'sale', 'liquidated', 'bad-debt', 'shortfall', 'stuck'] as const;
export type Figure = (typeof FIGURES)[number];

/** By what its losses are listed. */
export const PARTS = ['venue', 'market', 'asset'] as const;
export type Part = (typeof PARTS)[number];

/** What the page of sweeps shows, beside which sweep. */
export interface SweepChoice {
  readonly plan: PlanChoice;
  readonly figure: Figure;
  readonly part: Part;
  /** The least loss of which the nearest move is looked for, USD; undefined: nobody asks. */
  readonly loseUsd: number | undefined;
  /** Whose: a venue's id; undefined: all together. */
  readonly loseAt: string | undefined;
}

export const DEFAULT_SWEEP: SweepChoice = {
  ...{ plan: DEFAULT_PLAN, figure: 'loss', part: 'venue' },
  ...{ loseUsd: undefined, loseAt: undefined },
};

/** The fields of an address that say it. */
export const SWEEP_FIELDS: readonly string[] = [...PLAN_FIELDS, 'figure', 'by', 'lose', 'lose-at'];

/** The fields with what they say: what is as choosing starts from is left out. */
export function writeSweep({ plan, figure, part, loseUsd, loseAt }: SweepChoice): string[] {
  return [
    ...writePlan(plan),
    ...(figure === DEFAULT_SWEEP.figure ? [] : [`figure=${figure}`]),
    ...(part === DEFAULT_SWEEP.part ? [] : [`by=${part}`]),
    ...(loseUsd === undefined ? [] : [`lose=${loseUsd}`]),
    ...(loseAt === undefined ? [] : [`lose-at=${encodeURIComponent(loseAt)}`]),
  ];
}

/** What an address says; what cannot be read is named, and is as choosing starts from. */
export function readSweep(fields: URLSearchParams, problems: string[]): SweepChoice {
  const one = <Name extends string>(field: string, known: readonly Name[], usual: Name): Name => {
    const text = fields.get(field) ?? usual;
    const found = known.find((name) => name === text);
    if (found === undefined) problems.push(`${field} cannot be “${text}”, only ${known.join(', ')}`);
    return found ?? usual;
  };
  const lose = fields.get('lose');
  const loseUsd = lose === null || lose.trim() === '' ? undefined : Number(lose);
  const isLoss = loseUsd === undefined || (loseUsd > 0 && Number.isFinite(loseUsd));
  if (!isLoss) problems.push(`“${lose}” is no loss in USD above 0`);
  return {
    plan: readPlan(fields, problems),
    figure: one('figure', FIGURES, DEFAULT_SWEEP.figure),
    part: one('by', PARTS, DEFAULT_SWEEP.part),
    loseUsd: isLoss ? loseUsd : undefined,
    loseAt: fields.get('lose-at') ?? undefined,
  };
}
