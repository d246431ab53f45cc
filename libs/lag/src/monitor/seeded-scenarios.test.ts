import { barsOf, wanderingMarket } from '../fixtures/market-path.ts';
import type { FlagKind } from '../flags/flag-rule.ts';
import { flagsOf } from '../flags/track-flags.ts';
import { expectedAnswers } from '../policy/expected-answers.ts';
import { priceAt, priceSeries, type PriceSeries } from '../series/price-series.ts';
import { readFeed, type WatchedFeed } from './read-feed.ts';
import { disagreement, readPair } from './read-pair.ts';
import type { Reading } from './reading.ts';

// Every kind of flag over several seeds: from the moment at which something is wrong by the scenario itself, at most two readings go by
// until it is raised, and it is not raised before.

const SEEDS = [1, 2, 3, 4, 5];
const policy = { threshold: 0.005, heartbeatSeconds: 3_600, clocks: [] };
const NOTHING_KNOWN = { threshold: undefined, heartbeatSeconds: undefined, clocks: [] };
const DAY = 86_400;
const STEP = 300;
const WRONG = 3 * DAY;
const END = 4 * DAY;
const MINUTES = END / 60;

interface Scenario {
  /** When it is wrong, unix seconds. */
  readonly onset: number;
  readonly read: (time: number) => Reading;
}

const answersOf = (market: PriceSeries) =>
  priceSeries(expectedAnswers(policy, barsOf(market), { barSeconds: 60 })).series;
const changed = (
  series: PriceSeries,
  change: (time: number, price: number) => [number, number] | undefined,
) =>
  priceSeries(
    [...series.times].flatMap((at, row) => {
      const price = series.prices[row]!;
      const point = at < WRONG ? ([at, price] as const) : change(at, price);
      return point ? [{ time: point[0], price: point[1] }] : [];
    }),
  ).series;
/** A market that falls by half within an hour of the moment. */
const fallen = (seed: number, perMinute?: number) =>
  changed(wanderingMarket(MINUTES, { seed, ...(perMinute !== undefined && { perMinute }) }), (at, price) => [
    at,
    price * Math.max(0.5, 1 - (at - WRONG) / 7_200),
  ]);
const reader = (feed: WatchedFeed) => (time: number) => readFeed(feed, time);
/** The first minute from the moment on at which something holds. */
const firstMinute = (holds: (time: number) => boolean): number => {
  for (let time = WRONG; time < END; time += 60) if (holds(time)) return time;
  throw new Error('it is never wrong');
};
const off = (a: number | undefined, b: number | undefined) => Math.abs(a! / b! - 1);

const WAD = 10n ** 18n;
const capOf = (rate: bigint) => ({ rate, since: 0n, growthPerSecond: 0n, growthScale: 1n });
/** A rate that its seed says, under a cap with room, and one without. */
function cappedFeed(seed: number) {
  const market = wanderingMarket(MINUTES, { seed });
  const rate = WAD + (WAD * BigInt(seed)) / 20n;
  const feed = { answers: market, market, policy: NOTHING_KNOWN, hasTimestamp: false };
  return { feed, rate, roomy: capOf((rate * 103n) / 100n), tight: capOf((rate * 975n) / 1_000n) };
}

