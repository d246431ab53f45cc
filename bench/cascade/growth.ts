import { openEngine, type Scenario } from '../../libs/cascade/src/index.ts';
import type { Book } from '../../libs/book/src/index.ts';
import type { Row } from '../report.ts';
import { asManyAsFit } from './rate.ts';
import { row } from './row.ts';
import { syntheticBook } from './synthetic-book.ts';
import { syntheticScenarios } from './synthetic-scenarios.ts';

/** One line of the picture: what a cascade takes while one thing grows and all else stays. */
export interface Growth {
  /** What grows. */
  readonly of: string;
  /** How people read a value of it. */
  readonly unit: string;
  readonly points: readonly { readonly at: number; readonly microseconds: number }[];
}

export interface GrowthOptions {
  readonly accounts: readonly number[];
  readonly budgetMs: number;
}

const SCENARIOS = [1, 10, 100, 1_000];
const SHOCKS = [0.02, 0.1, 0.2, 0.3, 0.45];
const LEGS = [2, 4, 6, 8];
/** Of the curves over scenarios, shock and legs. */
const ACCOUNTS = 10_000;

/** What a cascade of the fast engine costs in one thread, over accounts, scenarios of a run, depth of the shock, and legs of an account. */
export async function growth({ accounts, budgetMs }: GrowthOptions): Promise<Growth[]> {
  const book = syntheticBook(ACCOUNTS);
  const drawn = syntheticScenarios(book, SCENARIOS.at(-1)!);
  const fall = (shock: number): Scenario[] =>
    Array.from({ length: 200 }, (_, i) => ({
      // None is asked for twice, so that nothing can be kept.
      moves: [{ kind: 'reference', symbol: 'WETH', move: -shock - i / 1e7 }],
    }));
  const over = async <T>(
    values: readonly T[],
    at: (value: T) => number,
    cost: (value: T) => Promise<number>,
  ) => {
    const points = [];
    for (const value of values) points.push({ at: at(value), microseconds: await cost(value) });
    return points;
  };
  const itself = (value: number) => value;
  return [
    {
      of: 'accounts',
      unit: 'accounts',
      points: await over(accounts, itself, (count) => {
        const grown = syntheticBook(count);
        return cost(grown, syntheticScenarios(grown, 1_000), budgetMs);
      }),
    },
    {
      of: 'scenarios of a run that opens the book',
      unit: 'scenarios',
      points: await over(SCENARIOS, itself, (count) => wholeRun(book, drawn.slice(0, count))),
    },
    {
      of: 'fall of WETH',
      unit: '%',
      points: await over(
        SHOCKS,
        (shock) => shock * 100,
        (shock) => cost(book, fall(shock), budgetMs),
      ),
    },
    {
      of: 'legs of an account',
      unit: 'legs',
      points: await over(LEGS, itself, (legs) => {
        const grown = syntheticBook(ACCOUNTS, { legs });
        return cost(grown, syntheticScenarios(grown, 1_000), budgetMs);
      }),
    },
  ];
}

/** Microseconds of one of some scenarios, of as many as fit into a time. */
async function cost(book: Book, scenarios: readonly Scenario[], budgetMs: number): Promise<number> {
  const engine = openEngine(book, { kind: 'fast' });
  const { perSecond } = await asManyAsFit({ most: scenarios.length, budgetMs }, (count) =>
    engine.run(scenarios.slice(0, count)),
  );
  return 1e6 / perSecond;
}

/** Microseconds of one of the scenarios of a run, with the making ready of the book that every run needs once. */
async function wholeRun(book: Book, scenarios: readonly Scenario[]): Promise<number> {
  const began = performance.now();
  openEngine(book, { kind: 'fast' }).run(scenarios);
  return (1_000 * (performance.now() - began)) / scenarios.length;
}

/** The table that stands beside the picture. */
export const growthRows = (lines: readonly Growth[]): Row[] =>
  lines.flatMap(({ of, unit, points }) =>
    points.map(({ at, microseconds }) =>
      row(`growth over ${of}: ${at.toLocaleString('en')} ${unit}`, 'µs a cascade, one thread', microseconds),
    ),
  );
