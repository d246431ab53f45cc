import { ownValues, type Book } from '@undertow/book';
import { dueLines, healthSlacks, shortLines } from './due-lines.ts';
import { legTerms, type LegTerms } from './leg-terms.ts';
import { lendingGroups, priceFamilies, type LendingGroups } from './lending-groups.ts';
import { lendingRecords, type LendingRecords } from './lending-records.ts';
import { lineIndex, type LineIndex } from './line-index.ts';
import type { LineAccount } from './line.ts';
import { marketRows, oracleRows, type MarketRows, type PriceRows } from './price-rows.ts';

/** What of a book never changes, laid out so that a run looks only at accounts that matter. */
export interface CompiledBook {
  readonly book: Book;
  readonly terms: LegTerms;
  /** How many legs an account has at most. */
  readonly mostLegs: number;
  /** Accounts of venues where debt is repaid and collateral seized: in groups, and what rounds read of each. */
  readonly lending: LendingGroups;
  readonly records: LendingRecords;
  /** By row of `oracleRows`: 1 = they hold it, or owe it. */
  readonly lendingSides: Record<'held' | 'owed', Uint8Array>;
  /** By account that goes by a health factor: how near to 1 it may be left to its venue's integers; -1 of all others. */
  readonly healthSlack: Float64Array;
  /** By account: 1 = it has options, whose prices are read off tables. */
  readonly hasOptions: Uint8Array;
  /** At the book's height, by oracle row and by row of `oracleRows`. */
  readonly oracleUsd: Float64Array;
  readonly oracleBaseUsd: Float64Array;
  readonly oracleRows: PriceRows;
  readonly marketRows: MarketRows;
  /** Who of all other accounts may be due, at prices by `oracleRows`. */
  readonly due: LineIndex;
  /** Who may owe more than their collateral is worth, at prices by `marketRows`. */
  readonly short: LineIndex;
}

/** @param marketUsd by asset row, where markets stand before any shock. */
export function compileBook(book: Book, marketUsd: Float64Array): CompiledBook {
  const { accounts, venues, legs } = book;
  const hasOptions = new Uint8Array(accounts.count);
  let mostLegs = 0;
  for (let row = 0; row < accounts.count; row++) {
    const first = accounts.legStart[row]!;
    const end = accounts.legStart[row + 1]!;
    for (let leg = first; leg < end; leg++) if (legs.instrument[leg] !== -1) hasOptions[row] = 1;
    mostLegs = Math.max(mostLegs, end - first);
  }
  const byOracle = oracleRows(book);
  const byMarket = marketRows(book);
  const oracleBaseUsd = byOracle.fill(ownValues(book), new Float64Array(byOracle.count));
  const marketBase = byMarket.fill(marketUsd, 1, new Float64Array(byMarket.count));
  const lendingLines: LineAccount[] = [];
  const otherLines: LineAccount[] = [];
  for (const line of dueLines(book, byOracle)) {
    const { rule } = venues[accounts.venue[line.account]!]!;
    const isLending = rule?.kernel === 'repay-and-seize' && hasOptions[line.account] === 0;
    (isLending ? lendingLines : otherLines).push(line);
  }
  const terms = legTerms(book);
  const healthSlack = healthSlacks(book);
  const lending = lendingGroups(lendingLines, oracleBaseUsd, priceFamilies(book, byOracle.count));
  return {
    book,
    terms,
    mostLegs,
    lending,
    records: lendingRecords(book, terms, { accounts: lending.account, slack: healthSlack }),
    lendingSides: sidesOf(lendingLines, byOracle.count),
    healthSlack,
    hasOptions,
    oracleUsd: Float64Array.from(book.oracles, ({ priceUsd }) => priceUsd),
    oracleBaseUsd,
    oracleRows: byOracle,
    marketRows: byMarket,
    due: lineIndex(otherLines, oracleBaseUsd),
    short: lineIndex(shortLines(book, byMarket), marketBase),
  };
}

/** Which of some prices are held, and which are owed. */
function sidesOf(lines: readonly LineAccount[], rows: number): Record<'held' | 'owed', Uint8Array> {
  const held = new Uint8Array(rows);
  const owed = new Uint8Array(rows);
  for (const { heldRows, owedRows } of lines) {
    for (const row of heldRows) held[row] = 1;
    for (const row of owedRows) owed[row] = 1;
  }
  return { held, owed };
}
