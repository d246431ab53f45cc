import {
  hashBook,
  legPriceUsd,
  ownValues,
  valueAccount,
  withScaledLegs,
  type AccountRow,
  type AccountValue,
  type Book,
  type BookContent,
  type BookValues,
} from '@undertow/book';

/** Mechanisms whose accounts may be put together: the same terms act on each in proportion. */
const PROPORTIONAL: ReadonlySet<string> = new Set(['pooled-lending', 'isolated-pair', 'money-market']);
/** Widths within which accounts are as far from their line, as falls of their collateral, tried until few enough are left. */
const WIDTHS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];

/** Which width the fall that brings an account to its line, 1 − 1 ÷ health, is in. */
const bucketOf = ({ healthFactor }: AccountValue, width: number): number =>
  Math.floor(Math.max(-1, 1 - 1 / healthFactor) / width);

/**
 * A book with at most about so many accounts, for trials: the larger half of them stays as it is, and of the rest those that are alike
 * are one: same venue, same assets on the same terms, falls to the line within the same narrow width. Amounts add up, so that collateral,
 * debt and depth are those of the book; a call on a put-together account stands for many, so that gas and dust limits bite later.
 * The book itself where it has no more accounts than that. Positions, options and margin accounts are never put together.
 *
 * Where accounts are too different for that, one stands for those that are similar (`represented`): debt by market of the largest debt is
 * then kept, and collateral nearly.
 *
 * How far a condensed book is from the whole is not bounded here: `condensedDifference` measures what it has, and a run of the whole book what it does.
 */
export function condensed(book: Book, most: number): Book {
  if (book.accounts.count <= most) return book;
  const alike = withAlikeTogether(book, most);
  return alike.accounts.count <= most ? alike : represented(alike, most);
}

/** The book with small accounts that are alike put together, as far as that goes. */
function withAlikeTogether(book: Book, most: number): Book {
  const { count } = book.accounts;
  const values = ownValues(book);
  const of = Array.from({ length: count }, (_, row) =>
    valueAccount(values, row as AccountRow, { ...NOTHING }),
  );
  const isKept = keptOf(book, of, most);
  const texts = Array.from({ length: count }, (_, row) => (isKept[row] ? '' : likeness(book, row)));
  let groups: number[][] = [];
  for (const width of WIDTHS) {
    groups = grouped(count, (row) =>
      isKept[row] ? String(row) : `${texts[row]} ${bucketOf(of[row]!, width)}`,
    );
    if (groups.length <= most) break;
  }
  return together(book, split(groups, most));
}

/** 1 of accounts that stay as they are: the larger half of so many, and those on which terms do not act in proportion. */
function keptOf({ accounts, venues }: Book, of: readonly AccountValue[], most: number): Uint8Array {
  const byDebt = [...of.keys()].sort((a, b) => of[b]!.debtUsd - of[a]!.debtUsd || a - b);
  const isKept = new Uint8Array(accounts.count);
  for (const row of byDebt.slice(0, most >> 1)) isKept[row] = 1;
  for (const row of of.keys()) {
    const { mechanism } = venues[accounts.venue[row]!]!;
    if (!PROPORTIONAL.has(mechanism) || !(of[row]!.healthFactor < 1e6)) isKept[row] = 1;
  }
  return isKept;
}

/**
 * The book in which one account stands for small ones that are similar: same venue, same market of the largest collateral and of the largest
 * debt, falls to the line within a width. It is the largest of them, so many times as large that the debt of all is kept.
 */
function represented(book: Book, most: number): Book {
  const { accounts, legs } = book;
  const values = ownValues(book);
  const of = Array.from({ length: accounts.count }, (_, row) =>
    valueAccount(values, row as AccountRow, { ...NOTHING }),
  );
  const isKept = keptOf(book, of, most);
  const texts = Array.from({ length: accounts.count }, (_, row) =>
    isKept[row] ? '' : likeliest(values, row),
  );
  let groups: number[][] = [];
  for (const width of WIDTHS) {
    groups = grouped(accounts.count, (row) =>
      isKept[row] ? String(row) : `${texts[row]} ${bucketOf(of[row]!, width)}`,
    );
    if (groups.length <= most) break;
  }
  const factor = new Float64Array(legs.count).fill(1);
  const standing = groups.map((group) => {
    const largest = group.reduce(
      (best, row) => (of[row]!.debtUsd > of[best]!.debtUsd ? row : best),
      group[0]!,
    );
    const debtUsd = group.reduce((sum, row) => sum + of[row]!.debtUsd, 0);
    const times = of[largest]!.debtUsd > 0 ? debtUsd / of[largest]!.debtUsd : 1;
    if (group.length > 1) factor.fill(times, accounts.legStart[largest], accounts.legStart[largest + 1]);
    return [largest];
  });
  return together({ ...withScaledLegs(book, factor), hash: '' }, standing);
}

/** Venue, and the markets of the largest collateral and of the largest debt. */
function likeliest(values: BookValues, row: number): string {
  const { accounts, legs } = values.book;
  let [held, owed, mostHeld, mostOwed] = [-1, -1, 0, 0];
  for (let leg = accounts.legStart[row]!; leg < accounts.legStart[row + 1]!; leg++) {
    const usd = legs.amount[leg]! * legPriceUsd(values, leg);
    if (legs.side[leg] === 1 && legs.liquidationThreshold[leg]! > 0 && usd > mostHeld)
      [held, mostHeld] = [legs.termsMarket[leg]!, usd];
    if (legs.side[leg] === -1 && usd > mostOwed) [owed, mostOwed] = [legs.market[leg]!, usd];
  }
  return `${accounts.venue[row]} ${held} ${owed}`;
}

