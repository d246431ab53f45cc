import { LEG_ROLES, legsOf, ownPrices, type AccountRow, type Book } from '@undertow/book';
import type { Market } from '../../market/market.ts';
import { lineIndex, type LineAccount, type LineIndex } from './line-index.ts';

/** What of a book never changes, laid out so that a run looks only at accounts that matter. */
export interface CompiledBook {
  readonly book: Book;
  /** By account: 1 = debt is repaid and collateral seized there. */
  readonly isLending: Uint8Array;
  /** Accounts that no index holds: whether they are due follows from more than a sum over legs. */
  readonly unindexed: readonly AccountRow[];
  /** Who may be due at oracle prices. */
  readonly due: LineIndex;
  /** Who may owe more than their collateral is worth, at market prices by asset row. */
  readonly short: LineIndex;
  /** By leg, the account that it is of. */
  readonly accountOfLeg: Uint32Array;
}

/**
 * Health factors that far from 1 are not left out by an index: more than any venue's own band, and than a share of an account's
 * debt to which its rounding may grow when prices move by `MOST_SPREAD` against each other.
 */
const DUE_SLACK = 0.004;
/** See `isWide`. */
const MOST_SPREAD = 16;
/** What falls short by less than this is nothing, see `shortfalls`. */
const SHORT_SLACK = 1e-8;

/** @param marketUsd by asset row, where markets stand before any shock. */
export function compileBook(book: Book, marketUsd: Float64Array): CompiledBook {
  const { accounts, venues, legs } = book;
  const isLending = new Uint8Array(accounts.count);
  const isIndexed = new Uint8Array(accounts.count);
  const unindexed: AccountRow[] = [];
  const accountOfLeg = new Uint32Array(legs.count);
  for (let row = 0; row < accounts.count; row++) {
    const kernel = venues[accounts.venue[row]!]!.rule?.kernel;
    isLending[row] = Number(kernel === 'repay-and-seize');
    isIndexed[row] = Number(kernel === 'repay-and-seize' || kernel === 'stability-pool');
    if (isIndexed[row] === 0) unindexed.push(row as AccountRow);
    accountOfLeg.fill(row, accounts.legStart[row], accounts.legStart[row + 1]);
  }
  const { oraclePriceUsd } = ownPrices(book);
  return {
    book,
    isLending,
    unindexed,
    accountOfLeg,
    due: lineIndex(dueLines(book, isIndexed, oraclePriceUsd), oraclePriceUsd),
    short: lineIndex(shortLines(book, isIndexed), marketUsd),
  };
}

/** Whether oracle prices have moved further against each other than the index of due accounts allows for. */
export function isWide(prices: Float64Array, basePrices: Float64Array): boolean {
  let least = Infinity;
  let greatest = 0;
  for (let row = 0; row < prices.length; row++) {
    const factor = prices[row]! / basePrices[row]!;
    if (!(factor > 0)) return true;
    least = Math.min(least, factor);
    greatest = Math.max(greatest, factor);
  }
  return greatest > MOST_SPREAD * least;
}

function* dueLines(book: Book, isIndexed: Uint8Array, priceUsd: Float64Array): Generator<LineAccount> {
  const { accounts, legs, venues, assets } = book;
  for (let account = 0; account < accounts.count; account++) {
    if (isIndexed[account] === 0) continue;
    const line = emptyLine(account);
    let debtUsd = 0;
    let roundingUsd = 1e-5;
    let leastThreshold = Infinity;
    for (const leg of legsOf(book, account as AccountRow)) {
      const oracle = legs.oracle[leg]!;
      const amount = legs.amount[leg]!;
      roundingUsd += priceUsd[oracle]! / 10 ** assets[legs.asset[leg]!]!.decimals;
      if (legs.side[leg] === -1) {
        debtUsd += amount * priceUsd[oracle]!;
        addTo(line, 'owed', oracle, amount * (1 + legs.maintenanceMargin[leg]!));
      } else if (legs.liquidationThreshold[leg]! > 0) {
        leastThreshold = Math.min(leastThreshold, legs.liquidationThreshold[leg]!);
        addTo(line, 'held', oracle, amount * legs.liquidationThreshold[leg]!);
      }
    }
    const { rule } = venues[accounts.venue[account]!]!;
    const isFloored = rule?.kernel === 'repay-and-seize' && rule.floorsAverageThreshold;
    // Flooring takes at most a basis point off the average threshold.
    const floor = isFloored ? 1 / (1 - Math.min(0.5, 1e-4 / leastThreshold)) : 1;
    const band = 1 + DUE_SLACK + (MOST_SPREAD * roundingUsd) / debtUsd;
    yield { ...line, slack: band * floor - 1 };
  }
}

function* shortLines(book: Book, isIndexed: Uint8Array): Generator<LineAccount> {
  const { accounts, legs } = book;
  for (let account = 0; account < accounts.count; account++) {
    if (isIndexed[account] === 0) continue;
    const line = emptyLine(account);
    for (const leg of legsOf(book, account as AccountRow)) {
      if (LEG_ROLES[legs.role[leg]!] === 'supply') continue;
      addTo(line, legs.side[leg] === -1 ? 'owed' : 'held', legs.asset[leg]!, legs.amount[leg]!);
    }
    yield { ...line, slack: SHORT_SLACK };
  }
}

interface DraftLine {
  readonly account: number;
  readonly heldRows: number[];
  readonly heldWeights: number[];
  readonly owedRows: number[];
  readonly owedWeights: number[];
}

const emptyLine = (account: number): DraftLine => ({
  account,
  heldRows: [],
  heldWeights: [],
  owedRows: [],
  owedWeights: [],
});

function addTo(line: DraftLine, side: 'held' | 'owed', row: number, weight: number): void {
  if (weight <= 0) return;
  line[`${side}Rows`].push(row);
  line[`${side}Weights`].push(weight);
}
