import {
  dueAtMarket,
  oracleGaps,
  type Book,
  type DueAtMarket,
  type FeedRow,
  type OracleGap,
} from '@undertow/book';
import { formulaBases, type FeedFormula, type FeedId } from '@undertow/market';
import { capHeadroom } from '../cap-headroom.ts';
import { warningsOf, type Warning } from '../flags/warnings.ts';
import { learnPolicy } from '../policy/learn-policy.ts';
import type { FeedPolicy } from '../policy/policy.ts';
import type { PriceSeries } from '../series/price-series.ts';
import { assetMarkets, type AssetMarket } from './asset-markets.ts';

/** What is known beside the book. */
export interface OracleHistory {
  /** What adapters are made of, as their contracts last said. */
  readonly formulas: ReadonlyMap<FeedId, FeedFormula>;
  /** When each feed says that it last answered, unix seconds; absent where it does not say. */
  readonly answeredAt: ReadonlyMap<FeedId, number>;
  /** What feeds answered, by the time of the block; absent where nothing is stored. */
  readonly answers: ReadonlyMap<FeedId, PriceSeries>;
}

/** Which prices can be trusted at the height of a book. */
export interface OracleReport {
  /** Every oracle that prices a leg, the one on which the most hangs first. */
  readonly oracles: readonly OracleStanding[];
  /** The base feeds that they are made of, in the order of the book. */
  readonly feeds: readonly FeedStanding[];
  readonly due: DueAtMarket;
}

/** An oracle against its market. */
export interface OracleStanding extends OracleGap {
  /** Who stands behind the market's price; undefined where nobody was asked. */
  readonly market: AssetMarket | undefined;
  /** The least room below a cap of the adapters that it is made of, see `capHeadroom`; undefined where none has one. */
  readonly capHeadroom: number | undefined;
  readonly warnings: readonly Warning[];
}

/** A base feed against its own rule. */
export interface FeedStanding {
  readonly id: FeedId;
  readonly label: string;
  /** In whole units. */
  readonly answer: number;
  /** Unix seconds; undefined: it gives no timestamp, and its age cannot be told. */
  readonly answeredAt: number | undefined;
  readonly ageSeconds: number | undefined;
  /** Learned from the answers that are stored. */
  readonly policy: FeedPolicy;
  readonly ageOfHeartbeat: number | undefined;
  /** How far the answer is from the nearer of its least and greatest, as a ratio; undefined where it has no such bounds. */
  readonly boundHeadroom: number | undefined;
  /** Answers that are stored, and since when. */
  readonly answersKnown: number;
  readonly knownSince: number | undefined;
  readonly warnings: readonly Warning[];
}

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
  return {
    oracles: gaps.map((gap) => ({
      ...oracleStanding(gap, history, book.time),
      market: markets[gap.asset],
    })),
    feeds: book.feeds.flatMap((feed, row) =>
      used.has(row as FeedRow) ? [feedStanding(feed, history, book.time)] : [],
    ),
    due: dueAtMarket(book, prices),
  };
}

function oracleStanding(
  gap: OracleGap,
  { formulas }: OracleHistory,
  time: number,
): Omit<OracleStanding, 'market'> {
  const headroom = leastHeadroom(gap.id, formulas, time);
  const deviation = gap.deviation === undefined ? undefined : Math.abs(gap.deviation);
  const values = {
    ...(deviation !== undefined && { deviation }),
    // A constant has stood still for ever: all that it is off is what the market has moved.
    ...(deviation !== undefined && gap.isConstant && { decoupling: deviation }),
    ...(headroom !== undefined && { capHeadroom: headroom }),
  };
  return { ...gap, capHeadroom: headroom, warnings: warningsOf({ values }) };
}

/** Over all adapters from one down to the base feeds. */
function leastHeadroom(top: FeedId, formulas: OracleHistory['formulas'], time: number): number | undefined {
  const seen = new Set<FeedId>();
  const found: number[] = [];
  const visit = (id: FeedId): void => {
    const formula = formulas.get(id);
    if (!formula || seen.has(id)) return;
    seen.add(id);
    if (formula.form === 'rate' && formula.cap) {
      const headroom = capHeadroom({ rate: formula.rate, cap: formula.cap }, time);
      if (headroom !== undefined) found.push(headroom);
    }
    formulaBases(formula).forEach(visit);
  };
  visit(top);
  return found.length === 0 ? undefined : Math.min(...found);
}

function feedStanding(
  { id, label, answer, least, greatest }: Book['feeds'][number],
  { answeredAt: said, answers }: OracleHistory,
  time: number,
): FeedStanding {
  const known = answers.get(id);
  const policy = known
    ? learnPolicy(known)
    : { threshold: undefined, heartbeatSeconds: undefined, clocks: [] };
  const answeredAt = said.get(id);
  const ageSeconds = answeredAt === undefined ? undefined : Math.max(0, time - answeredAt);
  const { heartbeatSeconds } = policy;
  const ageOfHeartbeat =
    ageSeconds !== undefined && heartbeatSeconds !== undefined ? ageSeconds / heartbeatSeconds : undefined;
  const boundHeadroom = headroomOf(answer, least, greatest);
  const values = {
    ...(ageOfHeartbeat !== undefined && { ageOfHeartbeat }),
    ...(boundHeadroom !== undefined && { boundHeadroom }),
  };
  return {
    id,
    label,
    answer,
    answeredAt,
    ageSeconds,
    policy,
    ageOfHeartbeat,
    boundHeadroom,
    answersKnown: known?.times.length ?? 0,
    knownSince: known?.times[0],
    warnings: warningsOf({ values }),
  };
}

/** Undefined where neither end is one that an answer could come to. */
function headroomOf(answer: number, least: number, greatest: number): number | undefined {
  const rooms = [
    ...(least > 0 ? [answer / least - 1] : []),
    ...(Number.isFinite(greatest) ? [greatest / answer - 1] : []),
  ];
  return rooms.length === 0 ? undefined : Math.min(...rooms);
}
