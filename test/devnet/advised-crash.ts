import {
  adviseOne,
  candidateOf,
  openStudy,
  overrideOf,
  parametersOf,
  type Advice,
  type Behaviour,
  type Candidate,
  type ParameterPlace,
} from '@undertow/advice';
import { ownValues, valueAccount, withScaledLegs, type AccountRow, type Book } from '@undertow/book';
import { openEngine, type Scenario } from '@undertow/cascade';
import {
  changeTerms,
  crashOnChain,
  readAnswers,
  readHealth,
  repayShares,
  repayToHealth,
  revert,
  snapshot,
  type AssetMoves,
  type Devnet,
  type OnChainCrash,
} from '@undertow/devnet';
import { openPlan, type MonteCarloPlan } from '@undertow/sweep';
import { indexDevnet } from '../../apps/cli/src/validate/index-devnet.ts';

/** Whose threshold is advised: the largest lending market of the local chain. */
export const ADVISED = { venue: 'aave-v3@devnet', label: 'WETH' } as const;

const SYMBOLS = ['WETH', 'WBTC', 'LINK'] as const;
/** Standard deviations of log returns over ten days and their correlation: round numbers near those of the coins in 2021 to 2025. */
const TEN_DAYS = [0.13, 0.11, 0.16] as const;
const CORRELATION = 0.8;

/** Moves over ten days with fat tails, in which losses are expected. */
export const tenDays = (count: number): MonteCarloPlan => ({
  ...{ version: 1, kind: 'monte-carlo', count, seed: 1, factors: SYMBOLS },
  model: {
    kind: 'student-t',
    degreesOfFreedom: 4,
    covariance: TEN_DAYS.map((a, row) => TEN_DAYS.map((b, at) => a * b * (row === at ? 1 : CORRELATION))),
  },
});

export interface AdvisedCrashOf {
  readonly plan: MonteCarloPlan;
  readonly confidence: number;
  /** Of what accounts with collateral on the market owe now, how much they may add to losses. */
  readonly toleratedShare: number;
}

/**
 * What the market's accounts add to the losses of all venues, USD: the mean over the scenarios in which they add most, which is the
 * expected shortfall.
 */
export interface Shortfall {
  readonly predictedUsd: number;
  readonly onChainUsd: number;
}

export interface AdvisedCrash {
  readonly advice: Advice;
  readonly toleranceUsd: number;
  readonly present: Shortfall;
  /** Under the advised threshold, when owners have paid back until they stand as far from the line as before. */
  readonly advised: Shortfall;
  /** In the same scenarios, if no owner paid back, but liquidators dealt with whom the change made liquidatable, before the crash. */
  readonly leftToLiquidatorsUsd: number;
  /** Under the threshold that is advised where nobody pays back (`keep-debt`), after liquidators have acted; undefined = none holds. */
  readonly unpaid: (Shortfall & { readonly threshold: number }) | undefined;
  /** Different scenarios that were played on the EVM, each of them under every threshold and behaviour. */
  readonly crashes: number;
}

/**
 * Advises a threshold from what is indexed of a local chain, makes it true by the protocol's own admin call, and measures on the EVM
 * what the advice is about, in every scenario of the tail. What is lost without the market's accounts is measured there too, after
 * they have paid back all. Afterwards the chain is as it was.
 *
 * @throws Error when no value can be advised, with the words of the advice.
 */
