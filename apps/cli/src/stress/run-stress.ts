import type { Book } from '@undertow/book';
import { openEngine, type EngineKind } from '@undertow/cascade';
import {
  openReverseStress,
  wholeReproduction,
  type MonteCarloPlan,
  type ReverseStress,
} from '@undertow/sweep';
import type { BookSource } from '../book-source.ts';
import { asUsage, UsageError } from '../explain-error.ts';
import { jsonPieces } from '../json-text.ts';
import { printPieces, printReadable } from '../print.ts';
import { openTablesOrBook } from '../simulate/open-tables-or-book.ts';
import type { PolicyOptions } from '../simulate/scenario-of.ts';
import { planOf, type PlanOptions } from '../sweep/plan-of.ts';
import { terminalWidth } from '../terminal-width.ts';
import { reproductionText, reverseText } from './stress-text.ts';
import { stressJson } from './stress-json.ts';

export interface StressOptions extends BookSource, Omit<PlanOptions, 'grid' | 'product' | 'model' | 'count'> {
  readonly reverse?: boolean;
  /** USD. */
  readonly loss?: number;
  readonly venue?: readonly string[];
  readonly eachVenue?: boolean;
  /** Standard deviations. */
  readonly farthest?: number;
  readonly reproduction?: boolean;
  readonly engine?: EngineKind;
  readonly json?: boolean;
  readonly tables?: readonly string[];
}

/** Where the reproduction number of the whole is told: every five per cent down to a half. */
const DROPS = Array.from({ length: 11 }, (_, at) => at / 20);

/** Prints the nearest moves with a loss, or how strongly falls feed themselves, or both. */
export async function runStress(options: StressOptions): Promise<void> {
  const { reverse, reproduction, loss } = options;
  if (!reverse && !reproduction)
    throw new UsageError('Say what to find: give --reverse with --loss <usd>, or --reproduction.');
  if (reverse && loss === undefined)
    throw new UsageError('--reverse needs --loss <usd>: the least loss that counts.');
  if (!reverse) refuseReverseOptions(options);
  const plan = reverse ? await planWith(options) : undefined;
  const { book } = await openTablesOrBook(options);
  const answers = plan ? asUsage(() => answersOf(book, plan, options)) : [];
  const points = reproduction ? wholeReproduction(book, { drops: DROPS }) : [];
  if (options.json) return printPieces(jsonPieces(stressJson(book, { answers, points })));
  const width = terminalWidth();
  const texts = [
    ...answers.map((answer) => reverseText(book, answer, width)),
    ...(reproduction ? [reproductionText(points, width)] : []),
  ];
  await printReadable(texts.join('\n'));
}

function refuseReverseOptions(options: StressOptions): void {
  const names = [
    'loss',
    'venue',
    'eachVenue',
    'prices',
    'plan',
    'seed',
    'farthest',
    'horizon',
    'step',
  ] as const;
  const given = names.find((name) => options[name] !== undefined);
  if (given === undefined) return;
  const name = given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new UsageError(`--${name} only changes something with --reverse: leave it out, or add that.`);
}

async function planWith(options: StressOptions): Promise<MonteCarloPlan> {
  const { prices, plan, seed, horizon, step } = options;
  if (prices === undefined && plan === undefined)
    throw new UsageError(
      '--reverse needs to know how prices move together: give --prices <files>, or --plan <file> with a Student-t model.',
    );
  const fromPrices = prices && {
    prices,
    model: 'student-t' as const,
    // Its tails change no distance: this spares estimating them.
    degrees: 5,
    ...(horizon !== undefined && { horizon }),
    ...(step !== undefined && { step }),
  };
  const found = await planOf({
    ...policyOptions(options),
    data: options.data,
    ...(options.chain !== undefined && { chain: options.chain }),
    ...fromPrices,
    ...(plan !== undefined && { plan }),
    ...(plan === undefined && seed !== undefined && { seed }),
  });
  if (found.kind === 'monte-carlo' && found.model.kind === 'student-t') return found;
  throw new UsageError(
    `${plan} has no Student-t model, and so no covariance that distances could be told by.`,
  );
}

function policyOptions({
  liquidators,
  gas,
  capital,
  oracles,
  depositors,
  depth,
  maxRounds,
  volatility,
}: StressOptions): PolicyOptions & Pick<PlanOptions, 'volatility'> {
  const given = { liquidators, gas, capital, oracles, depositors, depth, maxRounds, volatility };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function answersOf(book: Book, plan: MonteCarloPlan, options: StressOptions): ReverseStress[] {
  const { loss, farthest, seed, engine = 'fast' } = options;
  const stress = openReverseStress({ book, engine: openEngine(book, { kind: engine }), plan });
  return venuesOf(book, options).map((venue) =>
    stress({
      lossUsd: loss!,
      ...(venue !== undefined && { venue }),
      ...(farthest !== undefined && { greatestDistance: farthest }),
      ...(seed !== undefined && { seed }),
    }),
  );
}

/** Rows of the venues that are asked for; undefined = all together. */
function venuesOf({ venues }: Book, { venue = [], eachVenue }: StressOptions): (number | undefined)[] {
  const rows = venue.map((id) => {
    const row = venues.findIndex((one) => one.id.toLowerCase() === id.toLowerCase());
    if (row !== -1) return row;
    throw new UsageError(`The book has no venue "${id}"; it has ${venues.map((one) => one.id).join(', ')}.`);
  });
  if (eachVenue) return [undefined, ...venues.keys()];
  return rows.length > 0 ? rows : [undefined];
}
