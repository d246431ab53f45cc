import type { OldAssets } from './old-assets.ts';
import type { OldBook } from './schema.ts';

/** An oracle row of a pair's collateral that is so many units of what the pair lends. */
export interface PairPrice {
  /** What names it: as before where the row has no other use. */
  readonly id: string;
  readonly row: number;
  /** The oracle row of what is owed. */
  readonly debt: number;
}

export interface PairPrices {
  /** By oracle row: named after a pair, whose own oracle it is. */
  readonly isOwn: readonly boolean[];
  /** Rows that are such a price and nothing else. */
  readonly inPlace: ReadonlyMap<number, PairPrice>;
  /** Further rows, after those of the old book. */
  readonly added: readonly PairPrice[];
  readonly legOracle: Uint32Array;
}

/**
 * Prices of collateral that pairs take as constant in units of what they lend: an old book does not say what a pair's own oracle is
 * made of, but only those come with a row of their own or a fixed one that have a rate, or no feed at all.
 *
 * A pair's own row whose collateral is a coin, or kin of one, of another family than what is owed is held to follow that coin instead:
 * no market lends dollars against a coin at a price that never moves.
 */
export function pairPrices(book: OldBook, assets: OldAssets): PairPrices {
  const { oracles, venues, markets, accounts, legs } = book;
  const names = new Set(
    markets.flatMap(({ venue, id }) =>
      venues[venue]?.mechanism === 'isolated-pair' ? [`${venues[venue].id}:${id}`] : [],
    ),
  );
  const isOwn = oracles.map(({ feed }) => names.has(feed));
  const debts = new Map<number, Set<number>>();
  const otherUses = new Set<number>([
    ...book.funds.map(({ oracle }) => oracle),
    ...book.instruments.map(({ underlying }) => underlying),
  ]);
  const debtOfLeg = new Map<number, number>();
  for (const [account, venue] of accounts.venue.entries()) {
    const own = range(accounts.legStart[account]!, accounts.legStart[account + 1]!);
    const debtLeg = own.find((leg) => legs.side[leg] === -1);
    for (const leg of own) {
      const row = legs.oracle[leg]!;
      const debt = debtLeg === undefined || leg === debtLeg ? undefined : legs.oracle[debtLeg]!;
      const isPair = venues[venue]!.mechanism === 'isolated-pair' && debt !== undefined && debt !== row;
      if (!isPair || !isConstantIn(book, assets, { isOwn: isOwn[row]!, row, debt })) otherUses.add(row);
      else {
        debts.set(row, (debts.get(row) ?? new Set()).add(debt));
        debtOfLeg.set(leg, debt);
      }
    }
  }
  const inPlace = new Map<number, PairPrice>();
  const added: PairPrice[] = [];
  const newRow = new Map<string, number>();
  for (const [row, own] of debts) {
    for (const debt of own) {
      const { feed } = oracles[row]!;
      if (own.size === 1 && !otherUses.has(row)) inPlace.set(row, { id: feed, row, debt });
      else {
        newRow.set(`${row} ${debt}`, oracles.length + added.length);
        added.push({
          id: `${feed} in ${book.assets[oracles[debt]!.asset]!.symbol} by ${oracles[debt]!.feed}`,
          row,
          debt,
        });
      }
    }
  }
  const legOracle = Uint32Array.from(
    legs.oracle,
    (row, leg) => newRow.get(`${row} ${debtOfLeg.get(leg)}`) ?? row,
  );
  return { isOwn, inPlace, added, legOracle };
}

function isConstantIn(
  { oracles }: OldBook,
  { assets, hasKin }: OldAssets,
  of: { readonly isOwn: boolean; readonly row: number; readonly debt: number },
): boolean {
  const { asset, isFixed } = oracles[of.row]!;
  if (isFixed) return true;
  const isOneFamily = assets[asset]!.reference === assets[oracles[of.debt]!.asset]!.reference;
  return of.isOwn && (isOneFamily || !hasKin[asset]);
}

const range = (first: number, end: number) => Array.from({ length: end - first }, (_, i) => first + i);
