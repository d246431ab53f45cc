import type { FeedId, VenueId } from '@undertow/market';
import type { Book } from '../book.ts';
import { isConstantOracle } from '../constant-oracle.ts';
import type { AssetRow, FeedRow, OracleRow } from '../rows.ts';
import { marketPrices } from './market-prices.ts';

/** One oracle against the market of its asset. */
export interface OracleGap {
  readonly oracle: OracleRow;
  readonly id: FeedId;
  readonly asset: AssetRow;
  /** The venues of whose accounts it prices a leg, in the order of the book. */
  readonly venues: readonly VenueId[];
  readonly priceUsd: number;
  /** What the asset trades at; undefined when nobody can say. */
  readonly marketPriceUsd: number | undefined;
  /** Oracle price ÷ market price − 1; above 0 the oracle is too high. Undefined without a market. */
  readonly deviation: number | undefined;
  /**
   * The most that some account may borrow against a dollar's worth of the asset at its market: the greatest loan-to-value of its
   * collateral × price ÷ market price. Above 1, who borrows as much and never comes back has gained. Undefined without a market, and
   * of what backs no debt.
   */
  readonly borrowableOfMarket: number | undefined;
  /** True when no move of a market reaches it. */
  readonly isConstant: boolean;
  /** The base feeds that its answer is made of, each once; none of a constant. */
  readonly feeds: readonly FeedRow[];
  /** Collateral and debt that it prices, at its price, USD: what hangs on it. */
  readonly pricedUsd: number;
}

/**
 * Every oracle that prices a leg, with how far it is from its market; the one on which the most hangs first.
 *
 * @param market what assets trade at, USD by row: the book's own markets by default.
 */
export function oracleGaps(
  book: Book,
  market: readonly (number | undefined)[] = marketPrices(book),
): OracleGap[] {
  const { accounts, legs, oracles } = book;
  const venues = oracles.map(() => new Set<number>());
  const pricedUsd = new Float64Array(oracles.length);
  const loanToValue = new Float64Array(oracles.length);
  for (let account = 0; account < accounts.count; account++)
    for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++) {
      const oracle = legs.oracle[leg]!;
      venues[oracle]!.add(accounts.venue[account]!);
      pricedUsd[oracle]! += legs.amount[leg]! * oracles[oracle]!.priceUsd;
      loanToValue[oracle] = Math.max(loanToValue[oracle]!, legs.loanToValue[leg]!);
    }
  return oracles
    .map(({ id, asset, formula, priceUsd }, row): OracleGap => {
      const marketPriceUsd = market[asset];
      return {
        oracle: row as OracleRow,
        id,
        asset,
        venues: [...venues[row]!].sort((a, b) => a - b).map((venue) => book.venues[venue]!.id),
        priceUsd,
        marketPriceUsd,
        deviation: marketPriceUsd === undefined ? undefined : priceUsd / marketPriceUsd - 1,
        borrowableOfMarket:
          marketPriceUsd === undefined || loanToValue[row] === 0
            ? undefined
            : (loanToValue[row]! * priceUsd) / marketPriceUsd,
        isConstant: isConstantOracle(book, oracles[row]!),
        feeds: [...new Set(formula.terms.map(({ feed }) => feed))],
        pricedUsd: pricedUsd[row]!,
      };
    })
    .filter((gap) => gap.venues.length > 0)
    .sort((a, b) => b.pricedUsd - a.pricedUsd || a.oracle - b.oracle);
}
