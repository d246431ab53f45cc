import type { AccountRow, Book } from '@undertow/book';
import { moveName, moveNamed, type Move, type Scenario } from '@undertow/cascade';
import { DAILY_LAMBDA, jointReturns, type PriceTable } from '@undertow/sweep';
import { BadDataError } from '@undertow/units';
import { deviation } from 'd3-array';
import {
  drawnScenarios,
  filteredScenarios,
  historicalScenarios,
  type Draws,
  type JointScenarios,
  type TailMethod,
} from '../tail/joint-scenarios.ts';
import type { BracketsOf } from './account-margin.ts';
import { accountsPortfolio } from './accounts-portfolio.ts';
import { derivativesOf, type Derivatives } from './derivatives.ts';
import { openDistances, referencesOf, type Distance } from './distance.ts';
import { jointMoves } from './joint-moves.ts';
import { accountsOf, ownerMargin, type OwnerMargin } from './owner-margin.ts';
import { sensitivities, type Sensitivities } from './sensitivities.ts';

/** Everything that is told of an owner's margins. */
export interface MarginReport {
  readonly margin: OwnerMargin;
  /** Of each account, in the order of `margin.accounts`. */
  readonly distances: readonly (readonly Distance[])[];
  /** What moves in the joint returns, with its deviation over the horizon. */
  readonly factors: readonly { readonly name: string; readonly deviation: number }[];
  /** References that the accounts hang on and of which no prices were given: value at risk takes them to stand still. */
  readonly withoutPrices: readonly string[];
  readonly sensitivities: Sensitivities;
  readonly grid: GainGrid;
  /** By reference on which there are options or perpetuals. */
  readonly derivatives: readonly Derivatives[];
}

/** What all accounts gain together when every reference that they hang on moves by a ratio, and all implied volatilities by another. */
export interface GainGrid {
  readonly moves: readonly number[];
  readonly volatilityMoves: readonly number[];
  /** USD, by volatility move, then by move. */
  readonly gainsUsd: readonly (readonly number[])[];
}

/** How it is told. */
export interface MarginReportWanted extends Draws {
  /** Undefined = no prices: then there is neither value at risk nor a distance in deviations. */
  readonly prices: PriceTable | undefined;
  readonly method: TailMethod;
  /** A whole number of the table's steps. */
  readonly horizonSeconds: number;
  readonly level: number;
  readonly bracketsOf?: BracketsOf;
}

const GRID_MOVES = [-0.5, -0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3, 0.5];
const GRID_VOLATILITY_MOVES = [-0.25, 0, 0.5];
const DAY = 86_400;

/**
 * The margins, distances, value at risk, sensitivities and scenario grid of everything that an owner has in a book.
 *
 * Joint returns are of those of the prices' symbols that some account hangs on. The joint scenarios of portfolio margin are `jointMoves` at the
 * deviations of the same returns.
 *
 * @throws BadDataError where the owner has no account in the book, and as the method does: too few prices, a horizon that is no number of
 *   steps, a level that is none.
 */
export function marginReport(book: Book, owner: string, wanted: MarginReportWanted): MarginReport {
  const rows = accountsOf(book, owner);
  const held = [...new Set(rows.flatMap((row) => referencesOf(book, row)))].map(
    (row) => book.references[row]!.symbol,
  );
  const factors = wanted.prices ? factorsOf(book, { rows, held, prices: wanted.prices }) : [];
  const returns = factors.length > 0 ? returnsOf(factors, wanted) : undefined;
  const deviations = new Map(
    factors.map((name, at) => [name, deviation(returns!.rows, (row) => row[at]!) ?? 0] as const),
  );
  const byReference = new Map(
    [...deviations].flatMap(([name, value]) => {
      const move = moveNamed(book, name, 0);
      return move.kind === 'reference' ? [[move.symbol, value] as const] : [];
    }),
  );
  const margin = ownerMargin(book, owner, {
    level: wanted.level,
    ...(returns && { returns, scenarios: jointMoves(book, deviations) }),
    ...(wanted.bracketsOf && { bracketsOf: wanted.bracketsOf }),
  });
  const distancesOf = openDistances(book, byReference);
  const portfolio = accountsPortfolio(book, { accounts: rows, factors: [] });
  return {
    margin,
    distances: rows.map(distancesOf),
    factors: [...deviations].map(([name, value]) => ({ name, deviation: value })),
    withoutPrices: held.filter((symbol) => !byReference.has(symbol)),
    sensitivities: sensitivities(book, { portfolio, factors: held }),
    grid: gainGrid(book, { held, gainsIn: portfolio.gainsIn }),
    derivatives: derivativesOf(book, rows),
  };
}

/** Symbols of the prices that move something of the accounts, each thing by one symbol. */
function factorsOf(
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

function moveIfKnown(book: Book, symbol: string): Move | undefined {
  try {
    return moveNamed(book, symbol, 0);
  } catch (error) {
    if (error instanceof BadDataError) return undefined;
    throw error;
  }
}

function returnsOf(
  factors: readonly string[],
  { prices, method, horizonSeconds, count, seed }: MarginReportWanted,
): JointScenarios {
  const table = prices!;
  if (method === 'ewma' || method === 'garch') {
    const { stepSeconds } = table;
    const steps = horizonSeconds / stepSeconds;
    if (!(Number.isInteger(steps) && steps >= 1))
      throw new BadDataError(
        `the horizon of ${horizonSeconds} s must be one or more whole steps of ${stepSeconds} s`,
      );
    const filter =
      method === 'garch'
        ? ({ kind: 'garch' } as const)
        : ({ kind: 'ewma', lambda: DAILY_LAMBDA ** (stepSeconds / DAY) } as const);
    const byStep = jointReturns(table, { horizonSeconds: stepSeconds, wanted: factors });
    return filteredScenarios(byStep, { filter, steps, count, seed });
  }
  const returns = jointReturns(table, { horizonSeconds, wanted: factors });
  if (method === 'historical') return historicalScenarios(returns);
  return drawnScenarios(returns, { distribution: method, count, seed });
}

function gainGrid(
  book: Book,
  {
    held,
    gainsIn,
  }: { readonly held: readonly string[]; readonly gainsIn: (scenario: Scenario) => Float64Array },
): GainGrid {
  const volatilityMoves = book.instruments.length > 0 ? GRID_VOLATILITY_MOVES : [0];
  return {
    moves: GRID_MOVES,
    volatilityMoves,
    gainsUsd: volatilityMoves.map((volatilityMove) =>
      GRID_MOVES.map((move) =>
        gainsIn({ moves: held.map((symbol) => moveNamed(book, symbol, move)), volatilityMove }).reduce(
          (sum, gain) => sum + gain,
          0,
        ),
      ),
    ),
  };
}
