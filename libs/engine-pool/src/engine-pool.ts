import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type {
  AssetReproduction,
  BookMeasure,
  CascadeResult,
  CellName,
  HeatmapCell,
  OraclesStand,
  ReproductionPoint,
  Scenario,
} from '@undertow/cascade';
import type { ClearingReport, MarginReport } from '@undertow/margin';
import type { Address } from '@undertow/market';
import { worstScenarios, type StateAsked, type StateRuns } from '@undertow/report';
import type {
  IndexRange,
  ScenarioLosses,
  SweepChunk,
  TailMeasures,
  TailScenario,
  WholeReproduction,
} from '@undertow/sweep';
import { BadDataError } from '@undertow/units';
import type {
  Asked,
  SimulateWanted,
  PooledBook,
  PooledSweep,
  TailWanted,
  PooledAdvice,
  AdviceItems,
} from './asked.ts';
import { Dispatcher } from './dispatcher.ts';
import type { MadeBook, MadeReport, ReportItem } from './do-report.ts';
import { KeptResults } from './kept-results.ts';
import type {
  ClearingItem,
  ItemOf,
  Kind,
  MadeDueAnswer,
  MarginItem,
  AdviceKinds,
  Piece,
  RanTogether,
  ResultOf,
  SummedSweep,
} from './kinds.ts';
import { openNamedStress, type NamedStress, type StressItem } from './named-stress.ts';
import type { Rank } from './rank.ts';
import { SharedAnswers } from './shared-answers.ts';
import { sharedBook, type SharedBook } from './shared-book.ts';
import { Threads } from './threads.ts';
import { Work } from './work.ts';

export interface EnginePoolOptions {
  /** Default: as many as there are cores. */
  readonly threads?: number;
  /** Megabytes of objects that a thread may hold. Default 2,048. */
  readonly heapMb?: number;
}

/** Who waits for what a state of risk is made of. */
export interface StateRunning {
  readonly signal?: AbortSignal | undefined;
  readonly told?: (done: number, all: number) => void;
}

/** Items that begin to be done. */
interface Begun<K extends Kind> {
  readonly items: readonly ItemOf<K>[];
  readonly rank: Rank;
  readonly keep: (index: number, result: ResultOf<K>) => void;
}

const DEFAULT_HEAP_MB = 2_048;

/** How long a thread does not look up: so long does a question wait for a sweep, at most, but for an item that takes longer. */
const PIECE_MS = 25;

/**
 * Threads that run the engine beside a program that answers. What is asked twice is computed once, and kept for a while; the
 * answer is the same, to the bit, for any number of threads.
 *
 * Everything that is asked throws BadDataError for what the book lacks, LostThreadError when a thread ran out of memory, and the
 * reason of the signal once that is aborted.
 */
export class EnginePool {
  /** How many there are at most. */
  readonly threads: number;
  readonly #threads: Threads;
  readonly #dispatcher: Dispatcher;
  readonly #shared = new SharedAnswers();
  readonly #kept = new KeptResults();
  #isClosed = false;

  constructor({ threads = availableParallelism(), heapMb = DEFAULT_HEAP_MB }: EnginePoolOptions = {}) {
    this.threads = threads;
    this.#threads = new Threads({ threads, heapMb });
    this.#dispatcher = new Dispatcher(threads);
  }

  /** One cascade on the book with the overrides, as `Engine.tell`. */
  async simulate(
    asked: Asked,
    scenario: Scenario,
    { band = true, accounts = asked.book.accounts.count }: SimulateWanted = {},
  ): Promise<CascadeResult> {
    const [result] = await this.#ask('simulate', asked, [{ scenario, band, accounts }]);
    return result!;
  }

  /** Whom the overrides alone let be liquidated, as `madeDueBy`; lists so many of them, the largest debts first. */
  async madeDue(asked: Asked, most: number): Promise<MadeDueAnswer> {
    const [answer] = await this.#ask('madeDue', asked, [{ most }]);
    return answer!;
  }

  /** Cells of a heatmap in the order of their names, as `heatmapCells`. */
  cells(asked: Asked, names: readonly CellName[]): Promise<readonly HeatmapCell[]> {
    return this.#ask('cell', asked, names);
  }

