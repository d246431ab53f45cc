import type { Book } from '@undertow/book';
import { moveNamed } from '@undertow/cascade';
import type { AccountsPortfolio } from './accounts-portfolio.ts';

/** What an owner's accounts gain together when one thing moves a little, USD; by the venues' own prices and tables. */
export interface Sensitivity {
  /** As `moveNamed` reads it. */
  readonly factor: string;
  /** When it rises by 1 %, half of what a rise and a fall differ by. */
  readonly deltaUsd: number;
  /** What `deltaUsd` itself rises by when it has risen by 1 %: 0 where nothing is bent, below 0 for who wrote options. */
  readonly gammaUsd: number;
}

/** Sensitivities to prices, and to all implied volatilities: `vegaUsd` when they rise by a hundredth of themselves. */
export interface Sensitivities {
  readonly prices: readonly Sensitivity[];
  /** 0 without options. */
  readonly vegaUsd: number;
}

const BUMP = 0.01;

/**
 * Delta, gamma and vega of accounts of a book, by central differences of 1 %. There is no theta among them: a book is of one
 * moment, and its tables of options say nothing of another (see `derivativesOf`).
 *
 * @throws BadDataError for a factor that the book does not have.
 */
export function sensitivities(
  book: Book,
  { portfolio, factors }: { readonly portfolio: AccountsPortfolio; readonly factors: readonly string[] },
): Sensitivities {
  const totalIn = (...shock: Parameters<AccountsPortfolio['gainsIn']>) =>
    portfolio.gainsIn(...shock).reduce((sum, gain) => sum + gain, 0);
  return {
    prices: factors.map((factor) => {
      const up = totalIn({ moves: [moveNamed(book, factor, BUMP)] });
      const down = totalIn({ moves: [moveNamed(book, factor, -BUMP)] });
      return { factor, deltaUsd: (up - down) / 2, gammaUsd: up + down };
    }),
    vegaUsd:
      (totalIn({ moves: [], volatilityMove: BUMP }) - totalIn({ moves: [], volatilityMove: -BUMP })) / 2,
  };
}
