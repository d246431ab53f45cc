import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import {
  exposures,
  venueSummaries,
  venueTerms,
  type Coverage,
  type Exposure,
  type ExposureAsset,
  type FundSummary,
  type TermValue,
  type VenueRow,
  type VenueSummary,
} from '@undertow/book';
import type { Address } from '@undertow/market';
import { assetFinder, withAsset, type AssetAnswer, type WithAsset } from '../asset-answer.ts';
import { LiveBook } from '../live-book.ts';
import type { AtHead, Head } from '../shown.ts';
import { ownerOf, type Owner } from '../owner.ts';

interface ExposuresAnswer {
  readonly assets: readonly (Omit<WithAsset<ExposureAsset>, 'tiedTo'> & {
    readonly tiedTo: AssetAnswer | undefined;
  })[];
  readonly venues: readonly { readonly venue: string; readonly cells: readonly WithAsset<Exposure>[] }[];
  readonly head: Head;
  readonly bookHash: string;
  readonly coverage: Coverage;
}

type VenueAnswer = Omit<VenueSummary, 'funds'> & {
  readonly funds: readonly WithAsset<FundSummary>[];
  readonly terms: readonly TermValue[];
};

@Resolver()
export class VenuesResolver {
  readonly #live: LiveBook;

  constructor(@Inject(LiveBook) live: LiveBook) {
    this.#live = live;
  }

  @Query('venues')
  async venues(@Args('block') block: number | null | undefined): Promise<AtHead<VenueAnswer>> {
    const { book, head } = await this.#live.at(block);
    const shown = withAsset(assetFinder(book.assets));
    const nodes = venueSummaries(book).map((venue, row) => ({
      ...venue,
      funds: venue.funds.map(shown),
      terms: venueTerms(book, row as VenueRow),
    }));
    return { head, bookHash: book.hash, nodes };
  }

  @Query('exposures')
  async exposures(@Args('block') block: number | null | undefined): Promise<ExposuresAnswer> {
    const { book, head } = await this.#live.at(block);
    const find = assetFinder(book.assets);
    const { assets, venues } = exposures(book);
    return {
      assets: assets.map((asset) => ({
        ...withAsset(find)(asset),
        tiedTo: asset.tiedTo && find(asset.tiedTo.asset),
      })),
      venues: venues.map(({ venue, cells }) => ({ venue, cells: cells.map(withAsset(find)) })),
      ...{ head, bookHash: book.hash, coverage: book.coverage },
    };
  }

  @Query('account')
  async account(
    @Args('owner') owner: Address,
    @Args('block') block: number | null | undefined,
  ): Promise<Owner & { readonly head: Head; readonly bookHash: string }> {
    return this.#live.look(
      ({ book, head, ledger }) => ({ ...ownerOf(book, owner, ledger), head, bookHash: book.hash }),
      block,
    );
  }
}
