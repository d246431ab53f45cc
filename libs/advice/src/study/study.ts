import type { Book } from '@undertow/book';
import type { Scenario } from '@undertow/cascade';
import {
  countOf,
  isSample,
  openPlan,
  planCoverage,
  runRange,
  sweepKey,
  sweepShape,
  SweepTable,
  type OpenedPlan,
  type Plan,
} from '@undertow/sweep';
import { openEngine, openTrades } from '@undertow/cascade';
import { BadDataError } from '@undertow/units';
import type { AdviceMissing } from '../advice/advice.ts';
import type { Asked } from './asked.ts';
import { condensed, condensedDifference } from './condensed.ts';
import { checkGiven } from './given-input.ts';
import { planForAdvice } from './plan-for-advice.ts';

/** A book and what is asked of it, made ready for many advices: everything that they share. */
export interface Study {
  readonly asked: Asked;
  /** The moment of the advice, unix seconds. */
  readonly time: number;
  readonly book: Book;
  /** The book that trials run: the book itself, or the same with small accounts put together. */
  readonly trialBook: Book;
  /** Undefined where there is no plan, or one that can give no expected shortfall. */
  readonly swept: Swept | undefined;
  /** Why there is none, and what else is missing for every advice. */
  readonly missing: readonly AdviceMissing[];
  readonly trades: ReturnType<typeof openTrades>;
}

/** The plan's scenarios on the trial book under the present terms. */
export interface Swept {
  readonly plan: Plan;
  readonly opened: OpenedPlan;
  readonly scenarios: readonly Scenario[];
  readonly table: SweepTable;
}

const DEFAULT_MOST_ACCOUNTS = 4_000;

/** Of a book, the last one that was condensed, and to how many accounts: what sweeps it and what opens studies ask for the same. */
const lastCondensed = new WeakMap<Book, { readonly most: number; readonly trialBook: Book }>();

/** The book that a study's trials run; whoever sweeps the plan elsewhere sweeps it on this. */
export function trialBookOf(
  book: Book,
  { mostAccounts: most = DEFAULT_MOST_ACCOUNTS }: Pick<Asked, 'mostAccounts'>,
): Book {
  const known = lastCondensed.get(book);
  if (known?.most === most) return known.trialBook;
  const trialBook = condensed(book, most);
  lastCondensed.set(book, { most, trialBook });
  return trialBook;
}

/**
 * Opens a study.
 *
 * @param table the results of `planForAdvice` on `trialBookOf`, where somebody has swept it; run here where it is not given.
 * @throws BadDataError for a confidence, a tolerance or inputs that are none, and for a table of another sweep.
 */
export function openStudy(book: Book, asked: Asked, table?: SweepTable): Study {
  check(asked);
  const time = asked.time ?? book.time;
  const trialBook = trialBookOf(book, asked);
  const plan = planForAdvice(asked, time);
  const missing = missingOf(trialBook, { plan, asked });
  const swept = plan && missing.length === 0 ? sweptOf(trialBook, plan, table) : undefined;
  const all = swept ? [...stillOf(book, swept), ...condensedOf(book, trialBook)] : missing;
  return { asked, time, book, trialBook, swept, missing: all, trades: openTrades(book) };
}

function check({ confidence, tolerance, stepBps = 1, given = [] }: Asked): void {
  if (!(confidence > 0 && confidence < 1))
    throw new BadDataError(`a confidence must be between 0 and 1, such as 0.99, but is ${confidence}`);
  const { most } = tolerance;
  const amount = most.kind === 'usd' ? most.usd : most.share;
  if (!(amount >= 0 && Number.isFinite(amount)))
    throw new BadDataError(`a tolerance must be a number of at least 0, but is ${amount}`);
  if (!(Number.isInteger(stepBps) && stepBps >= 1 && stepBps <= 1_000))
    throw new BadDataError(`steps must be whole basis points from 1 to 1,000, but are ${stepBps}`);
  checkGiven(given);
}

/** What keeps a plan from giving an expected shortfall. */
function missingOf(
  book: Book,
  { plan, asked }: { readonly plan: Plan | undefined; readonly asked: Asked },
): AdviceMissing[] {
  const follows = 'there is no distribution of losses, so that no value can be advised';
  const lacking = (name: string, why: string): AdviceMissing[] => [{ name, why, follows }];
  if (plan === undefined)
    return lacking('scenarios', 'there is no plan: no history of prices to make one of');
  if (!isSample(plan))
    return lacking('probabilities', 'a grid of moves is no sample, and has no expected shortfall');
  const [count, least] = [countOf(plan), Math.ceil(1 / (1 - asked.confidence) - 1e-9)];
  if (count < least)
    return lacking(
      'scenarios',
      `${count} scenarios cannot tell what happens in the worst ${percent(1 - asked.confidence)}; ${least} can at the least`,
    );
  if (!movesAnything(plan, book))
    return lacking('volatility', 'no scenario moves anything: all volatilities are 0');
  return [];
}

const percent = (share: number) => `${Number((100 * share).toPrecision(3))} %`;

/** Whether some scenario moves a price. */
function movesAnything(plan: Plan, book: Book): boolean {
  const { scenario, count } = openPlan(plan, book);
  for (let index = 0; index < count; index++)
    if (scenario(index).moves.some(({ move }) => Math.abs(move) > 1e-12)) return true;
  return false;
}

function sweptOf(book: Book, plan: Plan, given: SweepTable | undefined): Swept {
  const opened = openPlan(plan, book);
  const scenarios = Array.from({ length: opened.count }, (_, index) => opened.scenario(index));
  const key = sweepKey({ plan, book, engine: 'fast' });
  if (given !== undefined) {
    if (given.shape.key !== key || !given.isComplete)
      throw new BadDataError(
        'the table is not the whole sweep of planForAdvice on trialBookOf by the fast engine: sweep those again',
      );
    return { plan, opened, scenarios, table: given };
  }
  const shape = sweepShape(book, { key, count: opened.count });
  const table = new SweepTable(shape);
  const engine = openEngine(book, { kind: 'fast' });
  table.putChunk(runRange({ engine, opened, shape }, { from: 0, to: opened.count }));
  return { plan, opened, scenarios, table };
}

/** What a condensed book leaves out, said with every advice. */
function condensedOf(book: Book, trial: Book): AdviceMissing[] {
  if (trial === book) return [];
  const { collateral, debt } = condensedDifference(book, trial);
  return [
    {
      name: 'small accounts by themselves',
      why: `${trial.accounts.count} accounts stand for ${book.accounts.count} in trials`,
      follows: `trials have collateral within ${percent(collateral)} and debt within ${percent(debt)} of the book’s, and losses nearly its own`,
    },
  ];
}

/** Assets that stand still in every scenario: what hangs on them cannot be seen to fail. */
function stillOf(book: Book, { opened }: Swept): AdviceMissing[] {
  const { still, unused } = planCoverage(opened, book);
  const follows = 'losses that a fall of it brings are in no scenario, and not in the advice';
  const names = still.filter(({ collateralUsd }) => collateralUsd > 0).map(({ symbol }) => symbol);
  return [
    ...names.map((name) => ({ name: `moves of ${name}`, why: 'no factor of the plan moves it', follows })),
    ...unused.map((name) => ({
      name: `factor ${name}`,
      why: 'the book has nothing of that name',
      follows: 'it moves nothing',
    })),
  ];
}
