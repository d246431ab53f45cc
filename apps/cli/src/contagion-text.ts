import type { CascadeResult, Contagion } from '@undertow/cascade';
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
    'Who bears the losses: what funds do not pay is the bad debt after funds',
    table(
      ['Venue', 'Bad debt USD,\nbefore funds', 'Paid by funds', 'Taken off others', 'Left on accounts'],
      waterfall.map(({ venue, lossUsd, fundUsd, socialisedUsd, leftUsd }) => [
        venue,
        ...[lossUsd, fundUsd, socialisedUsd, leftUsd].map(usd),
      ]),
    ),
  ].join('\n');
}

function funds({ funds: all }: CascadeResult): string {
  const used = all.filter(({ before, after }) => before !== after);
  if (used.length === 0) return '';
  return [
    'Shared funds used',
    table(
      ['Venue', 'Fund', 'Before', 'After', 'Paid USD'],
      used.map(({ venue, fund, symbol, before, after, drawnUsd }) => [
        venue,
        fund,
        `${units(before)} ${symbol}`,
        `${units(after)} ${symbol}`,
        usd(drawnUsd),
      ]),
    ),
  ].join('\n');
}
