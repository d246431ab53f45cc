import { counted, percent, usd, usdExact } from '../../format/number.ts';
import { minute } from '../../format/time.ts';
import { address } from '../../frame/address.ts';
import { answerOf } from '../../frame/asked.ts';
import { sourceLine } from '../../frame/at-block.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { assetColumn } from '../exposure/asset-column.ts';
import { venueColumn } from '../venues/column.ts';
import { capUpdate as asked } from './asked.ts';
import { capUpdateForm } from './form.ts';
import type { CapUpdate } from './load.ts';

/** What an update of a cap would do before it lands. */
export function capUpdatePanel(state: State): Markup {
  const isAsked = state.capUpdate !== undefined;
  const loaded = answerOf(state, asked);
  return section({
    id: 'cap-update',
    title: 'Before an update of a cap lands',
    loaded: isAsked ? loaded : { ...loaded, value: undefined, problem: undefined, isOpening: false },
    now: state.now,
    lead: [
      element(
        'p',
        { class: 'lead', key: 'lead' },
        'A cap on a rate grows from a rate that the token had at a time. An update names both anew; where limits hold the rate back and not the time, the cap may be too low at once. No fact holds an update that waits: say what is about to be set.',
      ),
      capUpdateForm(state),
    ],
    waiting: isAsked ? 'Loading…' : 'Nothing is asked yet.',
    body: (value) => body(state, value),
  });
}

function body(state: State, value: CapUpdate): Piece {
  const { prices, madeDue, madeDueAccounts } = value;
  return [
    element('p', { class: 'headline', key: 'headline' }, headline(value)),
    element('p', { key: 'room' }, roomWords(value)),
    prices.length > 0 &&
      table(
        prices,
        {
          id: 'cap-prices',
          caption: 'Prices that it would change',
          columns: [
            assetColumn<CapUpdate['prices'][number]>(),
            {
              name: 'Now',
              unit: 'USD',
              value: ({ beforeUsd }) => beforeUsd,
              cell: ({ beforeUsd }) => usdExact(beforeUsd),
            },
            {
              name: 'After',
              unit: 'USD',
              value: ({ afterUsd }) => afterUsd,
              cell: ({ afterUsd }) => usdExact(afterUsd),
            },
            {
              name: 'Change',
              unit: 'move',
              value: ({ beforeUsd, afterUsd }) => afterUsd / beforeUsd - 1,
              cell: ({ beforeUsd, afterUsd }) => percent(afterUsd / beforeUsd - 1, 2),
              also: [{ name: 'Oracle id', value: ({ id }) => id }],
            },
          ],
          keyOf: ({ id, asset }) => `${id} ${asset.address}`,
        },
        state,
      ),
    madeDue.length > 0 &&
      table(
        madeDue,
        {
          id: 'cap-made-due',
          caption:
            madeDue.length < madeDueAccounts
              ? `${counted(madeDue.length, 'account')} of ${madeDueAccounts} that it alone would make liquidatable, largest debt first`
              : 'Accounts that it alone would make liquidatable, largest debt first',
          columns: [
            { name: 'Owner', value: ({ owner }) => owner, cell: ({ owner }) => address(owner, state) },
            venueColumn(),
            { name: 'Debt', unit: 'USD', value: ({ debtUsd }) => debtUsd },
            { name: 'Health now', unit: 'health', value: ({ healthBefore }) => healthBefore },
            { name: 'Health after', unit: 'health', value: ({ healthAfter }) => healthAfter },
          ],
          keyOf: ({ venue, market, owner }) => `${venue} ${market} ${owner}`,
        },
        state,
      ),
    sourceLine(value, { pinned: state.pinned, loaded: answerOf(state, asked) }),
  ];
}

function headline({ madeDueAccounts, madeDueUsd, prices }: CapUpdate): string {
  if (madeDueAccounts > 0)
    return `The update alone would make ${counted(madeDueAccounts, 'account')} with ${usd(madeDueUsd)} of debt liquidatable.`;
  return prices.length === 0
    ? 'The update would change no price.'
    : 'The update would change prices, and make nobody liquidatable.';
}

/** Where the cap stands before and after, and from which time on it would bind. */
function roomWords(value: CapUpdate): string {
  const { label, rate, ratio, isHeldBack, headroomBefore, headroomAfter, latestSince } = value;
  const room = (left: number | null) =>
    left === null ? 'not known' : left <= 0 ? `${percent(-left, 2)} too low` : percent(left, 2);
  const of = (units: number) => String(Number(units.toPrecision(8)));
  return [
    `${label}: the token is redeemed for ${of(rate)}, the cap would grow from ${of(ratio)}${isHeldBack ? ', held back from what was asked' : ''}.`,
    `Room below the cap: ${room(headroomBefore)} now, ${room(headroomAfter)} after.`,
    ...(latestSince === null
      ? []
      : [`With that rate it could name ${minute(latestSince)} UTC at the latest without binding.`]),
  ].join(' ');
}
