import {
  compareText,
  fundRow,
  legOfRole,
  valueAccount,
  type AccountRow,
  type AssetRow,
  type Book,
  type FundRow,
  type LegRow,
} from '@undertow/book';
import type { Address } from '@undertow/market';
import { assert } from '@undertow/units';
import type { Claim, Effect, Kernel, Liquidation, Offer, Refusal } from '../kernel.ts';
import type { View } from '../state.ts';

/**
 * Collateralised debt positions with a stability pool. What is due is liquidated whole, riskiest first, in one batch: the
 * liquidator gets a part of the collateral; the pool pays the debt and takes the collateral while it lasts, in proportion; the
 * rest of both goes to the positions that are left, by stake. The last position of all is never liquidated.
 *
 * A loss is debt above the collateral that came with it: the pool's depositors bear it, or the other positions do.
 *
 * Source: the exact integer versions in libs/market, `cdpBatch` and `redistribute`.
 */
export const stabilityPool: Kernel = {
  claims(view, due): Claim[] {
    const [first] = due;
    if (first === undefined) return [];
    const healthFactor = Math.min(...due.map((account) => valueAccount(view, account).healthFactor));
    return [{ accounts: due, healthFactor, phase: 0, offers: (now) => batchOf(now, due) }];
  },
};

function batchOf(view: View, due: readonly AccountRow[]): readonly Offer[] | Refusal {
  const { book, amount } = view;
  const isDueNow = new Set(due);
  const isOther = ({ account, debtLeg }: PositionLegs) => amount[debtLeg]! > 0 && !isDueNow.has(account);
  const positions = positionsOf(book, book.accounts.venue[due[0]!]!);
  const ordered = positions
    .filter(({ account, debtLeg }) => isDueNow.has(account) && amount[debtLeg]! > 0)
    .map((of) => positionOf(view, of))
    .sort(byRisk);
  const last = positions.some(isOther) ? undefined : ordered.pop();
  const [first] = ordered;
  if (!first) return 'last-position';
  const pool = openPool(view, first.account);
  const rest = { collateral: 0, debt: 0 };
  const parts = ordered.map((position) => liquidateOne(view, position, { pool, rest }));
  const whole = (): readonly Liquidation[] => {
    const done = parts.map(({ liquidation }) => liquidation);
    if (rest.debt === 0) return done;
    // One batch is one transaction: all that it redistributes enters the other positions at its end.
    const end = done.pop()!;
    const others = last ? [last] : positions.filter(isOther);
    return [...done, { ...end, effects: [...end.effects, ...redistribution(book, others, rest)] }];
  };
  const sum = (part: 'toLiquidator' | 'toPool') => parts.reduce((total, one) => total + one[part], 0);
  return [
    {
      mostPart: 0,
      flows: [{ asset: first.collateralAsset, amount: sum('toLiquidator') }],
      soldByOthers: [{ asset: first.collateralAsset, amount: sum('toPool') }],
      at: whole,
    },
  ];
}

/** The legs of an account that has a position. */
interface PositionLegs {
  readonly account: AccountRow;
  readonly collateralLeg: LegRow;
  readonly debtLeg: LegRow;
}

/** A position where something is owed. */
interface Position extends PositionLegs {
  readonly owner: Address;
  readonly collateralAsset: AssetRow;
  readonly debtAsset: AssetRow;
  readonly collateral: number;
  readonly debt: number;
  readonly collateralUsd: number;
  readonly debtUsd: number;
}

/** By venue of a book, in the book's order; books do not change, and a batch asks in every round. */
const positionsByBook = new WeakMap<Book, Map<number, readonly PositionLegs[]>>();

function positionsOf(book: Book, venue: number): readonly PositionLegs[] {
  const byVenue = positionsByBook.get(book) ?? new Map<number, readonly PositionLegs[]>();
  positionsByBook.set(book, byVenue);
  const known = byVenue.get(venue);
  if (known) return known;
  const found: PositionLegs[] = [];
  for (const [row, of] of book.accounts.venue.entries()) {
    if (of !== venue) continue;
    const account = row as AccountRow;
    const collateralLeg = legOfRole(book, account, 'collateral');
    const debtLeg = legOfRole(book, account, 'debt');
    if (collateralLeg !== undefined && debtLeg !== undefined) found.push({ account, collateralLeg, debtLeg });
  }
  byVenue.set(venue, found);
  return found;
}

