import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import type { Address, LegSide } from '@undertow/market';
import { findExchangeMarket, findFeed, findMarket, findPool, type SeriesPart } from '@undertow/store';
import { assetFinder } from '../asset-answer.ts';
import type { FactSource } from '../fact-source.ts';
import { asAsked, checkPart, type PartInput } from '../history-input.ts';
import { LiveBook } from '../live-book.ts';
import { asInput } from '../scenario-input.ts';
import { FACT_SOURCE } from '../tokens.ts';

interface Filled extends PartInput {
  readonly fill: boolean;
}

/** What a history is of, beside its points. */
type History<Point, Of extends object> = SeriesPart<Point> & Of;

/** Series of what is stored, by name and time. */
@Resolver()
export class SeriesResolver {
  readonly #source: FactSource;
  readonly #live: LiveBook;

  constructor(@Inject(FACT_SOURCE) source: FactSource, @Inject(LiveBook) live: LiveBook) {
    this.#source = source;
    this.#live = live;
  }

  @Query('feedHistory')
  async feedHistory(
    @Args() { feed: name, fill, ...asked }: Filled & { readonly feed: string },
  ): Promise<unknown> {
    const part = await checkPart(this.#source, asked);
    const reference = await this.#source.reference();
    const { id, description, decimals } = asInput(() => findFeed(reference, name));
    const wanted = { ...part, feed: id, decimals, fill };
    return named(await asAsked(() => this.#source.series.feed(wanted)), { feed: id, label: description });
  }

  @Query('poolHistory')
  async poolHistory(
    @Args() { pool: name, fill, ...asked }: Filled & { readonly pool: string },
  ): Promise<unknown> {
    const part = await checkPart(this.#source, asked);
    const reference = await this.#source.reference();
    const { address, token0, token1, decimals0, decimals1 } = asInput(() => findPool(reference, name));
    const find = assetFinder(this.#live.assets());
    const wanted = { ...part, pool: address, decimals0, decimals1, fill };
    return named(await asAsked(() => this.#source.series.pool(wanted)), {
      pool: address,
      token0: find(token0),
      token1: find(token1),
    });
  }

  @Query('exchangeHistory')
  async exchangeHistory(
    @Args()
    { exchange, symbol, fill, ...asked }: Filled & { readonly exchange: string; readonly symbol: string },
  ): Promise<unknown> {
    const { series } = this.#source;
    const part = await checkPart(this.#source, asked);
    const markets = await series.exchangeMarkets();
    const market = asInput(() => findExchangeMarket(markets, { exchange, symbol }));
    const wanted = { ...part, exchange: market.exchange, symbol: market.symbol, fill };
    return named(await asAsked(() => series.exchange(wanted)), market);
  }

  @Query('exchangeMarkets')
  exchangeMarkets(): Promise<unknown> {
    return this.#source.series.exchangeMarkets();
  }

  @Query('indexHistory')
  async indexHistory(
    @Args()
    { fill, ...asked }: Filled & { readonly venue: string; readonly market: string; readonly side: LegSide },
  ): Promise<unknown> {
    const part = await checkPart(this.#source, asked);
    const reference = await this.#source.reference();
    const { venue, side } = asked;
    const market = asInput(() => findMarket(reference, asked));
    const { points, next } = await asAsked(() =>
      this.#source.series.index({ ...part, venue, market, side, fill }),
    );
    const flat = points.map(({ totals, ...point }) => ({ ...point, ...totals }));
    return named({ points: flat, next }, { venue, market, side });
  }

  @Query('legHistory')
  async legHistory(@Args() { owner, ...asked }: PartInput & { readonly owner: Address }): Promise<unknown> {
    const part = await checkPart(this.#source, asked);
    return named(await asAsked(() => this.#source.series.legs({ ...part, owner })), { owner });
  }

  @Query('positionHistory')
  async positionHistory(
    @Args() { owner, ...asked }: PartInput & { readonly owner: string },
  ): Promise<unknown> {
    const part = await checkPart(this.#source, asked);
    const { points, ...rest } = await asAsked(() => this.#source.series.positions({ ...part, owner }));
    const shown = points.map(({ change, ...event }) => ({
      ...event,
      form: change.form,
      change: jsonOf(change),
    }));
    return named({ points: shown, ...rest }, { owner });
  }

  @Query('liquidationHistory')
  async liquidationHistory(
    @Args()
    {
      venue,
      owner,
      ...asked
    }: PartInput & { readonly venue?: string | null; readonly owner?: Address | null },
  ): Promise<unknown> {
    const part = await checkPart(this.#source, asked);
    const wanted = { ...part, venue: venue ?? undefined, owner: owner ?? undefined };
    const { points, next } = await asAsked(() => this.#source.series.liquidations(wanted));
    const find = assetFinder(this.#live.assets());
    return {
      next,
      points: points.map(
        ({ time, liquidations, collateralAsset, debtAsset, repaid, seized, badDebt, ...point }) => {
          const [collateral, debt] = [find(collateralAsset), find(debtAsset)];
          return {
            ...{ time, venue: point.venue, liquidations, collateral, debt },
            seized: Number(seized) / 10 ** collateral.decimals,
            repaid: Number(repaid) / 10 ** debt.decimals,
            badDebt: Number(badDebt) / 10 ** debt.decimals,
          };
        },
      ),
    };
  }

  @Query('history')
  async history(
    @Args()
    { measure: name, subject, ...asked }: PartInput & { readonly measure: string; readonly subject: string },
  ): Promise<unknown> {
    const part = await checkPart(this.#source, asked);
    const series = await asAsked(() => this.#source.series.measure({ ...part, name, subject }));
    return named(series, { measure: name, subject });
  }

  @Query('measures')
  measures(): Promise<unknown> {
    return this.#source.series.measureNames();
  }
}

const named = <Point, Of extends object>(part: SeriesPart<Point>, of: Of): History<Point, Of> => ({
  ...of,
  ...part,
});

/** A change of a position as JSON, integers as strings, fields by name: however they were kept, the text is the same. */
const jsonOf = (change: object) =>
  JSON.stringify(change, (_key, value: unknown) => {
    if (typeof value === 'bigint') return String(value);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
