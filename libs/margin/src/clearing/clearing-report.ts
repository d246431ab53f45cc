import type { Book } from '@undertow/book';
import { moveName, type NamedMove, type Scenario } from '@undertow/cascade';
import { jointReturns, type PriceTable } from '@undertow/sweep';
import { deviation } from 'd3-array';
import { enoughPrices, untoldWords, type Untold } from '../account/enough-prices.ts';
import { jointMoves, plainMoves } from '../account/joint-moves.ts';
import { bookSymbols } from '../account/priced-symbols.ts';
import { checkHorizon, moveIfKnown } from '../account/report-returns.ts';
import { clearingView, type ClearingView } from './clearing-view.ts';

/** A scenario by what people name it. */
export interface NamedScenario {
  readonly moves: readonly NamedMove[];
  /** Of all implied volatilities. */
  readonly volatilityMove: number;
}

/** The view of a clearing house, with the scenarios that it is told from. */
export interface ClearingReport {
  readonly view: ClearingView;
  /** By their index, those that bind: over all venues, or at one. */
  readonly scenarios: ReadonlyMap<number, NamedScenario>;
  /** What moves, with its deviation over the horizon; undefined where it is moved by plain shares of its price. */
  readonly factors: readonly { readonly name: string; readonly deviation: number | undefined }[];
  /** What the prices do not tell, and why, in whole sentences. */
  readonly missing: readonly string[];
}

/** How it is told. */
export interface ClearingReportWanted {
  /** Undefined = no prices. */
  readonly prices: PriceTable | undefined;
  /** A whole number of the table's steps. */
  readonly horizonSeconds: number;
}

/**
 * `clearingView` over `jointMoves` of all references of which prices are known, at the standard deviations of their log returns over the
 * horizon, each by its own windows. Those without prices stand still; where there are none at all, `plainMoves` are told from instead.
 *
 * @throws BadDataError for a horizon that is no number of steps, and for a book in which nothing moves.
 */
export function clearingReport(book: Book, { prices, horizonSeconds }: ClearingReportWanted): ClearingReport {
  const held = bookSymbols(book);
  const { deviations, untold } = prices
    ? referenceDeviations(book, { held, prices, horizonSeconds })
    : { deviations: new Map<string, number>(), untold: [] };
  const isPlain = deviations.size === 0;
  const scenarios = isPlain ? plainMoves(book, held) : jointMoves(book, deviations);
  const view = clearingView(book, scenarios);
  const binding = [...(view.binding ? [view.binding] : []), ...view.apart].map(({ index }) => index);
  return {
    view,
    scenarios: new Map(binding.map((index) => [index, namedScenario(book, scenarios[index]!)])),
    factors: isPlain
      ? held.map((name) => ({ name, deviation: undefined }))
      : [...deviations].map(([name, value]) => ({ name, deviation: value })),
    missing: [
      ...untoldWords(untold, isPlain ? '' : '; taken to stand still'),
      ...lacking(held, { deviations, prices }),
    ],
  };
}

export const namedScenario = (
  book: Book,
  { moves, volatilityMove = 0 }: Pick<Scenario, 'moves' | 'volatilityMove'>,
): NamedScenario => ({
  moves: moves.map((move) => ({ what: moveName(book, move), move: move.move })),
  volatilityMove,
});

function referenceDeviations(
  book: Book,
  {
    held,
    prices,
    horizonSeconds,
  }: { readonly held: readonly string[]; readonly prices: PriceTable; readonly horizonSeconds: number },
): { readonly deviations: Map<string, number>; readonly untold: readonly Untold[] } {
  checkHorizon(horizonSeconds, prices);
  const deviations = new Map<string, number>();
  const untold: Untold[] = [];
  for (const symbol of prices.prices.keys()) {
    const move = moveIfKnown(book, symbol);
    if (move?.kind !== 'reference' || !held.includes(move.symbol) || deviations.has(move.symbol)) continue;
    const enough = enoughPrices(prices, { factors: [symbol], windowSeconds: horizonSeconds });
    untold.push(...enough.untold);
    if (enough.factors.length === 0) continue;
    const { rows } = jointReturns(prices, { horizonSeconds, wanted: [symbol] });
    deviations.set(
      move.symbol,
      deviation(rows, (row) => row[0]!)!,
    );
  }
  return { deviations, untold };
}

function lacking(
  held: readonly string[],
  {
    deviations,
    prices,
  }: { readonly deviations: ReadonlyMap<string, number>; readonly prices: PriceTable | undefined },
): string[] {
  if (deviations.size === 0)
    return [
      'No deviations are known: prices are moved by 10, 20, 30 and 50 % either way, together and each alone.',
    ];
  const known = new Set([...(prices?.prices.keys() ?? [])]);
  const without = held.filter((symbol) => !deviations.has(symbol) && !known.has(symbol));
  return without.length === 0 ? [] : [`Of ${without.join(', ')} there are no prices: taken to stand still.`];
}
