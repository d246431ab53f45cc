import { answerOf } from '../../frame/asked.ts';
import { sourceLine } from '../../frame/at-block.ts';
import { scenarioAddress } from '../../frame/carried.ts';
import { explorerLink } from '../../frame/explorer.ts';
import { link } from '../../frame/link.ts';
import { assetPath, venuePath } from '../../frame/paths.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { unknownThing } from '../../frame/unknown.ts';
import { price, usd } from '../../format/number.ts';
import { venueName } from '../../format/venue.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { exposures as asked } from '../exposure/asked.ts';
import { assetOf } from '../exposure/asset-of.ts';
import type { ExposureAsset, Exposures } from '../exposure/load.ts';

/** One asset over all venues: what it hangs on, what hangs on it, who holds and owes how much of it. */
export function assetPanel(state: State): Markup {
  const loaded = answerOf(state, asked);
  return section({
    id: 'asset',
    title: 'The asset',
    loaded,
    now: state.now,
    body: (value) => {
      const asset = assetOf(state);
      if (asset)
        return [
          body(state, asset, value),
          venueTable(state, asset, value),
          sourceLine(value, { pinned: state.pinned, loaded }),
        ];
      const known = value.assets.map(({ asset: { symbol, address } }) =>
        link(state, assetPath(symbol), { title: address }, symbol),
      );
      return unknownThing('asset', state.at.parts['symbol'] ?? '', known);
    },
  });
}

function body(state: State, asset: ExposureAsset, value: Exposures): Piece {
  const { priceUsd, isFixed, collateralUsd, debtUsd, netUsd } = asset;
  const figures: [string, string, string | undefined][] = [
    [
      'Price',
      price(priceUsd),
      isFixed ? 'taken as given: no oracle follows a market' : 'by the venues’ oracles',
    ],
    ['Held', usd(collateralUsd), 'collateral, longs, options bought'],
    ['Owed', usd(debtUsd), 'debt, shorts, options written'],
    [
      'Net',
      usd(netUsd),
      netUsd > 0 ? 'its holders lose when it falls' : 'those who owe it lose when it rises',
    ],
  ];
  const { address } = asset.asset;
  return [
    element(
      'p',
      { class: 'source', key: 'id' },
      element('code', {}, address),
      explorerLink(state, 'address', address),
    ),
    element(
      'dl',
      { class: 'figures', key: 'figures' },
      figures.map(([name, shown, note]) =>
        element(
          'div',
          { key: name },
          element('dt', {}, name),
          element('dd', {}, shown),
          note !== undefined && element('dd', { class: 'note' }, note),
        ),
      ),
    ),
    ties(state, asset, value),
    falls(state, asset),
  ];
}

/** What it hangs on, and what hangs on it. */
function ties(state: State, asset: ExposureAsset, { assets }: Exposures): Piece {
  const { tie, tiedTo, reference, asset: own } = asset;
  const named = ({ symbol, address }: ExposureAsset['asset']) =>
    link(state, assetPath(symbol), { title: address, key: symbol }, symbol);
  const tiedHere = assets.filter((one) => one.tiedTo?.address === own.address).map((one) => one.asset);
  const family = assets.filter((one) => one.reference === reference && one.asset.address !== own.address);
  const upwards =
    tie === 'none'
      ? [element('b', {}, own.symbol), ` stands for ${reference} itself.`]
      : [
          element('b', {}, own.symbol),
          ` is ${TIES[tie] ?? tie} `,
          tiedTo ? named(tiedTo) : reference,
          tiedTo !== null && `, of the family of ${reference}`,
          '.',
        ];
  return element(
    'ul',
    { class: 'plain', key: 'ties', id: 'asset-ties' },
    element('li', {}, upwards),
    element(
      'li',
      {},
      tiedHere.length === 0
        ? 'Nothing that accounts hold or owe hangs on it.'
        : ['On it hangs ', listed(tiedHere.map(named)), '.'],
    ),
    family.length > 0 &&
      element(
        'li',
        {},
        `A move of ${reference} moves it along with `,
        listed(family.map((one) => named(one.asset))),
        '.',
      ),
  );
}

const TIES: Readonly<Record<string, string>> = {
  wrapped: 'exchanged one to one at once for',
  redeemable: 'redeemed at a ratio for',
  pegged: 'held by arbitrage alone at',
};

const listed = (pieces: readonly Piece[]): Piece => pieces.map((piece, i) => [i > 0 && ', ', piece]);

/** Falls of it as scenarios, each a link. */
function falls(state: State, { asset: { symbol }, reference, tie }: ExposureAsset): Piece {
  const to = (what: string, move: number, name: string) =>
    element('a', { key: name, href: scenarioAddress(state, { moves: [{ what, move }] }) }, name);
  const own = tie === 'none' ? reference : symbol;
  return element(
    'div',
    { class: 'presets', key: 'falls', role: 'group', 'aria-label': `What a fall of ${symbol} would do` },
    element('span', { class: 'source' }, 'What if:'),
    [-0.1, -0.2, -0.3].map((move) => to(own, move, `${own} −${Math.round(-move * 100)} %`)),
    tie !== 'none' && reference !== 'USD' && to(reference, -0.2, `${reference} −20 %`),
    to(`oracle:${symbol}`, -0.1, `its oracles alone −10 %`),
  );
}

function venueTable(
  state: State,
  { asset: { address }, collateralUsd }: ExposureAsset,
  value: Exposures,
): Piece {
  const at = value.assets.findIndex((one) => one.asset.address === address);
  const rows = value.venues
    .flatMap(({ venue, cells }) => {
      const cell = cells[at];
      return cell && (cell.collateralUsd !== 0 || cell.debtUsd !== 0) ? [{ venue, ...cell }] : [];
    })
    .sort((a, b) => b.collateralUsd + b.debtUsd - (a.collateralUsd + a.debtUsd));
  if (rows.length === 0)
    return element('p', { class: 'waiting', key: 'none' }, 'No account with debt holds or owes it.');
  return table(
    rows,
    {
      id: 'asset-venues',
      caption: 'Where it is held and owed',
      columns: [
        {
          name: 'Venue',
          value: ({ venue }) => venueName(venue),
          cell: ({ venue }) => link(state, venuePath(venue), { title: venue }, venueName(venue)),
          also: [{ name: 'Venue id', value: ({ venue }) => venue }],
        },
        { name: 'Held', unit: 'USD', value: (row) => row.collateralUsd },
        {
          name: 'Share',
          title: 'Of all that is held of it',
          unit: 'ratio',
          value: (row) => (collateralUsd > 0 ? row.collateralUsd / collateralUsd : null),
        },
        { name: 'Owed', unit: 'USD', value: ({ debtUsd }) => debtUsd },
        { name: 'Net', unit: 'USD', value: ({ netUsd }) => netUsd },
      ],
      keyOf: ({ venue }) => venue,
    },
    state,
  );
}
