import { ownValues, type Book } from '@undertow/book';
import { dueLines, healthSlacks, shortLines } from './due-lines.ts';
import { legTerms, type LegTerms } from './leg-terms.ts';
import { lineIndex, type LineIndex } from './line-index.ts';
import { marketRows, oracleRows, type MarketRows, type PriceRows } from './price-rows.ts';

/** What of a book never changes, laid out so that a run looks only at accounts that matter. */
export interface CompiledBook {
  readonly book: Book;
  /** By account: 1 = debt is repaid and collateral seized there. */
  readonly isLending: Uint8Array;
  /** By account that goes by a health factor: how near to 1 it may be left to its venue's integers; -1 of all others. */
  readonly healthSlack: Float64Array;
  readonly terms: LegTerms;
  /** By account: 1 = its venue floors its average threshold. */
  readonly isFloored: Uint8Array;
  /** By venue: 1 = it lets supply be seized that backs nothing. */
  readonly seizesAll: Uint8Array;
  /** By account: 1 = it has options, whose prices are read off tables. */
  readonly hasOptions: Uint8Array;
  /** By leg, the account that it is of. */
  readonly accountOfLeg: Uint32Array;
  /** By oracle row, at the book's height. */
  readonly oracleUsd: Float64Array;
  readonly oracleRows: PriceRows;
  readonly marketRows: MarketRows;
  /** Who may be due, at prices by `oracleRows`. */
  readonly due: LineIndex;
  /** Who may owe more than their collateral is worth, at prices by `marketRows`. */
  readonly short: LineIndex;
}

/** @param marketUsd by asset row, where markets stand before any shock. */
export function compileBook(book: Book, marketUsd: Float64Array): CompiledBook {
  const { accounts, venues, legs } = book;
  const isLending = new Uint8Array(accounts.count);
  const accountOfLeg = new Uint32Array(legs.count);
  const isFloored = new Uint8Array(accounts.count);
  const hasOptions = new Uint8Array(accounts.count);
  for (let row = 0; row < accounts.count; row++) {
    const { rule } = venues[accounts.venue[row]!]!;
    isLending[row] = Number(rule?.kernel === 'repay-and-seize');
    isFloored[row] = Number(rule?.kernel === 'repay-and-seize' && rule.floorsAverageThreshold);
    const own = legs.instrument.subarray(accounts.legStart[row], accounts.legStart[row + 1]);
    hasOptions[row] = Number(own.some((instrument) => instrument !== -1));
    accountOfLeg.fill(row, accounts.legStart[row], accounts.legStart[row + 1]);
  }
  const byOracle = oracleRows(book);
  const byMarket = marketRows(book);
  const oracleUsd = Float64Array.from(book.oracles, ({ priceUsd }) => priceUsd);
  const oracleBase = byOracle.fill(ownValues(book), new Float64Array(byOracle.count));
  const marketBase = byMarket.fill(marketUsd, 1, new Float64Array(byMarket.count));
  return {
    book,
    isLending,
    isFloored,
    hasOptions,
    seizesAll: Uint8Array.from(venues, ({ rule }) =>
      Number(rule?.kernel === 'repay-and-seize' && rule.seizesAllSupply),
    ),
    terms: legTerms(book),
    healthSlack: healthSlacks(book),
    accountOfLeg,
    oracleUsd,
    oracleRows: byOracle,
    marketRows: byMarket,
    due: lineIndex(dueLines(book, byOracle), oracleBase),
    short: lineIndex(shortLines(book, byMarket), marketBase),
  };
}
