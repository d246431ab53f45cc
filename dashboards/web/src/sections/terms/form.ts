import { amount, price } from '../../format/number.ts';
import { venueName } from '../../format/venue.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import type { Market } from '../markets/load.ts';
import { answerOf } from '../../frame/asked.ts';
import { explorerLink } from '../../frame/explorer.ts';
import { boxed, marked, whyNotTaken, type Rejected } from '../../frame/rejected.ts';
import type { State } from '../../frame/state.ts';
import { exposures } from '../exposure/asked.ts';
import { markets } from '../markets/asked.ts';
import { venues } from '../venues/asked.ts';
import type { Venue } from '../venues/load.ts';
import { newValue, readOracle, termField, typedValue, type TermField } from './overrides.ts';

/** What can be chosen to be changed: one market, or (with an empty id) the venue as a whole. */
export const marketKey = (venue: string, id: string): string => `${venue} ${id}`;

/** Changing a market's terms: what if they were others. */
export function termsForm(state: State): Markup {
  const { overrides } = state;
  const list = answerOf(state, markets).value ?? [];
  return element(
    'details',
    { key: 'terms', id: 'terms' },
    element('summary', {}, `Change terms: what if?${overrides.length > 0 ? ` (${overrides.length})` : ''}`),
    note(
      'what',
      'Another threshold, bonus, close factor or way to price: the cascade is shown before and after, and whom the change alone makes liquidatable.',
    ),
    termChips(overrides),
    list.length > 0 && choice(list, answerOf(state, venues).value ?? [], state.editedMarket),
    termFields(state, state.editedMarket),
    typedOverride(state.rejected),
    whyNotTaken(state.rejected, 'override'),
  );
}

const note = (key: string, words: string) => element('p', { class: 'source', key }, words);

/** The changed terms, each to be left as it is by a click. */
export function termChips(overrides: readonly string[]): Piece {
  return (
    overrides.length > 0 &&
    element(
      'ul',
      { class: 'chips', key: 'chips', 'aria-label': 'Changed terms' },
      overrides.map((override) =>
        element(
          'li',
          { key: override },
          element('span', {}, override),
          element(
            'button',
            {
              ...{ type: 'button', 'data-act': 'remove-override', 'data-override': override },
              'aria-label': `Leave as it is: ${override}`,
            },
            '×',
          ),
        ),
      ),
    )
  );
}

function choice(markets: readonly Market[], venues: readonly Venue[], edited: string | undefined): Markup {
  const byVenue = Map.groupBy(markets, ({ venue }) => venue);
  return element(
    'select',
    {
      'data-act': 'edit-market',
      'aria-label': 'Market whose terms to change',
      value: edited ?? '',
      key: 'choice',
    },
    element('option', { value: '', key: '' }, 'Choose a market…'),
    venues.flatMap(({ id, terms }) => {
      const own = (byVenue.get(id) ?? []).filter((market) => market.terms.length > 0);
      if (own.length === 0 && terms.length === 0) return [];
      return element(
        'optgroup',
        { label: venueName(id), key: id },
        terms.length > 0 &&
          element('option', { value: marketKey(id, ''), key: '' }, `all of ${venueName(id)}`),
        own.map((market) =>
          element(
            'option',
            { value: marketKey(id, market.id), key: market.id },
            `${market.label} – ${venueName(id)}`,
          ),
        ),
      );
    }),
  );
}

/** The terms of a market, or of a venue as a whole, by `marketKey`, with their present values, to be typed over. */
export function termFields(state: State, editedMarket: string | undefined): Piece {
  const { overrides, rejected } = state;
  const venue = answerOf(state, venues).value?.find(({ id }) => marketKey(id, '') === editedMarket);
  if (venue)
    return rows(
      venue.terms.map((term) => ({ ...term, key: `${venue.id} ${term.field}` })),
      { overrides, rejected },
    );
  const market = answerOf(state, markets).value?.find(
    ({ venue: of, id }) => marketKey(of, id) === editedMarket,
  );
  if (!market) return undefined;
  const priceOf = (asset: string) =>
    answerOf(state, exposures).value?.assets.find((one) => one.asset.address === asset)?.priceUsd ?? 1;
  return [
    rows(
      market.terms.map((term) => ({ ...term, key: `${market.venue} ${market.name} ${term.field}` })),
      { overrides, rejected },
    ),
    market.collateral.map((asset) =>
      oracleRow({ venue: market.venue, asset, presentUsd: priceOf(asset.address) }, state),
    ),
    market.collateral.map(({ symbol }) => depthRow(symbol, { overrides, rejected })),
  ];
}

interface Row {
  readonly key: string;
  readonly field: string;
  readonly value: number | null;
}

