import { count, counted, percent, usd } from '../../format/number.ts';
import { address } from '../../frame/address.ts';
import { answerOf } from '../../frame/asked.ts';
import { sourceLine } from '../../frame/at-block.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { venueColumn } from '../venues/column.ts';
import { oracles as asked } from './asked.ts';
import type { Disputed, Oracles } from './load.ts';

/** Whom the distance between oracles and markets hides or makes up. */
export function disputedPanel(state: State): Markup {
  const loaded = answerOf(state, asked);
  return section({
    id: 'disputed',
    title: 'Hidden and phantom liquidations',
    loaded,
    now: state.now,
    lead: element(
      'p',
      { class: 'lead', key: 'lead' },
      'Hidden: due at market prices, but not at the oracles’, which are late. Phantom: due at the oracles’ prices, but not at the market’s, which an oracle has wrong.',
    ),
    body: (value) => [
      element('p', { class: 'headline', key: 'headline' }, headline(value)),
      ...sides(state, value),
      value.partlyAtOracleDebtUsd > 0 && element('p', { class: 'source', key: 'left' }, withoutMarket(value)),
      sourceLine(value, { pinned: state.pinned, loaded }),
    ],
  });
}

function headline({ hidden, phantom }: Oracles): string {
  if (hidden.accounts === 0 && phantom.accounts === 0)
    return 'Oracles and markets agree about everybody: nobody is hidden, nobody made up.';
  const parts = [
    hidden.accounts > 0 &&
      `${counted(hidden.accounts, 'account')} with ${usd(hidden.debtUsd)} of debt hidden`,
    phantom.accounts > 0 &&
      `${counted(phantom.accounts, 'account')} with ${usd(phantom.debtUsd)} of debt due by the oracles alone`,
  ].filter((part) => part !== false);
  return `${parts.join('; ')}.`;
}

function withoutMarket({ withoutMarket: assets, partlyAtOracleDebtUsd, debtUsd }: Oracles): string {
  const names = assets.map(({ symbol }) => symbol).join(', ');
  const part = percent(debtUsd > 0 ? partlyAtOracleDebtUsd / debtUsd : 0);
  return `Without a market, and so at their oracle prices here: ${names}. Accounts with ${part} of all debt hold or owe one of them; what markets are quoted in is among them.`;
}

function sides(state: State, { hidden, phantom }: Oracles): Piece[] {
  return [
    ['hidden', 'Hidden by late oracles', hidden] as const,
    ['phantom', 'Made up by wrong oracles', phantom] as const,
  ].map(([id, title, side]) => (side.accounts === 0 ? undefined : disputed(state, { id, title, side })));
}

function disputed(
  state: State,
  { id, title, side }: { readonly id: string; readonly title: string; readonly side: Disputed },
): Markup {
  return element(
    'details',
    { key: id, id, open: true },
    element('summary', {}, `${title} (${count(side.accounts)})`),
    table(
      side.largest,
      {
        id,
        caption: `${title}, largest debt first`,
        columns: [
          { name: 'Owner', value: ({ owner }) => owner, cell: ({ owner }) => address(owner, state) },
          venueColumn(),
          { name: 'Debt', unit: 'USD', value: ({ debtUsd }) => debtUsd },
          { name: 'Health at oracle', unit: 'health', value: ({ healthAtOracle }) => healthAtOracle },
          { name: 'Health at market', unit: 'health', value: ({ healthAtMarket }) => healthAtMarket },
        ],
        keyOf: ({ venue, market, owner }) => `${venue} ${market} ${owner}`,
      },
      state,
    ),
  );
}
