import { readFileSync } from 'node:fs';
import { GraphQLError } from 'graphql';
import {
  adviseOne,
  backtestFor,
  cascadeDateAt,
  cascadeDates,
  cascadeRecord,
  judgeChange,
  marketFrontier,
  movedOf,
  openStudy,
  parametersOf,
  readLimits,
  together,
  withBacktest,
  withCascadeBacktest,
  withMoved,
  type Advice,
  type Parameter,
} from '@undertow/advice';
import type { Book } from '@undertow/book';
import type { Plan } from '@undertow/sweep';
import { adviceRunAnswer } from '../../../apps/api/src/advice/advice-answer.ts';
import type { AdviceRun } from '../../../apps/api/src/advice/advice-runs.ts';
import { overridesOf } from '../../../apps/api/src/scenario-input.ts';
import { walkedPrices } from '../../../libs/advice/src/fixtures/walked-prices.ts';
import type { ToyWorld } from './toy-world.ts';

/** The id of a run of advices that every stand-in has, and has done. */
export const TOY_ADVICES = 'toy-advices';

/** What is advised: a threshold with a path, a bonus, a cap, a fund, and what is no parameter. */
const ADVISED: readonly Parameter[] = [
  { kind: 'liquidationThreshold', venue: 'aave-v3', market: 'WETH' },
  { kind: 'liquidationBonus', venue: 'aave-v3', market: 'WETH' },
  { kind: 'borrowCap', venue: 'aave-v3', market: 'USDC' },
  { kind: 'fundSize', venue: 'musd', market: '' },
  { kind: 'maintenanceMargin', venue: 'aave-v3', market: '' },
];

const PLAN: Plan = {
  ...{ version: 1, kind: 'monte-carlo', count: 60, seed: 7, factors: ['ETH', 'BTC'] },
  model: {
    ...{ kind: 'student-t', degreesOfFreedom: 4 },
    covariance: [
      [0.01, 0.006],
      [0.006, 0.008],
    ],
  },
};

const DAY = 86_400;
/** Prices of ETH by the day, an invented walk. */
const PAST = (() => {
  const { prices, ...grid } = walkedPrices(700);
  return { ...grid, prices: new Map([['ETH', prices.get('COIN')!]]) };
})();

/** What losses are tolerated: some thresholds of the invented book keep it, by a change. */
const TOLERATED_USD = 110_000;

/** As it is kept. */
const ASKED = JSON.stringify({
  confidence: 0.9,
  tolerance: { most: { kind: 'usd', usd: 110_000 } },
  args: {},
});

const LIMITS = new URL('../../../docs/examples/limits/aave-v3-agrs.json', import.meta.url);

interface Known {
  readonly study: ReturnType<typeof openStudy>;
  readonly advices: readonly Advice[];
}

/** Studies by book: many stand-ins ask for the same. */
const KNOWN = new Map<string, Known>();

/** Advices on invented accounts, made by the real ones. */
export class ToyAdvices {
  readonly #begun = new Map<string, AdviceRun>();
  /** While it is set, runs that are begun stay where they are. */
  isHeld = false;

