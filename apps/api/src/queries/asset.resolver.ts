import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { assetView, type AssetView } from '../asset-view.ts';
import { LiveBook } from '../live-book.ts';

@Resolver()
export class AssetResolver {
  readonly #live: LiveBook;

  constructor(@Inject(LiveBook) live: LiveBook) {
    this.#live = live;
  }

  @Query('asset')
  async asset(
    @Args('symbol') symbol: string,
    @Args('block') block: number | null | undefined,
  ): Promise<AssetView> {
    return assetView(await this.#live.at(block), symbol);
  }
}
