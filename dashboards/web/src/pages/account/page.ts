import type { Page } from '../../frame/page.ts';
import { lookedUp } from '../../sections/account/asked.ts';
import { accountSection } from '../../sections/account/section.ts';
import { marginsSection } from '../../sections/margins/section.ts';
import { shortAddress } from '../../format/address.ts';
import { backTo } from '../back-to.ts';

/** One address over all venues. */
export const page: Page = {
  title: (state) => shortAddress(lookedUp(state) ?? state.at.parts['address'] ?? ''),
  lead: (state) => backTo(state, '/accounts', 'All accounts'),
  sections: [accountSection, marginsSection],
  layout: (show) => [show(accountSection), show(marginsSection)],
};
