import { count, usd } from '../../format/number.ts';
import { minute } from '../../format/time.ts';
import { venueName } from '../../format/venue.ts';
import { answerOf } from '../../frame/asked.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { table, type Column } from '../../frame/table.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { adviceAddress } from '../advice-form/address.ts';
import { advices as asked } from './asked.ts';
import type { ListedAdvice } from './load.ts';
import { boundWords, kindName, valueText, VERDICT_WORDS } from './words.ts';

/** The newest advice of each parameter, with the way to what it rests on. */
export function advicesPanel(state: State): Markup {
  return section({
    id: 'advices',
    title: 'Newest advices',
    loaded: answerOf(state, asked),
    now: state.now,
    body: (value) => (value.length === 0 ? none() : list(state, value)),
  });
}

function none(): Piece {
  return [
    element(
      'p',
      { class: 'waiting', key: 'none' },
      'No advice is kept yet. Press Advise in the form of this page, or let the server advise by itself at times: UNDERTOW_ADVISE_SECONDS=86400 is once a day.',
    ),
    element(
      'p',
      { class: 'source', key: 'prices' },
      'Scenarios are drawn from stored prices. Where none are stored an advice says so and has no number: type volatilities into the form, or watch a market of an exchange.',
    ),
  ];
}

function list(state: State, listed: readonly ListedAdvice[]): Piece {
  return table(
    listed,
    {
      id: 'advices',
      caption: 'The newest advice of each parameter',
      columns: [...placeColumns(state), ...valueColumns, ...evidenceColumns, missingColumn, madeColumn],
      keyOf: ({ parameter: { kind, venue, market } }) => `${kind} ${venue} ${market}`,
    },
    state,
  );
}

const placeColumns = (state: State): readonly Column<ListedAdvice>[] => [
  {
    name: 'Parameter',
    value: ({ parameter }) => kindName(parameter.kind),
    cell: ({ parameter }) =>
      element(
        'a',
        { href: adviceAddress(state, parameter) },
        `${kindName(parameter.kind)} of ${parameter.market === '' ? 'the venue' : parameter.label}`,
      ),
    also: [{ name: 'Kind', value: ({ parameter }) => parameter.kind }],
  },
  {
    name: 'Market',
    value: ({ parameter }) => (parameter.market === '' ? 'whole venue' : parameter.label),
    also: [{ name: 'Market id', value: ({ parameter }) => parameter.market }],
  },
  {
    name: 'Venue',
    value: ({ parameter }) => venueName(parameter.venue),
    also: [{ name: 'Venue id', value: ({ parameter }) => parameter.venue }],
  },
];

const valueColumns: readonly Column<ListedAdvice>[] = [
  {
    ...{ name: 'Now', unit: 'count' },
    title: 'The present value',
    value: ({ current }) => current?.value,
    cell: ({ current }) => valueText(current),
    also: [{ name: 'Counted in', value: ({ current, advised }) => (advised ?? current)?.unit }],
  },
  {
    ...{ name: 'Advised', unit: 'count' },
    value: ({ advised }) => advised?.value,
    cell: ({ advised }) => valueText(advised),
  },
  { name: 'Verdict', value: ({ verdict }) => VERDICT_WORDS[verdict] },
  { name: 'Bound by', title: 'What sets the advised value', value: ({ boundBy }) => boundWords(boundBy) },
];

const evidenceColumns: readonly Column<ListedAdvice>[] = [
  {
    ...{ name: 'ES before', unit: 'USD' },
    title: 'Expected shortfall under the present terms',
    value: ({ evidence }) => evidence?.before.expectedShortfallUsd,
  },
  {
    ...{ name: 'ES after', unit: 'USD' },
    title: 'Expected shortfall under the advised value',
    value: ({ evidence }) => evidence?.after?.expectedShortfallUsd,
    cell: ({ evidence }) => {
      const after = evidence?.after;
      return after ? `${after.isLowerBound ? 'at least ' : ''}${usd(after.expectedShortfallUsd)}` : '–';
    },
    also: [{ name: 'ES after is at least', value: ({ evidence }) => isAtLeast(evidence?.after) }],
  },
  {
    ...{ name: 'Made due', unit: 'count' },
    title: 'Accounts that the change alone would let be liquidated at once',
    value: ({ evidence }) => evidence?.madeDue?.accounts,
  },
];

const isAtLeast = (after: { readonly isLowerBound: boolean } | null | undefined) =>
  after ? (after.isLowerBound ? 'yes' : 'no') : undefined;

const missingColumn: Column<ListedAdvice> = {
  name: 'Missing',
  value: ({ missing }) => (missing.length === 0 ? 'nothing' : missing.map(({ name }) => name).join(', ')),
  also: [{ name: 'Why missing', value: ({ missing }) => missing.map(({ why }) => why).join('; ') }],
};

const madeColumn: Column<ListedAdvice> = {
  ...{ name: 'Made', unit: 'time' },
  title: 'When its run was over, UTC',
  value: ({ endedAt }) => endedAt,
  cell: ({ endedAt, block }) => element('span', { title: `block ${count(block)}` }, `${minute(endedAt)} UTC`),
  also: [
    { name: 'Block', unit: 'count', value: ({ block }) => block },
    { name: 'Run', value: ({ run }) => run },
  ],
};
