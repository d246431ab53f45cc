import { assert } from '@undertow/units';
import {
  heatmap,
  heatmapCells,
  madeDueBy,
  moveName,
  type NamedMove,
  standingMeasures,
} from '@undertow/cascade';
import { clearingReport, marginReport } from '@undertow/margin';
import type { ItemOf, Kind, Kinds, ResultOf, SummedSweep } from './kinds.ts';
import type { OpenedBook, OpenedSweep } from './opened-book.ts';
import {
  joinChunks,
  openTailMeasures,
  runRange,
  scenarioLosses,
  summary,
  sweepTail,
  tailScenario,
  wholeReproduction,
  type SweepChunk,
  type SweepTable,
} from '@undertow/sweep';
import { namedCoordinates } from './named-stress.ts';
import type { BooksOfPiece } from './books-of-piece.ts';
import { doAdvice, openedTrial, trialRange } from './do-advice.ts';
import { doExport, doReport } from './do-report.ts';
import { pricesOf } from './shared-prices.ts';

/** A time that is to be kept: the milliseconds that are left of it, below 0 when it is over. */
export type Left = () => number;

/**
 * Does the first of some items, as many as fit into a time, and always one. What comes of an item does not depend on which others
 * were done with it.
 *
 * @throws BadDataError for what the book lacks.
 */
export async function doPiece<K extends Kind>(
  kind: K,
  items: readonly ItemOf<K>[],
  { books, left }: { readonly books: BooksOfPiece; readonly left: Left },
): Promise<ResultOf<K>[]> {
  const { most, work } = DOERS[kind];
  const results: ResultOf<K>[] = [];
  while (results.length < items.length && (results.length === 0 || left() > 0)) {
    const from = results.length;
    results.push(...(await work(books, items.slice(from, from + most(books, left)))));
  }
  return results;
}

interface Doer<K extends Kind> {
  /** How many items are done at once. */
  readonly most: (books: BooksOfPiece, left: Left) => number;
  readonly work: (books: BooksOfPiece, items: readonly ItemOf<K>[]) => Later<readonly ResultOf<K>[]>;
}

/** Now, or when a search that asks for one thing after another has ended; nothing else is done meanwhile. */
type Later<Result> = Result | Promise<Result>;

/** What is done item by item. */
const one = <K extends Kind>(
  work: (books: BooksOfPiece, item: ItemOf<K>) => Later<ResultOf<K>>,
): Doer<K> => ({
  most: () => 1,
  work: async (books, [item]) => [await work(books, item!)],
});

/** What runs an engine, which does many scenarios at once faster than one by one; that of the changed book, unless it is another. */
const many = <K extends Kind>(
  work: (books: BooksOfPiece, items: readonly ItemOf<K>[]) => readonly ResultOf<K>[],
  runs: (books: BooksOfPiece) => OpenedBook = ({ changed }) => changed,
): Doer<K> => ({
  most(books, left) {
    const { msPerScenario } = runs(books).engineOf(books.engine);
    return msPerScenario === undefined ? 1 : Math.max(1, Math.floor(Math.max(0, left()) / msPerScenario));
  },
  work(books, items) {
    const began = performance.now();
    const results = work(books, items);
    runs(books).engineOf(books.engine).msPerScenario = (performance.now() - began) / items.length;
    return results;
  },
});

