import type { Book, CoverageGap } from '@undertow/book';
import { TABLES, type ImportedBook } from '@undertow/tables';
import { dollars, signedPercent } from '../compact-numbers.ts';
import { coverageText } from '../coverage-text.ts';
import { table } from '../text-table.ts';
import { wrapText } from '../wrap-text.ts';

/** Gaps that are listed; the rest are in the file. */
const MOST_GAPS = 20;

/** What became of some tables, for a terminal: what is in the book, what is not and why, and what its assets can be sold in. */
export function importText({ book, rows, withoutDebt, notes }: ImportedBook, width: number): string {
  const { coverage, accounts, venues, assets } = book;
  const read = TABLES.flatMap((name) =>
    rows[name] === undefined ? [] : [`${name} ${rows[name].toLocaleString('en-US')}`],
  );
  const idle = withoutDebt === 0 ? '' : ` ${many(withoutDebt, 'account')} without debt left out.`;
  const sentences = [
    `Rows read: ${read.join(', ') || 'none'}.`,
    `The book has ${many(accounts.count, 'account')} at ${many(venues.length, 'venue')} over ${many(assets.length, 'asset')}, owing ${dollars(coverage.modelledDebtUsd)}.${idle}`,
    coverageText(coverage),
    ...notes,
  ].flatMap((line) => wrapText(line, width));
  return `${[sentences.join('\n'), gapTable(coverage.gaps), depthTable(book)].filter((part) => part !== '').join('\n\n')}\n`;
}

const many = (number: number, what: string) =>
  `${number.toLocaleString('en-US')} ${what}${number === 1 ? '' : 's'}`;

function gapTable(gaps: readonly CoverageGap[]): string {
  if (gaps.length === 0) return '';
  const largest = gaps
    .toSorted((a, b) => (b.debtUsd ?? Infinity) - (a.debtUsd ?? Infinity))
    .slice(0, MOST_GAPS);
  const rows = largest.map(({ source, reason, count: number, unit, debtUsd }) => [
    source,
    reason,
    many(number, unit),
    debtUsd === undefined ? 'not known' : dollars(debtUsd),
  ]);
  const more = gaps.length > largest.length ? `\nand ${gaps.length - largest.length} more, in the file` : '';
  return `Left out\n${table(['Where', 'Why', 'How many', 'Their debt'], rows, [0, 1])}${more}`;
}

/** Where each asset can be sold, and how far down that is known. */
function depthTable({ assets, depth }: Book): string {
  const rows = depth.flatMap((curve, row) => {
    if (!curve) return [];
    const [low, high] = [curve.sqrtPrice[0]!, curve.sqrtPrice.at(-1)!];
    const end = (root: number) => signedPercent((root / curve.startSqrtPrice) ** 2 - 1);
    return [
      [assets[row]!.symbol, assets[curve.quote]!.symbol, end(low), end(high), curve.sources.join(', ')],
    ];
  });
  if (rows.length === 0) return '';
  return `Depth\n${table(['Asset', 'Against', 'Known down to', 'and up to', 'By'], rows, [0, 1, 4])}`;
}
