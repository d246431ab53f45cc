import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { accountPage, type AccountPage, type AccountsAsked } from '../account-page.ts';
import { checkFirst } from '../input.ts';
import { openPage } from '../connection/open-page.ts';
import { LiveBook } from '../live-book.ts';

@Resolver()
export class AccountsResolver {
  readonly #live: LiveBook;

  constructor(@Inject(LiveBook) live: LiveBook) {
    this.#live = live;
  }

  @Query('accounts')
  async accounts(@Args() asked: AccountsAsked): Promise<AccountPage> {
    checkFirst(asked.first);
    const { where, orderBy } = asked;
    const question = { of: 'accounts', where, orderBy: orderBy ?? 'health' } as const;
    const { head, after } = await openPage(this.#live, question, asked);
    return accountPage(await this.#live.at(head.block), asked, after?.[0]);
  }
}
