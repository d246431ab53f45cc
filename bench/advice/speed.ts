// How long advice takes: of a whole local chain, and of a made-up book of 100,000 accounts for 60 markets.
import { readFileSync } from 'node:fs';
import {
  candidateOf,
  openStudy,
  parameterKey,
  parametersOf,
  type Advice,
  type Asked,
  type ParameterPlace,
  type Study,
} from '../../libs/advice/src/index.ts';
import { withoutAccounts } from '../../libs/advice/src/search/without-market.ts';
import { owedByMarket } from '../../libs/advice/src/parameters/parameters-of.ts';
import { importBook, type Book } from '../../libs/book/src/index.ts';
import { openEngine } from '../../libs/cascade/src/index.ts';
import { advise, EnginePool, sharedBook, sharedQuestion } from '../../libs/engine-pool/src/index.ts';
import { startDevnet } from '../../libs/devnet/src/index.ts';
import type { MonteCarloPlan } from '../../libs/sweep/src/index.ts';
import { indexDevnet } from '../../apps/cli/src/validate/index-devnet.ts';
import { syntheticBook } from '../cascade/synthetic-book.ts';
import type { Row } from '../report.ts';

const THREADS = 2;
const SCENARIOS = Number(process.env['SPEED_SCENARIOS'] ?? 1_000);
const LARGE_ACCOUNTS = Number(process.env['LARGE_ACCOUNTS'] ?? 100_000);
const LARGE_MARKETS = Number(process.env['LARGE_MARKETS'] ?? 60);
/** Parameters of which every value that the advice tried is run in every scenario. */
const PEER_PARAMETERS = Number(process.env['PEER_PARAMETERS'] ?? 3);
/** What the figures depend on, for whoever reads them. */
export const SPEED_SETTING = {
  threads: THREADS,
  scenarios: SCENARIOS,
  largeAccounts: LARGE_ACCOUNTS,
  largeMarkets: LARGE_MARKETS,
  peerParameters: PEER_PARAMETERS,
};
/** As `npm start` makes it, unless a file of a book is named. */
const CHAIN = { seed: 1, accounts: 2_000 };

/** A day's moves with fat tails that all references share: 4 % a day, correlated by 0.8. */
function dayPlan({ references }: Book): MonteCarloPlan {
  const factors = references.map(({ symbol }) => symbol).filter((symbol) => symbol !== 'USD');
  const covariance = factors.map((_, a) => factors.map((_, b) => 0.04 ** 2 * (a === b ? 1 : 0.8)));
  return {
    ...{ version: 1, kind: 'monte-carlo', count: SCENARIOS, seed: 1, factors },
    model: { kind: 'student-t', degreesOfFreedom: 4, covariance },
  };
}

const askedOf = (book: Book): Asked => ({
  plan: dayPlan(book),
  confidence: 0.99,
  tolerance: { most: { kind: 'share', share: 0.001 } },
  confirm: 'wide',
});

interface Cost {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
}

async function timed<Result>(work: () => Result | Promise<Result>): Promise<[Result, Cost]> {
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(cpu);
  return [result, { wallSeconds: (performance.now() - began) / 1e3, cpuSeconds: (user + system) / 1e6 }];
}

/** Advice of both books, with what the same costs where nothing is known of a value but by running all scenarios. */
export async function speedRows(): Promise<Row[]> {
  const chain = await chainBook();
  const whole = parametersOf(chain).filter(({ absent }) => absent === undefined);
  const rows = await rowsOf('local chain, all venues', { book: chain, places: whole, limit: '< 10 s' });
  const large = syntheticBook(LARGE_ACCOUNTS);
  const some = largestMarkets(large);
  return [...rows, ...(await rowsOf('made-up book', { book: large, places: some, limit: '< 120 s' }))];
}

async function chainBook(): Promise<Book> {
  const file = process.env['CHAIN_BOOK'];
  if (file !== undefined) return importBook(readFileSync(file, 'utf8'));
  const devnet = await startDevnet(CHAIN);
  try {
    return await indexDevnet(devnet);
  } finally {
    await devnet.stop();
  }
}

