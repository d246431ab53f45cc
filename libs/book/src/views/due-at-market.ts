import type { Address, MarketId, VenueId } from '@undertow/market';
import type { Book } from '../book.ts';
import { dueAccounts } from '../due-accounts.ts';
import { ownPrices, type PriceState } from '../price-state.ts';
import type { AccountRow, AssetRow } from '../rows.ts';
import { marketPrices } from './market-prices.ts';
import { bookValues, ownValues } from '../value-account.ts';
import { valueAccounts } from '../value-accounts.ts';

/** An account about which oracles and markets do not agree. */
export interface DisputedAccount {
  readonly venue: VenueId;
  readonly owner: Address;
  readonly market: MarketId;
  /** At the venue's oracle prices. */
  readonly debtUsd: number;
  readonly healthAtOracle: number;
  readonly healthAtMarket: number;
}

/** Who would be due if every oracle said what the market says. */
export interface DueAtMarket {
  /** Due at market prices and not at the oracles': the liquidations that a late oracle hides. Largest debt first. */
  readonly hidden: readonly DisputedAccount[];
  readonly hiddenDebtUsd: number;
  /** Due at the oracles' prices and not at market prices: the liquidations that a wrong oracle makes up. Largest debt first. */
  readonly phantom: readonly DisputedAccount[];
  readonly phantomDebtUsd: number;
  /** Debt of all accounts, and of those that hold or owe something without a market: that stays at its oracle price. */
  readonly debtUsd: number;
  readonly partlyAtOracleDebtUsd: number;
  /** What that is, by row. Among it is what the markets themselves are quoted in. */
  readonly withoutMarket: readonly AssetRow[];
}

/**
 * Values every account at market prices instead of the oracles': an oracle of an asset that has a market, or can be exchanged for
 * one that has, says that price, whatever its formula, its caps and its bounds. Any other stays as it is.
 *
 * @param market what assets trade at, USD by row: the book's own markets by default.
 */
export function dueAtMarket(
  book: Book,
  market: readonly (number | undefined)[] = marketPrices(book),
): DueAtMarket {
  const { accounts, legs, oracles } = book;
  const own = ownValues(book);
  const priceAt = (row: number) => market[oracles[row]!.asset];
  const atMarket = bookValues(book, {
    amount: legs.amount,
    prices: pricesAt(book, priceAt),
    volatilityFactor: 1,
    isTouched: new Uint8Array(accounts.count),
  });
  const [hidden, phantom]: [DisputedAccount[], DisputedAccount[]] = [[], []];
  let [debtUsd, partlyAtOracleDebtUsd] = [0, 0];
  const [atOracle, there] = [valueAccounts(own), valueAccounts(atMarket)];
  const [isDueNow, isDueThere] = [dueAccounts(own, atOracle), dueAccounts(atMarket, there)];
  for (let row = 0; row < accounts.count; row++) {
    const ownDebtUsd = atOracle.debtUsd[row]!;
    debtUsd += ownDebtUsd;
    if (hasLegWithout(book, row as AccountRow, priceAt)) partlyAtOracleDebtUsd += ownDebtUsd;
    if (isDueNow[row] === isDueThere[row]) continue;
    (isDueThere[row] === 1 ? hidden : phantom).push({
      venue: book.venues[accounts.venue[row]!]!.id,
      owner: accounts.owner[row]!,
      market: accounts.market[row]!,
      debtUsd: ownDebtUsd,
      healthAtOracle: atOracle.healthFactor[row]!,
      healthAtMarket: there.healthFactor[row]!,
    });
  }
  const largestFirst = (found: readonly DisputedAccount[]) => found.toSorted((a, b) => b.debtUsd - a.debtUsd);
  return {
    hidden: largestFirst(hidden),
    hiddenDebtUsd: sumOf(hidden),
    phantom: largestFirst(phantom),
    phantomDebtUsd: sumOf(phantom),
    debtUsd,
    partlyAtOracleDebtUsd,
    withoutMarket: assetsWithout(book, priceAt),
  };
}

/** Every oracle at its market's price. A pair's oracle multiplies that of its debt, which has moved already. */
function pricesAt(book: Book, priceAt: (oracle: number) => number | undefined): PriceState {
  const own = ownPrices(book);
  const oraclePriceUsd = own.oraclePriceUsd.map((priceUsd, row) => priceAt(row) ?? priceUsd);
  const moved = (row: number) => oraclePriceUsd[row]! / own.oraclePriceUsd[row]!;
  const oracleFactor = own.oracleFactor.map((_, row) => {
    const source = book.exact.source[row];
    return source?.form === 'pair' ? moved(row) / moved(source.debt) : moved(row);
  });
  return { ...own, oraclePriceUsd, oracleFactor };
}

const sumOf = (found: readonly DisputedAccount[]) => found.reduce((sum, { debtUsd }) => sum + debtUsd, 0);

/** Assets of legs whose oracles have no market price, in the order of the book. */
function assetsWithout({ legs, oracles }: Book, priceAt: (oracle: number) => number | undefined): AssetRow[] {
  const found = new Set<AssetRow>();
  for (const oracle of legs.oracle) if (priceAt(oracle) === undefined) found.add(oracles[oracle]!.asset);
  return [...found].sort((a, b) => a - b);
}

function hasLegWithout(
  { accounts, legs }: Book,
  account: AccountRow,
  priceAt: (oracle: number) => number | undefined,
): boolean {
  for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++)
    if (priceAt(legs.oracle[leg]!) === undefined) return true;
  return false;
}
