import {
  dueAtMarket,
  oracleGaps,
  oraclePairs,
  type AssetRow,
  type Book,
  type DueAtMarket,
  type FeedRow,
  type OracleGap,
  type OraclePair,
  type OracleRow,
} from '@undertow/book';
import type { FeedFormula, FeedId } from '@undertow/market';
import {
  sequencerStanding,
  type SequencerAnswer,
  type SequencerStanding,
} from '../availability/sequencer.ts';
import { knownHours, type KnownMarket } from '../availability/known-hours.ts';
import type { TradingHours } from '../availability/trading-hours.ts';
import { warningsOf, type Warning } from '../flags/warnings.ts';
import type { Delay } from '../delay.ts';
import { readFeed } from '../monitor/read-feed.ts';
import { readAnswers } from '../monitor/read-source.ts';
import { disagreement } from '../monitor/read-pair.ts';
import type { Reading } from '../monitor/reading.ts';
import type { FeedPolicy } from '../policy/policy.ts';
import { priceSeries, type PricePoint, type PriceSeries } from '../series/price-series.ts';
import { feedAge, type FeedAge } from './feed-age.ts';
import { feedDay, type FeedDay } from './feed-day.ts';
import { assetMarkets, type AssetMarket } from './asset-markets.ts';
import { feedDelay } from './feed-delay.ts';
import { feedMarkets } from './feed-markets.ts';
import { boundHeadroom, leastCapHeadroom } from './headrooms.ts';
import { sourceStandings, type HeardMoves, type SourceStanding } from './source-standings.ts';

/** What is known beside the book. */
export interface OracleHistory {
  /** What adapters are made of, as their contracts last said. */
  readonly formulas: ReadonlyMap<FeedId, FeedFormula>;
  /** When each feed says that it last answered, unix seconds; absent where it does not say. */
  readonly answeredAt: ReadonlyMap<FeedId, number>;
  /** What feeds answered, by the time of the block; absent where nothing is stored. */
  readonly answers: ReadonlyMap<FeedId, PriceSeries>;
  /** What feeds would have answered by their markets, before the book, as `FeedStanding.marketAnswer` was then; nothing where left out. */
  readonly markets?: ReadonlyMap<FeedId, readonly PricePoint[]>;
  /** When the markets of feeds trade, where they close: no chain says it, so that it is data of whoever asks. Of others `knownHours` tells. */
  readonly hours?: ReadonlyMap<FeedId, TradingHours>;
  /** How what markets of exchanges said over the last hour moved; nothing where left out. */
  readonly heard?: readonly HeardMoves[];
  /** What the rollup's uptime feed said, in order of time; absent where there is none. */
  readonly sequencer?: readonly SequencerAnswer[];
}

/** Which prices can be trusted at the height of a book. */
export interface OracleReport {
  /** Every oracle that prices a leg, the one on which the most hangs first. */
  readonly oracles: readonly OracleStanding[];
  /** The base feeds that they are made of, in the order of the book. */
  readonly feeds: readonly FeedStanding[];
  /** Collateral against debt where the two hang on different feeds; at most `MOST_PAIRS`: those of two markets first, then by debt. */
  readonly pairs: readonly PairStanding[];
  /** Assets that have several prices at once, the one on which the most hangs first. */
  readonly assets: readonly AssetStanding[];
  /** Who is asked what assets trade at, where exchanges are; by asset. */
  readonly sources: readonly SourceStanding[];
  readonly due: DueAtMarket;
  /** Whether the rollup's sequencer runs; undefined where no feed says so. */
  readonly sequencer: SequencerStanding | undefined;
}

/** What was measured of something, and what is wrong by that. */
interface Measured {
  readonly values: Reading['values'];
  readonly warnings: readonly Warning[];
}

/** An oracle against its market. */
export interface OracleStanding extends OracleGap, Measured {
  /** Who stands behind the market's price; undefined where nobody was asked. */
  readonly market: AssetMarket | undefined;
  /** The least room below a cap of the adapters that it is made of, see `capHeadroom`; undefined where none has one. */
  readonly capHeadroom: number | undefined;
}

