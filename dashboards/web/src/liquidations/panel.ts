import { amount, count } from '../format/number.ts';
import { venueName } from '../format/venue.ts';
import { element, type Markup } from '../markup/element.ts';
import { address } from '../page/address.ts';
import { moment } from '../page/moment.ts';
import { section } from '../page/section.ts';
import type { State } from '../page/state.ts';
import { table } from '../page/table.ts';

/** What really was liquidated, as the chain says. */
export function liquidationsPanel({ liquidations, now }: State): Markup {
  return section({
    id: 'liquidations',
    title: 'Liquidations seen on chain',
    loaded: liquidations,
    now,
    body: (seen) =>
      seen.length === 0
        ? element('p', { class: 'waiting' }, 'None so far.')
        : table(
            'Latest liquidations, newest first',
            [
              {
                name: 'When',
                cell: ({ time, block }) =>
                  element('span', { title: `Block ${count(block)}` }, moment(time, now)),
              },
              { name: 'Venue', cell: ({ venue }) => venueName(venue) },
              { name: 'Owner', cell: ({ owner }) => address(owner) },
              {
                name: 'Seized',
                isNumber: true,
                cell: ({ seized, collateral }) => `${amount(seized)} ${collateral}`,
              },
              { name: 'Repaid', isNumber: true, cell: ({ repaid, debt }) => `${amount(repaid)} ${debt}` },
            ],
            seen,
            ({ block, venue, owner, collateral, debt, seized }) =>
              `${block} ${venue} ${owner} ${collateral} ${debt} ${seized}`,
          ),
  });
}
