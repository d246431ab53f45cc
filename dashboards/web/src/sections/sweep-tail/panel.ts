import { count, percent, share, usd } from '../../format/number.ts';
import { venueName } from '../../format/venue.ts';
import { address } from '../../frame/address.ts';
import { answerOf } from '../../frame/asked.ts';
import { link } from '../../frame/link.ts';
import { accountPath, venuePath } from '../../frame/paths.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { table, type Column } from '../../frame/table.ts';
import { term } from '../../glossary/term.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { sweep as sweepAsked } from '../sweep-run/asked.ts';
import { answeredSweep, waitingWords } from '../sweep-run/answered.ts';
import { sweepTail as asked, tailWanted } from './asked.ts';
import type { SweepTail } from './load.ts';

/** Who, where, and because of whom, in the worst scenarios. */
export function tailPanel(state: State): Markup {
  const sweep = answeredSweep(state);
  const loaded = answerOf(state, asked);
  const isAsked = tailWanted(state) !== undefined;
  const value = loaded.value && sweep.value && { ...sweep.value, tail: loaded.value };
  return section({
    id: 'sweep-tail',
    title: 'Behind the worst scenarios',
    loaded: isAsked ? { ...loaded, value } : { ...sweep, value: undefined },
    now: state.now,
    waiting: isAsked ? 'Running the worst scenarios again, for their whole stories…' : waitingWords(state),
    body: ({ tail }) => body(state, tail),
  });
}

function body(state: State, tail: SweepTail): Piece {
  const { level, scenarios, expectedShortfallUsd } = tail;
  const ofAll = answerOf(state, sweepAsked).value?.scenarios ?? 0;
  if (scenarios === 0)
    return element('p', { class: 'waiting' }, `Nobody loses anything in the worst ${percent(1 - level)}.`);
  return [
    element(
      'p',
      { class: 'lead', key: 'lead' },
      `${count(scenarios)} of ${count(ofAll)} scenarios are its worst ${percent(1 - level, 2)} and lose something: ${usd(expectedShortfallUsd)} on average, the `,
      term('expected shortfall', 'ES'),
      '.',
    ),
    accountsTable(state, tail),
    element(
      'p',
      { class: 'source', key: 'others' },
      `All other accounts: ${usd(tail.otherAccountsUsd)}. Together they are the ES.`,
    ),
    causesTable(state, tail),
    coverTable(state, tail),
  ];
}

/** A venue that leads to its page, with its id in files. */
const venueColumn = <Row extends { readonly venue: string }>(state: State): Column<Row> => ({
  name: 'Venue',
  value: ({ venue }) => venueName(venue),
  cell: ({ venue }) => link(state, venuePath(venue), { title: venue }, venueName(venue)),
  also: [{ name: 'Venue id', value: ({ venue }) => venue }],
});

const ownerCell = (state: State, owner: string): Piece => [
  address(owner, state),
  ' ',
  link(state, accountPath(owner), { class: 'look-up', 'aria-label': `All venues of ${owner}` }, '→'),
];

function accountsTable(state: State, { accounts, expectedShortfallUsd }: SweepTail): Markup {
  return table(
    accounts,
    {
      id: 'sweep-tail-accounts',
      caption: 'Accounts by their part of the ES, the largest first',
      columns: [
        { name: 'Owner', value: ({ owner }) => owner, cell: ({ owner }) => ownerCell(state, owner) },
        {
          ...venueColumn<SweepTail['accounts'][number]>(state),
          also: [
            { name: 'Venue id', value: ({ venue }) => venue },
            { name: 'Market id', value: ({ market }) => market },
          ],
        },
        { name: 'Part of ES', unit: 'USD', value: ({ contributionUsd }) => contributionUsd },
        {
          name: 'Share of ES',
          unit: 'ratio',
          value: ({ contributionUsd }) => contributionUsd / expectedShortfallUsd,
        },
      ],
      keyOf: ({ venue, market, owner }) => `${venue} ${market} ${owner}`,
    },
    state,
  );
}

type Cause = SweepTail['crossVenue']['causes'][number];

/** The shock itself, or the venue whose trades moved prices. */
const causeName = (cause: string): string => (cause === 'shock' ? 'the shock' : venueName(cause));

function causesTable(state: State, { crossVenue: { venues, causes } }: SweepTail): Piece {
  if (venues.length === 0)
    return element('p', { class: 'source', key: 'causes' }, 'Nobody is liquidated in them.');
  return [
    table(
      causes,
      {
        id: 'sweep-tail-causes',
        caption: 'What was liquidated at a venue (column), by whose trades caused it (row)',
        columns: [
          {
            name: 'Cause',
            value: ({ cause }) => causeName(cause),
            also: [{ name: 'Cause id', value: ({ cause }) => cause }],
          },
          ...venues.map(({ venue }, column): Column<Cause> => ({
            name: venueName(venue),
            unit: 'ratio',
            value: ({ shares }) => shares[column],
          })),
        ],
        keyOf: ({ cause }) => cause,
      },
      state,
    ),
    element(
      'p',
      { class: 'source', key: 'liquidated' },
      `A column adds up to ${share(1)}. Liquidated on average: ${venues.map(({ venue, liquidatedUsd }) => `${venueName(venue)} ${usd(liquidatedUsd)}`).join(', ')}.`,
    ),
  ];
}

function coverTable(state: State, { coverTwo }: SweepTail): Piece {
  if (coverTwo.length === 0)
    return element('p', { class: 'source', key: 'cover' }, 'No venue has a loss in them.');
  return [
    element(
      'p',
      { key: 'cover-lead' },
      term('cover-2', 'Cover-2'),
      ': whether the funds of a venue would bear the loss of the two owners who leave most.',
    ),
    table(
      coverTwo,
      {
        id: 'sweep-tail-cover',
        caption: 'The two owners who leave most, against the funds of the venue',
        columns: [
          venueColumn<SweepTail['coverTwo'][number]>(state),
          { name: 'Scenario', unit: 'count', value: ({ index }) => index },
          {
            name: 'Owners',
            value: ({ owners }) => owners.map(({ owner }) => owner).join(' '),
            cell: ({ owners }) => owners.map(({ owner }) => [ownerCell(state, owner), ' ']),
          },
          { name: 'Loss of the two', unit: 'USD', value: ({ lossUsd }) => lossUsd },
          { name: 'Funds', unit: 'USD', value: ({ fundUsd }) => fundUsd },
          { name: 'Covered', value: ({ isCovered }) => (isCovered ? 'yes' : 'no') },
        ],
        keyOf: ({ venue }) => venue,
      },
      state,
    ),
  ];
}
