import type { Behaviour, LossesOf, ParameterKind } from '@undertow/advice';
import { POOL_ENGINE } from '@undertow/engine-pool';
import {
  proposalAsked,
  STATE_DROPS,
  STATE_MOVES,
  TAIL_LEVEL,
  type ReportKind,
  type ReportQuestion,
} from '@undertow/report';
import { countOf, isSample, readPlan, type Plan } from '@undertow/sweep';
import type { NamedMove } from '@undertow/cascade';
import { adviceQuestion } from '../advice/advice-question.ts';
import { inputError } from '../errors.ts';
import type { FactSource } from '../fact-source.ts';
import { checkColumns, checkFalls, checkVenue } from '../input.ts';
import { landing } from '../landing.ts';
import type { MarketReferences } from '../market-references.ts';
import { asInput, scenarioOf, type PoliciesInput } from '../scenario-input.ts';
import type { BookAtHead } from '../shown.ts';
import { MOST_SCENARIOS_ASKED } from '../sweeps/sweep-runs.ts';

/** What is asked for, as the schema has it; what is left out may also be null. */
export interface ReportInput {
  readonly moves?: readonly NamedMove[] | null;
  readonly volatilityMove?: number | null;
  readonly depthFactor?: number | null;
  readonly policies?: PoliciesInput | null;
  readonly columns?: readonly number[] | null;
  readonly falls?: readonly number[] | null;
  readonly plan?: unknown;
  readonly sweep?: string | null;
  readonly venues?: readonly string[] | null;
  readonly parameters?: readonly ParameterKind[] | null;
  readonly toleranceUsd?: number | null;
  readonly toleranceShare?: number | null;
  readonly lossesOf?: LossesOf | null;
  readonly confidence?: number | null;
  readonly behaviour?: Behaviour | null;
  readonly horizonSeconds?: number | null;
  readonly count?: number | null;
  readonly seed?: number | null;
}

type Field = keyof ReportInput;

/** Which fields are of which kind. */
const FIELDS: Readonly<Record<ReportKind, readonly Field[]>> = {
  scenario: ['moves', 'volatilityMove', 'depthFactor', 'policies'],
  state: ['columns', 'falls'],
  sweep: ['plan', 'sweep'],
  proposal: [
    ...(['plan', 'sweep', 'venues', 'parameters', 'toleranceUsd', 'toleranceShare'] as const),
    ...(['lossesOf', 'confidence', 'behaviour', 'horizonSeconds', 'count', 'seed'] as const),
  ],
  incident: [],
};

/** What a proposal draws from stored prices where nobody says: as startAdvice does. */
const DRAWN = { horizonSeconds: 86_400, count: 1_000, seed: 1 };

/**
 * The question that an input means of a book, with nothing left to defaults.
 *
 * @throws GraphQLError that says what would be right.
 */
export async function reportQuestion(
  { source, references }: { readonly source: FactSource; readonly references: MarketReferences },
  at: BookAtHead,
  { kind, input }: { readonly kind: ReportKind; readonly input: ReportInput },
): Promise<ReportQuestion> {
  refuseOthers(kind, input);
  switch (kind) {
    case 'scenario': {
      const { moves, ...rest } = input;
      if (!moves) throw inputError('A report of a scenario needs moves: name what moves, and by how much.');
      const scenario = scenarioOf(at.book, { ...rest, moves });
      return { kind, scenario: await landing(scenario, at, references) };
    }
    case 'state':
      return {
        kind,
        moves: input.columns ? checkColumns(input.columns) : STATE_MOVES,
        // A fall is a positive share in a report.
        drops: input.falls ? checkFalls(input.falls).map((move) => Math.abs(move)) : STATE_DROPS,
      };
    case 'sweep':
      return { kind, plan: await planOf(source, input), engine: POOL_ENGINE, tailLevel: TAIL_LEVEL };
    case 'proposal':
      return proposalQuestion(source, at, input);
    case 'incident':
      throw inputError(
        'A replay of an incident is made by the command: undertow report incident --from <block> --to <block>.',
      );
  }
}

/** A field that would change nothing is a mistake. */
function refuseOthers(kind: ReportKind, input: ReportInput): void {
  const isGiven = (field: Field) => input[field] !== null && input[field] !== undefined;
  const other = (Object.keys(input) as Field[]).find(
    (field) => isGiven(field) && !FIELDS[kind].includes(field),
  );
  if (other !== undefined)
    throw inputError(
      `${other} is not of a report of kind ${kind}, which takes ${FIELDS[kind].join(', ')}: leave it out.`,
    );
}

async function planOf(source: FactSource, { plan, sweep }: ReportInput): Promise<Plan> {
  const isSweep = typeof sweep === 'string';
  const isPlan = plan !== null && plan !== undefined;
  if (isSweep === isPlan)
    throw inputError(
      isSweep
        ? 'Give plan or sweep, not both.'
        : 'A report of a sweep needs a plan, or the id of a sweep whose plan it is.',
    );
  const found = isSweep ? await source.sweeps.find(sweep) : undefined;
  if (isSweep && !found)
    throw inputError(`There is no sweep ${JSON.stringify(sweep.slice(0, 80))}: sweeps says which there are.`);
  const read = asInput(() => readPlan(found ? JSON.parse(found.plan) : plan));
  const count = asInput(() => countOf(read));
  if (count > MOST_SCENARIOS_ASKED)
    throw inputError(
      `The plan has ${count} scenarios; at most ${MOST_SCENARIOS_ASKED} are run here. Ask for fewer, or make it with undertow report sweep.`,
    );
  return read;
}

async function proposalQuestion(
  source: FactSource,
  at: BookAtHead,
  input: ReportInput,
): Promise<ReportQuestion> {
  const { venues, parameters, lossesOf, confidence, behaviour, ...rest } = input;
  const { asked } = await adviceQuestion(source, at, {
    ...{ plan: rest.plan, sweep: rest.sweep ?? null },
    ...{ toleranceUsd: rest.toleranceUsd ?? null, toleranceShare: rest.toleranceShare ?? null },
    ...{ lossesOf: lossesOf ?? null, behaviour: behaviour ?? null, confidence: confidence ?? 0.99 },
    horizonSeconds: rest.horizonSeconds ?? DRAWN.horizonSeconds,
    count: rest.count ?? DRAWN.count,
    seed: rest.seed ?? DRAWN.seed,
  });
  const { plan } = asked;
  if (plan === undefined || !isSample(plan))
    throw inputError(
      plan === undefined
        ? 'No prices are stored that a proposal could draw from: give a plan or a sweep.'
        : 'A grid is no sample, and says nothing of how much is lost how often: give a plan that draws.',
    );
  return {
    kind: 'proposal',
    asked: proposalAsked({
      ...{ plan, tolerance: asked.tolerance, confidence: asked.confidence },
      ...(behaviour && { behaviour }),
      // As advices of the API do: a large book's parameters are confirmed where the scenarios are widest.
      ...(asked.confirm && { confirm: asked.confirm }),
    }),
    venues: venues?.map((venue) => checkVenue(venue, at.book.venues)) ?? null,
    parameters: parameters ?? null,
  };
}
