import type { CascadeResult, Contagion, FundUse, Waterfall } from '@undertow/cascade';
import type { FundKind } from '@undertow/market';
import { amount, money } from '../compact-numbers.ts';
import { figureTable } from '../figure-table.ts';
import { wrapText } from '../wrap-text.ts';

/** Rows of a list that are printed; the rest is counted. */
const MOST_ROWS = 12;

/** What went between venues, who bears the losses, and what shared funds did; '' when there is nothing of it. */
export function contagionText(result: CascadeResult, width: number): string {
  return [hurtText(result, width), waterfallText(result), fundsText(result, width)]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Value liquidated: causes down, the venues that they hurt across; as a list where that is too wide. */
function hurtText({ contagion, byVenue }: CascadeResult, width: number): string {
  const hurt = contagion.filter(({ liquidatedUsd }) => liquidatedUsd > 0);
  if (hurt.length === 0) return '';
  const all = byVenue.map(({ venue }) => venue);
  const venues = all.filter((venue) => hurt.some((row) => row.venue === venue));
  const causes = ['shock', ...all].filter((cause) => hurt.some((row) => row.cause === cause));
  const sum = (isMeant: (row: Contagion) => boolean) =>
    hurt.filter(isMeant).reduce((usd, { liquidatedUsd }) => usd + liquidatedUsd, 0);
  const square = figureTable(causes, {
    title: 'Who hurts whom: USD liquidated at each venue because of the shock, or of the trades of a venue',
    columns: [
      { head: 'Because of', of: nameOf },
      ...venues.map((venue) => ({
        head: venue,
        of: (cause: string) => money(sum((row) => row.cause === cause && row.venue === venue)),
      })),
      { head: 'All', of: (cause) => money(sum((row) => row.cause === cause)) },
    ],
  });
  if (square.split('\n').every((line) => line.length <= width)) return square;
  return hurtList(hurt);
}

function hurtList(hurt: readonly Contagion[]): string {
  const found = new Map<string, Pick<Contagion, 'cause' | 'venue' | 'liquidatedUsd'>>();
  for (const { cause, venue, liquidatedUsd } of hurt) {
    const key = `${cause}\n${venue}`;
    const before = found.get(key)?.liquidatedUsd ?? 0;
    found.set(key, { cause, venue, liquidatedUsd: before + liquidatedUsd });
  }
  const rows = [...found.values()].sort((a, b) => b.liquidatedUsd - a.liquidatedUsd);
  return figureTable(rows, {
    title: 'Who hurts whom: USD liquidated because of the shock, or of the trades of a venue',
    columns: [
      { head: 'Because of', of: ({ cause }) => nameOf(cause) },
      { head: 'Liquidated at', of: ({ venue }) => venue, isWords: true },
      { head: 'USD', of: ({ liquidatedUsd }) => money(liquidatedUsd) },
    ],
    most: MOST_ROWS,
    rest: (left) => `${money(left.reduce((all, row) => all + row.liquidatedUsd, 0))} USD`,
  });
}

const nameOf = (cause: string) => (cause === 'shock' ? 'the shock' : cause);

function waterfallText({ waterfall }: CascadeResult): string {
  return figureTable<Waterfall>(waterfall, {
    title: 'Who bears the losses, USD',
    columns: [
      { head: 'Venue', of: ({ venue }) => venue },
      { head: 'Loss', of: ({ lossUsd }) => money(lossUsd) },
      { head: 'Borne\nby funds', of: ({ fundUsd }) => money(fundUsd) },
      { head: 'Taken off\nothers', of: ({ socialisedUsd }) => money(socialisedUsd) },
      { head: 'Left, nobody\nhas covered it', of: ({ leftUsd }) => money(leftUsd) },
      { head: 'Not realised:\nopen accounts', of: ({ openUsd }) => money(openUsd) },
    ],
  });
}

function fundsText({ funds }: CascadeResult, width: number): string {
  const used = funds.filter(({ before, after, paidUsd }) => before !== after || paidUsd !== 0);
  const drawn = figureTable<FundUse>(used, {
    title: 'Shared funds used, USD at the final prices: their losses are what funds bear',
    columns: [
      { head: 'Fund', of: ({ venue, fund }) => `${venue} ${fund}` },
      { head: 'Of', of: ({ symbol }) => symbol, isWords: true },
      { head: 'Before', of: ({ before }) => amount(before) },
      { head: 'After', of: ({ after }) => amount(after) },
      { head: 'Paid USD', of: ({ paidUsd }) => money(paidUsd) },
      { head: 'Received USD', of: ({ receivedUsd }) => money(receivedUsd) },
      { head: 'Loss USD', of: ({ lossUsd }) => money(lossUsd) },
    ],
    most: MOST_ROWS,
  });
  if (drawn === '') return '';
  const kinds = new Set<string>(used.map(({ fund }) => fund));
  const notes = FUND_NOTES.filter(([kind]) => kinds.has(kind)).flatMap(([kind, note]) =>
    wrapText(`${kind}: ${note}`, width - 4).map((line, i) => `${i === 0 ? '  ' : '    '}${line}`),
  );
  return [drawn, ...notes].join('\n');
}

const FUND_NOTES: readonly (readonly [FundKind, string])[] = [
  [
    'stability-pool',
    'what it pays is debt repaid, for which it gets collateral; it loses what that does not cover',
  ],
  ['insurance-fund', 'it pays the losses, and receives its part of what is liquidated; the change is both'],
  ['lending-pool', 'it pays nothing, but is worth so much less'],
  ['deficit', 'debt written off and recorded; no fund paid it, and it counts as left'],
];