/** What changes how a row is shown. */
type Typed = Pick<State, 'overrides' | 'rejected'>;

const rows = (terms: readonly Row[], { overrides, rejected }: Typed): Piece =>
  terms.map(({ key, field, value }) => {
    const shown = termField(field);
    const changed = newValue(overrides, key);
    const number = changed === undefined ? value : Number(changed);
    return element(
      'label',
      { class: changed === undefined ? 'term' : 'term changed', key },
      element('span', {}, shown.words),
      element('input', {
        ...{ type: 'number', step: 'any', min: 0, 'data-act': 'term', 'data-term': key, 'data-field': field },
        placeholder: value === null ? 'none' : undefined,
        'data-present': value === null ? '' : typedValue(value, shown),
        ...boxed(rejected, `term ${key}`, number === null ? '' : typedValue(number, shown)),
      }),
      element('span', { class: 'unit' }, shown.unit === 'percent' ? '%' : ''),
      element(
        'small',
        {},
        changed === undefined
          ? shown.isQuiet
            ? 'limits new borrowing only'
            : ''
          : `now ${nowWords(value, shown)}`,
      ),
      whyNotTaken(rejected, `term ${key}`),
    );
  });

function nowWords(value: number | null, shown: TermField): string {
  if (value === null) return 'none, or not the same for all';
  return shown.unit === 'percent' ? `${typedValue(value, shown)}\u202f%` : amount(value);
}

const FORMS: readonly (readonly [string, string])[] = [
  ['', 'as it is'],
  ['market', 'where its own market stands'],
  ['rate', 'by the rate it is redeemed at'],
  ['constant', 'at a constant'],
  ['cap', 'as it is, but at most'],
];

function oracleRow(
  {
    venue,
    asset: { address, symbol },
    presentUsd,
  }: {
    readonly venue: string;
    readonly asset: Market['collateral'][number];
    readonly presentUsd: number;
  },
  { overrides, rejected, explorer }: Typed & Pick<State, 'explorer'>,
): Markup {
  const term = `${venue} ${symbol} oracle`;
  const { form, priceUsd } = readOracle(newValue(overrides, term));
  const common = { 'data-act': 'term-oracle', 'data-term': term, 'data-present': presentUsd };
  const hasPrice = form === 'cap' || form === 'constant';
  return element(
    'div',
    { class: form === '' ? 'term' : 'term changed', key: term },
    element('span', {}, `Price of ${symbol}`, explorerLink({ explorer }, 'address', address)),
    element(
      'select',
      { ...common, 'aria-label': `How ${symbol} is priced`, value: form },
      FORMS.map(([id, words]) => element('option', { value: id, key: id }, words)),
    ),
    hasPrice &&
      element('input', {
        ...{ ...common, type: 'number', step: 'any', min: 0, 'data-form': form },
        'aria-label': `Price of ${symbol} in USD`,
        ...boxed(rejected, `price ${term}`, priceUsd ?? presentUsd),
      }),
    element('small', {}, hasPrice ? `USD, now ${price(presentUsd)}` : ''),
    whyNotTaken(rejected, `price ${term}`),
  );
}

function depthRow(symbol: string, { overrides, rejected }: Typed): Markup {
  const term = `${symbol} depth`;
  const changed = newValue(overrides, term);
  return element(
    'label',
    { class: changed === undefined ? 'term' : 'term changed', key: term },
    element('span', {}, `Depth of ${symbol} ×`),
    element('input', {
      ...{
        type: 'number',
        step: 'any',
        min: 0,
        'data-act': 'term',
        'data-term': term,
        'data-field': 'depth',
        'data-present': 1,
      },
      ...boxed(rejected, `term ${term}`, changed ?? 1),
    }),
    element('span', { class: 'unit' }),
    element('small', {}, changed === undefined ? '' : 'now 1'),
    whyNotTaken(rejected, `term ${term}`),
  );
}

/** Any change, as the command line takes it. */
function typedOverride(rejected: Rejected | undefined): Markup {
  return element(
    'form',
    { class: 'typed', 'data-act': 'type-override', key: 'typed' },
    element('input', {
      ...{ type: 'text', name: 'override', autocomplete: 'off', spellcheck: 'false' },
      ...{ placeholder: 'aave-v3@devnet WETH liquidationThreshold=0.80', 'aria-label': 'A change of terms' },
      ...marked(rejected, 'override'),
      title:
        '<venue> <market> liquidationThreshold=0.80, <venue> closeFactor=1, <venue> <asset> oracle=market (rate, constant(1), cap(1.04)), <asset> depth=0.5',
    }),
    element('button', { type: 'submit' }, 'Change'),
  );
}
