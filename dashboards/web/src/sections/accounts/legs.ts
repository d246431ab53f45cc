import { amount, percent, price, usdExact } from '../../format/number.ts';
import { element, type Markup } from '../../markup/element.ts';
import type { Leg } from './load.ts';

/** What a leg is called, and whether it counts against its account. */
const KINDS: Readonly<Record<Leg['kind'], { readonly word: string; readonly owes: boolean }>> = {
  COLLATERAL: { word: 'holds', owes: false },
  SUPPLY: { word: 'holds', owes: false },
  DEBT: { word: 'owes', owes: true },
  LONG: { word: 'long', owes: false },
  SHORT: { word: 'short', owes: true },
  OPTION_HELD: { word: 'option', owes: false },
  OPTION_WRITTEN: { word: 'wrote', owes: true },
};

/** What an account holds and owes, one line each. */
export function legList(legs: readonly Leg[]): Markup {
  return element(
    'ul',
    { class: 'leg-list' },
    legs.map((leg) =>
      element(
        'li',
        { class: KINDS[leg.kind].owes ? 'debt' : 'collateral' },
        element('span', { class: 'side' }, KINDS[leg.kind].word),
        element('span', { title: `${leg.market}: ${leg.asset}` }, whatItIs(leg)),
        element('span', { class: 'value', title: `${price(leg.priceUsd)} each` }, usdExact(leg.valueUsd)),
        element('span', { class: 'threshold' }, howItCounts(leg)),
      ),
    ),
  );
}

function whatItIs({ amount: units, symbol, instrument }: Leg): string {
  return instrument === null ? `${amount(units)} ${symbol}` : `${amount(units)} × ${instrument}`;
}

function howItCounts({ kind, liquidationThreshold, maintenanceMargin, isFixed }: Leg): string {
  switch (kind) {
    case 'COLLATERAL':
      return `threshold ${percent(liquidationThreshold)}`;
    case 'SUPPLY':
      return 'not collateral';
    case 'LONG':
    case 'SHORT':
      return `margin ${percent(maintenanceMargin, 2)}`;
    case 'OPTION_WRITTEN':
      return 'at what must back it';
    case 'OPTION_HELD':
      return 'at its worth';
    case 'DEBT':
      return isFixed ? 'price taken as fixed' : '';
  }
}
