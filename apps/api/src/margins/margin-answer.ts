import type { Coverage, OwnerAccount } from '@undertow/book';
import {
  namedScenario,
  type AccountMargin,
  type ClearingReport,
  type Derivatives,
  type Distance,
  type GridScenario,
  type MarginReport,
  type MarginTotals,
  type NamedScenario,
  type PortfolioMargin,
} from '@undertow/margin';
import type { Address } from '@undertow/market';
import type { PriceSource } from '@undertow/sweep';
import type { PricesAt } from './price-tables.ts';
import type { BookAtHead, Head } from '../shown.ts';

/** The margins of an owner as the schema has them. */
export interface MarginsAnswer {
  readonly head: Head;
  readonly bookHash: string;
  readonly address: Address;
  readonly report: ReportAnswer | undefined;
  readonly prices: readonly PriceSource[];
  readonly missing: readonly string[];
  readonly coverage: Coverage;
}

type ReportAnswer = Pick<MarginReport, 'factors' | 'sensitivities'> & {
  readonly isolated: MarginTotals;
  readonly grid: Pick<MarginReport['grid'], 'moves'> & {
    readonly rows: readonly { readonly volatilityMove: number; readonly gainsUsd: readonly number[] }[];
  };
  readonly cross: MarginTotals;
  readonly venues: MarginReport['margin']['venues'];
  readonly portfolio:
    | (Omit<PortfolioMargin, 'worst'> & {
        readonly worst: (NamedScenario & { readonly lossUsd: number }) | undefined;
      })
    | undefined;
  readonly derivatives: readonly (Omit<Derivatives, 'grid'> & {
    readonly grid: Omit<Derivatives['grid'], 'scenarios'> & {
      readonly scenarios: readonly (GridScenario & { readonly changeUsd: number })[];
    };
  })[];
  readonly accounts: readonly (AccountMargin & { readonly distances: readonly Distance[] })[];
};

/** What is told of an address, and by which prices. */
interface Told {
  readonly address: Address;
  /** Undefined where the address has no account that owes. */
  readonly report: MarginReport | undefined;
  readonly prices: Omit<PricesAt, 'prices'>;
  /** All that is known of the address, with what is not in the model. */
  readonly accounts: readonly OwnerAccount[];
}

/** Writes the margins of an owner as the schema has them. */
export function marginsAnswer(
  { book, head }: BookAtHead,
  { address, report, prices: { sources, lacking }, accounts }: Told,
): MarginsAnswer {
  const withoutPrices = report?.withoutPrices.filter((symbol) => lacking.includes(symbol)) ?? [];
  const unpriced =
    withoutPrices.length === 0
      ? []
      : [
          sources.length > 0
            ? `No prices of ${withoutPrices.join(', ')} are stored: value at risk takes them to stand still.`
            : `No prices of ${withoutPrices.join(', ')} are stored: there is neither value at risk nor a distance in deviations. Start with --exchanges to store some.`,
        ];
  return {
    ...{ head, bookHash: book.hash, address, coverage: book.coverage },
    report: report && reportAnswer(book, report),
    prices: sources,
    missing: [
      ...(report ? [] : ['No account with a debt or a position in the model.']),
      ...unpriced,
      ...(report?.missing ?? []),
      ...accounts
        .filter(({ summary }) => summary === undefined)
        .map(
          ({ venue, market, reason }) =>
            `Not in it: ${[venue.id, market].filter((name) => name !== '').join(' ')}, ${reason ?? 'which owes nothing'}.`,
        ),
    ],
  };
}

function reportAnswer(
  book: BookAtHead['book'],
  { margin, distances, derivatives, grid, ...report }: MarginReport,
): ReportAnswer {
  const { portfolio, accounts } = margin;
  return {
    ...report,
    ...{ isolated: margin.isolated, cross: margin.cross, venues: margin.venues },
    grid: {
      moves: grid.moves,
      rows: grid.volatilityMoves.map((volatilityMove, row) => ({
        volatilityMove,
        gainsUsd: grid.gainsUsd[row]!,
      })),
    },
    portfolio: portfolio && {
      ...portfolio,
      worst: portfolio.worst && {
        ...namedScenario(book, portfolio.worst.scenario),
        lossUsd: portfolio.worst.lossUsd,
      },
    },
    derivatives: derivatives.map(({ grid, ...one }) => ({
      ...one,
      grid: {
        ...grid,
        scenarios: grid.scenarios.map(({ scenario, changeUsd }) => ({ ...scenario, changeUsd })),
      },
    })),
    accounts: accounts.map((account, at) => ({ ...account, distances: distances[at]! })),
  };
}

/** The view of a clearing house as the schema has it. */
export interface ClearingAnswer {
  readonly head: Head;
  readonly bookHash: string;
  readonly scenarios: number;
  readonly binding: (NeedAnswer & { readonly scenario: NamedScenario }) | undefined;
  readonly fundUsd: number;
  readonly heldUsd: number;
  readonly isCovered: boolean;
  readonly savedUsd: number;
  readonly apart: readonly (NeedAnswer & { readonly venue: string; readonly scenario: NamedScenario })[];
  readonly factors: ClearingReport['factors'];
  readonly prices: readonly PriceSource[];
  readonly missing: readonly string[];
  readonly coverage: Coverage;
}

interface NeedAnswer {
  readonly owners: readonly { readonly owner: string; readonly lossUsd: number }[];
  readonly fundUsd: number;
}

/** Writes the view of a clearing house as the schema has it. */
export function clearingAnswer(
  { book, head }: BookAtHead,
  { view, scenarios, factors, missing }: ClearingReport,
  { sources }: Pick<PricesAt, 'sources'>,
): ClearingAnswer {
  const { binding, apart, scenarios: count, ...figures } = view;
  return {
    ...{ head, bookHash: book.hash, coverage: book.coverage },
    ...figures,
    scenarios: count,
    binding: binding && {
      owners: binding.owners,
      fundUsd: binding.lossUsd,
      scenario: scenarios.get(binding.index)!,
    },
    apart: apart.map(({ index, ...need }) => ({ ...need, scenario: scenarios.get(index)! })),
    ...{ factors, missing, prices: sources },
  };
}