const DOERS: { readonly [K in keyof Kinds]: Doer<K> } = {
  simulate: one(({ changed, engine }, { scenario, band, accounts }) => {
    const result = changed.engineOf(engine).engine.tell(scenario, { band });
    return { ...result, byAccount: result.byAccount.slice(0, accounts) };
  }),
  cell: many(({ changed, engine }, names) =>
    heatmapCells(changed.book, changed.engineOf(engine).engine, names),
  ),
  reproduction: one(({ changed }, { asset, drop }) => changed.pointAt(asset, drop)),
  madeDue: one(({ given, changed }, { most }) => {
    const found = madeDueBy(given.book, changed.book);
    const debtUsd = found.reduce((sum, account) => sum + account.debtUsd, 0);
    return { accounts: found.length, debtUsd, first: found.slice(0, most) };
  }),
  sweep: many((books, indices) => {
    const { engine } = books.changed.engineOf(books.engine);
    const { opened, table } = sweepOf(books);
    const [from, to] = [indices[0]!, indices.at(-1)! + 1];
    assert(to - from === indices.length, 'scenarios of a piece follow each other');
    const began = performance.now();
    const chunk = runRange({ engine, opened, shape: table().shape }, { from, to });
    const ran = { chunk, milliseconds: performance.now() - began };
    return indices.map((_, i) => (i === 0 ? ran : undefined));
  }),
  losses: many(({ changed, engine }, scenarios) =>
    scenarioLosses(changed.engineOf(engine).engine, scenarios),
  ),
  tail: one(({ changed, engine }, scenario) =>
    tailScenario(changed.book, scenario, changed.engineOf(engine).engine),
  ),
  joined: one((_, { from, to, chunks }) => joinChunks(chunks, { from, to })),
  summary: one((books, { chunks }) => summed(books, chunks)),
  tailOf: one((books, { chunks, level }) => sweepTail(tableOf(books, chunks), level)),
  tailStory: one((books, index) => {
    const { engine } = books.changed.engineOf(books.engine);
    return tailScenario(books.changed.book, sweepOf(books).opened.scenario(index), engine);
  }),
  tailMeasures: one(({ changed: { book } }, { tail, stories, accounts }) => {
    const measures = openTailMeasures(book, tail);
    for (const story of stories) measures.add(story);
    return measures.result(accounts);
  }),
  stressCoordinates: one((books) => namedCoordinates(books.changed.book, sweepOf(books).plan)),
  wholeReproduction: one(({ changed: { book } }, { drop }) => wholeReproduction(book, { drops: [drop] })[0]!),
  margin: one(({ changed: { book } }, { owner, prices, ...wanted }) =>
    marginReport(book, owner, { ...wanted, prices: prices && pricesOf(prices) }),
  ),
  clearing: one(({ changed: { book } }, { prices, ...wanted }) =>
    clearingReport(book, { ...wanted, prices: prices && pricesOf(prices) }),
  ),
  standing: one(({ changed: { book } }, stand) => standingMeasures(book, stand)),
  advicePlaces: one(doAdvice.advicePlaces),
  trial: many(trialRange, (books) => openedTrial(books).book),
  advice: one(doAdvice.advice),
  together: one(doAdvice.together),
  judged: one(doAdvice.judged),
  frontier: one(doAdvice.frontier),
  stateRows: one(({ changed: { book } }, { moves }) => heatmap(book, moves)),
  report: one(doReport),
  exported: one(doExport),
  backtest: one(doAdvice.backtest),
  cascadeDates: one(doAdvice.cascadeDates),
  cascadeDate: one(doAdvice.cascadeDate),
};

function sweepOf({ changed, plan, engine }: BooksOfPiece): OpenedSweep {
  assert(plan !== undefined, 'a sweep has a plan');
  return changed.sweepOf(plan, engine);
}

function tableOf(books: BooksOfPiece, chunks: readonly SweepChunk[]): SweepTable {
  const results = sweepOf(books).table();
  for (const chunk of chunks) results.putChunk(chunk);
  return results;
}

function summed(books: BooksOfPiece, chunks: readonly SweepChunk[]): SummedSweep {
  const { plan, opened } = sweepOf(books);
  const { worst, ...rest } = summary(tableOf(books, chunks), plan);
  const { book } = books.changed;
  const movesOf = (index: number): NamedMove[] =>
    opened.scenario(index).moves.map((move) => ({ what: moveName(book, move), move: move.move }));
  return {
    ...rest,
    worst: worst.map((one) => ({ ...one, moves: movesOf(one.index) })),
    unused: opened.unused,
  };
}
