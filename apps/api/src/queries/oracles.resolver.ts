import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import {
  assetMarkets,
  flagsOf,
  oracleReport,
  priceSeries,
  type ExchangeQuote,
  type Flag,
  type OracleReport,
} from '@undertow/lag';
import type { FeedId } from '@undertow/market';
import { BoundedCache } from '../bounded-cache.ts';
import type { FactSource } from '../fact-source.ts';
import { asAsked, checkPart, type PartInput } from '../history-input.ts';
import { LiveBook } from '../live-book.ts';
import { HEARD_WITHIN } from '../series-source.ts';
import { oracleAnswer, type OracleAnswer } from '../oracle-answer.ts';
import type { LedgerAtHead } from '../shown.ts';
import { FACT_SOURCE } from '../tokens.ts';

/** Answers of each feed that its rule is learned from: two months of a feed that answers hourly and a little more. */
const LEARNED_FROM = 2_000;
/** What is kept of oracles over time: see `MEASURES` of the cascade. */
const MEASURED = 'oracleDeviation';
/** Reports kept: what they cost is reading the answers of every feed. */
const REPORTS = 4;

@Resolver()
export class OraclesResolver {
  readonly #source: FactSource;
  readonly #live: LiveBook;
  readonly #reports = new BoundedCache<Promise<OracleReport>>(REPORTS);

  constructor(@Inject(FACT_SOURCE) source: FactSource, @Inject(LiveBook) live: LiveBook) {
    this.#source = source;
    this.#live = live;
  }

  @Query('oracles')
  async oracles(@Args('block') block: number | null | undefined): Promise<OracleAnswer> {
    const at = await this.#live.look(({ book, head, ledger }) => ({ book, head, ledger }), block);
    return oracleAnswer(at, await this.#reportOf(at));
  }

  @Query('oracleFlags')
  async oracleFlags(
    @Args() { asset, ...asked }: PartInput & { readonly asset?: string | null },
  ): Promise<readonly (Flag & { readonly asset: string })[]> {
    const part = await checkPart(this.#source, asked);
    const { series } = this.#source;
    const subjects = (await series.measureNames())
      .filter(({ name, subject }) => name === MEASURED && (asset ?? subject) === subject)
      .map(({ subject }) => subject);
    const found = await Promise.all(
      subjects.map(async (subject) => {
        const { points } = await asAsked(() => series.measure({ ...part, name: MEASURED, subject }));
        // The furthest of each step: a flag must not slip between two ends of steps.
        const readings = points.map(({ time, least, greatest }) => ({
          time,
          values: { deviation: Math.max(Math.abs(least), Math.abs(greatest)) },
        }));
        return flagsOf(readings).map((flag) => ({ ...flag, asset: subject }));
      }),
    );
    return found.flat().sort((a, b) => b.start - a.start);
  }

  async #reportOf(at: LedgerAtHead): Promise<OracleReport> {
    const { hash, time } = at.head;
    const quotes = await this.#source.series.exchangePrices({ time, withinSeconds: HEARD_WITHIN });
    // What exchanges said before a block may be stored after it.
    const newest = Math.max(0, ...quotes.map((quote) => quote.time));
    return this.#reports.get(`${hash} ${newest}`, () => this.#read(at, quotes));
  }

  async #read({ book, head, ledger }: LedgerAtHead, quotes: readonly ExchangeQuote[]): Promise<OracleReport> {
    const feeds = book.feeds.flatMap(({ id }) => {
      const feed = ledger.reference.feeds.get(id);
      return feed ? [{ id, decimals: feed.decimals }] : [];
    });
    const answers = await this.#source.series.newestAnswers({
      feeds,
      toBlock: head.block,
      to: head.time,
      most: LEARNED_FROM,
    });
    // A feed without a timestamp says 0.
    const answeredAt = [...ledger.prices].filter(([, { updatedAt }]) => updatedAt > 0);
    const history = {
      formulas: ledger.formulas,
      answeredAt: new Map(answeredAt.map(([feed, { updatedAt }]) => [feed, updatedAt])),
      answers: new Map([...answers].map(([feed, said]) => [feed as FeedId, priceSeries(said).series])),
    };
    return oracleReport(book, history, assetMarkets(book, quotes));
  }
}
