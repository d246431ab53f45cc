import {
  LEG_ROLES,
  legsOf,
  type AccountRow,
  type AssetRow,
  type Book,
  type LegRow,
  type ReferenceRow,
} from '@undertow/book';
import { SECONDS_PER_YEAR } from '../pricing/black-76.ts';
import type {
  GridCollateral,
  GridExpiry,
  GridPerpetual,
  GridPortfolio,
} from '../scenario-grid/grid-portfolio.ts';
import type { MarginShares } from '../scenario-grid/grid-terms.ts';
import { seriesModel, type SeriesModel } from './series-model.ts';

/** What of an owner's accounts a grid is asked for. */
export interface BookPortfolioOf {
  readonly accounts: readonly AccountRow[];
  /** The reference that moves in the grid's scenarios. */
  readonly underlying: ReferenceRow;
  /** Haircut of an asset as collateral; none when absent, as venues of a book have other terms than a grid. */
  readonly haircut?: (asset: AssetRow) => MarginShares;
}

/** A portfolio of a book's accounts, and the legs that are not in it, with the reason. */
export interface BookPortfolio {
  readonly portfolio: GridPortfolio;
  readonly left: readonly { readonly leg: LegRow; readonly reason: string }[];
}

/**
 * Accounts of a book as one portfolio for `gridMargin`, whatever their venues: at their oracle prices, for which the
 * book has no doubt, so that every confidence is 1, and cash that is worth a dollar.
 *
 * - Options: held or written, with the volatility and the interest behind their table (`seriesModel`).
 * - Perpetuals of the underlying: one position of the net size, and what their notional leaves as unsettled profit.
 * - Cash of margin accounts is cash; so, negative, is debt in what does not move.
 * - Collateral and supply of the underlying's family move in scenarios, and so does debt in it, as negative collateral
 *   without a haircut. All other collateral keeps its value.
 *
 * Left out with a reason: options and perpetuals on something else, and options whose table says no volatility. What a
 * venue itself asks plays no part.
 */
export function bookPortfolio(book: Book, of: BookPortfolioOf): BookPortfolio {
  const sorted: Sorted = { cashUsd: 0, options: [], exposures: [], collaterals: [], left: [] };
  for (const account of of.accounts)
    for (const leg of legsOf(book, account)) sortLeg(sorted, { book, of, account, leg });
  const portfolio: GridPortfolio = {
    cashUsd: sorted.cashUsd,
    cashPrice: 1,
    spot: sure(book.references[of.underlying]!.priceUsd),
    expiries: expiriesOf(book, sorted.options),
    ...perpetualOf(book, sorted.exposures),
    collaterals: sorted.collaterals,
  };
  return { portfolio, left: sorted.left };
}

/** References on which accounts have options or perpetuals, in the book's order: one grid for each. */
export function derivativeReferences(book: Book, accounts: readonly AccountRow[]): readonly ReferenceRow[] {
  const found = new Set<ReferenceRow>();
  for (const leg of accounts.flatMap((account) => legsOf(book, account))) {
    const role = LEG_ROLES[book.legs.role[leg]!];
    if (role === 'option' || role === 'base') found.add(referenceOf(book, leg));
  }
  return [...found].sort((one, other) => one - other);
}

interface Sorted {
  cashUsd: number;
  readonly options: { readonly leg: LegRow; readonly model: SeriesModel }[];
  /** Legs of perpetuals: the position, and its notional. */
  readonly exposures: LegRow[];
  readonly collaterals: GridCollateral[];
  readonly left: { readonly leg: LegRow; readonly reason: string }[];
}

interface SortedLeg {
  readonly book: Book;
  readonly of: BookPortfolioOf;
  readonly account: AccountRow;
  readonly leg: LegRow;
}

function sortLeg(into: Sorted, sorted: SortedLeg): void {
  const { book, of, leg } = sorted;
  const role = LEG_ROLES[book.legs.role[leg]!]!;
  if (role === 'cash') into.cashUsd += signedUsd(book, leg);
  else if (role === 'option' || role === 'base' || role === 'notional') sortDerivative(into, sorted, role);
  else if (book.legs.amount[leg] !== 0) sortHolding(into, { book, of, leg, isDebt: role === 'debt' });
}

