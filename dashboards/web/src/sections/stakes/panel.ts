import { count, usd } from '../../format/number.ts';
import { answerOf } from '../../frame/asked.ts';
import { sourceLine } from '../../frame/at-block.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { scenarioAddress } from '../../frame/carried.ts';
import { element, type Markup } from '../../markup/element.ts';
import { oracleStakes as asked } from './asked.ts';
import type { OracleStakes } from './load.ts';

/** What liquidators can take at the oracles' prices, and once these say what markets say. */
export function stakesPanel(state: State): Markup {
  const loaded = answerOf(state, asked);
  return section({
    id: 'stakes',
    title: 'If the prices landed now',
    loaded,
    now: state.now,
    lead: element(
      'p',
      { class: 'lead', key: 'lead' },
      'What liquidators that act only at a profit can take at the oracles’ prices as they are, and what they could take if every oracle said now what its asset trades at in pools and on the exchanges that are watched: sold in pools, after price impact and pool fees, without gas.',
    ),
    body: (value) => [
      element('p', { class: 'headline', key: 'headline' }, stakesInWords(value)),
      table(
        rowsOf(value),
        {
          id: 'stakes',
          caption: 'What can be taken',
          columns: [
            { name: 'Oracles', value: ({ name }) => name },
            { name: 'Accounts', unit: 'count', value: ({ accounts }) => accounts },
            { name: 'Rounds', unit: 'count', value: ({ rounds }) => rounds },
            { name: 'Seized', unit: 'USD', value: ({ liquidatedUsd }) => liquidatedUsd },
            {
              name: 'Profit',
              unit: 'USD',
              title: 'What the seized brings less what is repaid',
              value: ({ profitUsd }) => profitUsd,
            },
            {
              name: 'Loss left',
              unit: 'USD',
              title: 'Bad debt and shortfall at the end',
              value: ({ lossUsd }) => lossUsd,
            },
          ],
          keyOf: ({ name }) => name,
        },
        state,
      ),
      value.landed !== null &&
        element(
          'p',
          { class: 'presets', key: 'scenario' },
          element(
            'a',
            { href: scenarioAddress(state, { moves: [{ what: 'landed', move: 1 }] }) },
            'See that cascade in rounds, venues and accounts',
          ),
        ),
      sourceLine(value, { pinned: state.pinned, loaded }),
    ],
  });
}

type Row = OracleStakes['now'] & { readonly name: string };

const rowsOf = ({ now, landed }: OracleStakes): readonly Row[] => [
  { name: 'As they are', ...now },
  ...(landed === null ? [] : [{ name: 'At their markets', ...landed }]),
];

/** What is there to be taken, in a sentence. */
export function stakesInWords({ now, landed }: OracleStakes): string {
  const taken = ({ accounts, profitUsd }: OracleStakes['now']) =>
    accounts === 0
      ? 'nobody can be liquidated at a profit'
      : `${usd(profitUsd)} of profit is open on ${count(accounts)} ${accounts === 1 ? 'account' : 'accounts'}`;
  const first = `Now ${taken(now)}`;
  if (landed === null) return `${first}. Nothing has a market, so that no oracle could land.`;
  return `${first}; if the prices landed, ${taken(landed)}.`;
}
