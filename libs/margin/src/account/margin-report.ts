import type { Book } from '@undertow/book';
import { moveNamed, type Scenario } from '@undertow/cascade';
import { deviation } from 'd3-array';
import type { BracketsOf } from './account-margin.ts';
import { accountsPortfolio } from './accounts-portfolio.ts';
import { derivativesOf, type Derivatives } from './derivatives.ts';
import { openDistances, referencesOf, type Distance } from './distance.ts';
import { jointMoves } from './joint-moves.ts';
import { accountsOf, ownerMargin, type OwnerMargin } from './owner-margin.ts';
import { reportReturns, type ReturnsWanted } from './report-returns.ts';
import { sensitivities, type Sensitivities } from './sensitivities.ts';

/** Everything that is told of an owner's margins. */
export interface MarginReport {
  readonly margin: OwnerMargin;
  /** Of each account, in the order of `margin.accounts`. */
  readonly distances: readonly (readonly Distance[])[];
  /** What moves in the joint returns, with its deviation over the horizon. */
  readonly factors: readonly { readonly name: string; readonly deviation: number }[];
  /** References that the accounts hang on and of which no prices, or too few, were given: value at risk takes them to stand still. */
  readonly withoutPrices: readonly string[];
  /** What prices that were given do not tell, and why, in whole sentences. */
  readonly missing: readonly string[];
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

/** How it is told. Without prices there is neither value at risk nor a distance in deviations. */
export interface MarginReportWanted extends ReturnsWanted {
  readonly level: number;
  readonly bracketsOf?: BracketsOf;
}

const GRID_MOVES = [-0.5, -0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3, 0.5];
const GRID_VOLATILITY_MOVES = [-0.25, 0, 0.5];

/**
 * The margins, distances, value at risk, sensitivities and scenario grid of everything that an owner has in a book.
 *
 * Joint returns are of those of the prices' symbols that some account hangs on. The joint scenarios of portfolio margin are `jointMoves` at the
 * deviations of the same returns.
 *
 * Prices that are too few to tell anything are told in `missing`, and the rest is as if they had not been given.
 *
 * @throws BadDataError where the owner has no account in the book, for a horizon that is no number of steps, and for a level that is none.
 */
export function marginReport(book: Book, owner: string, wanted: MarginReportWanted): MarginReport {
  const rows = accountsOf(book, owner);
  const held = [...new Set(rows.flatMap((row) => referencesOf(book, row)))].map(
    (row) => book.references[row]!.symbol,
  );
  const { returns, missing } = reportReturns(book, { rows, held, wanted });
  const factors = returns?.factors ?? [];
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
    missing,
    sensitivities: sensitivities(book, { portfolio, factors: held }),
    grid: gainGrid(book, { held, gainsIn: portfolio.gainsIn }),
    derivatives: derivativesOf(book, rows),
  };
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
