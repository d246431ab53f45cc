import { LEG_ROLES, readTable, type AccountRow, type Book } from '@undertow/book';
import { marketPriceUsd, type Market } from '../market/market.ts';
import type { State } from '../state.ts';

/** What an account is worth to its venue: what may be taken from it less what it owes. USD. */
export interface Equity {
  /** At market prices. */
  readonly equityUsd: number;
  /** The same, collateral at what it could be sold for. */
  readonly equityAtSaleUsd: number;
  /** What it owes, at market prices. */
  readonly owedUsd: number;
}

/** USD per unit that each asset's collateral could be sold for, by asset row. */
export type SalePrices = Float64Array;

/**
 * Equity of an account where the markets stand: every leg at its asset's market price, options at what their series' table gives
 * for the market price of what they are on. Supply that nobody may take does not count.
 */
export function equityOf(
  at: { readonly market: Market; readonly state: State; readonly sale?: SalePrices },
  account: AccountRow,
): Equity {
  const { market, state, sale } = at;
  const { book } = market;
  const { legs } = book;
  let equityUsd = 0;
  let equityAtSaleUsd = 0;
  let owedUsd = 0;
  const end = book.accounts.legStart[account + 1]!;
  for (let leg = book.accounts.legStart[account]!; leg < end; leg++) {
    const role = LEG_ROLES[legs.role[leg]!];
    if (role === 'supply') continue;
    const asset = legs.asset[leg]!;
    const priceUsd =
      role === 'option' ? optionPriceUsd(market, state, leg) : marketPriceUsd(market, state.places, asset);
    const valueUsd = legs.side[leg]! * state.amount[leg]! * priceUsd;
    const saleUsd = role === 'collateral' && sale ? Math.min(priceUsd, sale[asset]!) : priceUsd;
    equityUsd += valueUsd;
    equityAtSaleUsd += legs.side[leg]! * state.amount[leg]! * saleUsd;
    if (valueUsd < 0) owedUsd -= valueUsd;
  }
  return { equityUsd, equityAtSaleUsd, owedUsd };
}

function optionPriceUsd(market: Market, { places, volatilityFactor }: State, leg: number): number {
  const { book } = market;
  const instrument = book.instruments[book.legs.instrument[leg]!]!;
  const underlying = book.oracles[instrument.underlying]!.asset;
  const spotUsd = marketPriceUsd(market, places, underlying);
  return readTable(instrument, instrument.valueUsd, { spotUsd, volatilityFactor });
}

/** Whether an account owes anything that is still there. */
export function isOpen({ legs, accounts }: Book, amount: Float64Array, account: AccountRow): boolean {
  const end = accounts.legStart[account + 1]!;
  for (let leg = accounts.legStart[account]!; leg < end; leg++)
    if (legs.side[leg] === -1 && amount[leg]! > 0) return true;
  return false;
}
