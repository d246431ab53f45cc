// Cascades to their fixed point: the fast engine against the clear one, on the same made-up books and scenarios, in one thread.
// ACCOUNTS and SCENARIOS say how many; what a shock of a size costs is measured on the first size alone.
import { openEngine, type EngineKind, type Outcome, type Scenario } from '@undertow/cascade';
import type { Book } from '@undertow/book';
import './end-with-parent.ts';
import { syntheticBook } from './cascade/synthetic-book.ts';
import { syntheticScenarios } from './cascade/synthetic-scenarios.ts';
import { median, report, type Row } from './report.ts';

const SIZES = (process.env['ACCOUNTS'] ?? '10000,30000,100000').split(',').map(Number);
const SCENARIOS = Number(process.env['SCENARIOS'] ?? 60);
/** The clear engine takes seconds for one. */
const CLEAR_SCENARIOS = 3;
const SHOCKS = [-0.02, -0.1, -0.2, -0.3, -0.45];

interface Timed {
  readonly outcomes: readonly Outcome[];
  /** Of each scenario, milliseconds. */
  readonly took: readonly number[];
}

function timed(book: Book, scenarios: readonly Scenario[], kind: EngineKind): Timed {
  const engine = openEngine(book, { kind });
  const outcomes: Outcome[] = [];
  const took: number[] = [];
  for (const scenario of scenarios) {
    const started = performance.now();
    engine.run([scenario], (outcome) => outcomes.push(outcome));
    took.push(performance.now() - started);
  }
  return { outcomes, took };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;

/** The greatest difference of money between the engines, as a share of what was liquidated. */
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

const rows: Row[] = [];
for (const accounts of SIZES) {
  const book = syntheticBook(accounts);
  const scenarios = syntheticScenarios(book, SCENARIOS);
  // The first run compiles the book; nobody waits for it again.
  timed(book, scenarios.slice(0, 10), 'fast');
  const fast = timed(book, scenarios, 'fast');
  const clear = timed(book, scenarios.slice(0, CLEAR_SCENARIOS), 'clear');
  const [ours, peer] = [1_000 / mean(fast.took.slice(0, CLEAR_SCENARIOS)), 1_000 / mean(clear.took)];
  const size = accounts.toLocaleString('en');
  rows.push(
    {
      measure: `the same ${CLEAR_SCENARIOS} scenarios, ${size} accounts`,
      unit: 'cascades/s, one thread',
      ours,
      peerName: 'clear engine',
      peer,
      ratio: ours / peer,
      limit: 'none',
    },
    {
      measure: `all ${SCENARIOS} scenarios, ${size} accounts`,
      unit: 'cascades/s, one thread',
      ours: 1_000 / mean(fast.took),
      peerName: 'goal, two threads',
      peer: accounts === 100_000 ? 10_000 : null,
      ratio: null,
      limit: accounts === 100_000 ? '≥ 10,000 (two threads)' : 'none',
    },
    {
      measure: `rounds, ${size} accounts`,
      unit: 'mean',
      ours: mean(fast.outcomes.map(({ accountsPerRound }) => accountsPerRound.length)),
      peerName: '',
      peer: null,
      ratio: null,
      limit: 'none',
    },
    {
      measure: `a call, ${size} accounts`,
      unit: 'µs',
      ours: (1_000 * sum(fast.took)) / sum(fast.outcomes.map(({ calls }) => calls)),
      peerName: '',
      peer: null,
      ratio: null,
      limit: 'none',
    },
    {
      measure: `money that differs, ${size} accounts`,
      unit: 'share of what is liquidated',
      ours: apart(fast.outcomes, clear.outcomes),
      peerName: 'clear engine',
      peer: 0,
      ratio: null,
      limit: '≤ 1e-9',
    },
  );
  if (accounts !== SIZES[0]) continue;
  for (const move of SHOCKS) {
    const all = Array.from({ length: 9 }, (): Scenario => ({
      moves: [{ kind: 'reference', symbol: 'WETH', move }],
    }));
    rows.push({
      measure: `WETH ${move * 100} %, ${size} accounts`,
      unit: 'ms',
      ours: median(timed(book, all, 'fast').took),
      peerName: 'clear engine',
      peer: median(timed(book, all.slice(0, 1), 'clear').took),
      ratio: null,
      limit: 'none',
    });
  }
}
report('cascade', rows, { sizes: SIZES, scenarios: SCENARIOS });