  /** The reproduction number of one asset after another at every drop, as `reproduction`. */
  async reproduction(
    asked: Asked,
    { assets, drops }: { readonly assets: readonly Address[]; readonly drops: readonly number[] },
  ): Promise<AssetReproduction[]> {
    const items = assets.flatMap((asset) => drops.map((drop) => ({ asset, drop })));
    const points: readonly ReproductionPoint[] = await this.#ask('reproduction', asked, items);
    return assets.map((asset, row) => ({
      asset,
      symbol: asked.book.assets.find(({ address }) => address === asset)!.symbol,
      points: points.slice(row * drops.length, (row + 1) * drops.length),
    }));
  }

  /** What a book says without a shock, as `standingMeasures`. */
  async standing(asked: Asked, { oracles, due }: OraclesStand): Promise<readonly BookMeasure[]> {
    const [measures] = await this.#ask('standing', asked, [{ oracles, due }]);
    return measures!;
  }

  /** The margins of an owner, as `marginReport`. */
  async margin(asked: Asked, wanted: MarginItem): Promise<MarginReport> {
    const [report] = await this.#ask('margin', asked, [wanted]);
    return report!;
  }

  /** The view of a clearing house, as `clearingReport`. */
  async clearing(asked: Asked, wanted: ClearingItem): Promise<ClearingReport> {
    const [report] = await this.#ask('clearing', asked, [wanted]);
    return report!;
  }

