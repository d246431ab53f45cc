import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { assetView, type AssetView } from '../asset-view.ts';
import { LiveBook } from '../live-book.ts';
import { MarketReferences } from '../market-references.ts';

@Resolver()
export class AssetResolver {
  readonly #live: LiveBook;
  readonly #references: MarketReferences;

  constructor(@Inject(LiveBook) live: LiveBook, @Inject(MarketReferences) references: MarketReferences) {
    this.#live = live;
    this.#references = references;
  }

  @Query('asset')
  async asset(
    @Args('symbol') symbol: string,
    @Args('block') block: number | null | undefined,
  ): Promise<AssetView> {
    const at = await this.#live.at(block);
    return assetView(at, symbol, (await this.#references.at(at)).markets);
  }
}
