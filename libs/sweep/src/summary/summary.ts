import { BadDataError } from '@undertow/units';
import { countOf, isSample } from '../plan/open-plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { SweepTable } from '../table/sweep-table.ts';
import { distributionOf, type Distribution, type Levels } from './distribution.ts';
import { wilson, type Interval } from './intervals.ts';
import { summaryParts, type AssetPart, type MarketPart, type Rows, type VenuePart } from './parts.ts';
import { independentWindows, tailWeights } from './tail.ts';

/** A probability with Wilson's interval. */
export interface Probability {
  readonly share: number;
  readonly interval: Interval;
}

/** What came of a sweep, over the scenarios whose results are there. Money in USD. */
export interface SweepSummary {
  readonly count: number;
  readonly done: number;
  /** How many independent draws these are worth: fewer where windows overlap. Undefined of a grid, which is no sample. */
  readonly independent: number | undefined;
  readonly lossUsd: Distribution;
  readonly lossAtSaleUsd: Distribution;
  /** Its value at risk is **LaR**, liquidations at risk. */
  readonly liquidatedUsd: Distribution;
  readonly badDebtUsd: Distribution;
  readonly shortfallUsd: Distribution;
  readonly stuckUsd: Distribution;
  /** Of the whole liquidated value ÷ that of the first round, where somebody is liquidated. */
  readonly meanAmplification: number | undefined;
  /** Scenarios by number of rounds, from 0 on. */
  readonly rounds: readonly number[];
  /** Undefined of a grid. */
  readonly probabilities: SweepProbabilities | undefined;
  readonly byVenue: readonly VenuePart[];
  readonly byMarket: readonly MarketPart[];
  readonly byAsset: readonly AssetPart[];
  /** The level to whose expected shortfall the parts contribute. */
  readonly contributionLevel: number;
  /** Largest loss first, then lowest index. Run `scenario(index)` again for the whole story. */
  readonly worst: readonly WorstScenario[];
  /** Scenarios that were stopped before they came to rest. */
  readonly notConverged: number;
}

export interface SweepProbabilities {
  /** Somebody is liquidated. */
  readonly liquidation: Probability;
  /** **P(cascade)**: somebody is liquidated in the second round or later, because of what the first one sold or bought. */
  readonly cascade: Probability;
  /** Somebody loses. */
  readonly loss: Probability;
}

export interface WorstScenario {
  readonly index: number;
  readonly lossUsd: number;
  readonly liquidatedUsd: number;
  readonly rounds: number;
}

export interface SummaryOptions {
  /** Of value at risk and expected shortfall, rising. */
  readonly levels?: readonly number[];
  /** See `SweepSummary.contributionLevel`. */
  readonly contributionLevel?: number;
  /** How many of the worst scenarios are named. */
  readonly worst?: number;
}

const DEFAULT_LEVELS = [0.95, 0.99, 0.999];
const DEFAULT_CONTRIBUTION_LEVEL = 0.99;
const DEFAULT_WORST = 10;

/**
 * Sums up a sweep, whole or as far as it is.
 *
 * @throws BadDataError where no result is there yet, and for a level that is none.
 */
export function summary(table: SweepTable, plan: Plan, options: SummaryOptions = {}): SweepSummary {
  const { levels = DEFAULT_LEVELS, contributionLevel = DEFAULT_CONTRIBUTION_LEVEL } = options;
  for (const level of [...levels, contributionLevel])
    if (!(level > 0 && level < 1))
      throw new BadDataError(`a level must be between 0 and 1, such as 0.99, but is ${level}`);
  if (table.done === 0) throw new BadDataError('the sweep has no result yet: there is nothing to sum up');
  const rows = rowsOf(table);
  const pick: Rows = (column) => (table.isComplete ? column : rows.map((row) => column[row]!));
  const independent = independentOf(plan, table.done);
  const wanted: Levels = { levels, independent };
  const distribution = (figure: Parameters<SweepTable['figure']>[0]) =>
    distributionOf(pick(table.figure(figure)), wanted);
  const rounds = pick(table.figure('rounds'));
  const loss = pick(table.figure('lossUsd'));
  const share = (column: Float64Array, isMeant: (value: number) => boolean, draws: number): Probability => {
    const seen = column.reduce((many, value) => many + Number(isMeant(value)), 0) / column.length;
    return { share: seen, interval: wilson(seen, draws) };
  };
  return {
    count: countOf(plan),
    done: table.done,
    independent,
    lossUsd: distribution('lossUsd'),
    lossAtSaleUsd: distribution('lossAtSaleUsd'),
    liquidatedUsd: distribution('liquidatedUsd'),
    badDebtUsd: distribution('badDebtUsd'),
    shortfallUsd: distribution('shortfallUsd'),
    stuckUsd: distribution('stuckUsd'),
    meanAmplification: amplificationOf(
      pick(table.figure('liquidatedUsd')),
      pick(table.figure('firstRoundUsd')),
    ),
    rounds: countsOf(rounds),
    probabilities:
      independent === undefined
        ? undefined
        : {
            liquidation: share(rounds, (value) => value >= 1, independent),
            cascade: share(rounds, (value) => value >= 2, independent),
            loss: share(loss, (value) => value > 0, independent),
          },
    ...summaryParts(table, { pick, weights: tailWeights(loss, contributionLevel), wanted }),
    contributionLevel,
    worst: worstOf(table, rows).slice(0, options.worst ?? DEFAULT_WORST),
    notConverged: table.done - pick(table.figure('isConverged')).reduce((sum, value) => sum + value, 0),
  };
}

/** Indices of the scenarios whose results are there; as floats, so that columns of values can be made of them. */
const rowsOf = (table: SweepTable): Float64Array =>
  Float64Array.from(
    table.present().flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at)),
  );

/**
 * How many independent draws so many scenarios of a plan are worth: windows that overlap as many as there would be without overlap.
 * Undefined of a grid, which is no sample.
 */
export function independentOf(plan: Plan, done: number): number | undefined {
  if (!isSample(plan)) return undefined;
  return plan.kind === 'historical' ? independentWindows(done, plan) : done;
}

function amplificationOf(liquidated: Float64Array, first: Float64Array): number | undefined {
  let [sum, many] = [0, 0];
  for (const [row, value] of first.entries()) {
    if (!(value > 0)) continue;
    sum += liquidated[row]! / value;
    many += 1;
  }
  return many === 0 ? undefined : sum / many;
}

function countsOf(rounds: Float64Array): number[] {
  const greatest = rounds.reduce((most, value) => Math.max(most, value), 0);
  const counts = new Array<number>(greatest + 1).fill(0);
  for (const value of rounds) counts[value]! += 1;
  return counts;
}

function worstOf(table: SweepTable, rows: Float64Array): WorstScenario[] {
  const loss = table.figure('lossUsd');
  const [liquidated, rounds] = [table.figure('liquidatedUsd'), table.figure('rounds')];
  return [...rows.filter((row) => loss[row]! > 0)]
    .sort((a, b) => loss[b]! - loss[a]! || a - b)
    .map((index) => ({
      index,
      lossUsd: loss[index]!,
      liquidatedUsd: liquidated[index]!,
      rounds: rounds[index]!,
    }));
}
