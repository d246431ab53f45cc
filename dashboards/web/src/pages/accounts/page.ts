import type { Page } from '../../frame/page.ts';
import { lookedUp } from '../../sections/account/asked.ts';
import { accountSection } from '../../sections/account/section.ts';
import { accountsSection } from '../../sections/accounts/section.ts';
import { liquidationsSection } from '../../sections/liquidations/section.ts';

/** Who is near the line; or one address over all venues. */
export const page: Page = {
  title: () => 'Accounts',
  sections: [accountSection, accountsSection, liquidationsSection],
  layout: (show, state) => [
    // What somebody asked for by its address comes before what everybody is shown.
    lookedUp(state) !== undefined && show(accountSection),
    show(accountsSection),
    show(liquidationsSection),
  ],
};
