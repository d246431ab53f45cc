import type { AccountColumns, Book, LegColumns } from './book.ts';
import type { BookExact } from './book-exact.ts';
import { mechanisms } from './mechanisms.ts';

/**
 * A book in which legs of one account that differ in their amounts alone are one leg, which stands where the first of them stood: an
 * account is the same whether its source lists a holding once or in parts, while kernels look for one leg of each kind. The hash
 * stays that of the book as it was, and a book without such legs is returned itself. What was made of a book is kept as long as
 * the book is.
 */
export function mergeSplitLegs(book: Book): Book {
  const known = merged.get(book);
  if (known) return known;
  const made = merge(book);
  merged.set(book, made);
  merged.set(made, made);
  return made;
}

/** Books do not change: a sweep over a hundred scenarios asks a hundred times. */
const merged = new WeakMap<Book, Book>();

function merge(book: Book): Book {
  const { accounts, legs } = book;
  const intoLeg = new Uint32Array(legs.count);
  const kept: number[] = [];
  const legStart = new Uint32Array(accounts.count + 1);
  for (let account = 0; account < accounts.count; account++) {
    const [first, end] = [accounts.legStart[account]!, accounts.legStart[account + 1]!];
    for (const [leg, into] of firstOfEach(book, first, end)) {
      intoLeg[leg] = into === leg ? kept.push(leg) - 1 : intoLeg[into]!;
    }
    legStart[account + 1] = kept.length;
  }
  if (kept.length === legs.count) return book;
  const exact = mergedExact(book, { kept, intoLeg });
  return {
    ...book,
    accounts: { ...accounts, legStart } satisfies AccountColumns,
    legs: mergedLegs(book, kept, exact.amount),
    exact,
  };
}

/** Every leg of a range, in order, with the first leg of the range that differs from it in nothing but its amount. */
function firstOfEach(book: Book, first: number, end: number): (readonly [leg: number, into: number])[] {
  const own = Array.from({ length: end - first }, (_, i) => first + i);
  const sorted = own.toSorted((a, b) => difference(book, a, b) || a - b);
  const into = new Map<number, number>();
  for (const [place, leg] of sorted.entries()) {
    const before = sorted[place - 1];
    const isSame = before !== undefined && difference(book, before, leg) === 0;
    into.set(leg, isSame ? into.get(before)! : leg);
  }
  return own.map((leg) => [leg, into.get(leg)!]);
}

/** 0 where two legs are the same but for their amounts; else the sign by which they are told apart. */
function difference({ legs, exact }: Book, a: number, b: number): number {
  for (const name of TERMS) {
    const apart = legs[name][a]! - legs[name][b]!;
    if (apart !== 0) return apart;
  }
  const [thresholdA, thresholdB] = [exact.threshold[a]!, exact.threshold[b]!];
  return thresholdA === thresholdB ? 0 : thresholdA < thresholdB ? -1 : 1;
}

/** All columns of a leg but its amount. */
const TERMS = [
  ...(['asset', 'side', 'role', 'market', 'termsMarket', 'oracle', 'instrument'] as const),
  ...(['liquidationThreshold', 'loanToValue', 'liquidationBonus'] as const),
  ...(['liquidationProtocolFee', 'maintenanceMargin'] as const),
];

interface Merged {
  /** The legs that stay, by their new rows. */
  readonly kept: readonly number[];
  /** The new row of every leg. */
  readonly intoLeg: Uint32Array;
}

function mergedExact({ accounts, exact, venues }: Book, { kept, intoLeg }: Merged): BookExact {
  const sumsOf = (values: readonly bigint[]) => {
    const sums = kept.map(() => 0n);
    for (const [leg, value] of values.entries()) sums[intoLeg[leg]!]! += value;
    return sums;
  };
  return {
    ...exact,
    amount: sumsOf(exact.amount),
    threshold: kept.map((leg) => exact.threshold[leg]!),
    accountState: exact.accountState.map((state, account) => {
      const { isStateByLeg } = mechanisms[venues[accounts.venue[account]!]!.mechanism];
      if (!isStateByLeg) return state;
      const first = accounts.legStart[account]!;
      const sums: bigint[] = [];
      for (const [place, value] of state.entries()) {
        const into = intoLeg[first + place]! - intoLeg[first]!;
        sums[into] = (sums[into] ?? 0n) + value;
      }
      return sums;
    }),
  };
}

function mergedLegs({ legs, assets }: Book, kept: readonly number[], amount: readonly bigint[]): LegColumns {
  const asset = Uint32Array.from(kept, (leg) => legs.asset[leg]!);
  return {
    count: kept.length,
    asset,
    market: Uint32Array.from(kept, (leg) => legs.market[leg]!),
    termsMarket: Uint32Array.from(kept, (leg) => legs.termsMarket[leg]!),
    oracle: Uint32Array.from(kept, (leg) => legs.oracle[leg]!),
    role: Uint8Array.from(kept, (leg) => legs.role[leg]!),
    side: Int8Array.from(kept, (leg) => legs.side[leg]!),
    // From the integers, so that the parts of an amount give the very float that the whole has.
    amount: Float64Array.from(amount, (raw, row) => Number(raw) / 10 ** assets[asset[row]!]!.decimals),
    liquidationThreshold: Float64Array.from(kept, (leg) => legs.liquidationThreshold[leg]!),
    loanToValue: Float64Array.from(kept, (leg) => legs.loanToValue[leg]!),
    liquidationBonus: Float64Array.from(kept, (leg) => legs.liquidationBonus[leg]!),
    liquidationProtocolFee: Float64Array.from(kept, (leg) => legs.liquidationProtocolFee[leg]!),
    maintenanceMargin: Float64Array.from(kept, (leg) => legs.maintenanceMargin[leg]!),
    instrument: Int32Array.from(kept, (leg) => legs.instrument[leg]!),
  };
}