/** A base feed against its own rule. */
export interface FeedStanding extends Measured {
  readonly id: FeedId;
  readonly label: string;
  /** In whole units. */
  readonly answer: number;
  /** What it would answer if it said what markets say, see `feedMarkets`; undefined where nobody can say. */
  readonly marketAnswer: number | undefined;
  /** Unix seconds; undefined: it gives no timestamp, and its age cannot be told. */
  readonly answeredAt: number | undefined;
  readonly ageSeconds: number | undefined;
  /** Learned from the answers that are stored. */
  readonly policy: FeedPolicy;
  /** Of a feed whose market closes: in open seconds, see `FeedAge`. */
  readonly ageOfHeartbeat: number | undefined;
  /** Whether its market trades now; undefined of one that never closes, or whose hours nobody knows. */
  readonly trading:
    (NonNullable<FeedAge['trading']> & { readonly by: KnownMarket | 'configured' }) | undefined;
  /** True where its name says that its market closes, and nobody says when: its age counts the closed hours too. */
  readonly isClosingUnknown: boolean;
  /** Move of the market since the last answer ÷ threshold, see `MEASURES`; undefined where the market then is not known, or no threshold. */
  readonly moveOfThreshold: number | undefined;
  /** How far the last answer moved otherwise than the market, see `MEASURES`; undefined where the market then is not known. */
  readonly jump: number | undefined;
  /** How it kept its own rule over the day before: what it missed, and which jumps of its market it followed. */
  readonly day: FeedDay;
  /** How far it ran behind its market over the day before: dear, and so computed when it is asked for. See `feedDelay`. */
  readonly delay: () => Delay | undefined;
  /** How far the answer is from the nearer of its least and greatest, as a ratio; undefined where it has no such bounds. */
  readonly boundHeadroom: number | undefined;
  /** Answers that are stored, and since when. */
  readonly answersKnown: number;
  readonly knownSince: number | undefined;
}

/** The legs of accounts that hold one asset against another. */
export interface PairStanding extends OraclePair, Measured {
  /** |ratio of the two oracles ÷ ratio of their markets − 1|; undefined where one has no market. */
  readonly splitLegs: number | undefined;
  /** Time between the oldest answer that each side hangs on, seconds; undefined where one gives no timestamp. */
  readonly apartSeconds: number | undefined;
}

/** An asset that venues price in several ways. */
export interface AssetStanding extends Measured {
  readonly asset: AssetRow;
  /** Of the report, in its order: the first has the most hanging on it. */
  readonly oracles: readonly OracleStanding[];
  readonly leastUsd: number;
  readonly greatestUsd: number;
  /** Greatest price ÷ least − 1. */
  readonly disagreement: number;
  readonly pricedUsd: number;
}

/** A venue that holds all against all has as many pairs as assets squared: those with little debt say nothing more. */
export const MOST_PAIRS = 50;

/**
 * What can be said of the prices of a book: who is far from the market, who is late by its own rule, and whom that hides.
 *
 * @param markets what assets trade at, by row: the book's own markets by default.
 */
export function oracleReport(
  book: Book,
  history: OracleHistory,
  markets: readonly (AssetMarket | undefined)[] = assetMarkets(book),
): OracleReport {
  const prices = markets.map((market) => market?.priceUsd);
  const gaps = oracleGaps(book, prices);
  const used = new Set(gaps.flatMap(({ feeds }) => feeds));
  const oracles = gaps.map((gap) => ({
    ...oracleStanding(gap, history, book.time),
    market: markets[gap.asset],
  }));
  const ofFeeds = feedMarkets(book, prices);
  const byRow = new Map(oracles.map((oracle) => [oracle.oracle, oracle]));
  return {
    oracles,
    feeds: book.feeds.flatMap((feed, row) =>
      used.has(row as FeedRow)
        ? [feedStanding(feed, history, { time: book.time, marketAnswer: ofFeeds[row] })]
        : [],
    ),
    pairs: oraclePairs(book)
      .map((pair) => pairStanding(pair, { book, history, deviationOf: (row) => byRow.get(row)?.deviation }))
      // Stable: by debt within each.
      .sort((a, b) => Number(b.splitLegs !== undefined) - Number(a.splitLegs !== undefined))
      .slice(0, MOST_PAIRS),
    assets: [...Map.groupBy(oracles, ({ asset }) => asset)].flatMap(([asset, own]) => {
      const standing = assetStanding(asset, own);
      return standing ? [standing] : [];
    }),
    sources: sourceStandings(markets, history.heard ?? []),
    due: dueAtMarket(book, prices),
    sequencer: sequencerStanding(history.sequencer ?? [], book.time),
  };
}

interface PairContext {
  readonly book: Book;
  readonly history: OracleHistory;
  readonly deviationOf: (oracle: OracleRow) => number | undefined;
}

