import { simulate } from '@undertow/cascade';
import { copyLedger, toBook, withFormula, type Ledger } from '@undertow/book';
import { madeDueBy } from '@undertow/cascade';
import { revert, snapshot, startDevnet, type Devnet } from '@undertow/devnet';
import {
  between,
  dryRunCapUpdate,
  estimateDelay,
  flagsOf,
  readFeed,
  readPair,
  watchedOf,
  type Flag,
} from '@undertow/lag';
import { openSource } from '@undertow/sources';
import { keptFlags } from '../../libs/lag/src/fixtures/kept-flags.ts';
import { followChain, type FollowedChain } from './follow-chain.ts';
import {
  HOURS,
  LATE_SECONDS,
  MonitoredChain,
  MOVING,
  nameOf,
  RULE,
  STEP_SECONDS,
  type Moving,
  type Seen,
} from './oracle-monitor-scene.ts';

// Feeds that keep their rule, and feeds that do not, on real contracts: what the monitor says of them is held against what was done to
// them, and whom it calls hidden or made up against the contracts' own views at the oracles' prices and at the market's. The
// contracts decide who is due; nothing is shared with the book's own test of it.

let devnet: Devnet;
let chain: FollowedChain;
let monitored: MonitoredChain;
let calm: Seen[];
let wrong: Seen[];
let inCrash: Compared;

beforeAll(async () => {
  devnet = await startDevnet({
    seed: 5,
    accounts: 300,
    venues: ['aaveV3', 'aaveV36', 'morphoBlue', 'venusCore'],
  });
  chain = await followChain(devnet, devnet.network.deployments.map(openSource));
  monitored = new MonitoredChain(devnet, chain, 7);
  calm = await monitored.play(HOURS(16), { every: 5 });
  monitored.goWrong({ slow: 'WBTC', stuck: 'LINK' });
  wrong = await monitored.play(HOURS(1), { drift: -0.005 });
  inCrash = await compare();
  wrong.push(...(await monitored.play(HOURS(2))));
}, 300_000);

afterAll(async () => {
  chain?.close();
  await devnet?.stop();
});

/** Whom the monitor calls hidden and made up, and who is by the contracts' own views, at the oracles' prices and at the market's. */
interface Compared {
  readonly monitor: Disputed;
  readonly contracts: Disputed;
}

interface Disputed {
  /** Who is due once every oracle says what its asset trades at. */
  readonly landed: readonly string[];
  readonly hidden: readonly string[];
  readonly phantom: readonly string[];
}

async function compare(): Promise<Compared> {
  const { report, book } = await monitored.look();
  const landed = simulate(
    book,
    { moves: [{ kind: 'landed', move: 1 }], policies: { liquidators: { kind: 'unlimited' } } },
    { band: false },
  );
  const before = await snapshot(devnet);
  const atOracle = await monitored.due();
  await monitored.putOraclesAtMarket();
  const atMarket = await monitored.due();
  await revert(devnet, before);
  return {
    monitor: {
      landed: landed.byAccount
        .filter(({ firstRound }) => firstRound === 1)
        .map(nameOf)
        .sort(),
      hidden: report.due.hidden.map(nameOf).sort(),
      phantom: report.due.phantom.map(nameOf).sort(),
    },
    contracts: {
      landed: [...atMarket].sort(),
      hidden: [...atMarket].filter((name) => !atOracle.has(name)).sort(),
      phantom: [...atOracle].filter((name) => !atMarket.has(name)).sort(),
    },
  };
}

/** Flags of a feed, read at every step of some. */
const flagsOfFeed = (symbol: Moving, seen: readonly Seen[]): readonly Flag[] => {
  const policy = { ...RULE, clocks: [] };
  const [answers, market] = [monitored.answersOf(symbol), monitored.marketOf(symbol)];
  return flagsOf(seen.map(({ time }) => readFeed({ answers, market, policy }, time)));
};

/** Flags as the API keeps them, from what is watched of every report. */
const flagsKept = (seen: readonly Seen[]) =>
  keptFlags(seen.map(({ time, book, report }) => ({ time, watched: watchedOf(book, report) }))).flags;

const raisedAt = (flags: readonly Flag[], kind: Flag['kind']) =>
  flags.find((flag) => flag.kind === kind)?.raisedAt ?? Infinity;

/** The report's standing of a base feed. */
const feedIn = ({ report }: Seen, symbol: Moving) =>
  report.feeds.find(({ id }) => id === monitored.feedOf(symbol))!;

