import { join } from 'node:path';
import {
  between,
  disagreement,
  expectedAnswers,
  flagsOf,
  learnPolicy,
  marketReference,
  priceSeries,
  readFeed,
  type FeedPolicy,
  type Flag,
  type MarketBar,
  type PricePoint,
  type PriceSeries,
} from '@undertow/lag';
import { table } from '../../text-table.ts';
import { readPrices } from '../read-prices.ts';
import { figuresText, lineOf, shadedBy, type Figure, type Replayed } from '../replayed.ts';
import { minute, share, span } from '../words.ts';
import { readUsdcSources, type UsdcSource } from './usdc-sources.ts';

const HOUR = 3_600;
export const FROM = Date.UTC(2023, 2, 10, 12) / 1_000;
export const TO = Date.UTC(2023, 2, 14) / 1_000;
const STEP = 300;
/** Distance from a dollar within which nobody would speak of another price: the threshold of the dollar feeds. */
const ORDINARY = 0.0025;

/** What an oracle looked like against one source of the market's price. */
export interface AgainstSource {
  readonly source: string;
  readonly unit: UsdcSource['unit'];
  /** Prices within the time. */
  readonly prices: number;
  /** The least that a USDC was worth by it, and when. */
  readonly least: number;
  readonly leastAt: number;
  /** The longest time without a price, seconds. */
  readonly longestSilence: number;
  /** Flags of a price held at 1.00. */
  readonly held: readonly Flag[];
  /** Flags of a feed that follows the market, capped at 1.00. */
  readonly capped: readonly Flag[];
  /** The greatest distance of the feed from the source. */
  readonly cappedDeviation: number;
  /** How far a cap at 1.00 was below the source at most, and in what share of the time by more than `ORDINARY`. */
  readonly hiddenByCap: number;
  readonly hiddenByCapShare: number;
  /** How often the others outvoted it, of the moments at which it said something. */
  readonly rejectedShare: number;
}

/** USDC in March 2023: what a price held or capped at 1.00 hid, by source of the market's price. */
export async function playUsdc(folder: string): Promise<Replayed> {
  const { sources, usdt } = await readUsdcSources(folder);
  const rounds = await readPrices(join(folder, 'chainlink-rounds/usdc_usd_2021-02_2022-11.csv'));
  const policy = learnPolicy(rounds.series);
  const times = Array.from({ length: (TO - FROM) / STEP + 1 }, (_, row) => FROM + row * STEP);
  const reference = referenceOf(sources, times);
  const feed = rebuiltFeed(policy, reference.series);
  const found = sources.map((source) => against(source, { feed, times, rejected: reference.rejected }));
  const apart = greatestDisagreement(sources, times);
  const title = 'USDC off its dollar, March 2023';
  const tether = between(usdt, FROM, TO);
  const dearest = tether.prices.reduce((most, price) => Math.max(most, price), 0);
  const figures = figuresOf({ policy, apart, dearest, found });
  const worst = found.find(({ source }) => source === 'Kraken')!;
  return {
    title,
    text: `${sourcesText(found)}\n\n${figuresText(figures)}\n\n${WORDS}\n`,
    pictures: [
      {
        title: 'USDC in dollars by source, and a price held at 1.00 with its flags by Kraken',
        lines: [
          lineOf('held at 1.00', 'answers', priceSeries([{ time: FROM, price: 1 }]).series),
          ...sources
            .filter(({ unit }) => unit === 'USD')
            .map(({ name, series }) => lineOf(name, 'market', between(series, FROM, TO))),
        ],
        shaded: shadedBy(worst.held),
        from: FROM,
        to: TO,
      },
      {
        title: 'The same, and a feed capped at 1.00 that follows (rebuilt)',
        lines: [
          lineOf('capped feed, rebuilt', 'answers', feed),
          ...sources
            .filter(({ name }) => name === 'Kraken')
            .map(({ name, series }) => lineOf(name, 'market', between(series, FROM, TO))),
        ],
        shaded: shadedBy(worst.capped),
        from: FROM,
        to: TO,
      },
    ],
    found: { figures, policy, sources: found, disagreement: apart, greatestUsdt: dearest },
  };
}

