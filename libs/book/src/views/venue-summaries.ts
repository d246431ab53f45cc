import type { FundKind } from '@undertow/market';
import type { Book, BookVenue } from '../book.ts';
import type { CoverageGap } from '../coverage.ts';
import { ownValues } from '../value-account.ts';
import { totalsOfAccounts } from './account-summary.ts';

/** A venue in a few numbers. USD at its own oracle prices. */
export interface VenueSummary extends BookVenue {
  /** Accounts with debt in the model. */
  readonly accounts: number;
  /** Collateral of those accounts. */
  readonly collateralUsd: number;
  /** Collateral of the one of them that has the most. */
  readonly largestCollateralUsd: number;
  /** What those accounts owe or must back. */
  readonly debtUsd: number;
  /** Accounts that the venue would let be liquidated now: their health factor is below 1. */
  readonly due: number;
  readonly funds: readonly FundSummary[];
  /** Accounts that are left out; not those that a snapshot did not read, whose number is not known. */
  readonly leftOut: number;
  /** What is left out of this venue, and why. */
  readonly gaps: readonly CoverageGap[];
}

export interface FundSummary {
  readonly kind: FundKind;
  readonly asset: string;
  readonly symbol: string;
  /** Whole units; negative when it owes. */
  readonly amount: number;
  readonly valueUsd: number;
}

/** Every venue of a book, those without accounts too, in the order of their ids. */
export function venueSummaries(book: Book): VenueSummary[] {
  const totals = book.venues.map(() => ({
    ...{ accounts: 0, collateralUsd: 0, largestCollateralUsd: 0, debtUsd: 0, due: 0 },
  }));
  const found = totalsOfAccounts(ownValues(book));
  for (let row = 0; row < book.accounts.count; row++) {
    const [collateralUsd, debtUsd] = [found.collateralUsd[row]!, found.debtUsd[row]!];
    const total = totals[book.accounts.venue[row]!]!;
    total.accounts += 1;
    total.collateralUsd += collateralUsd;
    total.largestCollateralUsd = Math.max(total.largestCollateralUsd, collateralUsd);
    total.debtUsd += debtUsd;
    if (found.healthFactor[row]! < 1) total.due += 1;
  }
  return book.venues.map((venue, row) => {
    const gaps = book.coverage.gaps.filter((gap) => isOf(gap, venue.id));
    return {
      ...venue,
      ...totals[row]!,
      leftOut: gaps.reduce((sum, { unit, count }) => sum + (unit === 'account' ? count : 0), 0),
      funds: book.funds.filter((fund) => fund.venue === row).map((fund) => fundSummary(book, fund)),
      gaps,
    };
  });
}

function fundSummary(
  { assets, oracles }: Book,
  { kind, asset, oracle, amount }: Book['funds'][number],
): FundSummary {
  const { address, symbol } = assets[asset]!;
  return { kind, asset: address, symbol, amount, valueUsd: amount * oracles[oracle]!.priceUsd };
}

/** Only a gap of a venue is a venue's, whatever else is called like one: its source is the venue, or it and a market. */
const isOf = ({ kind, source }: CoverageGap, venue: string) =>
  kind === 'venue' && (source === venue || source.startsWith(`${venue} `));