export async function crashAdvised(devnet: Devnet, of: AdvisedCrashOf): Promise<AdvisedCrash> {
  const book = await indexDevnet(devnet);
  const place = placeIn(book);
  const accounts = accountsOn(book, place);
  const toleranceUsd = of.toleratedShare * debtUsd(book, accounts);
  const advice = adviceOn(book, place, { ...of, toleranceUsd, behaviour: 'keep-health' });
  if (advice.advised === undefined) throw new Error(`nothing is advised: ${advice.words.join(' ')}`);
  const threshold = advice.advised.value;
  const unpaidThreshold = adviceOn(book, place, { ...of, toleranceUsd, behaviour: 'keep-debt' }).advised
    ?.value;
  const tails = predictedTails(book, { place, accounts, threshold, unpaidThreshold, of });
  const worst = [tails.present, tails.advised, tails.unpaid].flatMap((tail) => tail?.worst ?? []);
  const crashes = [...new Set(worst)].map((index): Crash => ({
    index,
    moves: tails.scenarios[index]!.moves.map(({ move }) => move),
  }));
  const changeTo = (value: number) => changeTerms(devnet, [overrideOf(place, value)!]);
  const owners = accounts.map((row) => book.accounts.owner[row]!);
  const without = await lossesAfter(devnet, crashes, async () => {
    await repayShares(devnet, ADVISED.venue, new Map(owners.map((owner) => [owner, 1])));
  });
  const present = await lossesAfter(devnet, crashes, async () => {});
  const changed = await lossesAfter(devnet, crashes, async () => {
    const before = await readHealth(devnet);
    await changeTo(threshold);
    await repayToHealth(devnet, before);
  });
  const leftTo = (value: number) =>
    lossesAfter(devnet, crashes, async () => {
      await changeTo(value);
      return crashOnChain(devnet, { moves: {} });
    });
  const left = await leftTo(threshold);
  const added = (losses: LossByScenario, { worst }: Tail) =>
    mean(worst.map((index) => Math.max(0, losses.get(index)! - without.get(index)!)));
  return {
    ...{ advice, toleranceUsd, crashes: crashes.length },
    present: { predictedUsd: tails.present.addedUsd, onChainUsd: added(present, tails.present) },
    advised: { predictedUsd: tails.advised.addedUsd, onChainUsd: added(changed, tails.advised) },
    leftToLiquidatorsUsd: added(left, tails.advised),
    unpaid: tails.unpaid && {
      threshold: unpaidThreshold!,
      predictedUsd: tails.unpaid.addedUsd,
      onChainUsd: added(await leftTo(unpaidThreshold!), tails.unpaid),
    },
  };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function placeIn(book: Book): ParameterPlace {
  return parametersOf(book).find(
    ({ parameter: { kind, venue }, label }) =>
      kind === 'liquidationThreshold' && venue === ADVISED.venue && label === ADVISED.label,
  )!;
}

/** Accounts with collateral on a market's terms. */
function accountsOn({ accounts, legs }: Book, { marketRow }: ParameterPlace): AccountRow[] {
  const isOn = (leg: number) => legs.side[leg] === 1 && legs.termsMarket[leg] === marketRow;
  return Array.from({ length: accounts.count }, (_, row) => row as AccountRow).filter((row) => {
    for (let leg = accounts.legStart[row]!; leg < accounts.legStart[row + 1]!; leg++)
      if (isOn(leg)) return true;
    return false;
  });
}

function debtUsd(book: Book, rows: readonly AccountRow[]): number {
  const values = ownValues(book);
  return rows.reduce((sum, row) => sum + valueAccount(values, row).debtUsd, 0);
}

function adviceOn(
  book: Book,
  place: ParameterPlace,
  of: AdvisedCrashOf & { readonly toleranceUsd: number; readonly behaviour: Behaviour },
): Advice {
  const { plan, confidence, behaviour, toleranceUsd: usd } = of;
  const tolerance = { most: { kind: 'usd', usd }, of: 'added' } as const;
  return adviseOne(openStudy(book, { plan, confidence, behaviour, tolerance }), place);
}

interface Tail {
  /** The scenarios in which most is added, as many as the expected shortfall is the mean of. */
  readonly worst: readonly number[];
  readonly addedUsd: number;
}

function predictedTails(
  book: Book,
  on: {
    readonly place: ParameterPlace;
    readonly accounts: readonly AccountRow[];
    readonly threshold: number;
    readonly unpaidThreshold: number | undefined;
    readonly of: AdvisedCrashOf;
  },
): Record<'present' | 'advised', Tail> & {
  readonly unpaid: Tail | undefined;
  readonly scenarios: readonly Scenario[];
} {
  const { plan, confidence } = on.of;
  const opened = openPlan(plan, book);
  const scenarios = Array.from({ length: opened.count }, (_, index) => opened.scenario(index));
  const without = predictedLosses(withoutAccounts(book, on.accounts), scenarios);
  const count = Math.ceil(scenarios.length * (1 - confidence) - 1e-9);
  const tailOf = ({ book: tried, atOnce }: Pick<Candidate, 'book' | 'atOnce'>): Tail => {
    const losses = predictedLosses(tried, scenarios);
    const lostBefore = atOnce?.lossUsd ?? 0;
    const added = losses.map((loss, index) => Math.max(0, lostBefore + loss - without[index]!));
    const worst = [...added.keys()].sort((a, b) => added[b]! - added[a]! || a - b).slice(0, count);
    return { worst, addedUsd: mean(worst.map((index) => added[index]!)) };
  };
  const under = (behaviour: Behaviour, value: number) =>
    candidateOf({ book, place: on.place, behaviour }, value);
  return {
    scenarios,
    present: tailOf({ book }),
    advised: tailOf(under('keep-health', on.threshold)),
    unpaid: on.unpaidThreshold === undefined ? undefined : tailOf(under('keep-debt', on.unpaidThreshold)),
  };
}

function predictedLosses(book: Book, scenarios: readonly Scenario[]): Float64Array {
  const losses = new Float64Array(scenarios.length);
  openEngine(book, { kind: 'fast' }).run(scenarios, ({ lossUsd }, index) => (losses[index] = lossUsd));
  return losses;
}

function withoutAccounts(book: Book, rows: readonly AccountRow[]): Book {
  const factor = new Float64Array(book.legs.count).fill(1);
  for (const row of rows) factor.fill(0, book.accounts.legStart[row], book.accounts.legStart[row + 1]);
  return { ...withScaledLegs(book, factor), hash: '' };
}

interface Crash {
  /** The scenario's number in its plan. */
  readonly index: number;
  /** Of `SYMBOLS`, in their order: the factors of the plan. */
  readonly moves: readonly number[];
}

const movesBySymbol = (moves: readonly number[]): AssetMoves =>
  Object.fromEntries(SYMBOLS.map((symbol, at) => [symbol, moves[at]!]));

async function answersNow(devnet: Devnet): Promise<number[]> {
  const answers = await readAnswers(devnet, SYMBOLS);
  return SYMBOLS.map((symbol) => Number(answers.get(symbol)!.answer));
}

type LossByScenario = ReadonlyMap<number, number>;

/**
 * What is lost at all venues in each crash after something was done, what was lost in doing it included. A scenario says where prices
 * go from before that: what liquidators sold meanwhile is part of its fall.
 */
async function lossesAfter(
  devnet: Devnet,
  crashes: readonly Crash[],
  prepare: () => Promise<OnChainCrash | void>,
): Promise<LossByScenario> {
  const start = await snapshot(devnet);
  const from = await answersNow(devnet);
  const before = await prepare();
  const now = await answersNow(devnet);
  const left = (move: number, at: number) => ((1 + move) * from[at]!) / now[at]! - 1;
  const losses = new Map<number, number>();
  for (const { index, moves } of crashes) {
    const ready = await snapshot(devnet);
    const crash = await crashOnChain(devnet, { moves: movesBySymbol(moves.map(left)) });
    // A shortfall is what it is at the end; bad debt adds up.
    losses.set(index, (before?.badDebtUsd ?? 0) + crash.badDebtUsd + crash.shortfallUsd);
    await revert(devnet, ready);
  }
  await revert(devnet, start);
  return losses;
}
