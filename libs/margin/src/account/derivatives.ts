import type { AccountRow, Book, LegRow, ReferenceRow } from '@undertow/book';
import { bookPortfolio, derivativeReferences } from '../book-portfolio/book-portfolio.ts';
import { gridGreeks, type PortfolioGreeks } from '../scenario-grid/grid-greeks.ts';
import { gridMargin, type ScenarioChange } from '../scenario-grid/grid-margin.ts';
import { PORTFOLIO_MARGIN_23 } from '../scenario-grid/presets.ts';

/** Options and perpetuals of an owner on one reference, whatever their venues. */
export interface Derivatives {
  /** Symbol of the reference. */
  readonly reference: string;
  /** By Black-76, of all that he has on it: delta − `collateralDelta` is that of options and perpetuals. */
  readonly greeks: PortfolioGreeks;
  /** What `gridMargin` would ask for all that he has, by `PORTFOLIO_MARGIN_23`, USD. */
  readonly grid: {
    readonly equityUsd: number;
    readonly maintenanceUsd: number;
    readonly initialUsd: number;
    readonly scenarios: readonly ScenarioChange[];
    /** The worst of them, by its place; undefined where it is the forward contingency, or all of them gain. */
    readonly binding: number | undefined;
  };
  /** Why some legs on the reference are not in it, each reason once. */
  readonly left: readonly string[];
}

/** Greeks and scenario-grid margin of accounts, for each reference on which they have options or perpetuals. */
export function derivativesOf(book: Book, accounts: readonly AccountRow[]): Derivatives[] {
  return derivativeReferences(book, accounts).map((underlying) => {
    const { portfolio, left } = bookPortfolio(book, { accounts, underlying });
    const { equityUsd, maintenance, initial, binding, scenarios, worstUsd } = gridMargin(
      portfolio,
      PORTFOLIO_MARGIN_23,
    );
    return {
      reference: book.references[underlying]!.symbol,
      greeks: gridGreeks(portfolio),
      grid: {
        equityUsd,
        maintenanceUsd: maintenance.requiredUsd,
        initialUsd: initial.requiredUsd,
        scenarios,
        binding: binding === 'forward' || worstUsd === 0 ? undefined : binding,
      },
      left: [...new Set(left.flatMap(({ leg, reason }) => (isOn(book, leg, underlying) ? [reason] : [])))],
    };
  });
}

/** Whether a leg hangs on a reference: what is on another is told there. */
function isOn({ legs, instruments, oracles, assets }: Book, leg: LegRow, reference: ReferenceRow): boolean {
  const series = instruments[legs.instrument[leg]!];
  return assets[series ? oracles[series.underlying]!.asset : legs.asset[leg]!]!.reference === reference;
}
