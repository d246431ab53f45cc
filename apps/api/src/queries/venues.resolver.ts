import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import {
  exposures,
  venueSummaries,
  venueTerms,
  type Coverage,
  type Exposures,
  type TermValue,
  type VenueRow,
  type VenueSummary,
} from '@undertow/book';
import { checkAddress } from '../input.ts';
import { LiveBook } from '../live-book.ts';
import type { Head } from '../shown.ts';
import { ownerOf, type Owner } from '../owner.ts';

type ExposuresAnswer = Exposures & {
  readonly head: Head;
  readonly bookHash: string;
  readonly coverage: Coverage;
};

type VenueAnswer = VenueSummary & { readonly terms: readonly TermValue[] };

@Resolver()
export class VenuesResolver {
  readonly #live: LiveBook;

  constructor(@Inject(LiveBook) live: LiveBook) {
    this.#live = live;
  }

  @Query('venues')
  async venues(@Args('block') block: number | null | undefined): Promise<readonly VenueAnswer[]> {
    const { book } = await this.#live.at(block);
    return venueSummaries(book).map((venue, row) => ({
      ...venue,
      terms: venueTerms(book, row as VenueRow),
    }));
  }

  @Query('exposures')
  async exposures(@Args('block') block: number | null | undefined): Promise<ExposuresAnswer> {
    const { book, head } = await this.#live.at(block);
    return { ...exposures(book), head, bookHash: book.hash, coverage: book.coverage };
  }

  @Query('account')
  async account(
    @Args('owner') owner: string,
    @Args('block') block: number | null | undefined,
  ): Promise<Owner & { readonly head: Head }> {
    const address = checkAddress(owner);
    return this.#live.look(({ book, head, ledger }) => ({ ...ownerOf(book, address, ledger), head }), block);
  }
}
