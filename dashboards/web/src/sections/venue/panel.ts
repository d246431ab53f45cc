import { answerOf } from '../../frame/asked.ts';
import { placeLine } from '../../frame/at-block.ts';
import { link } from '../../frame/link.ts';
import { venuePath } from '../../frame/paths.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { unknownThing } from '../../frame/unknown.ts';
import { count, share, usd } from '../../format/number.ts';
import { venueName } from '../../format/venue.ts';
import { inWords } from '../../format/words.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { assetColumn } from '../exposure/asset-column.ts';
import { gapLists } from '../status/gap-lists.ts';
import { venues } from '../venues/asked.ts';
import { fundsOf } from '../venues/funds.ts';
import type { Venue } from '../venues/load.ts';
import { venueIdOf, venueOf } from '../venues/venue-of.ts';

/** One venue: how it liquidates, what its accounts have, what its funds hold, what is left out. */
export function venuePanel(state: State): Markup {
  const loaded = answerOf(state, venues);
  return section({
    id: 'venue',
    title: 'The venue',
    loaded,
    now: state.now,
    body: (all) => {
      const venue = venueOf(state);
      if (venue) return [placeLine(loaded, state.pinned), body(state, venue)];
      const known = all.map(({ id }) => link(state, venuePath(id), { title: id }, venueName(id)));
      return unknownThing('venue', venueIdOf(state) ?? '', known);
    },
  });
}

function body(state: State, venue: Venue): Piece {
  const { id, mechanism, version, accounts, due, collateralUsd, largestCollateralUsd, debtUsd } = venue;
  const { leftOut, gaps } = venue;
  const figures: [string, string, string | undefined][] = [
    ['Accounts with debt', count(accounts), leftOut > 0 ? `${count(leftOut)} more are left out` : undefined],
    ['Due now', count(due), due > 0 ? 'health factor below 1' : 'nobody'],
    [
      'Collateral',
      usd(collateralUsd),
      collateralUsd > 0 ? `${share(largestCollateralUsd / collateralUsd)} of it of one account` : undefined,
    ],
    ['Owed', usd(debtUsd), undefined],
  ];
  return [
    element(
      'p',
      { class: 'source', key: 'id' },
      `${id}: ${inWords(mechanism).toLowerCase()}, release ${version}.`,
    ),
    element(
      'dl',
      { class: 'figures', key: 'figures' },
      figures.map(([name, value, note]) =>
        element(
          'div',
          { key: name },
          element('dt', {}, name),
          element('dd', {}, value),
          note !== undefined && element('dd', { class: 'note' }, note),
        ),
      ),
    ),
    fundTable(state, venue),
    gaps.length === 0
      ? element('p', { class: 'source', key: 'gaps' }, 'Nothing of this venue is known to be left out.')
      : element('div', { key: 'gaps' }, gapLists(gaps)),
  ];
}

function fundTable(state: State, venue: Venue): Piece {
  const funds = fundsOf(venue);
  if (funds.length === 0)
    return element(
      'p',
      { class: 'source', key: 'funds' },
      'No shared fund of it holds anything: losses fall on lenders.',
    );
  return table(
    funds,
    {
      id: 'venue-funds',
      caption: 'What its funds hold for losses',
      columns: [
        { name: 'Fund', value: ({ kind }) => inWords(kind) },
        assetColumn(),
        { name: 'Units', unit: 'units', value: ({ amount }) => amount },
        { name: 'Worth', unit: 'USD', value: ({ valueUsd }) => valueUsd },
      ],
      keyOf: ({ kind, asset }) => `${kind} ${asset.address}`,
    },
    state,
  );
}
