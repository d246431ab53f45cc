import { element } from '../../markup/element.ts';
import type { Page } from '../../frame/page.ts';
import { accountsSection } from '../../sections/accounts/section.ts';
import { liquidationsSection } from '../../sections/liquidations/section.ts';

/** Who is near the line, and who was liquidated. */
export const page: Page = {
  title: () => 'Accounts',
  sections: [accountsSection, liquidationsSection],
  layout: (show) =>
    element('div', { class: 'columns', key: 'both' }, show(accountsSection), show(liquidationsSection)),
};
