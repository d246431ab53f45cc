import { percentColumn, usd } from '../../format/number.ts';
import { venueName } from '../../format/venue.ts';
import { element, type Markup } from '../../markup/element.ts';
import { answerOf } from '../../frame/asked.ts';
import { placeLine } from '../../frame/at-block.ts';
import { link } from '../../frame/link.ts';
import { marketPath } from '../../frame/paths.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { markets } from './asked.ts';
import { venueIdOf } from '../venues/venue-of.ts';
import { marketsOfVenue } from './market-of.ts';
import { marketKey } from '../terms/form.ts';
import type { Market } from './load.ts';

/** Terms as a file has them: `liquidationThreshold=0.8 closeFactor=0.5`; what has no value is left out. */
const termsInWords = ({ terms }: Market): string =>
  terms.flatMap(({ field, value }) => (value === null ? [] : [`${field}=${value}`])).join(' ');

/** Where collateral and debt are. */
export function marketsPanel(state: State): Markup {
  const { now, pinned } = state;
  const loaded = answerOf(state, markets);
  return section({
    id: 'markets',
    title: 'Markets',
    loaded,
    now,
    body: () => {
      const list = marketsOfVenue(state);
      if (list.length === 0) return element('p', { class: 'waiting' }, 'No market is known here yet.');
      const allDebt = list.reduce((sum, { debtUsd }) => sum + debtUsd, 0);
      return [
        placeLine(loaded, pinned),
        table(
          list,
          {
            id: 'markets',
            caption: 'Collateral and debt of modelled accounts by market',
            columns: [
              {
                name: 'Market',
                value: ({ label }) => label,
                also: [
                  { name: 'Market id', value: ({ id }) => id },
                  { name: 'Venue id', value: ({ venue }) => venue },
                ],
                cell: ({ label, id, venue }) => [
                  link(state, marketPath(venue, id), { title: id }, label),
                  venueIdOf(state) === undefined && element('small', {}, venueName(venue)),
                ],
              },
              { name: 'Collateral', unit: 'USD', value: ({ collateralUsd }) => collateralUsd },
              {
                name: 'Debt',
                unit: 'USD',
                value: ({ debtUsd }) => debtUsd,
                title: 'And its share of the debt of all markets',
                cell: ({ debtUsd }) => [
                  usd(debtUsd),
                  element('small', {}, percentColumn(allDebt > 0 ? debtUsd / allDebt : null)),
                ],
              },
              {
                name: 'Terms',
                value: termsInWords,
                cell: ({ venue, id, label, terms }) =>
                  terms.length > 0 &&
                  link(
                    state,
                    '/scenario#terms',
                    {
                      ...{ class: 'look-up', 'data-act': 'edit-market', 'data-market': marketKey(venue, id) },
                      'aria-label': `Change the terms of ${label}`,
                    },
                    'Change',
                  ),
              },
            ],
            keyOf: ({ venue, id }) => `${venue} ${id}`,
          },
          state,
        ),
      ];
    },
  });
}