function sortDerivative(
  into: Sorted,
  { book, of, account, leg }: SortedLeg,
  role: 'option' | 'base' | 'notional',
): void {
  const beside = role === 'notional' ? baseBeside(book, account, leg) : leg;
  // A notional without a position is profit or loss that is not settled, whatever it was made with.
  const reference = beside === undefined ? of.underlying : referenceOf(book, beside);
  if (reference !== of.underlying) {
    into.left.push({ leg, reason: `it is on ${book.references[reference]!.symbol}` });
    return;
  }
  if (role !== 'option') {
    into.exposures.push(leg);
    return;
  }
  const model = seriesModel(book.instruments[book.legs.instrument[leg]!]!, book.time);
  if ('reason' in model) into.left.push({ leg, reason: model.reason });
  else into.options.push({ leg, model });
}

function sortHolding(
  into: Sorted,
  { book, of, leg, isDebt }: Omit<SortedLeg, 'account'> & { readonly isDebt: boolean },
): void {
  const moves = referenceOf(book, leg) === of.underlying;
  if (isDebt && !moves) {
    into.cashUsd += signedUsd(book, leg);
    return;
  }
  const haircut = isDebt ? undefined : of.haircut?.(book.legs.asset[leg]! as AssetRow);
  into.collaterals.push({
    amount: signedAmount(book, leg),
    price: sure(oracleUsd(book, leg)),
    moves,
    haircut: haircut ?? NO_HAIRCUT,
  });
}

const NO_HAIRCUT: MarginShares = { maintenance: 0, initial: 0 };

/** Options by expiry and by whose price they are on, each with the forward that the first of them says. */
function expiriesOf({ legs, instruments, oracles }: Book, options: Sorted['options']): readonly GridExpiry[] {
  const groups = new Map<string, Sorted['options']>();
  for (const option of options) {
    const { expiry, underlying } = instruments[legs.instrument[option.leg]!]!;
    const key = `${expiry} ${underlying}`;
    groups.set(key, [...(groups.get(key) ?? []), option]);
  }
  return [...groups.values()]
    .map((group): GridExpiry => {
      const { model, leg: first } = group[0]!;
      const spotUsd = oracles[instruments[legs.instrument[first]!]!.underlying]!.priceUsd;
      const years = model.secondsToExpiry / SECONDS_PER_YEAR;
      return {
        secondsToExpiry: model.secondsToExpiry,
        forward: { moving: spotUsd / model.discount, fixed: 0, confidence: 1 },
        rate: sure(-Math.log(model.discount) / years),
        options: group.map(({ leg, model: { volatility } }) => {
          const { isCall, strikeUsd } = instruments[legs.instrument[leg]!]!;
          return {
            isCall,
            strikeUsd,
            amount: legs.side[leg]! * legs.amount[leg]!,
            volatility: sure(volatility),
          };
        }),
      };
    })
    .sort((one, other) => one.secondsToExpiry - other.secondsToExpiry);
}

/** All positions as one, at the mean price of what they are worth; what is left of their notional is not settled. */
function perpetualOf(book: Book, exposures: readonly LegRow[]): { readonly perpetual?: GridPerpetual } {
  if (exposures.length === 0) return {};
  const positions = exposures.filter((leg) => LEG_ROLES[book.legs.role[leg]!] === 'base');
  const amount = sumOf(positions, (leg) => signedAmount(book, leg));
  const worthUsd = sumOf(positions, (leg) => signedUsd(book, leg));
  const unsettledUsd = sumOf(exposures, (leg) => signedUsd(book, leg));
  const price = amount === 0 ? 0 : worthUsd / amount;
  return { perpetual: { amount, price: sure(price), unsettledUsd } };
}

/** The leg of the position that a notional belongs to. */
function baseBeside({ accounts, legs }: Book, account: AccountRow, notional: LegRow): LegRow | undefined {
  return legsOf({ accounts }, account).find(
    (leg) => LEG_ROLES[legs.role[leg]!] === 'base' && legs.market[leg] === legs.market[notional],
  );
}

/** The family of what a leg is in; of an option of what it is on. */
function referenceOf({ legs, instruments, oracles, assets }: Book, leg: LegRow): ReferenceRow {
  const instrument = instruments[legs.instrument[leg]!];
  const asset = instrument ? oracles[instrument.underlying]!.asset : (legs.asset[leg]! as AssetRow);
  return assets[asset]!.reference;
}

const oracleUsd = ({ legs, oracles }: Book, leg: LegRow): number => oracles[legs.oracle[leg]!]!.priceUsd;
const signedAmount = ({ legs }: Book, leg: LegRow): number => legs.side[leg]! * legs.amount[leg]!;
const signedUsd = (book: Book, leg: LegRow): number => signedAmount(book, leg) * oracleUsd(book, leg);
const sure = (value: number) => ({ value, confidence: 1 });
const sumOf = <Item>(items: readonly Item[], value: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + value(item), 0);
