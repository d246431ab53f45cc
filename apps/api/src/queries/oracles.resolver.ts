import { Inject } from '@nestjs/common';
import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Coverage, DisputedAccount } from '@undertow/book';
import {
  oracleReport,
  priceSeries,
  type FeedStanding,
  type OracleReport,
  type OracleStanding,
} from '@undertow/lag';
import type { FeedId } from '@undertow/market';
import { assetFinder, type AssetAnswer } from '../asset-answer.ts';
import { BoundedCache } from '../bounded-cache.ts';
import type { FactSource } from '../fact-source.ts';
import { checkFirst } from '../input.ts';
import { LiveBook } from '../live-book.ts';
import type { Head, LedgerAtHead } from '../shown.ts';
import { FACT_SOURCE } from '../tokens.ts';

/** Answers of each feed that its rule is learned from: two months of a feed that answers hourly and a little more. */
const LEARNED_FROM = 2_000;
/** Reports kept: what they cost is reading the answers of every feed. */
const REPORTS = 4;

interface OraclesAnswer {
  readonly head: Head;
  readonly bookHash: string;
  readonly coverage: Coverage;
  readonly oracles: readonly (Omit<OracleStanding, 'asset' | 'feeds'> & {
    readonly asset: AssetAnswer;
    readonly feeds: readonly string[];
  })[];
  readonly feeds: readonly (FeedStanding & { readonly rule: FeedStanding['policy'] })[];
  readonly hidden: Disputed;
  readonly phantom: Disputed;
  readonly debtUsd: number;
  readonly partlyAtOracleDebtUsd: number;
}

/** Accounts about which oracles and markets do not agree. */
interface Disputed {
  readonly all: readonly DisputedAccount[];
  readonly accounts: number;
  readonly debtUsd: number;
}

@Resolver('DisputedAccounts')
export class OraclesResolver {
  readonly #source: FactSource;
  readonly #live: LiveBook;
  readonly #reports = new BoundedCache<Promise<OracleReport>>(REPORTS);

  constructor(@Inject(FACT_SOURCE) source: FactSource, @Inject(LiveBook) live: LiveBook) {
    this.#source = source;
    this.#live = live;
  }

  @Query('oracles')
  async oracles(@Args('block') block: number | null | undefined): Promise<OraclesAnswer> {
    const at = await this.#live.look(({ book, head, ledger }) => ({ book, head, ledger }), block);
    const { book, head } = at;
    const { oracles, feeds, due } = await this.#reportOf(at);
    const find = assetFinder(book.assets);
    return {
      ...{ head, bookHash: book.hash, coverage: book.coverage },
      oracles: oracles.map((oracle) => ({
        ...oracle,
        asset: find(book.assets[oracle.asset]!.address),
        feeds: oracle.feeds.map((row) => book.feeds[row]!.id),
      })),
      feeds: feeds.map((feed) => ({ ...feed, rule: feed.policy })),
      hidden: { all: due.hidden, accounts: due.hidden.length, debtUsd: due.hiddenDebtUsd },
      phantom: { all: due.phantom, accounts: due.phantom.length, debtUsd: due.phantomDebtUsd },
      debtUsd: due.debtUsd,
      partlyAtOracleDebtUsd: due.partlyAtOracleDebtUsd,
    };
  }

  @ResolveField('largest')
  largest(@Parent() { all }: Disputed, @Args('first') first: number | null): readonly DisputedAccount[] {
    return all.slice(0, checkFirst(first));
  }

  #reportOf(at: LedgerAtHead): Promise<OracleReport> {
    return this.#reports.get(at.head.hash, () => this.#read(at));
  }

  async #read({ book, head, ledger }: LedgerAtHead): Promise<OracleReport> {
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
    return oracleReport(book, {
      formulas: ledger.formulas,
      answeredAt: new Map(answeredAt.map(([feed, { updatedAt }]) => [feed, updatedAt])),
      answers: new Map([...answers].map(([feed, said]) => [feed as FeedId, priceSeries(said).series])),
    });
  }
}
