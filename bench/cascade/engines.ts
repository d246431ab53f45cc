import { openEngine, type Engine, type Outcome, type Scenario } from '../../libs/cascade/src/index.ts';
import type { Book } from '../../libs/book/src/index.ts';
import { EnginePool, sharedBook } from '../../libs/engine-pool/src/index.ts';
import type { Row } from '../report.ts';
import { plainBook, plainMoves } from './plain-book.ts';
import { openPlainCascade } from './plain-cascade.ts';
import { askPython } from './python-peers.ts';
import { asManyAsFit, type Done } from './rate.ts';
import { beside, ofAccounts, row } from './row.ts';

const UNIT = 'cascades/s, one thread';
const TWO = 'cascades/s, two threads';

/** Goals of the issue, by accounts: cascades a second in two threads. */
const GOALS: ReadonlyMap<number, number> = new Map([
  [100_000, 10_000],
  [1_000_000, 800],
]);

/** A book with the scenarios that are run on it, and for how long each engine and peer may run. */
export interface Place {
  readonly book: Book;
  readonly scenarios: readonly Scenario[];
  /** The clear engine takes seconds for one. */
  readonly clearScenarios: number;
  readonly budgetMs: number;
}

interface PythonCascades {
  readonly version: string;
  readonly perSecond: number;
  readonly events: readonly number[];
}

/** Cascades to their fixed points: the fast engine in one thread and in two, beside the clear one and beside what others would write. */
export async function cascadeRows(place: Place): Promise<Row[]> {
  const { book, scenarios, clearScenarios, budgetMs } = place;
  const of = ofAccounts(book.accounts.count);
  const began = performance.now();
  const engine = openEngine(book, { kind: 'fast' });
  const openedMs = performance.now() - began;
  const same = scenarios.slice(0, clearScenarios);
  engine.run(same.slice(0, 1));
  const fast = outcomesOf(engine, same);
  const clear = outcomesOf(openEngine(book, { kind: 'clear' }), same);
  const kept: Outcome[] = [];
  const one = await asManyAsFit({ most: scenarios.length, budgetMs }, (count) => {
    kept.length = 0;
    engine.run(scenarios.slice(0, count), (outcome) => kept.push(outcome));
  });
  const calls = kept.reduce((sum, outcome) => sum + outcome.calls, 0);
  const rounds = kept.reduce((sum, { accountsPerRound }) => sum + accountsPerRound.length, 0);
  const two = await twoThreads(place);
  const goal = GOALS.get(book.accounts.count);
  return [
    beside(`the same ${counted(same.length)}, ${of}`, UNIT, {
      ours: fast.perSecond,
      peerName: 'clear engine',
      peer: clear.perSecond,
    }),
    row(`money that differs, ${of}`, 'share of what is liquidated', apart(fast.outcomes, clear.outcomes), {
      peerName: 'clear engine',
      peer: 0,
      limit: '≤ 1e-9',
    }),
    row(`${counted(one.count)}, ${of}`, UNIT, one.perSecond),
    row(`${counted(two.count)}, ${of}`, TWO, two.perSecond, {
      peerName: 'fast engine, one thread',
      peer: one.perSecond,
      ratio: two.perSecond / one.perSecond,
      limit: goal === undefined ? 'none' : `≥ ${goal.toLocaleString('en')}`,
    }),
    row(`rounds, ${of}`, 'mean', rounds / kept.length),
    row(`a call, ${of}`, 'µs', 1e6 / one.perSecond / (calls / kept.length)),
    row(`making the fast engine ready, ${of}`, 'ms', openedMs),
    ...(await plainRows(place, one)),
  ];
}

const counted = (count: number) => (count === 1 ? 'one scenario' : `${count} scenarios`);

/** Typed arrays and scipy on a simpler rule, which both must play alike. */
async function plainRows({ book, scenarios, budgetMs }: Place, fast: Done): Promise<Row[]> {
  const of = ofAccounts(book.accounts.count);
  const plain = plainBook(book);
  const moves = scenarios.map((scenario) => plainMoves(book, scenario));
  const cascade = openPlainCascade(plain);
  let events: number[] = [];
  const typed = await asManyAsFit({ most: moves.length, budgetMs: budgetMs / 2 }, (count) => {
    events = moves.slice(0, count).map((one) => cascade(one).events);
  });
  const said = askPython<PythonCascades>('cascade.py', plain, moves.slice(0, Math.min(typed.count, 8)));
  if ('said' in said && String(said.said.events) !== String(events.slice(0, said.said.events.length)))
    throw new Error(
      `scipy liquidates ${said.said.events.join(', ')} accounts, typed arrays ${events.join(', ')}`,
    );
  return [
    beside(`cascades beside plain typed arrays, ${of}`, UNIT, {
      ours: fast.perSecond,
      peerName: 'every account in every round, one simple rule',
      peer: typed.perSecond,
    }),
    beside(`cascades beside scipy, ${of}`, UNIT, {
      ours: fast.perSecond,
      peerName: 'said' in said ? `scipy ${said.said.version}, one simple rule` : 'scipy',
      peer: 'said' in said ? said.said.perSecond : said.absent,
    }),
  ];
}

function outcomesOf(engine: Engine, scenarios: readonly Scenario[]) {
  const outcomes: Outcome[] = [];
  const began = performance.now();
  engine.run(scenarios, (outcome) => outcomes.push(outcome));
  return { outcomes, perSecond: (1_000 * scenarios.length) / (performance.now() - began) };
}

/** What scenarios lose, on two threads of the pool, which share the book's buffer. */
async function twoThreads({ book, scenarios, budgetMs }: Place): Promise<Done> {
  const pool = new EnginePool({ threads: 2 });
  try {
    const of = { book: await sharedBook(book) };
    // Both threads open the book.
    await pool.losses(of, scenarios.slice(0, 2));
    return await asManyAsFit({ most: scenarios.length, budgetMs, threads: 2 }, (count) =>
      pool.losses(of, scenarios.slice(0, count)),
    );
  } finally {
    await pool.close();
  }
}

/** The greatest difference of money between the engines, as a share of what was liquidated; Infinity when other accounts were. */
function apart(fast: readonly Outcome[], clear: readonly Outcome[]): number {
  let most = 0;
  for (const [i, other] of clear.entries())
    for (const name of ['liquidatedUsd', 'repaidUsd', 'lossAtSaleUsd', 'stuckUsd'] as const)
      most = Math.max(most, Math.abs(fast[i]![name] - other[name]) / Math.max(1, other.liquidatedUsd));
  const isSame = clear.every(
    ({ accountsPerRound }, i) => String(accountsPerRound) === String(fast[i]!.accountsPerRound),
  );
  return isSame ? most : Infinity;
}
