import type { Book } from '@undertow/book';
import type { ReportTable } from '../content.ts';
import { originOf } from '../made-of.ts';
import { field, tableOf } from '../table.ts';
import type { MeasuredState } from './measured-state.ts';

const USD = 'USD, at the oracle prices of each venue';
const RATIO = 'ratio';
const MANY = 'a number of them';
/** Owners that are listed; the others are in the shares. */
const MOST_OWNERS = 50;

/** On how few owners the debt hangs, and on whom. */
export function ownerTables(book: Book, { owners, concentrations }: MeasuredState): ReportTable[] {
  const origin = originOf(book, 'owners of the book');
  return [
    tableOf(concentrations, {
      name: 'concentration',
      title: 'How much of the debt few owners owe',
      origin,
      columns: [
        field('venue', 'Venue'),
        field('owners', 'Owners', MANY),
        field('debtUsd', 'Debt', USD),
        field('top1', 'The largest', RATIO),
        field('top5', 'Five', RATIO),
        field('top10', 'Ten', RATIO),
        field('top50', 'Fifty', RATIO),
        field('herfindahl', 'Σ share²', 'a number from 0 to 1; 1 = one owes all'),
      ],
    }),
    tableOf(owners, {
      name: 'owners',
      title: 'Owners who owe most',
      origin,
      columns: [
        field('owner', 'Owner'),
        field('venues', 'Venues', MANY),
        field('accounts', 'Accounts'),
        field('collateralUsd', 'Collateral', USD),
        field('debtUsd', 'Debt', USD),
        field('leastHealth', 'Least health', 'ratio, liquidatable below 1; null = nothing has to be backed'),
      ],
      most: MOST_OWNERS,
    }),
  ];
}
