import { amount, percent, price, usdExact } from '../../format/number.ts';
import { element, type Markup } from '../../markup/element.ts';
import type { Leg } from './load.ts';

/** What a leg is called, and whether it counts against its account. */
const KINDS: Readonly<Record<Leg['kind'], { readonly word: string; readonly owes: boolean }>> = {
  collateral: { word: 'holds', owes: false },
  supply: { word: 'holds', owes: false },
  debt: { word: 'owes', owes: true },
  long: { word: 'long', owes: false },
  short: { word: 'short', owes: true },
  option_held: { word: 'option', owes: false },
  option_written: { word: 'wrote', owes: true },
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
        element('span', { title: `${leg.market}: ${leg.asset.address}` }, whatItIs(leg)),
        element('span', { class: 'value', title: `${price(leg.priceUsd)} each` }, usdExact(leg.valueUsd)),
        element('span', { class: 'threshold' }, howItCounts(leg)),
      ),
    ),
  );
}

function whatItIs({ amount: units, asset, instrument }: Leg): string {
  return instrument === null ? `${amount(units)} ${asset.symbol}` : `${amount(units)} × ${instrument}`;
}

function howItCounts({ kind, liquidationThreshold, maintenanceMargin, isFixed }: Leg): string {
  switch (kind) {
    case 'collateral':
      return `threshold ${percent(liquidationThreshold)}`;
    case 'supply':
      return 'not collateral';
    case 'long':
    case 'short':
      return `margin ${percent(maintenanceMargin, 2)}`;
    case 'option_written':
      return 'at what must back it';
    case 'option_held':
      return 'at its worth';
    case 'debt':
      return isFixed ? 'price taken as fixed' : '';
  }
}