const SCENARIOS: Readonly<Partial<Record<FlagKind, (seed: number) => Scenario>>> = {
  stuck(seed) {
    const market = wanderingMarket(MINUTES, { seed });
    const answers = changed(answersOf(market), () => undefined);
    return { onset: answers.times.at(-1)! + 1.5 * 3_600, read: reader({ answers, market, policy }) };
  },
  slow(seed) {
    const market = fallen(seed);
    const answers = changed(answersOf(market), (at, price) => [at + 1_800, price]);
    const lastAt = answers.times.findLast((time) => time < WRONG)!;
    const onset = firstMinute(
      (time) =>
        Math.min(
          off(priceAt(market, time), priceAt(market, lastAt)),
          off(priceAt(answers, time), priceAt(market, time)),
        ) >=
        2 * policy.threshold,
    );
    return { onset, read: reader({ answers, market, policy }) };
  },
  deviating(seed) {
    const market = fallen(seed);
    const answers = changed(answersOf(market), (at, price) => [at + 1_800, price]);
    const onset = firstMinute((time) => off(priceAt(answers, time), priceAt(market, time)) >= 0.02);
    return { onset, read: reader({ answers, market, policy }) };
  },
  jumping(seed) {
    const market = wanderingMarket(MINUTES, { seed });
    const answers = changed(answersOf(market), (at, price) => [at, price * 1.08]);
    return { onset: answers.times.find((time) => time >= WRONG)!, read: reader({ answers, market, policy }) };
  },
  decoupled(seed) {
    const market = fallen(seed, 0.0001);
    const answers = priceSeries([{ time: 0, price: market.prices[0]! }]).series;
    const onset = firstMinute((time) => off(priceAt(market, time), priceAt(market, time - DAY)) >= 0.05);
    return { onset, read: reader({ answers, market, policy: NOTHING_KNOWN, hasTimestamp: false }) };
  },
  bounded(seed) {
    const market = fallen(seed);
    const least = priceAt(market, WRONG)! * 0.9;
    const answers = changed(answersOf(market), (at, price) => [at, Math.max(price, least)]);
    const onset = answers.times.find((_, row) => answers.prices[row]! <= least * 1.01)!;
    return { onset, read: reader({ answers, market, policy, bounds: { least, greatest: 1e9 } }) };
  },
  capped(seed) {
    const { feed, rate, roomy, tight } = cappedFeed(seed);
    return {
      onset: WRONG,
      read: (time) => readFeed({ ...feed, capped: { rate, cap: time < WRONG ? roomy : tight } }, time),
    };
  },
  'cap-pending'(seed) {
    const { feed, rate, roomy, tight } = cappedFeed(seed);
    const capped = { rate, cap: roomy };
    return {
      onset: WRONG,
      read: (time) => readFeed({ ...feed, capped, ...(time >= WRONG && { pendingCap: tight }) }, time),
    };
  },
  'split-legs'(seed) {
    const [market, other] = [fallen(seed), fallen(seed + 100)];
    const collateral = { answers: answersOf(market), market };
    const late = changed(answersOf(other), (at, price) => [at + 3_600, price]);
    const legs = { collateral, debt: { answers: late, market: other } };
    const ratio = (a: PriceSeries, b: PriceSeries, time: number) => priceAt(a, time)! / priceAt(b, time)!;
    const onset = firstMinute(
      (time) => off(ratio(collateral.answers, late, time), ratio(market, other, time)) >= 0.02,
    );
    return { onset, read: (time) => readPair(legs, time) };
  },
  disagreeing(seed) {
    const market = fallen(seed);
    const inTime = answersOf(market);
    const late = changed(inTime, (at, price) => [at + 3_600, price]);
    const apart = (time: number) => disagreement([priceAt(inTime, time)!, priceAt(late, time)!])!;
    const onset = firstMinute((time) => apart(time) >= 0.01);
    return { onset, read: (time) => ({ time, values: { disagreement: apart(time) } }) };
  },
};

describe.each(Object.entries(SCENARIOS))('%s, over several seeds', (kind, scenario) => {
  it('is raised within two readings, and not before', () => {
    const updates = SEEDS.map((seed) => {
      const { onset, read } = scenario(seed);
      const readings: Reading[] = [];
      for (let time = 2 * DAY; time < END; time += STEP) readings.push(read(time));
      const flag = flagsOf(readings).find((one) => one.kind === kind);
      if (!flag) throw new Error(`${kind} was not raised with seed ${seed}`);
      expect(flag.start).toBeGreaterThanOrEqual(Math.floor(onset));
      return readings.filter(({ time }) => time >= onset && time <= flag.raisedAt).length;
    });
    process.stderr.write(`${kind}: raised at reading ${updates.join(', ')} of seeds ${SEEDS.join(', ')}\n`);
    expect(Math.max(...updates)).toBeLessThanOrEqual(2);
  });
});
