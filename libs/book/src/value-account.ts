import type { Book, BookInstrument } from './book.ts';
import { exactAnswers } from './exact-answers.ts';
import { ownPrices, type PriceState } from './price-state.ts';
import type { AccountRow } from './rows.ts';

/** A book with the amounts and prices that its accounts are valued at: its own, or those of a cascade under way. */
export interface BookValues extends PriceState {
  readonly book: Book;
  /** Amount of every leg, asset units. */
  readonly amount: Float64Array;
  /** Implied volatility ÷ that of the book's height. */
  readonly volatilityFactor: number;
  /** By account row: 1 = its amounts are no longer the book's own integers. */
  readonly isTouched: Uint8Array;
  /** Raw answers of oracles at these prices, for accounts near the line; made when they are first asked for. */
  readonly exactAnswers: () => readonly bigint[];
}

/** What an account is worth, in floats. */
export interface AccountValue {
  /**
   * What backs the account ÷ what it must back; Infinity when that is nothing. Lending: Σ collateral × threshold ÷ Σ debt.
   * Derivatives: the same sum over legs, where a long counts 1 − maintenance margin, a short 1 + maintenance margin, and
   * a written option what its venue asks for it.
   */
  readonly healthFactor: number;
  /** Supply that counts as collateral: its threshold is above 0. */
  readonly collateralUsd: number;
  /** What is owed: debt, shorts at their price, written options at what they must be backed by. */
  readonly debtUsd: number;
}

/** The book at its own amounts, oracle prices and volatilities. */
export function ownValues(book: Book): BookValues {
  return bookValues(book, {
    amount: book.legs.amount,
    prices: ownPrices(book),
    volatilityFactor: 1,
    isTouched: new Uint8Array(book.accounts.count),
  });
}

/** A book at other amounts and prices. */
export function bookValues(
  book: Book,
  state: Pick<BookValues, 'amount' | 'volatilityFactor' | 'isTouched'> & { readonly prices: PriceState },
): BookValues {
  const { prices, ...rest } = state;
  let answers: readonly bigint[] | undefined;
  return { book, ...prices, ...rest, exactAnswers: () => (answers ??= exactAnswers(book, prices)) };
}

/**
 * Collateral, debt and health factor of an account: what the engine decides by and what is shown. A rule may have the
 * value-weighted average threshold floored to whole basis points first (Aave v3 before 3.4,
 * `GenericLogic.calculateUserAccountData`). Near 1, `isDue` has the last word.
 *
 * @param into where the value is written, to spare a new one.
 */
export function valueAccount(
  values: BookValues,
  account: AccountRow,
  into: { -readonly [Key in keyof AccountValue]: AccountValue[Key] } = emptyValue(),
): AccountValue {
  const { accounts, legs, venues } = values.book;
  const end = accounts.legStart[account + 1]!;
  let collateralUsd = 0;
  let weightedUsd = 0;
  let debtUsd = 0;
  let backedUsd = 0;
  for (let leg = accounts.legStart[account]!; leg < end; leg++) {
    const valueUsd = values.amount[leg]! * legPriceUsd(values, leg);
    if (legs.side[leg] === -1) {
      debtUsd += valueUsd;
      backedUsd += valueUsd * (1 + legs.maintenanceMargin[leg]!);
    } else if (legs.liquidationThreshold[leg]! > 0) {
      collateralUsd += valueUsd;
      weightedUsd += valueUsd * legs.liquidationThreshold[leg]!;
    }
  }
  const { rule } = venues[accounts.venue[account]!]!;
  if (rule?.kernel === 'repay-and-seize' && rule.floorsAverageThreshold && collateralUsd > 0) {
    // A hair is added because a whole number of basis points may come out just below itself.
    weightedUsd = (collateralUsd * Math.floor((weightedUsd / collateralUsd) * 10_000 + 1e-9)) / 10_000;
  }
  into.healthFactor = backedUsd > 0 ? weightedUsd / backedUsd : Infinity;
  into.collateralUsd = collateralUsd;
  into.debtUsd = debtUsd;
  return into;
}

const emptyValue = () => ({ healthFactor: Infinity, collateralUsd: 0, debtUsd: 0 });

/**
 * USD per unit of a leg: its oracle's price; of an option held, what the contract is worth; of an option written, what
 * its writer must put up.
 */
export function legPriceUsd(values: BookValues, leg: number): number {
  const { book, oraclePriceUsd, volatilityFactor } = values;
  const row = book.legs.instrument[leg]!;
  if (row === -1) return oraclePriceUsd[book.legs.oracle[leg]!]!;
  const instrument = book.instruments[row]!;
  const at = { spotUsd: oraclePriceUsd[instrument.underlying]!, volatilityFactor };
  if (book.legs.side[leg] === 1) return readTable(instrument, instrument.valueUsd, at);
  const marginUsd = readTable(instrument, instrument.marginUsd, at);
  return Math.max(marginUsd, leastMarginUsd(instrument, at.spotUsd, values.amount[leg]!));
}

/** USD by which venues' own rounding may move a side of an account: to 1e-8 USD, or to a raw unit of each asset. */
export function roundingUsd({ book, oraclePriceUsd }: BookValues, account: AccountRow): number {
  const { accounts, legs, assets } = book;
  let usd = 1e-5;
  for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++)
    usd += oraclePriceUsd[legs.oracle[leg]!]! / POWERS_OF_TEN[assets[legs.asset[leg]!]!.decimals]!;
  return usd;
}

/** By exponent: every account of a book asks for some in every round. */
const POWERS_OF_TEN = Float64Array.from({ length: 256 }, (_, exponent) => 10 ** exponent);
/** The least that a writer must put up for a position of some contracts, per contract, USD. */
function leastMarginUsd({ leastMargin }: BookInstrument, spotUsd: number, amount: number): number {
  const { amount: least, mostPerContract = Infinity, inUnderlying } = leastMargin;
  const perContract = amount > 0 ? Math.min(least / amount, mostPerContract) : 0;
  return inUnderlying ? perContract * spotUsd : perContract;
}

/** A price × volatility table of an instrument at any price and volatility: linear between grid points, flat beyond. */
export function readTable(
  { spotUsd, volatilityFactor }: BookInstrument,
  table: Float64Array,
  at: { readonly spotUsd: number; readonly volatilityFactor: number },
): number {
  const spot = locate(spotUsd, at.spotUsd);
  const vol = locate(volatilityFactor, at.volatilityFactor);
  const row = (v: number) => {
    const start = v * spotUsd.length + spot.index;
    const low = table[start]!;
    return spot.part === 0 ? low : low + (table[start + 1]! - low) * spot.part;
  };
  const low = row(vol.index);
  return vol.part === 0 ? low : low + (row(vol.index + 1) - low) * vol.part;
}

/** The grid point at or below a value, and how far it is to the next, from 0 to below 1. */
function locate(grid: Float64Array, value: number): { readonly index: number; readonly part: number } {
  let low = 0;
  let high = grid.length - 1;
  if (value <= grid[0]!) return { index: 0, part: 0 };
  if (value >= grid[high]!) return { index: high, part: 0 };
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (grid[middle]! <= value) low = middle;
    else high = middle;
  }
  return { index: low, part: (value - grid[low]!) / (grid[high]! - grid[low]!) };
}
