import { answerOf } from '../../frame/asked.ts';
import { placeLine } from '../../frame/at-block.ts';
import { explorerLink } from '../../frame/explorer.ts';
import { link } from '../../frame/link.ts';
import { assetPath, marketPath } from '../../frame/paths.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { unknownThing } from '../../frame/unknown.ts';
import { counted, percent, usd } from '../../format/number.ts';
import { venueName } from '../../format/venue.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { adviceAddress } from '../advice-form/address.ts';
import { markets } from '../markets/asked.ts';
import type { Market } from '../markets/load.ts';
import { marketOf, marketsOfVenue } from '../markets/market-of.ts';
import { marketKey, termChips, termFields } from '../terms/form.ts';
import { venueIdOf, venueOf } from '../venues/venue-of.ts';

/** One market of the venue in the path: what is in it. */
export function marketPanel(state: State): Markup {
  const loaded = answerOf(state, markets);
  return section({
    id: 'market',
    title: 'The market',
    loaded,
    now: state.now,
    body: () => {
      const market = marketOf(state);
      if (market) return [placeLine(loaded, state.pinned), figures(state, market)];
      const known = marketsOfVenue(state).map(({ venue, id, label }) =>
        link(state, marketPath(venue, id), { title: id }, label),
      );
      const where = venueName(venueIdOf(state) ?? '');
      return unknownThing(`market at ${where}`, state.at.parts['market'] ?? '', known);
    },
  });
}

function figures(state: State, { id, collateralUsd, debtUsd, collateral }: Market): Piece {
  const ofVenue = marketsOfVenue(state).reduce((sum, market) => sum + market.debtUsd, 0);
  const share = ofVenue > 0 && debtUsd > 0 ? `${percent(debtUsd / ofVenue)} of the venue’s` : undefined;
  return [
    element('p', { class: 'source', key: 'id' }, element('code', {}, id)),
    element(
      'dl',
      { class: 'figures', key: 'figures' },
      element('div', {}, element('dt', {}, 'Collateral on its terms'), element('dd', {}, usd(collateralUsd))),
      element(
        'div',
        {},
        element('dt', {}, 'Owed in it'),
        element('dd', {}, usd(debtUsd)),
        share !== undefined && element('dd', { class: 'note' }, share),
      ),
    ),
    collateral.length > 0 &&
      element(
        'p',
        { key: 'collateral' },
        'Collateral: ',
        collateral.map(({ address, symbol }, i) => [
          i > 0 && ', ',
          link(state, assetPath(symbol), { title: address }, symbol),
          explorerLink(state, 'address', address),
        ]),
        '.',
      ),
  ];
}

/** The terms of the market in the path, or of the venue as a whole, to be typed over as a what-if. */
export function placeTermsPanel(state: State): Markup | undefined {
  const venue = venueIdOf(state);
  const isMarket = state.at.parts['market'] !== undefined;
  const key = isMarket ? marketOf(state) : venueOf(state) && { venue: venue ?? '', id: '' };
  if (venue === undefined || !key) return undefined;
  const fields = termFields(state, marketKey(key.venue, key.id));
  const { overrides } = state;
  // A venue may have no terms but those of its markets.
  if (!isMarket && isEmpty(fields)) return undefined;
  return element(
    'section',
    {
      class: 'panel controls',
      id: 'place-terms',
      key: 'place-terms',
      'aria-labelledby': 'place-terms-title',
    },
    element(
      'div',
      { class: 'panel-head' },
      element(
        'h2',
        { id: 'place-terms-title', tabindex: -1 },
        isMarket ? 'Its terms' : 'Terms of all its markets',
      ),
    ),
    element(
      'p',
      { class: 'lead' },
      'Type others over them to see what that would change: nothing is changed on the chain.',
      isMarket && [
        ' What its threshold should be says ',
        element('a', { href: adviceAddress(state, adviceOf(key)), key: 'advice' }, 'the newest advice'),
        '.',
      ],
    ),
    isEmpty(fields) ? element('p', { class: 'waiting' }, 'No term of it can be changed here.') : fields,
    termChips(overrides),
    overrides.length > 0 &&
      element(
        'p',
        { class: 'actions', key: 'go' },
        link(
          state,
          '/scenario',
          { class: 'button primary' },
          `What ${counted(overrides.length, 'changed term')} would do`,
        ),
      ),
  );
}

const adviceOf = ({ venue, id }: Pick<Market, 'venue' | 'id'>) =>
  ({ kind: 'liquidationThreshold', venue, market: id }) as const;

const isEmpty = (piece: Piece): boolean =>
  piece === undefined || piece === false || (Array.isArray(piece) && piece.every(isEmpty));