  #begin<K extends Kind>(of: Omit<Piece<K>, 'items' | 'budgetMs'>, { items, rank, keep }: Begun<K>) {
    const work = new Work<ItemOf<K>, ResultOf<K>>(items, rank);
    const send = (some: readonly ItemOf<K>[]): Promise<readonly ResultOf<K>[]> =>
      this.#threads.do<K>({ ...of, items: some, budgetMs: PIECE_MS });
    this.#dispatcher.add({ work, send, keep });
    return work;
  }

  #sweepWork<K extends Kind>(
    kind: K,
    { book, plan, engine, block = 0 }: PooledBook & Partial<PooledSweep>,
    items: readonly ItemOf<K>[],
    signal: AbortSignal | undefined,
  ): Promise<readonly ResultOf<K>[]> {
    return this.#until(signal, () =>
      this.#begin<K>(
        { kind, plan, engine, overrides: [], ...pieceOf(book) },
        { items, rank: { urgency: 'sweep', block }, keep: () => undefined },
      ),
    );
  }

  /** Begins a work, and stops it when the signal is aborted. */
  #until<Item, Result>(
    signal: AbortSignal | undefined,
    begin: () => Work<Item, Result>,
  ): Promise<readonly Result[]> {
    if (this.#isClosed) return Promise.reject(closedError());
    signal?.throwIfAborted();
    const work = begin();
    const stop = (): void => work.stop(signal?.reason);
    signal?.addEventListener('abort', stop, { once: true });
    return work.done.finally(() => signal?.removeEventListener('abort', stop));
  }

  /**
   * What is asked of an advice, at the rank of a sweep. An item is a piece: an advice takes as long as it takes, and a question may wait
   * for it where all threads have one. `tell` hears of every item that is done.
   */
  adviceWork<K extends keyof AdviceKinds>(
    kind: K,
    { book, question, block = 0 }: PooledAdvice,
    { items, signal, tell }: AdviceItems<K>,
  ): Promise<readonly ResultOf<K>[]> {
    return this.#until(signal, () =>
      this.#begin<K>(
        { kind, question, overrides: [], ...pieceOf(book) },
        { items, rank: { urgency: 'sweep', block }, keep: () => tell?.() },
      ),
    );
  }

  /** What a state of risk is made of, its falls and its worst moves on whichever thread is free; `told` hears of each of three steps. */
  async stateRuns(
    of: PooledBook,
    { moves, drops }: StateAsked,
    running: StateRunning = {},
  ): Promise<StateRuns> {
    const { signal, told } = running;
    const tell = (done: number) => told?.(done, 3);
    tell(0);
    const items = drops.map((drop) => ({ drop }));
    const [[rows], reproduction] = await Promise.all([
      this.#sweepWork('stateRows', of, [{ moves }], signal),
      this.#sweepWork('wholeReproduction', of, items, signal).then((found) => {
        tell(1);
        return found;
      }),
    ]);
    tell(2);
    const stories = await this.tailScenarios(of, worstScenarios(rows!), signal);
    tell(3);
    return { rows: rows!, reproduction, stories };
  }

  /** What is made of a book as a report, at the rank of a sweep. It is one piece: a sweep of it is run before, see `makeReport`. */
  async report(of: PooledSweep | PooledBook, item: ReportItem, signal?: AbortSignal): Promise<MadeReport> {
    const [made] = await this.#sweepWork('report', of, [item], signal);
    return made!;
  }

  /** A book as `export` writes it, packed. */
  async exported(of: PooledBook, signal?: AbortSignal): Promise<MadeBook> {
    const [made] = await this.#sweepWork('exported', of, ['all'], signal);
    return made!;
  }

  /** Ends all threads. What is being computed is not waited for, and fails for those who wait. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#dispatcher.stop(closedError());
    await this.#threads.close();
  }

  /**
   * Results of a range of scenarios, as `runRange`, in pieces between which others have their turn. What is asked for again is
   * computed again: results are large, and whoever sweeps keeps them.
   */
  async sweep(sweep: PooledSweep, { from, to }: IndexRange, signal?: AbortSignal): Promise<RanTogether> {
    const indices = Array.from({ length: to - from }, (_, i) => from + i);
    const ran = (await this.#sweepWork('sweep', sweep, indices, signal)).filter((one) => one !== undefined);
    const milliseconds = ran.reduce((sum, one) => sum + one.milliseconds, 0);
    if (ran.length === 1) return { chunk: ran[0]!.chunk, milliseconds };
    const chunks = ran.map(({ chunk }) => chunk);
    const [chunk] = await this.#sweepWork('joined', sweep, [{ from, to, chunks }], signal);
    return { chunk: chunk!, milliseconds };
  }

  /** What came of a sweep, by its chunks, as `summary`; with the moves of the worst scenarios. */
  async sweepSummary(
    sweep: PooledSweep,
    chunks: readonly SweepChunk[],
    signal?: AbortSignal,
  ): Promise<SummedSweep> {
    const [summed] = await this.#sweepWork('summary', sweep, [{ chunks }], signal);
    return summed!;
  }

  /** What scenarios cost, as `scenarioLosses`. */
  async losses(
    of: PooledBook,
    scenarios: readonly Scenario[],
    signal?: AbortSignal,
  ): Promise<readonly ScenarioLosses[]> {
    return scenarios.length === 0 ? [] : this.#sweepWork('losses', of, scenarios, signal);
  }

  /** Whole stories of scenarios, as `tailScenario`. */
  tailScenarios(
    of: PooledBook,
    scenarios: readonly Scenario[],
    signal?: AbortSignal,
  ): Promise<readonly TailScenario[]> {
    return this.#sweepWork('tail', of, scenarios, signal);
  }

  /** What the tail of a sweep has in common, by its chunks, as `tailMeasures`. Each of its scenarios is a piece. */
  async tailMeasures(
    sweep: PooledSweep,
    { chunks, level, accounts, most }: TailWanted,
    signal?: AbortSignal,
  ): Promise<TailMeasures> {
    const { book, plan } = sweep;
    const key = digest(['tailMeasures', book.hash, plan.hash, level, accounts]);
    return this.#once(key, sweep, signal, async (stopped) => {
      const [tail] = await this.#sweepWork('tailOf', sweep, [{ chunks, level }], stopped);
      const { indices } = tail!;
      if (indices.length > most)
        throw new BadDataError(
          `the tail at ${level} has ${indices.length} scenarios, and at most ${most} are run again: ask for a level nearer to 1`,
        );
      const stories = indices.length === 0 ? [] : await this.#sweepWork('tailStory', sweep, indices, stopped);
      const item = { tail: tail!, stories, accounts };
      const [measures] = await this.#sweepWork('tailMeasures', sweep, [item], stopped);
      return measures!;
    });
  }

  /** The nearest move that loses so much under the covariance of a sweep's plan. Its scenarios are run in pieces. */
  async reverseStress(sweep: PooledSweep, item: StressItem, signal?: AbortSignal): Promise<NamedStress> {
    const [found] = await this.#search(sweep, () => [item], { item, signal });
    return found!;
  }

  /** The same loss of all together, then of every venue, each by itself: what is run for one is remembered for the others. */
  reverseStressByVenue(
    sweep: PooledSweep,
    lossUsd: number,
    signal?: AbortSignal,
  ): Promise<readonly NamedStress[]> {
    const items = (venues: readonly string[]) => [
      { lossUsd },
      ...venues.map((venue) => ({ lossUsd, venue })),
    ];
    return this.#search(sweep, items, { item: { lossUsd, venue: 'each' }, signal });
  }

  /** Searches one after the other. The search is here, what it asks of the engine in threads. */
  #search(
    sweep: PooledSweep,
    items: (venues: readonly string[]) => readonly StressItem[],
    { item, signal }: { readonly item: unknown; readonly signal: AbortSignal | undefined },
  ): Promise<readonly NamedStress[]> {
    const key = digest(['reverseStress', sweep.book.hash, sweep.plan.hash, item]);
    return this.#once(key, sweep, signal, async (stopped) => {
      const [coordinates] = await this.#sweepWork('stressCoordinates', sweep, ['all'], stopped);
      const { plan: _, ...book } = sweep;
      const find = openNamedStress(coordinates!, (scenarios) => this.losses(book, scenarios, stopped));
      const found: NamedStress[] = [];
      for (const one of items(coordinates!.venues)) found.push(await find(one));
      return found;
    });
  }

  /** What takes several works, once for all who wait for it, and kept. */
  async #once<Value>(
    key: string,
    { block = 0 }: PooledBook,
    signal: AbortSignal | undefined,
    work: (stopped: AbortSignal) => Promise<Value>,
  ): Promise<Value> {
    if (this.#isClosed) throw closedError();
    const known = this.#kept.get<Value>(key);
    if (known) return known.result;
    const rank = { urgency: 'sweep', block } as const;
    return this.#shared.ask<Value>(key, { rank, signal }, () => {
      const stopping = new AbortController();
      const done = work(stopping.signal).then((value) => {
        this.#kept.set(key, value);
        return value;
      });
      return { rank, done, stop: (reason) => stopping.abort(reason) };
    });
  }

  /** The reproduction number of the whole book at every drop, as `wholeReproduction`. */
  wholeReproduction(asked: Asked, drops: readonly number[]): Promise<readonly WholeReproduction[]> {
    return this.#ask(
      'wholeReproduction',
      asked,
      drops.map((drop) => ({ drop })),
    );
  }

  async #ask<K extends Kind>(
    kind: K,
    asked: Asked,
    items: readonly ItemOf<K>[],
  ): Promise<readonly ResultOf<K>[]> {
    if (this.#isClosed) throw closedError();
    const { book, overrides = [], block = 0, urgency = 'question', signal } = asked;
    const of = digest([kind, book.hash, overrides]);
    const keys = items.map((item) => `${of} ${digest(item)}`);
    const known = keys.map((key) => this.#kept.get<ResultOf<K>>(key));
    const missing = [...keys.keys()].filter((i) => known[i] === undefined);
    if (missing.length === 0) return known.map((kept) => kept!.result);
    const shared = await sharedBook(book);
    if (this.#isClosed) throw closedError();
    const computed = await this.#shared.ask(
      missing.map((i) => keys[i]).join('\n'),
      { rank: { urgency, block }, signal },
      () =>
        this.#begin<K>(
          { kind, overrides, ...pieceOf(shared) },
          {
            items: missing.map((i) => items[i]!),
            rank: { urgency, block },
            keep: (i, result) => this.#kept.set(keys[missing[i]!]!, result),
          },
        ),
    );
    const found = new Map(missing.map((i, place) => [i, computed[place]!]));
    return keys.map((_, i) => known[i]?.result ?? found.get(i)!);
  }
}

const pieceOf = ({ hash, buffer }: SharedBook) => ({ bookHash: hash, buffer });

/** Says the same of what is equal, in few letters: what is asked may be long. */
const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 27);

const closedError = (): Error => new Error('the engine pool is closed');
