import type { AccountRow, Book } from '@undertow/book';
import { moveName, moveNamed, type Move } from '@undertow/cascade';
import { DAILY_LAMBDA, jointReturns, type PriceTable } from '@undertow/sweep';
import { BadDataError } from '@undertow/units';
import {
  drawnScenarios,
  filteredScenarios,
  historicalScenarios,
  type Draws,
  type JointScenarios,
  type TailMethod,
} from '../tail/joint-scenarios.ts';
import { enoughPrices, untoldWords } from './enough-prices.ts';

/** How joint returns are made of prices. */
export interface ReturnsWanted extends Draws {
  /** Undefined = no prices. */
  readonly prices: PriceTable | undefined;
  readonly method: TailMethod;
  /** A whole number of the table's steps. */
  readonly horizonSeconds: number;
}

/** Joint returns, and what could not be told and why, in whole sentences. */
export interface ReportReturns {
  /** Undefined where no prices tell anything. */
  readonly returns: JointScenarios | undefined;
  readonly missing: readonly string[];
}

const DAY = 86_400;

/**
 * Joint returns of what accounts of a book hang on.
 *
 * @param held symbols of the references that they hang on.
 * @throws BadDataError for a horizon that is no number of steps. Too few prices are told in `missing`.
 */
export function reportReturns(
  book: Book,
  {
    rows,
    held,
    wanted,
  }: {
    readonly rows: readonly AccountRow[];
    readonly held: readonly string[];
    readonly wanted: ReturnsWanted;
  },
): ReportReturns {
  const { prices, method, horizonSeconds } = wanted;
  if (!prices) return { returns: undefined, missing: [] };
  checkHorizon(horizonSeconds, prices);
  const isFiltered = method === 'ewma' || method === 'garch';
  const { factors, untold } = enoughPrices(prices, {
    factors: heldFactors(book, { rows, held, prices }),
    windowSeconds: isFiltered ? prices.stepSeconds : horizonSeconds,
  });
  const missing = untoldWords(untold, '; taken to stand still');
  if (factors.length === 0) return { returns: undefined, missing };
  try {
    return { returns: returnsOf(factors, { ...wanted, prices }), missing };
  } catch (error) {
    // Such as of two prices that move exactly alike.
    if (error instanceof BadDataError)
      return { returns: undefined, missing: [...missing, `No joint returns: ${error.message}.`] };
    throw error;
  }
}

/** @throws BadDataError for a horizon that is no number of steps. */
export function checkHorizon(horizonSeconds: number, { stepSeconds }: PriceTable): void {
  const steps = horizonSeconds / stepSeconds;
  if (!(Number.isInteger(steps) && steps >= 1))
    throw new BadDataError(
      `the horizon of ${horizonSeconds} s must be one or more whole steps of ${stepSeconds} s`,
    );
}

/** Symbols of the prices that move something of the accounts, each thing by one symbol. */
function heldFactors(
  book: Book,
  {
    rows,
    held,
    prices,
  }: { readonly rows: readonly AccountRow[]; readonly held: readonly string[]; readonly prices: PriceTable },
): string[] {
  const { accounts, legs, assets } = book;
  const owned = new Set<string>();
  for (const row of rows)
    for (let leg = accounts.legStart[row]!; leg < accounts.legStart[row + 1]!; leg++)
      owned.add(assets[legs.asset[leg]!]!.address);
  const found = new Map<string, string>();
  for (const symbol of prices.prices.keys()) {
    const move = moveIfKnown(book, symbol);
    const isMeant =
      (move?.kind === 'reference' && held.includes(move.symbol)) ||
      (move?.kind === 'asset' && owned.has(move.asset));
    if (!move || !isMeant) continue;
    const name = moveName(book, move);
    if (!found.has(name)) found.set(name, symbol);
  }
  return [...found.values()];
}

/** What a symbol moves of a book; undefined where the book knows nothing of that name. */
export function moveIfKnown(book: Book, symbol: string): Move | undefined {
  try {
    return moveNamed(book, symbol, 0);
  } catch (error) {
    if (error instanceof BadDataError) return undefined;
    throw error;
  }
}

function returnsOf(
  factors: readonly string[],
  {
    prices: table,
    method,
    horizonSeconds,
    count,
    seed,
  }: ReturnsWanted & {
    readonly prices: PriceTable;
  },
): JointScenarios {
  if (method === 'ewma' || method === 'garch') {
    const { stepSeconds } = table;
    const filter =
      method === 'garch'
        ? ({ kind: 'garch' } as const)
        : ({ kind: 'ewma', lambda: DAILY_LAMBDA ** (stepSeconds / DAY) } as const);
    const byStep = jointReturns(table, { horizonSeconds: stepSeconds, wanted: factors });
    return filteredScenarios(byStep, { filter, steps: horizonSeconds / stepSeconds, count, seed });
  }
  const returns = jointReturns(table, { horizonSeconds, wanted: factors });
  if (method === 'historical') return historicalScenarios(returns);
  return drawnScenarios(returns, { distribution: method, count, seed });
}