/** The price that a source stands at; undefined where it has said nothing for longer than it holds. */
function standing(
  { series, holdsSeconds }: UsdcSource,
  time: number,
): { price: number; age: number } | undefined {
  const recent = between(series, time - holdsSeconds, time + 1);
  const price = recent.prices.at(-1);
  return price === undefined ? undefined : { price, age: time - recent.times.at(-1)! };
}

/** The market of those sources that speak of the dollar, and whom the others outvoted. */
function referenceOf(sources: readonly UsdcSource[], times: readonly number[]) {
  const points: PricePoint[] = [];
  const rejected = new Map<string, number>();
  for (const time of times) {
    const said = sources.flatMap((source) => {
      const now = source.unit === 'USD' ? standing(source, time) : undefined;
      return now ? [{ source: source.name, price: now.price, weight: 1, ageSeconds: now.age }] : [];
    });
    const found = marketReference(said, {
      oldestSeconds: HOUR,
      outlierDeviations: 5,
      ordinarySpread: ORDINARY,
    });
    if (!found) continue;
    points.push({ time, price: found.price });
    for (const { source } of found.rejected) rejected.set(source, (rejected.get(source) ?? 0) + 1);
  }
  return { series: priceSeries(points).series, rejected };
}

/** A feed by the rule of earlier years over the reference, held at 1.00 at most. */
function rebuiltFeed(policy: FeedPolicy, { times, prices }: PriceSeries): PriceSeries {
  const bars = [...times].slice(0, -1).map((time, row): MarketBar => {
    const [open, close] = [prices[row]!, prices[row + 1]!];
    return { time, open, close, high: Math.max(open, close), low: Math.min(open, close) };
  });
  const first = { time: times[0]!, price: prices[0]! };
  const answered = [first, ...expectedAnswers(policy, bars, { barSeconds: STEP })];
  return priceSeries(answered.map(({ time, price }) => ({ time, price: Math.min(1, price) }))).series;
}

interface Seen {
  readonly feed: PriceSeries;
  readonly times: readonly number[];
  readonly rejected: ReadonlyMap<string, number>;
}

function against(source: UsdcSource, { feed, times, rejected }: Seen): AgainstSource {
  const { name, unit, series, holdsSeconds } = source;
  const within = between(series, FROM, TO);
  const held = priceSeries([{ time: FROM - 86_400, price: 1 }]).series;
  const policy = { threshold: undefined, heartbeatSeconds: undefined, clocks: [] };
  const readings = (answers: PriceSeries, hasTimestamp: boolean) =>
    times.map((time) =>
      readFeed({ answers, market: series, policy, hasTimestamp }, time, { marketHoldsSeconds: holdsSeconds }),
    );
  const ofFeed = readings(feed, true);
  const known = times.flatMap((time) => standing(source, time)?.price ?? []);
  const row = within.prices.indexOf(within.prices.reduce((low, price) => Math.min(low, price), Infinity));
  return {
    source: name,
    unit,
    prices: within.times.length,
    least: within.prices[row]!,
    leastAt: within.times[row]!,
    longestSilence: longestSilence(within),
    held: flagsOf(readings(held, false)),
    capped: flagsOf(ofFeed),
    cappedDeviation: Math.max(...ofFeed.map(({ values }) => values.deviation ?? 0)),
    hiddenByCap: Math.max(0, ...known.map((price) => price - 1)),
    hiddenByCapShare: known.filter((price) => price > 1 + ORDINARY).length / known.length,
    rejectedShare: (rejected.get(name) ?? 0) / known.length,
  };
}

const longestSilence = ({ times }: PriceSeries): number =>
  [...times, TO].reduce(
    ({ longest, last }, time) => ({ longest: Math.max(longest, time - last), last: time }),
    { longest: 0, last: FROM },
  ).longest;

