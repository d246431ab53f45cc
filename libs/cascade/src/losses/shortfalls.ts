import { LEG_ROLES, legsOf, type AccountRow, type AssetRow, type Book } from '@undertow/book';
import { marketPriceUsd, type Market } from '../market/market.ts';
import { trade } from '../market/trade.ts';
import { kernelOf } from '../kernels.ts';
import { viewOf, type State, type View } from '../state.ts';
import { equityOf, isOpen, type SalePrices } from './equity.ts';

/** One account's debt above its collateral, and what its venue would charge for closing it when it is due. USD. */
export interface Shortfall {
  readonly account: AccountRow;
  /** At market prices. */
  readonly usd: number;
  /** At what its collateral could be sold for, together with that of all others who fall short or are due; at least `usd`. */
  readonly atSaleUsd: number;
}

/** Less than this is what float sums leave, as a share of what is owed. */
const NOTHING = 1e-9;

/**
 * Debt above collateral of every account that is still open. What falls short at market prices, and what is due, would have to be
 * sold: each asset of all of them together, by itself, in its known market; what no market takes brings nothing.
 *
 * @param due accounts that their venues would let be liquidated.
 * @param by who is looked at: all accounts, or those that alone may fall short, in the book's order; and how what a unit would bring
 *   is found out.
 */
export function shortfalls(
  market: Market,
  state: State,
  due: ReadonlySet<AccountRow>,
  by: {
    readonly among?: Iterable<AccountRow>;
    readonly cashUsd?: (asset: AssetRow, amount: number) => number;
  } = {},
): Shortfall[] {
  const { book } = market;
  const { among = allAccounts(book), cashUsd = soldAlone(market, state) } = by;
  const view = viewOf(book, state);
  const costOf = (account: AccountRow) => (due.has(account) ? closingCostUsd(view, account) : 0);
  const concerned: AccountRow[] = [];
  for (const account of among) {
    if (!isOpen(book, state.amount, account)) continue;
    const { equityUsd, owedUsd } = equityOf({ market, state }, account);
    if (due.has(account) || lackingUsd(equityUsd, owedUsd) > 0) concerned.push(account);
  }
  if (concerned.length === 0) return [];
  const sale = salePrices(market, state, { accounts: concerned, cashUsd });
  return concerned.flatMap((account): Shortfall[] => {
    const { equityUsd, equityAtSaleUsd, owedUsd } = equityOf({ market, state, sale }, account);
    const costUsd = costOf(account);
    const usd = lackingUsd(equityUsd - costUsd, owedUsd);
    const atSaleUsd = Math.max(usd, lackingUsd(equityAtSaleUsd - costUsd, owedUsd));
    return atSaleUsd > 0 ? [{ account, usd, atSaleUsd }] : [];
  });
}

/** See `Kernel.closingCostUsd`. */
function closingCostUsd(view: View, account: AccountRow): number {
  const { venues, accounts } = view.book;
  const { rule } = venues[accounts.venue[account]!]!;
  return rule ? (kernelOf(rule).closingCostUsd?.(view, account) ?? 0) : 0;
}

/** What is lacking, unless it is what float sums leave. */
const lackingUsd = (equityUsd: number, owedUsd: number) => (-equityUsd > NOTHING * owedUsd ? -equityUsd : 0);

function* allAccounts({ accounts }: Book): Generator<AccountRow> {
  for (let row = 0; row < accounts.count; row++) yield row as AccountRow;
}

/** What units of an asset bring that are sold by themselves where the markets stand, USD. */
const soldAlone =
  (market: Market, { places }: State) =>
  (asset: AssetRow, amount: number) => {
    const amounts = new Float64Array(market.depth.length);
    amounts[asset] = amount;
    return trade(market, places, amounts).cashUsd;
  };

/** What a unit of each asset would bring if all collateral of some accounts were sold at once, USD; of others the market price. */
function salePrices(
  market: Market,
  state: State,
  of: {
    readonly accounts: readonly AccountRow[];
    readonly cashUsd: (asset: AssetRow, amount: number) => number;
  },
): SalePrices {
  const { book } = market;
  const units = new Float64Array(book.assets.length);
  for (const account of of.accounts)
    for (const leg of legsOf(book, account))
      if (LEG_ROLES[book.legs.role[leg]!] === 'collateral')
        units[book.legs.asset[leg]!]! += state.amount[leg]!;
  return units.map((amount, row) => {
    if (amount === 0) return marketPriceUsd(market, state.places, row as AssetRow);
    return of.cashUsd(row as AssetRow, amount) / amount;
  });
}
