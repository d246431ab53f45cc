import type { AccountRow, Book, LegRow, ReferenceRow } from '@undertow/book';
import { bookPortfolio, derivativeReferences } from '../book-portfolio/book-portfolio.ts';
import { black76Greeks, SECONDS_PER_YEAR } from '../pricing/black-76.ts';
import { gridMargin, type ScenarioChange } from '../scenario-grid/grid-margin.ts';
import type { GridPortfolio } from '../scenario-grid/grid-portfolio.ts';
import { PORTFOLIO_MARGIN_23 } from '../scenario-grid/presets.ts';

/** Options and perpetuals of an owner on one reference, whatever their venues. */
export interface Derivatives {
  /** Symbol of the reference. */
  readonly reference: string;
  readonly greeks: PortfolioGreeks;
  /** What `gridMargin` would ask for all that he has, by `PORTFOLIO_MARGIN_23`, USD. */
  readonly grid: {
    readonly equityUsd: number;
    readonly maintenanceUsd: number;
    readonly initialUsd: number;
    /** The worst scenario; undefined where it is the forward contingency, or all of them gain. */
    readonly binding: ScenarioChange | undefined;
  };
  /** Why some legs on the reference are not in it, each reason once. */
  readonly left: readonly string[];
}

/** Black-76 Greeks of options, and the size of perpetuals. */
export interface PortfolioGreeks {
  /** Units of the underlying's forwards: perpetuals, and deltas of options. */
  readonly delta: number;
  /** Change of delta per USD of the forward. */
  readonly gamma: number;
  /** USD per percentage point of volatility. */
  readonly vegaUsd: number;
  /** USD per day that passes; negative where time costs. */
  readonly thetaUsd: number;
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
      greeks: greeksOf(portfolio),
      grid: {
        equityUsd,
        maintenanceUsd: maintenance.requiredUsd,
        initialUsd: initial.requiredUsd,
        binding: binding === 'forward' || worstUsd === 0 ? undefined : scenarios[binding],
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

function greeksOf({ expiries, perpetual }: GridPortfolio): PortfolioGreeks {
  const sums = { delta: perpetual?.amount ?? 0, gamma: 0, vegaUsd: 0, thetaUsd: 0 };
  for (const { options, forward, rate, secondsToExpiry } of expiries) {
    const years = secondsToExpiry / SECONDS_PER_YEAR;
    for (const { isCall, strikeUsd, amount, volatility } of options) {
      const greeks = black76Greeks({
        isCall,
        strikeUsd,
        forwardUsd: forward.moving + forward.fixed,
        years,
        volatility: volatility.value,
        discount: Math.exp(-Math.max(0, rate.value) * years),
      });
      sums.delta += amount * greeks.delta;
      sums.gamma += amount * greeks.gamma;
      sums.vegaUsd += (amount * greeks.vega) / 100;
      sums.thetaUsd += (amount * greeks.theta) / 365;
    }
  }
  return sums;
}
