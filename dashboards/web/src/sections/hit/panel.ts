import { address } from '../../frame/address.ts';
import { answerOf } from '../../frame/asked.ts';
import { sourceLine } from '../../frame/at-block.ts';
import { link } from '../../frame/link.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { count, counted, usd } from '../../format/number.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { scenarioInWords } from '../../scenario/words.ts';
import { cascade as asked } from '../cascade/asked.ts';
import type { Cascade } from '../cascade/load.ts';
import { venueColumn } from '../venues/column.ts';
import { cascadeBelow } from '../cascade/shown.ts';

/** Whom the scenario liquidates, or leaves due: who that is, where, and how much. */
export function hitPanel(state: State): Markup {
  const { now, moves } = state;
  return section({
    id: 'hit',
    title: 'Accounts hit',
    loaded: cascadeBelow(state),
    now,
    waiting: moves ? 'Loading…' : 'Choose a cell of the heatmap, or a scenario.',
    body: (value) => body(state, value),
  });
}

function body(state: State, cascade: Cascade): Piece {
  const { accounts, stuck, byAccount } = cascade;
  const what = scenarioInWords(cascade.scenario);
  const left = stuck.reduce((sum, { accounts: due }) => sum + due, 0);
  const shown =
    byAccount.length < accounts + left
      ? ` Shown are the ${count(byAccount.length)} of whom most is liquidated, or left due.`
      : '';
  return [
    element(
      'p',
      { key: 'headline', class: 'headline' },
      `${what}: ${accounts === 0 ? 'nobody is' : `${counted(accounts, 'account')} ${accounts === 1 ? 'is' : 'are'}`} liquidated, ${left === 0 ? 'none is' : `${count(left)} ${left === 1 ? 'is' : 'are'}`} left due.${shown}`,
    ),
    byAccount.length > 0 && accountTable(state, cascade, what),
    sourceLine(cascade, { pinned: state.pinned, loaded: answerOf(state, asked) }),
  ];
}

function accountTable(state: State, { byAccount }: Cascade, what: string): Markup {
  return table(
    byAccount,
    {
      id: 'cascade-accounts',
      caption: `Accounts hit, largest liquidated value first, ${what}`,
      columns: [
        {
          name: 'Owner',
          value: ({ owner }) => owner,
          cell: ({ owner }) => [address(owner, state), allVenues(state, owner)],
        },
        venueColumn(),
        {
          name: 'Round',
          unit: 'count',
          value: ({ firstRound }) => firstRound,
          title: 'The first round in which it is liquidated',
        },
        { name: 'Liquidated', unit: 'USD', value: ({ liquidatedUsd }) => liquidatedUsd },
        { name: 'Repaid', unit: 'USD', value: ({ repaidUsd }) => repaidUsd },
        { name: 'Loss', unit: 'USD', value: ({ lossUsd }) => lossUsd },
        {
          name: 'Stuck',
          unit: 'USD',
          value: ({ stuckUsd }) => stuckUsd,
          cell: ({ stuckUsd, stuckBecause }) =>
            element('span', { title: stuckBecause ?? undefined }, usd(stuckUsd)),
          also: [{ name: 'Stuck because', value: ({ stuckBecause }) => stuckBecause }],
        },
      ],
      keyOf: ({ venue, owner, market }) => `${venue} ${market} ${owner}`,
    },
    state,
  );
}

const allVenues = (state: State, owner: string): Markup =>
  link(
    state,
    `/accounts/${owner}`,
    { class: 'look-up', 'aria-label': `All venues of ${owner}` },
    'all venues',
  );