/** When sources of the dollar were furthest apart, and who they were. */
function greatestDisagreement(sources: readonly UsdcSource[], times: readonly number[]) {
  let worst = { time: FROM, disagreement: 0, said: [] as { source: string; price: number }[] };
  for (const time of times) {
    const said = sources
      .filter(({ unit }) => unit === 'USD')
      .flatMap((source) => {
        const now = standing(source, time);
        return now ? [{ source: source.name, price: now.price }] : [];
      });
    const apart = disagreement(said.map(({ price }) => price)) ?? 0;
    if (apart > worst.disagreement) worst = { time, disagreement: apart, said };
  }
  return worst;
}

const firstOf = (flags: readonly Flag[], severity?: Flag['severity']): Flag | undefined =>
  flags.find((flag) => flag.kind === 'deviating' && (severity === undefined || flag.severity === severity));

function sourcesText(found: readonly AgainstSource[]): string {
  const rows = found.map((one) => {
    const flag = firstOf(one.held);
    return [
      one.source,
      String(one.prices),
      one.least.toFixed(4),
      minute(one.leastAt).slice(5),
      flag === undefined ? 'never' : minute(flag.raisedAt).slice(5),
      flag === undefined ? '–' : share(flag.peak, 1),
      share(one.cappedDeviation, 1),
      String(one.capped.length),
      share(one.hiddenByCap),
      span(one.longestSilence),
      one.unit === 'USD' ? share(one.rejectedShare, 1) : 'not asked',
    ];
  });
  return table(
    [
      'source',
      'prices',
      'least',
      'at (UTC)',
      'held at 1.00:\nflag raised',
      'peak',
      'capped feed:\nfurthest',
      'flags',
      'above 1.00,\nhidden by a cap',
      'longest\nsilence',
      'outvoted',
    ],
    rows,
    [0, 3, 4],
  );
}

interface Told {
  readonly policy: FeedPolicy;
  readonly apart: ReturnType<typeof greatestDisagreement>;
  readonly dearest: number;
  readonly found: readonly AgainstSource[];
}

function figuresOf({ policy, apart, dearest, found }: Told): Figure[] {
  const raised = found.flatMap(({ source, unit, held }) => {
    const flag = firstOf(held);
    return unit === 'USD' && flag ? [{ source, time: flag.raisedAt }] : [];
  });
  const first = raised.reduce((a, b) => (b.time < a.time ? b : a));
  const last = raised.reduce((a, b) => (b.time > a.time ? b : a));
  const least = found.filter(({ unit }) => unit === 'USD').reduce((a, b) => (b.least < a.least ? b : a));
  return [
    {
      what: 'threshold and heartbeat of the feed, learned on 2021 and 2022',
      value: `${share(policy.threshold ?? 0)}, ${span(policy.heartbeatSeconds ?? 0)}`,
      origin: 'data',
    },
    {
      what: 'the feed’s answers in March 2023, by that rule',
      value: 'see the second picture',
      origin: 'rebuilt',
    },
    { what: `least price, by ${least.source}`, value: least.least.toFixed(4), origin: 'data' },
    {
      what: 'a price held at 1.00 hides who backs with USDC at a health factor of up to',
      value: (1 / least.least).toFixed(3),
      origin: 'computed',
    },
    { what: `first to raise the flag: ${first.source}`, value: minute(first.time), origin: 'computed' },
    { what: `last of the dollar sources: ${last.source}`, value: minute(last.time), origin: 'computed' },
    {
      what: `furthest apart (${apart.said.map(({ source, price }) => `${source} ${price.toFixed(3)}`).join(', ')}), ${minute(apart.time)}`,
      value: share(apart.disagreement, 1),
      origin: 'computed',
    },
    {
      what: 'USDT in dollars at most (Binance.US): what a cap at 1.00 hides of a debt in it',
      value: share(dearest - 1),
      origin: 'data',
    },
    {
      what: 'the same under the cap of 1.04 that lending protocols use',
      value: 'nothing',
      origin: 'computed',
    },
  ];
}

const WORDS = [
  'A cap at 1.00 hides what is above it and nothing of a fall; a price held at 1.00 hides all of the fall. Sources in USDT say too little of a',
  'USDC, because USDT was dear in those days; they take no part in the market’s price. Nothing in the public files says what oracles answered',
  'in March 2023: the capped feed is rebuilt, from the rule that its rounds of earlier years show and the middle of the dollar sources.',
].join('\n');