/** Thresholds of the markets in whose asset most is owed or on whose terms most may be, by what is owed there. */
function largestMarkets(book: Book): ParameterPlace[] {
  const owedUsd = owedByMarket(book);
  return parametersOf(book)
    .filter(({ absent, parameter }) => absent === undefined && parameter.kind === 'liquidationThreshold')
    .sort((a, b) => owedUsd[b.marketRow!]! - owedUsd[a.marketRow!]!)
    .slice(0, LARGE_MARKETS);
}

interface Measuring {
  readonly book: Book;
  readonly places: readonly ParameterPlace[];
  readonly limit: string;
}

async function rowsOf(name: string, { book, places, limit }: Measuring): Promise<Row[]> {
  const asked = askedOf(book);
  const parameters = places.map(({ parameter }) => parameter);
  const pool = new EnginePool({ threads: THREADS });
  const of = { book: await sharedBook(book), question: sharedQuestion({ asked, path: undefined }) };
  try {
    const [{ advices }, cost] = await timed(() =>
      advise(pool, of, { wanted: { parameters }, told: toldFrom(name) }),
    );
    const measure = `${name}: ${book.accounts.count} accounts, ${places.length} parameters, ${SCENARIOS} scenarios`;
    const [peerCpu, trials] = await peerCost(openStudy(book, asked), advices);
    const alone = { peerName: 'none', peer: null, ratio: null } as const;
    return [
      { measure, unit: `s, ${THREADS} threads`, ours: cost.wallSeconds, ...alone, limit },
      {
        measure: `${name}: the same, in CPU`,
        unit: 'CPU s',
        ours: cost.cpuSeconds,
        peerName: `every tried value in all scenarios, reckoned from ${trials} parameters`,
        peer: peerCpu,
        ratio: cost.cpuSeconds / peerCpu,
        limit: 'none',
      },
      {
        measure: `${name}: most memory so far`,
        unit: 'MB',
        ours: process.resourceUsage().maxRSS / 1_024,
        ...alone,
        limit: 'none',
      },
    ];
  } finally {
    await pool.close();
  }
}

/** Says on standard error how far it is, each tenth. */
function toldFrom(name: string) {
  let last = '';
  return ({ stage, done, all }: { stage: string; done: number; all: number }): void => {
    const now = `${name}: ${Math.floor((10 * done) / all) * 10} % of ${all} ${stage}`;
    if (now !== last) process.stderr.write(`${now}\n`);
    last = now;
  };
}

/**
 * What it costs to run each value that was tried in every scenario, with and without the market's accounts, by an engine of its own, of some
 * parameters, as if it were of all.
 */
async function peerCost(study: Study, advices: readonly Advice[]): Promise<[cpuSeconds: number, of: number]> {
  const searched = advices.filter(({ evidence }) => evidence && evidence.tried.length > 0);
  const every = Math.max(1, Math.floor(searched.length / PEER_PARAMETERS));
  const sample = searched.filter((_, at) => at % every === 0).slice(0, PEER_PARAMETERS);
  const places = new Map(parametersOf(study.book).map((place) => [parameterKey(place.parameter), place]));
  const keyOf = ({ parameter }: Advice) => parameterKey(parameter as ParameterPlace['parameter']);
  const [, { cpuSeconds }] = await timed(() => {
    for (const advice of sample) runAll(study, places.get(keyOf(advice))!, advice);
  });
  return [(cpuSeconds * searched.length) / sample.length, sample.length];
}

function runAll({ trialBook, swept }: Study, place: ParameterPlace, { evidence }: Advice): void {
  const books = evidence!.tried.map(({ value }) =>
    candidateOf({ book: trialBook, place, behaviour: 'keep-health' }, value),
  );
  for (const { book } of [...books, { book: withoutAccounts(trialBook, place) }])
    openEngine(book, { kind: 'fast' }).run(swept!.scenarios, () => {});
}