function positionOf({ book, amount, oraclePriceUsd }: View, of: PositionLegs): Position {
  const { accounts, legs } = book;
  const { account, collateralLeg, debtLeg } = of;
  return {
    ...of,
    owner: accounts.owner[account]!,
    collateralAsset: legs.asset[collateralLeg]! as AssetRow,
    debtAsset: legs.asset[debtLeg]! as AssetRow,
    collateral: amount[collateralLeg]!,
    debt: amount[debtLeg]!,
    collateralUsd: amount[collateralLeg]! * oraclePriceUsd[legs.oracle[collateralLeg]!]!,
    debtUsd: amount[debtLeg]! * oraclePriceUsd[legs.oracle[debtLeg]!]!,
  };
}

/** By collateral ÷ debt, lowest first; of equals the first by owner, so that the order of rows decides nothing. */
const byRisk = (a: Position, b: Position) =>
  a.collateralUsd * b.debtUsd - b.collateralUsd * a.debtUsd || compareText(a.owner, b.owner);

/** What the venue's fund holds while a batch is under way; a venue without one has an empty one. */
interface Pool {
  readonly row: FundRow | undefined;
  left: number;
}

function openPool({ book, fundAmount }: View, account: AccountRow): Pool {
  const row = fundRow(book, account, { kind: 'stability-pool' });
  return { row, left: row === undefined ? 0 : Math.max(0, fundAmount[row]!) };
}

interface Part {
  readonly liquidation: Liquidation;
  /** Collateral units. */
  readonly toLiquidator: number;
  readonly toPool: number;
}

/** Takes from `pool` and adds to `rest` what is to be redistributed. */
function liquidateOne(
  { book }: View,
  position: Position,
  batch: { readonly pool: Pool; readonly rest: { collateral: number; debt: number } },
): Part {
  const { pool, rest } = batch;
  const { collateral, debt, collateralUsd, debtUsd, debtAsset } = position;
  const { rule } = book.venues[book.accounts.venue[position.account]!]!;
  assert(rule?.kernel === 'stability-pool', 'a position of such a venue has its rule');
  const toLiquidator = collateral * rule.liquidatorShare;
  const shared = collateral - toLiquidator;
  const paid = Math.min(debt, pool.left);
  const toPool = paid === debt ? shared : (shared * paid) / debt;
  pool.left -= paid;
  rest.collateral += shared - toPool;
  rest.debt += debt - paid;
  const coveredShare = (collateralUsd * (1 - rule.liquidatorShare)) / debtUsd;
  const lossOf = (part: number) => Math.max(0, part * (1 - coveredShare));
  const effects: Effect[] = [
    { kind: 'leg', leg: position.collateralLeg, delta: -collateral },
    { kind: 'leg', leg: position.debtLeg, delta: -debt },
  ];
  if (pool.row !== undefined && paid > 0) {
    effects.push({ kind: 'fund', fund: pool.row, amount: -paid });
    if (lossOf(paid) > 0)
      effects.push({
        kind: 'badDebt',
        asset: debtAsset,
        amount: lossOf(paid),
        borneBy: 'fund',
        fund: pool.row,
      });
  }
  if (lossOf(debt - paid) > 0)
    effects.push({ kind: 'badDebt', asset: debtAsset, amount: lossOf(debt - paid), borneBy: 'others' });
  const repaidUsd = (debtUsd * paid) / debt;
  const liquidation = { account: position.account, repaidUsd, seizedUsd: collateralUsd, effects };
  return { liquidation, toLiquidator, toPool };
}

/** What other positions take over, by stake; in equal parts if none has one. */
function redistribution(
  book: Book,
  others: readonly PositionLegs[],
  rest: { readonly collateral: number; readonly debt: number },
): Effect[] {
  const { stake } = book.accounts;
  const stakes = others.reduce((sum, { account }) => sum + stake[account]!, 0);
  const effects: Effect[] = [];
  for (const { account, collateralLeg, debtLeg } of others) {
    const share = stakes === 0 ? 1 / others.length : stake[account]! / stakes;
    effects.push({ kind: 'leg', leg: collateralLeg, delta: rest.collateral * share });
    effects.push({ kind: 'leg', leg: debtLeg, delta: rest.debt * share });
  }
  return effects;
}
