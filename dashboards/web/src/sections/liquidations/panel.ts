import { amount, count } from '../../format/number.ts';
import { minute, utc } from '../../format/time.ts';
import { venueName } from '../../format/venue.ts';
import { element, type Markup } from '../../markup/element.ts';
import { address } from '../../frame/address.ts';
import { moment } from '../../frame/moment.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';

/** What really was liquidated, as the chain says. */
export function liquidationsPanel({ liquidations, now, pinned }: State): Markup {
  return section({
    id: 'liquidations',
    title: 'Liquidations seen on chain',
    loaded: liquidations,
    now,
    aside: pinned !== undefined && element('span', { class: 'source' }, 'live, whatever is pinned'),
    body: (seen) =>
      seen.length === 0
        ? element('p', { class: 'waiting' }, 'None so far.')
        : table(
            'Latest liquidations, newest first',
            [
              {
                name: 'Block',
                cell: ({ time, block }) => [
                  count(block),
                  element(
                    'small',
                    { title: utc(time) },
                    now - time < 86_400 ? moment(time, now) : minute(time),
                  ),
                ],
              },
              { name: 'Venue', cell: ({ venue }) => venueName(venue) },
              { name: 'Owner', cell: ({ owner }) => address(owner) },
              {
                name: 'Seized',
                isNumber: true,
                cell: ({ seized, collateral }) => `${amount(seized)} ${collateral.symbol}`,
              },
              {
                name: 'Repaid',
                isNumber: true,
                cell: ({ repaid, debt }) => `${amount(repaid)} ${debt.symbol}`,
              },
            ],
            seen,
            ({ block, venue, owner, collateral, debt, seized }) =>
              `${block} ${venue} ${owner} ${collateral.symbol} ${debt.symbol} ${seized}`,
          ),
  });
}