function pairStanding(pair: OraclePair, { book, history, deviationOf }: PairContext): PairStanding {
  const [collateral, debt] = [deviationOf(pair.collateral), deviationOf(pair.debt)];
  const splitLegs =
    collateral === undefined || debt === undefined ? undefined : Math.abs((1 + collateral) / (1 + debt) - 1);
  const times = [pair.collateralFeeds, pair.debtFeeds].map((rows) => {
    const said = rows.map((row) => history.answeredAt.get(book.feeds[row]!.id));
    return said.reduce((oldest, time) =>
      oldest === undefined || time === undefined ? undefined : Math.min(oldest, time),
    );
  });
  const [one, other] = times;
  const apartSeconds = one === undefined || other === undefined ? undefined : Math.abs(one - other);
  const values = splitLegs === undefined ? {} : { splitLegs };
  return { ...pair, splitLegs, apartSeconds, values, warnings: warningsOf({ values }) };
}

function assetStanding(asset: AssetRow, oracles: readonly OracleStanding[]): AssetStanding | undefined {
  const prices = oracles.map(({ priceUsd }) => priceUsd).filter((price) => price > 0);
  const apart = disagreement(prices);
  if (apart === undefined) return undefined;
  const values = { disagreement: apart };
  return {
    ...{ asset, oracles, values, disagreement: apart },
    ...{ leastUsd: Math.min(...prices), greatestUsd: Math.max(...prices) },
    pricedUsd: oracles.reduce((sum, { pricedUsd }) => sum + pricedUsd, 0),
    warnings: warningsOf({ values }),
  };
}

function oracleStanding(
  gap: OracleGap,
  { formulas }: OracleHistory,
  time: number,
): Omit<OracleStanding, 'market'> {
  const headroom = leastCapHeadroom(gap.id, formulas, time);
  const deviation = gap.deviation === undefined ? undefined : Math.abs(gap.deviation);
  const values = {
    ...(deviation !== undefined && { deviation }),
    // A constant has stood still for ever: all that it is off is what the market has moved.
    ...(deviation !== undefined && gap.isConstant && { decoupling: deviation }),
    ...(headroom !== undefined && { capHeadroom: headroom }),
    ...(gap.borrowableOfMarket !== undefined && { borrowable: gap.borrowableOfMarket }),
  };
  return { ...gap, capHeadroom: headroom, values, warnings: warningsOf({ values }) };
}

function feedStanding(
  { id, label, answer, least, greatest }: Book['feeds'][number],
  { answeredAt: said, answers, markets, hours }: OracleHistory,
  { time, marketAnswer }: { readonly time: number; readonly marketAnswer: number | undefined },
): FeedStanding {
  const known = answers.get(id);
  const answeredAt = said.get(id);
  const { given, named, isUnknown } = hoursOf(hours?.get(id), label);
  const open = given ?? named?.hours;
  const aged = feedAge({ answeredAt, known, hours: open, time });
  const { policy, ageSeconds, ageOfHeartbeat, trading } = aged;
  const toBound = boundHeadroom(answer, least, greatest);
  const now = marketAnswer === undefined ? [] : [{ time, price: marketAnswer }];
  const market = priceSeries([...(markets?.get(id) ?? []), ...now]).series;
  // Its age is what it says itself, and its distance from the market is that of the oracles which are made of it.
  const { moveOfThreshold, jump, decoupling } = known
    ? readFeed({ answers: known, market, policy }, time).values
    : {};
  const values = {
    ...(ageOfHeartbeat !== undefined && { ageOfHeartbeat }),
    ...(toBound !== undefined && { boundHeadroom: toBound }),
    ...(moveOfThreshold !== undefined && { moveOfThreshold }),
    ...(jump !== undefined && { jump }),
    ...(decoupling !== undefined && { decoupling }),
    ...readAnswers(known, answeredAt, time),
  };
  return {
    id,
    label,
    answer,
    marketAnswer,
    answeredAt,
    ageSeconds,
    policy,
    ageOfHeartbeat,
    trading: trading && { ...trading, by: given ? 'configured' : named!.market },
    isClosingUnknown: isUnknown,
    moveOfThreshold,
    jump,
    day: feedDay({ answers: known, market, policy, hours: open }, time),
    delay: () => known && feedDelay(known, market, time),
    boundHeadroom: toBound,
    answersKnown: known?.times.length ?? 0,
    knownSince: known?.times[0],
    values,
    warnings: warningsOf({ values }),
  };
}

/** What was configured goes before what the name tells. */
function hoursOf(given: TradingHours | undefined, label: string) {
  const told = given ? undefined : knownHours(label);
  return {
    given,
    named: told === 'unknown' ? undefined : told,
    isUnknown: told === 'unknown',
  };
}
