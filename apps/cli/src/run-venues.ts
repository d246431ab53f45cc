import { venueSummaries, type Book, type FundSummary, type VenueSummary } from '@undertow/book';
import { openBook, type BookSource } from './book-source.ts';
import { jsonText } from './json-text.ts';
import { print } from './print.ts';
import { percent, table, units, usd } from './text-table.ts';

export interface VenuesOptions extends BookSource {
  readonly json?: boolean;
}

/** Prints the venues of a book. */
export async function runVenues(options: VenuesOptions): Promise<void> {
  const { book } = await openBook(options);
  const venues = venueSummaries(book);
  const { chainId, block, hash, coverage } = book;
  await print(
    options.json ? jsonText({ chainId, block, bookHash: hash, venues, coverage }) : venuesText(book, venues),
  );
}

/** Venues as a table for a terminal, with what is left out beneath. */
export function venuesText({ chainId, block, coverage }: Book, venues: readonly VenueSummary[]): string {
  const lines = [
    `Venues at block ${block} of chain ${chainId}. Money in USD at each venue's oracle prices.`,
    `Coverage: ${percent(coverage.share)} of ${usd(coverage.knownDebtUsd)} USD of debt is modelled.`,
    '',
    table(
      ['Venue', 'Mechanism', 'Release', 'Accounts', 'Due', 'Collateral', 'Owed', 'Funds', 'Left out'],
      venues.map((venue) => [
        venue.id,
        venue.mechanism,
        venue.version,
        String(venue.accounts),
        String(venue.due),
        usd(venue.collateralUsd),
        usd(venue.debtUsd),
        venue.funds
          .filter(({ amount }) => amount !== 0)
          .map(fundText)
          .join('\n') || '–',
        String(venue.gaps.length),
      ]),
    ),
    ...leftOut(coverage.gaps),
  ];
  return `${lines.join('\n')}\n`;
}

const fundText = ({ kind, amount, symbol }: FundSummary): string => `${kind}: ${units(amount)} ${symbol}`;

function leftOut(gaps: Book['coverage']['gaps']): string[] {
  if (gaps.length === 0) return ['', 'Nothing is known to be left out.'];
  const line = ({ source, reason, count, debtUsd }: (typeof gaps)[number]) =>
    `  ${source}: ${reason} (${count} affected${debtUsd === undefined ? '' : `, ${usd(debtUsd)} USD of debt`})`;
  return ['', 'Left out:', ...gaps.map(line)];
}
