import { amount, count } from '../../format/number.ts';
import { minute, utc } from '../../format/time.ts';
import { element, type Markup } from '../../markup/element.ts';
import { address } from '../../frame/address.ts';
import { answerOf } from '../../frame/asked.ts';
import { explorerLink } from '../../frame/explorer.ts';
import { moment } from '../../frame/moment.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { liquidations } from './asked.ts';
import { venueColumn } from '../venues/column.ts';

/** What really was liquidated, as the chain says. */
export function liquidationsPanel(state: State): Markup {
  const { now, pinned } = state;
  return section({
    id: 'liquidations',
    title: 'Liquidations seen on chain',
    loaded: answerOf(state, liquidations),
    now,
    aside: pinned !== undefined && element('span', { class: 'source' }, 'live, whatever is pinned'),
    body: (seen) =>
      seen.length === 0
        ? element('p', { class: 'waiting' }, 'None so far.')
        : table(
            seen,
            {
              id: 'liquidations',
              caption: 'Latest liquidations, newest first',
              columns: [
                {
                  name: 'Block',
                  value: ({ block }) => block,
                  also: [
                    { name: 'Time', unit: 'time', value: ({ time }) => time },
                    { name: 'Log index', value: ({ logIndex }) => logIndex },
                    { name: 'Transaction', value: ({ transaction }) => transaction },
                  ],
                  cell: ({ time, block, transaction }) => [
                    count(block),
                    transaction === null
                      ? explorerLink(state, 'block', block)
                      : explorerLink(state, 'tx', transaction),
                    element(
                      'small',
                      { title: utc(time) },
                      now - time < 86_400 ? moment(time, now) : minute(time),
                    ),
                  ],
                },
                venueColumn(),
                { name: 'Owner', value: ({ owner }) => owner, cell: ({ owner }) => address(owner, state) },
                {
                  name: 'Seized',
                  unit: 'units',
                  value: ({ seized }) => seized,
                  cell: ({ seized, collateral }) => `${amount(seized)} ${collateral.symbol}`,
                  also: [{ name: 'Collateral', value: ({ collateral }) => collateral.symbol }],
                },
                {
                  name: 'Repaid',
                  unit: 'units',
                  value: ({ repaid }) => repaid,
                  cell: ({ repaid, debt }) => `${amount(repaid)} ${debt.symbol}`,
                  also: [{ name: 'Debt', value: ({ debt }) => debt.symbol }],
                },
              ],
              keyOf: ({ block, logIndex, owner, collateral }) =>
                `${block} ${logIndex} ${owner} ${collateral.symbol}`,
            },
            state,
          ),
  });
}
