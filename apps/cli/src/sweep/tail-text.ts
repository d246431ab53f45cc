import type { Book } from '@undertow/book';
import type { CrossVenue, Equilibria, TailMeasures } from '@undertow/sweep';
import { count, dollars, money } from '../compact-numbers.ts';
import { figureTable } from '../figure-table.ts';
import { accountPlace } from '../simulate/account-place.ts';
import { policiesText } from '../simulate/scenario-text.ts';
import { proseWidth } from '../terminal-width.ts';
import { percent, table } from '../text-table.ts';
import { wrapText } from '../wrap-text.ts';

const MOST_ACCOUNTS = 10;

/** What is behind the worst of a sweep. */
export interface Tail {
  readonly measures: TailMeasures;
  /** Of the worst scenario; undefined when nobody loses in any. */
  readonly worst: Equilibria | undefined;
}

/** The tail of a sweep for a terminal of so many columns. */
export function tailText(book: Book, { measures, worst }: Tail, width: number): string {
  const { level, scenarios, expectedShortfallUsd, accounts, otherAccountsUsd, crossVenue, coverTwo } =
    measures;
  const prose = (text: string) => wrapText(text, proseWidth(width)).join('\n');
  const head = `Behind the ES of ${percent(level)}, ${dollars(expectedShortfallUsd)}, ${scenarios === 1 ? 'is one scenario' : `are ${scenarios === 0 ? 'no' : count(scenarios)} scenarios`} in which something is lost.`;
  const blocks = [
    prose(head),
    figureTable(accounts, {
      title: `Accounts by their part of it; all others ${dollars(otherAccountsUsd)}`,
      columns: [
        { head: 'Venue', of: (account) => accountPlace(book, account), isWords: true },
        { head: 'Owner', of: ({ owner }) => owner, isWords: true },
        { head: 'Part of ES', of: ({ contributionUsd }) => money(contributionUsd) },
      ],
      most: MOST_ACCOUNTS,
    }),
    crossVenueTable(crossVenue),
    figureTable(coverTwo, {
      title: 'Cover-2: the two owners who leave most, against the funds of the venue',
      columns: [
        { head: 'Venue', of: ({ venue }) => venue },
        { head: 'Scenario', of: ({ index }) => String(index), isWords: true },
        { head: 'Loss of the two', of: ({ lossUsd }) => money(lossUsd) },
        { head: 'Funds', of: ({ fundUsd }) => money(fundUsd) },
        { head: 'Covered', of: ({ isCovered }) => (isCovered ? 'yes' : 'no'), isWords: true },
      ],
    }),
    ...(worst ? [prose(equilibriaText(worst))] : []),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function crossVenueTable({ causes, venues, shares, liquidatedUsd }: CrossVenue): string {
  if (venues.length === 0) return '';
  const rows = causes.map((cause, row) => [
    cause === 'shock' ? 'the shock' : cause,
    ...venues.map((_, column) => percent(shares[row]![column]!)),
  ]);
  const all = ['liquidated', ...liquidatedUsd.map(money)];
  return `What was liquidated at a venue (column), by whose trades caused it (row)\n${table(['Cause', ...venues], [...rows, all])}`;
}

function equilibriaText({ least, greatest, differ }: Equilibria): string {
  if (!differ)
    return `The worst scenario comes to rest at a loss of ${dollars(least.lossUsd)} whoever acts how: at a profit or at any loss, oracles between or within rounds.`;
  return `The worst scenario depends on who acts how. Least loss: ${dollars(least.lossUsd)}. ${policiesText(least.policies)} Greatest loss: ${dollars(greatest.lossUsd)}. ${policiesText(greatest.policies)}`;
}