  /** Root values of what the schema has of advices. */
  answers(world: ToyWorld) {
    const { isEmpty } = world.situation;
    const done = () => doneRun(world, { id: TOY_ADVICES, isScheduled: true });
    const find = (id: string): AdviceRun => {
      const found = id === TOY_ADVICES && !isEmpty ? done() : this.#begun.get(id);
      if (!found) throw new GraphQLError(`There is no run of advices ${JSON.stringify(id)}.`);
      return found;
    };
    const told = (run: AdviceRun) => adviceRunAnswer(run, world.head().time);
    return {
      advices: (of: { venue?: string; market?: string; parameter?: string }) =>
        isEmpty
          ? []
          : told(done()).advices.filter(
              ({ parameter: { venue, market, kind } }) =>
                (of.venue ?? venue) === venue &&
                (of.market ?? market) === market &&
                (of.parameter ?? kind) === kind,
            ),
      adviceRun: ({ id }: { id: string }) => {
        const run = find(id);
        if (run.state === 'running' && !this.isHeld) this.#begun.set(id, doneRun(world, run));
        return told(run);
      },
      adviceRuns: () => [...[...this.#begun.values()].reverse(), ...(isEmpty ? [] : [done()])].map(told),
      startAdvice: ({ plan }: { plan?: unknown }) => {
        if (plan === undefined || plan === null)
          throw new GraphQLError('No prices are stored: watch a market of an exchange, or give a plan.');
        const id = `toy-run-${this.#begun.size + 1}`;
        const run: AdviceRun = {
          ...doneRun(world, { id, isScheduled: false }),
          ...{ state: 'running', endedAt: undefined, together: undefined, advices: [] },
          progress: { stage: 'parameters', done: 2, all: 5 },
        };
        this.#begun.set(id, run);
        return told(run);
      },
      cancelAdvice: ({ id }: { id: string }) => {
        const run = find(id);
        if (run.state === 'running')
          this.#begun.set(id, { ...run, state: 'cancelled', progress: undefined, endedAt: run.startedAt });
        return told(find(id));
      },
      judgement: ({ overrides }: { overrides: readonly string[] }) => {
        const { study } = knownOf(world.book());
        return judgeChange(study, overridesOf(study.book, overrides));
      },
      toxicityFrontier: ({ venue, market }: { venue: string; market: string }) => {
        const { study } = knownOf(world.book());
        const place = parametersOf(study.book).find(
          ({ parameter }) =>
            parameter.kind === 'liquidationThreshold' &&
            parameter.venue === venue &&
            parameter.market === market,
        );
        if (!place) throw new GraphQLError(`${venue} has no market ${JSON.stringify(market)}.`);
        return marketFrontier(study, place);
      },
    };
  }
}

/** What a threshold also has where somebody asked: itself at dates of the past, and what moved it. */
function withPast({ book, asked }: Known['study'], advice: Advice): Advice {
  if (advice.parameter.kind !== 'liquidationThreshold' || !advice.advised) return advice;
  const { plan: _, ...question } = asked;
  const on = {
    ...{ table: PAST, factors: ['ETH'], horizonSeconds: DAY, asked: question, most: 3 },
    parameter: advice.parameter,
  };
  const dates = cascadeDates(on);
  const ran = dates.places.map((at) => cascadeDateAt({ ...on, memory: dates.memory }, { book, at }));
  const { value } = advice.advised;
  const before = { ...advice, advised: { ...advice.advised, value: value - 0.02 } };
  const alone = [
    { input: 'accounts and prices', value: value - 0.01 },
    { input: 'scenarios', value: value - 0.015 },
  ];
  const moved = movedOf(advice, { before, block: book.block - 7_200, alone })!;
  return withMoved(withCascadeBacktest(advice, cascadeRecord(on, dates, ran), 'invented'), moved);
}

/** A run of all that is advised of the invented book, which is done. */
function doneRun(world: ToyWorld, { id, isScheduled }: Pick<AdviceRun, 'id' | 'isScheduled'>): AdviceRun {
  const book = world.book();
  const { block, hash: blockHash, time } = world.head();
  const { study, advices } = knownOf(book);
  return {
    ...{ id, isScheduled, block, blockHash, bookHash: book.hash, inputsHash: `0x${'1'.repeat(64)}` },
    ...{ asked: ASKED, startedAt: time - 60, endedAt: time - 30, state: 'done', reason: undefined },
    progress: undefined,
    together: JSON.stringify(together(study, advices)),
    advices: advices.map((advice) => ({
      ...advice.parameter,
      parameter: advice.parameter.kind,
      ...{ adviceHash: advice.adviceHash, inputsHash: advice.inputsHash },
      content: JSON.stringify(advice),
    })),
  };
}

function knownOf(book: Book): Known {
  const known = KNOWN.get(book.hash);
  if (known) return known;
  const study = openStudy(book, {
    ...{ plan: PLAN, confidence: 0.9, confirm: 'wide' },
    tolerance: { most: { kind: 'usd', usd: TOLERATED_USD } },
  });
  const limits = readLimits(JSON.parse(readFileSync(LIMITS, 'utf8')));
  const advices = parametersOf(book)
    .filter(({ parameter: { kind, venue, market } }) =>
      ADVISED.some((one) => one.kind === kind && one.venue === venue && one.market === market),
    )
    .map((place) => {
      const advice = adviseOne(study, place, { limits, start: book.time });
      const history = { table: PAST, horizonSeconds: DAY };
      return withPast(
        study,
        withBacktest(advice, backtestFor(study, place, { advice, history }), 'invented'),
      );
    });
  const made = { study, advices };
  KNOWN.set(book.hash, made);
  return made;
}
