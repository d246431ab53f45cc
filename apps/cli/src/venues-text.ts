import type { Book, FundSummary, GapKind, VenueSummary } from '@undertow/book';
import { amount, count, money } from './compact-numbers.ts';
import { coverageText } from './coverage-text.ts';
import { figureTable } from './figure-table.ts';
import { heightText } from './height-text.ts';
import { table, usd } from './text-table.ts';

/** Venues as a table for a terminal, with the accounts that are left out counted and the reasons beneath. */
export function venuesText(book: Book, venues: readonly VenueSummary[]): string {
  const { coverage } = book;
  const lines = [
    `${heightText(book)}: its venues. Money in USD at each venue's oracle prices; "left out" counts accounts.`,
    coverageText(coverage),
    '',
    table(
      ['Venue', 'Mechanism', 'Accounts', 'Due', 'Collateral', 'Owed', 'Left out'],
      venues.map((venue) => [
        venue.id,
        `${venue.mechanism} ${venue.version}`,
        count(venue.accounts),
        count(venue.due),
        money(venue.collateralUsd),
        money(venue.debtUsd),
        count(venue.leftOut),
      ]),
      [0, 1],
    ),
    ...fundsText(venues),
    ...leftOut(coverage.gaps),
  ];
  return `${lines.join('\n')}\n`;
}

function fundsText(venues: readonly VenueSummary[]): string[] {
  const rows = venues.flatMap(({ id, funds }) => funds.map((fund) => ({ ...fund, venue: id })));
  const drawn = figureTable<FundSummary & { readonly venue: string }>(rows, {
    title: 'Shared funds, below 0 where one owes',
    columns: [
      { head: 'Venue', of: ({ venue }) => venue },
      { head: 'Fund', of: ({ kind }) => kind, isWords: true },
      { head: 'Of', of: ({ symbol }) => symbol, isWords: true },
      { head: 'Units', of: ({ amount: held }) => amount(held) },
      { head: 'Worth USD', of: ({ valueUsd }) => money(valueUsd) },
    ],
  });
  return drawn === '' ? [] : ['', drawn];
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