const warningsIn = (seen: Seen, symbol: Moving) => feedIn(seen, symbol).warnings.map(({ kind }) => kind);

describe('feeds of 0.5 % and an hour', () => {
  test.each(MOVING)('%s raises nothing while it keeps its rule, and its rule is learned', (symbol) => {
    expect(flagsOfFeed(symbol, calm)).toEqual([]);
    const { policy, warnings } = feedIn(calm.at(-1)!, symbol);
    expect(warnings).toEqual([]);
    expect(policy.threshold).toBeGreaterThan(RULE.threshold * 0.9);
    expect(policy.threshold).toBeLessThan(RULE.threshold * 1.6);
    // An answer comes at the first step at which the hour is over.
    expect(policy.heartbeatSeconds).toBeGreaterThan(RULE.heartbeatSeconds * 0.95);
    expect(policy.heartbeatSeconds).toBeLessThanOrEqual(RULE.heartbeatSeconds + STEP_SECONDS);
  });

  test('one that keeps its rule through a crash of a seventh raises nothing', () => {
    expect(flagsOfFeed('WETH', wrong)).toEqual([]);
    expect(warningsIn(wrong.at(-1)!, 'WETH')).toEqual([]);
  });

  test('the slow one is found, and how late it is', () => {
    const began = wrong[0]!.time;
    // The market falls by 0.5 % a step: two steps make twice the threshold, and two readings raise it.
    expect(raisedAt(flagsOfFeed('WBTC', wrong), 'slow')).toBeLessThanOrEqual(began + 6 * STEP_SECONDS);
    const delay = estimateDelay(monitored.answersOf('WBTC'), monitored.marketOf('WBTC'), {
      from: began,
      to: wrong.at(-1)!.time,
      shiftsSeconds: Array.from({ length: 31 }, (_, row) => row * STEP_SECONDS),
      pieceSeconds: 1_200,
    })!;
    expect(Math.abs(delay.delaySeconds - LATE_SECONDS)).toBeLessThanOrEqual(2 * STEP_SECONDS);
  });

  test('the stuck one is found within two steps of one and a half heartbeats, by its flag and by the report', () => {
    const last = monitored.answersOf('LINK').times.at(-1)!;
    const flags = flagsOfFeed('LINK', wrong);
    expect(raisedAt(flags, 'stuck')).toBeLessThanOrEqual(
      last + 1.5 * RULE.heartbeatSeconds + 2 * STEP_SECONDS,
    );
    expect(flags.find(({ kind }) => kind === 'stuck')!.severity).toBe('critical');
    expect(warningsIn(wrong.at(-1)!, 'LINK')).toContain('stuck');
  });

  test('the report counts what the slow and the stuck one missed, and nothing of one that keeps its rule', () => {
    const last = wrong.at(-1)!;
    const dayOf = (symbol: Moving) => feedIn(last, symbol).day;
    const cameOf = (symbol: Moving) =>
      between(monitored.answersOf(symbol), last.time - 86_400, last.time + 1).times.length;
    expect(dayOf('WETH')).toMatchObject({ missed: 0, came: cameOf('WETH'), missedUnknown: undefined });
    for (const symbol of MOVING) expect(feedIn(calm.at(-1)!, symbol).day.missed).toBe(0);
    const silent = last.time - monitored.answersOf('LINK').times.at(-1)!;
    expect(dayOf('LINK').missed).toBeGreaterThanOrEqual(
      Math.floor(silent / (RULE.heartbeatSeconds + STEP_SECONDS)),
    );
    expect(dayOf('WBTC').missed).toBeGreaterThan(0);
  });

  test('legs that update apart are found, and those that update together are not', () => {
    const read = (collateral: Moving, debt: Moving) => {
      const legOf = (symbol: Moving) => ({
        answers: monitored.answersOf(symbol),
        market: monitored.marketOf(symbol),
      });
      const pair = { collateral: legOf(collateral), debt: legOf(debt) };
      return flagsOf([...calm, ...wrong].map(({ time }) => readPair(pair, time)));
    };
    const [split, ...others] = read('WETH', 'WBTC').filter(({ kind }) => kind === 'split-legs');
    expect(split!.start).toBeGreaterThanOrEqual(wrong[0]!.time);
    // 2 % of the market's fall, and two readings.
    expect(split!.raisedAt).toBeLessThanOrEqual(wrong[0]!.time + 10 * STEP_SECONDS);
    expect(others.every(({ start }) => start > split!.start)).toBe(true);
  });
});