/** Groups in parts, where there is room for more of them: the smaller they are the more they act like their members. */
function split(groups: readonly (readonly number[])[], most: number): readonly number[][] {
  const members = groups.reduce((sum, group) => sum + (group.length > 1 ? group.length : 0), 0);
  const size = Math.max(2, Math.ceil(members / Math.max(1, most - groups.length)));
  return groups.flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / size) }, (_, at) =>
      group.slice(at * size, (at + 1) * size),
    ),
  );
}

const NOTHING = { healthFactor: Infinity, collateralUsd: 0, debtUsd: 0 };

function grouped(count: number, keyOf: (row: number) => string): number[][] {
  const groups = new Map<string, number[]>();
  for (let row = 0; row < count; row++) {
    const key = keyOf(row);
    const known = groups.get(key);
    if (known) known.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

/** What accounts must have in common to be alike: everything of their legs but the amounts. */
function likeness({ accounts, legs, exact }: Book, row: number): string {
  const parts: (string | number)[] = [accounts.venue[row]!];
  for (let leg = accounts.legStart[row]!; leg < accounts.legStart[row + 1]!; leg++)
    parts.push(
      legs.market[leg]!,
      legs.termsMarket[leg]!,
      legs.asset[leg]!,
      legs.oracle[leg]!,
      legs.role[leg]!,
      legs.side[leg]!,
      legs.liquidationBonus[leg]!,
      legs.liquidationProtocolFee[leg]!,
      legs.loanToValue[leg]!,
      String(exact.threshold[leg]),
    );
  return parts.join(' ');
}

/** The book with one account for each group: that of its first member, with the amounts of all. */
function together(book: Book, groups: readonly (readonly number[])[]): Book {
  const { accounts, legs, exact, assets } = book;
  const kept: number[] = [];
  const amount: bigint[] = [];
  const legStart = [0];
  for (const group of groups) {
    const [first, end] = [accounts.legStart[group[0]!]!, accounts.legStart[group[0]! + 1]!];
    for (let leg = first; leg < end; leg++) {
      kept.push(leg);
      let sum = 0n;
      for (const row of group) sum += exact.amount[accounts.legStart[row]! + leg - first]!;
      amount.push(sum);
    }
    legStart.push(kept.length);
  }
  const rows = Uint32Array.from(groups, ([row]) => row!);
  const pick = <Column extends { length: number }>(
    column: Column & { readonly [row: number]: number },
    make: (length: number) => Column & { [row: number]: number },
  ): Column => {
    const into = make(kept.length);
    for (const [at, leg] of kept.entries()) into[at] = column[leg]!;
    return into;
  };
  const [f64, u32, u8, i8, i32] = [
    (length: number) => new Float64Array(length),
    (length: number) => new Uint32Array(length),
    (length: number) => new Uint8Array(length),
    (length: number) => new Int8Array(length),
    (length: number) => new Int32Array(length),
  ] as const;
  const content: BookContent = {
    ...book,
    accounts: {
      count: groups.length,
      venue: Uint16Array.from(rows, (row) => accounts.venue[row]!),
      owner: [...rows].map((row) => accounts.owner[row]!),
      market: [...rows].map((row) => accounts.market[row]!),
      legStart: Uint32Array.from(legStart),
      stake: Float64Array.from(rows, (row) => accounts.stake[row]!),
    },
    legs: {
      count: kept.length,
      market: pick(legs.market, u32),
      termsMarket: pick(legs.termsMarket, u32),
      asset: pick(legs.asset, u32),
      oracle: pick(legs.oracle, u32),
      role: pick(legs.role, u8),
      side: pick(legs.side, i8),
      amount: Float64Array.from(
        amount,
        (raw, at) => Number(raw) / 10 ** assets[legs.asset[kept[at]!]!]!.decimals,
      ),
      liquidationThreshold: pick(legs.liquidationThreshold, f64),
      loanToValue: pick(legs.loanToValue, f64),
      liquidationBonus: pick(legs.liquidationBonus, f64),
      liquidationProtocolFee: pick(legs.liquidationProtocolFee, f64),
      maintenanceMargin: pick(legs.maintenanceMargin, f64),
      instrument: pick(legs.instrument, i32),
    },
    exact: {
      ...exact,
      amount,
      threshold: kept.map((leg) => exact.threshold[leg]!),
      accountState: groups.map((group) => stateOf(book, group)),
    },
    coverage: { ...book.coverage, accounts: groups.length },
  };
  const { hash: _, ...rest } = content as Book;
  return { ...rest, hash: hashBook(rest) };
}

/** Integers of an account's legs add up, as its legs do. */
const stateOf = ({ exact }: Book, group: readonly number[]): readonly bigint[] =>
  exact.accountState[group[0]!]!.map((_, place) =>
    group.reduce((sum, row) => sum + exact.accountState[row]![place]!, 0n),
  );

/** How a condensed book differs from the whole at its own prices: shares of the whole's collateral and debt; 0 but for rounding. */
export function condensedDifference(
  book: Book,
  trial: Book,
): { readonly collateral: number; readonly debt: number } {
  const [all, some] = [sumsOf(book), sumsOf(trial)];
  const share = (a: number, b: number) => (a > 0 ? Math.abs(b - a) / a : 0);
  return { collateral: share(all.held, some.held), debt: share(all.owed, some.owed) };
}

function sumsOf(book: Book): { held: number; owed: number } {
  const values = ownValues(book);
  const sums = { held: 0, owed: 0 };
  for (let leg = 0; leg < book.legs.count; leg++)
    sums[book.legs.side[leg] === 1 ? 'held' : 'owed'] += book.legs.amount[leg]! * legPriceUsd(values, leg);
  return sums;
}
