import { venueSummaries, type Book, type FundSummary, type GapKind, type VenueSummary } from '@undertow/book';
import { openBook, type BookSource } from './book-source.ts';
import { coverageText } from './coverage-text.ts';
import { jsonText } from './json-text.ts';
import { print } from './print.ts';
import { table, units, usd } from './text-table.ts';

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
    coverageText(coverage),
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
        leftOutText(venue),
      ]),
    ),
    ...leftOut(coverage.gaps),
  ];
  return `${lines.join('\n')}\n`;
}

const fundText = ({ kind, amount, symbol }: FundSummary): string => `${kind}: ${units(amount)} ${symbol}`;

/** How many accounts are left out, and the reasons in words; other gaps leave nobody out. */
function leftOutText({ leftOut: accounts, gaps }: VenueSummary): string {
  if (gaps.length === 0) return '–';
  return [`${accounts} ${accounts === 1 ? 'account' : 'accounts'}`, ...gaps.map(({ reason }) => reason)]
    .map((line) => wrap(line))
    .join('\n');
}

const NARROW = 34;

/** A line broken between words, so that a column of a table stays narrow. */
function wrap(text: string): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!;
    if (last !== '' && last.length + word.length >= NARROW) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.join('\n');
}

function leftOut(gaps: Book['coverage']['gaps']): string[] {
  if (gaps.length === 0) return ['', 'Nothing is known to be left out.'];
  const line = ({ kind, source, reason, count, unit, debtUsd }: (typeof gaps)[number]) =>
    `  ${KIND_WORDS[kind]}${source}: ${reason} (${count} ${unit}${count === 1 ? '' : 's'}${debtUsd === undefined ? '' : `, ${usd(debtUsd)} USD of debt`})`;
  return ['', 'Left out, or not as it should be:', ...gaps.map(line)];
}

const KIND_WORDS: Readonly<Record<GapKind, string>> = {
  venue: '',
  asset: 'asset ',
  feed: 'feed ',
  'log-source': 'logs of ',
};