describe('flags that are kept of every reading of the report', () => {
  test('are none while feeds keep their rule', () => {
    expect(flagsKept(calm)).toEqual([]);
  });

  test('find the stuck feed, the oracle of the slow one, and the pair of which it is a leg', () => {
    const flags = flagsKept([...calm, ...wrong]);
    const of = (kind: string) => flags.filter((flag) => flag.kind === kind);
    const stuck = of('stuck').map(({ subject }) => subject);
    expect(stuck).toEqual([`feed ${monitored.feedOf('LINK')}`]);
    expect(new Set(of('slow').map(({ subject }) => subject))).toEqual(
      new Set((['LINK', 'WBTC'] as const).map((symbol) => `feed ${monitored.feedOf(symbol)}`)),
    );
    const far = new Set(of('deviating').flatMap(({ assets }) => assets));
    expect(far).toEqual(new Set(['LINK', 'WBTC']));
    const split = of('split-legs');
    expect(split.some(({ label }) => label.startsWith('WETH against WBTC'))).toBe(true);
    // The two that keep their rule have no leg that is late.
    for (const { assets } of split) expect(assets.some((symbol) => far.has(symbol))).toBe(true);
    for (const { start, atStakeUsd } of flags) {
      expect(start).toBeGreaterThanOrEqual(wrong[0]!.time);
      expect(atStakeUsd).toBeGreaterThan(0);
    }
  });
});

describe('whom the oracles hide or make up', () => {
  test('in a crash that two feeds have not told: accounts that are due at the market only', () => {
    expect(inCrash.monitor).toEqual(inCrash.contracts);
    expect(inCrash.contracts.hidden.length).toBeGreaterThan(5);
  });

  test('when the market has come back and the late feeds have not, and under a cap that binds: accounts that are due at the oracle only', async () => {
    const { staked } = devnet.contracts.venues.aaveV36;
    const rate = chain.ledger.ratios.get(staked.token)!.ratioWad;
    await devnet.chain.send([await monitored.capAt(rate)]);
    await monitored.earn(0.08);
    const back = await monitored.play(HOURS(0.5), { drift: 0.008 });
    const capped = flagsKept(back).filter(({ kind }) => kind === 'capped');
    expect(capped.map(({ assets, severity, end }) => [assets, severity, end])).toEqual([
      [['stWETH'], 'critical', undefined],
    ]);
    const standing = back.at(-1)!.report.oracles.find(({ id }) => id === staked.feed)!;
    expect(standing.capHeadroom).toBeCloseTo(1 / 1.08 - 1, 6);
    expect(standing.warnings.map(({ kind }) => kind)).toContain('capped');
    expect(standing.deviation).toBeLessThan(-0.05);
    const { monitor, contracts } = await compare();
    expect(monitor).toEqual(contracts);
    expect(contracts.phantom.length).toBeGreaterThan(3);
  });
});

test('an update of a cap does to prices and accounts what it was said to do before it landed', async () => {
  const { feed } = devnet.contracts.venues.aaveV36.staked;
  await chain.follow();
  const [before, dueBefore] = [copyLedger(chain.ledger), await monitored.due()];
  const formula = before.formulas.get(feed)!;
  if (formula.form !== 'rate' || !formula.cap) throw new Error('the staked token has no cap');
  // A third off what counts now.
  const lower = (formula.cap.rate * 2n) / 3n;
  await devnet.chain.send([await monitored.capAt(lower)]);
  await chain.follow();
  const { time } = chain.head();
  const landed = chain.ledger.formulas.get(feed)!;
  if (landed.form !== 'rate' || !landed.cap) throw new Error('the staked token has lost its cap');

  const update = { rate: lower, since: landed.cap.since };
  const capped = { rate: formula.rate, cap: formula.cap };
  const run = dryRunCapUpdate(capped, update, { mostChangeBps: 10_000n, time });
  expect(run).toMatchObject({ cap: landed.cap, isHeldBack: false });
  const said = withFormula(before, feed, { formula: { ...formula, cap: run.cap }, time });
  const answerIn = ({ prices }: Ledger) => Number(prices.get(feed)!.answer);
  expect(answerIn(said) / answerIn(chain.ledger)).toBeCloseTo(1, 9);
  expect(answerIn(said) / answerIn(before)).toBeCloseTo(2 / 3, 6);

  const madeDue = madeDueBy(toBook(before, { time }), toBook(said, { time }));
  const due = [...(await monitored.due())].filter((name) => !dueBefore.has(name));
  expect(madeDue.map(nameOf).sort()).toEqual(due.sort());
  expect(due.length).toBeGreaterThan(3);
});
