import type { CascadeResult, Contagion } from '@undertow/cascade';
import type { FundKind } from '@undertow/market';
import { table, units, usd } from './text-table.ts';

/** What went between venues, as tables for a terminal; nothing when nobody was liquidated. */
export function contagionText(result: CascadeResult): string {
  if (result.accounts === 0) return '';
  const parts = [hurt(result), losses(result), funds(result)].filter((part) => part !== '');
  return parts.map((part) => `\n${part}\n`).join('');
}

/** Value liquidated, causes down, the venues that they hurt across. */
function hurt({ contagion, byVenue }: CascadeResult): string {
  const venues = byVenue.map(({ venue }) => venue);
  const causes = ['shock', ...venues].filter((cause) => contagion.some((row) => row.cause === cause));
  const sum = (isMeant: (row: Contagion) => boolean) => {
    const value = contagion.filter(isMeant).reduce((all, { liquidatedUsd }) => all + liquidatedUsd, 0);
    return value === 0 ? '–' : usd(value);
  };
  return [
    'Who hurts whom: USD liquidated at each venue because of the shock, or of the trades of a venue',
    table(
      ['Because of', ...venues, 'All'],
      causes.map((cause) => [
        cause === 'shock' ? 'the shock' : cause,
        ...venues.map((venue) => sum((row) => row.cause === cause && row.venue === venue)),
        sum((row) => row.cause === cause),
      ]),
    ),
  ].join('\n');
}

function losses({ waterfall }: CascadeResult): string {
  if (waterfall.length === 0) return 'Collateral covers every debt: no venue has bad debt.';
  return [
    'Who bears the losses: what funds do not bear is the bad debt after funds',
    table(
      [
        'Venue',
        'Bad debt USD,\nbefore funds',
        'Borne by funds',
        'Taken off others',
        'Left, nobody\nhas covered it',
      ],
      waterfall.map(({ venue, lossUsd, fundUsd, socialisedUsd, leftUsd }) => [
        venue,
        ...[lossUsd, fundUsd, socialisedUsd, leftUsd].map(usd),
      ]),
    ),
  ].join('\n');
}

function funds({ funds: all }: CascadeResult): string {
  const used = all.filter(({ before, after, paidUsd }) => before !== after || paidUsd !== 0);
  if (used.length === 0) return '';
  const kinds = new Set<string>(used.map(({ fund }) => fund));
  const notes = FUND_NOTES.flatMap(([kind, note]) => (kinds.has(kind) ? [`  ${kind}: ${note}`] : []));
  return [
    'Shared funds used: their losses add up to what funds bear, above. USD at the final prices',
    table(
      ['Venue', 'Fund', 'Before', 'After', 'Paid USD', 'Received USD', 'Loss USD'],
      used.map(({ venue, fund, symbol, before, after, paidUsd, receivedUsd, lossUsd }) => [
        venue,
        fund,
        `${units(before)} ${symbol}`,
        `${units(after)} ${symbol}`,
        ...[paidUsd, receivedUsd, lossUsd].map(usd),
      ]),
    ),
    ...notes,
  ].join('\n');
}

const FUND_NOTES: readonly (readonly [FundKind, string])[] = [
  [
    'stability-pool',
    'what it pays is debt repaid, for which it gets collateral; its loss is what that does not cover',
  ],
  [
    'insurance-fund',
    'it pays the losses, and receives its part of what is liquidated; the change is paid less received',
  ],
  ['lending-pool', 'it pays nothing, but is worth so much less'],
  ['deficit', 'debt written off and recorded; no fund paid it, and it counts as left'],
];
