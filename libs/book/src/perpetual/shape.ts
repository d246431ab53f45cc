import { assert } from '@undertow/units';
import { LEG_ROLES, type Book } from '../book.ts';
import { legsOf } from '../leg-of-role.ts';
import type { AccountRow, LegRow } from '../rows.ts';

/** A position's legs in one market; one of them may be missing. */
export interface ExposureLegs {
  readonly base?: LegRow;
  /** Open notional: paid for a long position (side -1), received for a short one (side 1). */
  readonly notional?: LegRow;
}

/** Which leg of a margin account is what. */
export interface MarginShape {
  readonly exposures: readonly ExposureLegs[];
  readonly collaterals: readonly LegRow[];
  /** Cash above and below zero; at most one has an amount. */
  readonly cashIn: LegRow;
  readonly cashOut: LegRow;
}

/** By book and account: books do not change, and a cascade asks for every account that is due in every round. */
const known = new WeakMap<Book, Map<AccountRow, MarginShape>>();

/** Tells the legs of an account of a margin venue apart, by their roles. */
export function marginShape(book: Book, account: AccountRow): MarginShape {
  let shapes = known.get(book);
  if (!shapes) known.set(book, (shapes = new Map()));
  let shape = shapes.get(account);
  if (!shape) shapes.set(account, (shape = readShape(book, account)));
  return shape;
}

function readShape(book: Book, account: AccountRow): MarginShape {
  const { legs } = book;
  const exposures = new Map<number, ExposureLegs>();
  const collaterals: LegRow[] = [];
  let cashIn: LegRow | undefined;
  let cashOut: LegRow | undefined;
  for (const leg of legsOf(book, account)) {
    const market = legs.market[leg]!;
    const role = LEG_ROLES[legs.role[leg]!];
    if (role === 'base') exposures.set(market, { ...exposures.get(market), base: leg });
    else if (role === 'notional') exposures.set(market, { ...exposures.get(market), notional: leg });
    else if (role === 'collateral') collaterals.push(leg);
    else if (role === 'cash' && legs.side[leg] === 1) cashIn = leg;
    else if (role === 'cash') cashOut = leg;
  }
  assert(cashIn !== undefined && cashOut !== undefined, 'a margin account has two legs of cash');
  return { exposures: [...exposures.values()], collaterals, cashIn, cashOut };
}
