import { amount, count, share, usd } from '../../format/number.ts';
import { inWords } from '../../format/words.ts';
import { venueName } from '../../format/venue.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { answerOf } from '../../frame/asked.ts';
import { placeLine } from '../../frame/at-block.ts';
import { link } from '../../frame/link.ts';
import { venuePath } from '../../frame/paths.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { gapLists } from '../status/gap-lists.ts';
import { venues } from './asked.ts';
import type { Venue } from './load.ts';

/** Every watched venue: how it liquidates, what its accounts have, what its funds hold, what is left out. */
export function venuesPanel(state: State): Markup {
  const { now, pinned } = state;
  const loaded = answerOf(state, venues);
  return section({
    id: 'venues',
    title: 'Venues',
    loaded,
    now,
    body: (list) =>
      list.length === 0
        ? element('p', { class: 'waiting' }, 'No venue is known yet.')
        : [
            placeLine(loaded, pinned),
            table(
              list,
              {
                id: 'venues',
                caption: 'Venues with the accounts that have debt',
                columns: [
                  {
                    name: 'Venue',
                    value: ({ id }) => venueName(id),
                    also: [
                      { name: 'Venue id', value: ({ id }) => id },
                      { name: 'Mechanism', value: ({ mechanism }) => mechanism },
                      { name: 'Release', value: ({ version }) => version },
                    ],
                    cell: ({ id, mechanism, version }) => [
                      link(state, venuePath(id), { title: id }, venueName(id)),
                      element('small', {}, `${inWords(mechanism)}, ${version}`),
                    ],
                  },
                  { name: 'Accounts', unit: 'count', value: ({ accounts }) => accounts },
                  {
                    name: 'Due',
                    unit: 'count',
                    value: ({ due }) => due,
                    title: 'Accounts whose health factor is below 1 now',
                  },
                  {
                    name: 'Collateral',
                    unit: 'USD',
                    value: ({ collateralUsd }) => collateralUsd,
                    also: [
                      {
                        name: 'Largest account',
                        unit: 'USD',
                        value: ({ largestCollateralUsd: most }) => most,
                      },
                    ],
                    cell: ({ collateralUsd, largestCollateralUsd: most }) => [
                      usd(collateralUsd),
                      most > collateralUsd / 2 &&
                        element('small', {}, `${share(most / collateralUsd)} of one account`),
                    ],
                  },
                  { name: 'Owed', unit: 'USD', value: ({ debtUsd }) => debtUsd },
                  { name: 'Funds', unit: 'USD', value: fundsUsd, cell: fundLines },
                ],
                keyOf: ({ id }) => id,
              },
              state,
            ),
            gapList(list),
          ],
  });
}

/** What its funds are worth together; none where it has none. */
const fundsUsd = ({ funds }: Venue): number | undefined =>
  funds.length === 0 ? undefined : funds.reduce((sum, { valueUsd }) => sum + (valueUsd ?? 0), 0);

/** Empty funds say nothing: a deficit of nothing least of all. */
function fundLines({ funds }: Venue): Piece {
  const filled = funds.filter(({ amount: units }) => units !== 0);
  return filled.length === 0 ? '–' : filled.map(fundLine);
}

function fundLine({ kind, asset, amount: units, valueUsd }: Venue['funds'][number]): Markup {
  return element(
    'span',
    { class: 'fund', title: `${amount(units)} ${asset.symbol}` },
    `${inWords(kind)} ${usd(valueUsd)}`,
  );
}

function gapList(venues: readonly Venue[]): Piece {
  const gaps = venues.flatMap(({ gaps: own }) => own);
  return (
    gaps.length > 0 &&
    element(
      'details',
      { key: 'gaps', id: 'venue-gaps' },
      element('summary', {}, `What is left out of the venues (${count(gaps.length)})`),
      gapLists(gaps),
    )
  );
}
