import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { accountPage, type AccountPage, type AccountsAsked } from '../account-page.ts';
import { openPage } from '../connection/open-page.ts';
import { pageLength } from '../connection/page-length.ts';
import { LiveBook } from '../live-book.ts';

@Resolver()
export class AccountsResolver {
  readonly #live: LiveBook;

  constructor(@Inject(LiveBook) live: LiveBook) {
    this.#live = live;
  }

  @Query('accounts')
  async accounts(@Args() asked: AccountsAsked): Promise<AccountPage> {
    pageLength(asked);
    const { where, orderBy } = asked;
    const question = { of: 'accounts', where, orderBy: orderBy ?? 'health' } as const;
    const { head, ...places } = await openPage(this.#live, question, asked);
    return accountPage(await this.#live.at(head.block), asked, places);
  }
}
