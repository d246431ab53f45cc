import { EventEmitter, once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { GraphQLError } from 'graphql';
import { assetFinder } from '../../../apps/api/src/asset-answer.ts';
import { dropOf } from '../../../apps/api/src/sweep-answers.ts';
import { stressAnswer, wholeReproductionAnswer } from '../../../apps/api/src/sweeps/stress-answer.ts';
import { tailAnswer } from '../../../apps/api/src/sweeps/tail-answer.ts';
import { sweepAnswer } from '../../../apps/api/src/sweeps/sweep-answer.ts';
import { namedCoordinates, openNamedStress } from '../../../libs/engine-pool/src/named-stress.ts';
import type { Book } from '@undertow/book';
import { moveName, openEngine, type Scenario } from '@undertow/cascade';
import type { StoredSweep } from '@undertow/store';
import {
  lossesBy,
  openPlan,
  planHash,
  readPlan,
  runRange,
  summary,
  sweepKey,
  sweepShape,
  SweepTable,
  tailMeasures,
  tailScenario,
  wholeReproduction,
  type Plan,
  type TailMeasures,
} from '@undertow/sweep';
import type { ToyWorld } from './toy-world.ts';

/** The id of a sweep that every stand-in has, and has done. */
export const TOY_SWEEP = 'toy-sweep';

const TOY_PLAN: Plan = {
  ...{ version: 1, kind: 'monte-carlo', count: 400, seed: 7, factors: ['ETH', 'BTC'] },
  model: {
    ...{ kind: 'student-t', degreesOfFreedom: 4 },
    covariance: [
      [0.04, 0.025],
      [0.025, 0.03],
    ],
  },
};

/** Parts in which a sweep is run, each with news of it. */
const PARTS = 8;

interface Kept {
  readonly of: Omit<StoredSweep, 'state' | 'done' | 'summary' | 'endedAt'>;
  readonly book: Book;
  readonly plan: Plan;
  readonly table: SweepTable;
  state: StoredSweep['state'];
  endedAt: number | undefined;
  summary: string | undefined;
}

/** What the toy sweep came to, by book: many stand-ins ask for the same. */
const DONE = new Map<string, Kept>();
const STRESS = new Map<string, ReturnType<typeof stressAnswer>>();
const SEARCHES = new Map<string, ReturnType<typeof openNamedStress>>();
const BY_VENUE = new Map<string, Promise<ReturnType<typeof stressAnswer>[]>>();
const TAILS = new Map<string, Promise<TailMeasures>>();

/** Sweeps of invented accounts, run by the real engine where they are asked for, in a few parts. */
export class ToySweeps {
  readonly #kept = new Map<string, Kept>();
  readonly #news = new EventEmitter();
  /** While it is set, sweeps stand still after their first part. */
  isHeld = false;

  /** Lets sweeps that stand still go on. */
  release(): void {
    this.isHeld = false;
    this.#news.emit('released');
  }

  async *watch(id: string): AsyncGenerator<{ sweepProgress: object }> {
    for (;;) {
      const kept = this.#kept.get(id);
      if (!kept) throw notFound(id);
      const changed = once(this.#news, id);
      yield { sweepProgress: answerOf(kept) };
      if (kept.state !== 'running') return;
      await changed;
    }
  }

  /** Root values of what the schema has of sweeps. */
  answers(world: ToyWorld) {
    const find = (id: string): Kept => {
      const kept = id === TOY_SWEEP ? toySweep(world) : this.#kept.get(id);
      if (!kept) throw notFound(id);
      return kept;
    };
    return {
      sweep: ({ id }: { id: string }) => answerOf(find(id)),
      sweeps: () => [...[...this.#kept.values()].reverse(), toySweep(world)].map(answerOf),
      startSweep: ({ plan }: { plan: unknown }) => {
        const kept = keptOf(world, readPlan(plan));
        const known = this.#kept.get(kept.of.id) ?? kept;
        if (known === kept) this.#kept.set(kept.of.id, kept);
        void this.#run(known);
        return answerOf(known);
      },
      startEstimatedSweep: ({ factors }: { factors: readonly string[] }) => {
        throw new GraphQLError(`no price of ${factors[0]} in USD is stored: watch a market of an exchange.`);
      },
      cancelSweep: ({ id }: { id: string }) => {
        const kept = find(id);
        if (kept.state === 'running') this.#end(kept, 'cancelled');
        return answerOf(kept);
      },
      resumeSweep: ({ id }: { id: string }) => {
        const kept = find(id);
        void this.#run(kept);
        return answerOf(kept);
      },
      reverseStress: async ({
        sweep: id,
        ...item
      }: {
        sweep: string;
        lossUsd: number;
        venue: string | null;
      }) => {
        const { book, plan } = find(id);
        const key = JSON.stringify([book.hash, planHash(plan), item]);
        const wanted = { lossUsd: item.lossUsd, venue: item.venue ?? undefined };
        const found = STRESS.get(key) ?? stressAnswer(await searchOf(book, plan)(wanted));
        STRESS.set(key, found);
        return found;
      },
      reverseStressByVenue: async ({ sweep: id, lossUsd }: { sweep: string; lossUsd: number }) => {
        const { book, plan } = find(id);
        const key = JSON.stringify([book.hash, planHash(plan), lossUsd]);
        const stress = searchOf(book, plan);
        const search = async () => {
          const found = [stressAnswer(await stress({ lossUsd }))];
          for (const { id: venue } of book.venues) found.push(stressAnswer(await stress({ lossUsd, venue })));
          return found;
        };
        const known = BY_VENUE.get(key) ?? search();
        BY_VENUE.set(key, known);
        return known;
      },
      sweepTail: async ({ sweep: id, ...wanted }: { sweep: string; level: number; accounts: number }) => {
        const { book, plan, table } = find(id);
        const key = JSON.stringify([book.hash, planHash(plan), wanted]);
        const run = async (scenarios: readonly Scenario[]) => scenarios.map((one) => tailScenario(book, one));
        const known =
          TAILS.get(key) ?? tailMeasures({ book, opened: openPlan(plan, book), table, run }, wanted);
        TAILS.set(key, known);
        return tailAnswer(await known);
      },
      wholeReproduction: ({ moves }: { moves: readonly number[] }) => {
        const book = world.book();
        const points = wholeReproduction(book, { drops: moves.map(dropOf) });
        return {
          ...wholeReproductionAnswer({ book, head: world.head() }, points),
          coverage: world.coverage(),
        };
      },
    };
  }

  async #run(kept: Kept): Promise<void> {
    if (kept.state === 'done') return;
    kept.state = 'running';
    const { id } = kept.of;
    const size = Math.ceil(kept.of.scenarios / PARTS);
    for (let from = kept.table.done; from < kept.of.scenarios; from += size) {
      await turn();
      if (kept.state !== 'running') return;
      runPart(kept, { from, to: Math.min(kept.of.scenarios, from + size) });
      this.#news.emit(id);
      if (this.isHeld) await once(this.#news, 'released');
    }
    if (kept.state !== 'running') return;
    kept.summary = summed(kept);
    this.#end(kept, 'done');
  }

  #end(kept: Kept, state: Kept['state']): void {
    Object.assign(kept, { state, endedAt: kept.of.startedAt + 60 });
    this.#news.emit(kept.of.id);
  }
}

/** A search on a book, which remembers what was run for others. */
function searchOf(book: Book, plan: Plan): ReturnType<typeof openNamedStress> {
  const key = `${book.hash} ${planHash(plan)}`;
  const known = SEARCHES.get(key);
  if (known) return known;
  const losses = lossesBy(openEngine(book, { kind: 'fast' }));
  const made = openNamedStress(namedCoordinates(book, plan), losses);
  SEARCHES.set(key, made);
  return made;
}

const notFound = (id: string) => new GraphQLError(`There is no sweep ${JSON.stringify(id)}.`);

function keptOf(world: ToyWorld, plan: Plan): Kept {
  const book = world.book();
  const { block, time, hash: blockHash } = world.head();
  const { count } = openPlan(plan, book);
  const id = sweepKey({ plan, book, engine: 'fast' });
  const of = {
    ...{ id, chainId: book.chainId, block, blockHash, bookHash: book.hash, plan: JSON.stringify(plan) },
    ...{ planHash: planHash(plan), scenarios: count, startedAt: time, reason: undefined },
    chunkScenarios: undefined,
  };
  const table = new SweepTable(sweepShape(book, { key: id, count }));
  return { of, book, plan, table, state: 'running', endedAt: undefined, summary: undefined };
}

function runPart({ book, plan, table }: Kept, range: { readonly from: number; readonly to: number }): void {
  const opened = openPlan(plan, book);
  table.putChunk(runRange({ engine: openEngine(book), opened, shape: table.shape }, range));
}

function summed({ book, plan, table }: Kept): string {
  const { worst, ...rest } = summary(table, plan);
  const opened = openPlan(plan, book);
  const movesOf = (index: number) =>
    opened.scenario(index).moves.map((move) => ({ what: moveName(book, move), move: move.move }));
  const told = worst.map((one) => ({ ...one, moves: movesOf(one.index) }));
  return JSON.stringify({ ...rest, worst: told, unused: opened.unused });
}

function toySweep(world: ToyWorld): Kept {
  const { hash } = world.book();
  const known = DONE.get(hash);
  if (known) return known;
  const { of, ...kept } = keptOf(world, TOY_PLAN);
  const done: Kept = { ...kept, of: { ...of, id: TOY_SWEEP }, state: 'done', endedAt: of.startedAt + 60 };
  runPart(done, { from: 0, to: of.scenarios });
  done.summary = summed(done);
  DONE.set(hash, done);
  return done;
}

const answerOf = ({ of, book, table, state, endedAt, summary: text }: Kept) =>
  sweepAnswer({ ...of, done: table.done, state, endedAt, summary: text }, assetFinder(book.assets));
