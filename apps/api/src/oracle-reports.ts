import {
  feedOfSubject,
  oracleReport,
  priceSeries,
  type AssetMarket,
  type OracleHistory,
  type OracleReport,
  type PricePoint,
} from '@undertow/lag';
import type { FeedId } from '@undertow/market';
import type { MeasureValue } from '@undertow/store';
import type { Availability } from './availability.ts';
import { BoundedCache } from './bounded-cache.ts';
import type { FactSource } from './fact-source.ts';
import type { LiveBook } from './live-book.ts';
import { MarketReferences } from './market-references.ts';
import type { LedgerAtHead } from './shown.ts';

/** Answers of each feed that its rule is learned from: two months of a feed that answers hourly and a little more. */
const LEARNED_FROM = 2_000;
/** What feeds would have answered by their markets is kept as a measure of this name. */
export const MARKET_ANSWER = 'marketAnswer';
/** Of each feed as many are read back: a day and a little more, at a reading every five minutes. */
const MARKETS_KNOWN = 300;
/** A spike of an exchange is told for so long after it. */
const HEARD_SECONDS = 3_600;
/** Reports kept: what they cost is reading the answers of every feed. */
const REPORTS = 4;

/** A report with what it was made from. */
export interface ReportAtHead {
  readonly at: LedgerAtHead;
  readonly report: OracleReport;
}

/** What can be said of the oracles of a block: once for each block, whoever asks. */
export class OracleReports {
  readonly #source: Pick<FactSource, 'series'>;
  readonly #live: Pick<LiveBook, 'look'>;
  readonly #availability: Availability;
  readonly #references: MarketReferences;
  readonly #reports = new BoundedCache<Promise<OracleReport>>(REPORTS);

  constructor(
    source: Pick<FactSource, 'series'>,
    live: Pick<LiveBook, 'look'>,
    availability: Availability = { hours: new Map(), sequencerFeed: undefined },
    references = new MarketReferences(source),
  ) {
    this.#source = source;
    this.#live = live;
    this.#availability = availability;
    this.#references = references;
  }

  /** The report of a block, the newest when absent. Throws as `LiveBook.at` does. */
  async at(block?: number | null): Promise<ReportAtHead> {
    const at = await this.#live.look(({ book, head, ledger }) => ({ book, head, ledger }), block);
    const { markets, quotedAt } = await this.#references.at(at);
    const report = await this.#reports.get(`${at.head.hash} ${quotedAt}`, () => this.#read(at, markets));
    return { at, report };
  }

  async #read(
    { book, head, ledger }: LedgerAtHead,
    assets: readonly (AssetMarket | undefined)[],
  ): Promise<OracleReport> {
    const feeds = book.feeds.flatMap(({ id }) => {
      const feed = ledger.reference.feeds.get(id);
      return feed ? [{ id, decimals: feed.decimals }] : [];
    });
    const { block, time } = head;
    const { series } = this.#source;
    const { hours, sequencerFeed } = this.#availability;
    const asked = sequencerFeed === undefined ? feeds : [...feeds, { id: sequencerFeed, decimals: 0 }];
    const [answers, heard, markets] = await Promise.all([
      series.newestAnswers({ feeds: asked, toBlock: block, to: time, most: LEARNED_FROM }),
      series.heardMoves({ after: time - HEARD_SECONDS, to: time }),
      series.lastMeasures({ names: [MARKET_ANSWER], block, before: time, most: MARKETS_KNOWN }),
    ]);
    // A feed without a timestamp says 0.
    const answeredAt = [...ledger.prices].filter(([, { updatedAt }]) => updatedAt > 0);
    const states = sequencerFeed === undefined ? undefined : answers.get(sequencerFeed);
    const history: OracleHistory = {
      hours,
      heard,
      ...(states && { sequencer: states.map((said) => ({ time: said.time, isDown: said.price === 1 })) }),
      markets: pointsByFeed(markets),
      formulas: ledger.formulas,
      answeredAt: new Map(answeredAt.map(([feed, { updatedAt }]) => [feed, updatedAt])),
      answers: new Map([...answers].map(([feed, said]) => [feed as FeedId, priceSeries(said).series])),
    };
    return oracleReport(book, history, assets);
  }
}

function pointsByFeed(measured: readonly MeasureValue[]): ReadonlyMap<FeedId, readonly PricePoint[]> {
  const points = new Map<FeedId, PricePoint[]>();
  for (const { subject, time, value } of measured) {
    const feed = feedOfSubject(subject);
    if (feed === undefined) continue;
    const own = points.get(feed) ?? [];
    own.push({ time, price: value });
    points.set(feed, own);
  }
  return points;
}
