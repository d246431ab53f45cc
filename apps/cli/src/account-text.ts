import type { AccountSummary, Book, ExactAccount, LegKind, LegSummary, OwnerAccount } from '@undertow/book';
import { coverageText } from './coverage-text.ts';
import { decimal, percent, table, units, usd } from './text-table.ts';

/** What an account is shown of. */
export interface ShownOwner {
  readonly address: string;
  readonly book: Book;
  readonly accounts: readonly OwnerAccount[];
}

const WORDS: Readonly<Record<LegKind, string>> = {
  collateral: 'holds',
  supply: 'holds',
  debt: 'owes',
  long: 'long',
  short: 'short',
  'option-held': 'holds option',
  'option-written': 'wrote option',
};

/** Everything that an address has, as text for a terminal. */
export function accountText({ address, book, accounts }: ShownOwner): string {
  const { block, chainId, coverage } = book;
  const lines = [
    `${address} at block ${block} of chain ${chainId}`,
    ...(accounts.length === 0 ? nothingKnown(book) : [totals(accounts)]),
    `${coverageText(coverage)} ${coverage.gaps.length} ${coverage.gaps.length === 1 ? 'reason' : 'reasons'} why something is left out.`,
    ...accounts.flatMap((account) => ['', ...accountLines(account)]),
  ];
  return `${lines.join('\n')}\n`;
}

function nothingKnown({ venues, block }: Book): string[] {
  return [
    `It has no position on the watched venues: ${venues.map(({ id }) => id).join(', ') || 'none is watched yet'}.`,
    `If it should have one, see "undertow venues" for what is left out at block ${block}, or name another block with --block.`,
  ];
}

function totals(accounts: readonly OwnerAccount[]): string {
  const summaries = accounts.flatMap(({ summary }) => summary ?? []);
  const sum = (value: (summary: AccountSummary) => number) =>
    usd(summaries.reduce((all, one) => all + value(one), 0));
  const venues = new Set(accounts.map(({ venue }) => venue.id)).size;
  const many = `${accounts.length} ${accounts.length === 1 ? 'account' : 'accounts'} at ${venues} ${venues === 1 ? 'venue' : 'venues'}`;
  if (summaries.length === 0) return `${many}, none with debt in the model.`;
  const lowest = Math.min(...summaries.map(({ healthFactor }) => healthFactor));
  return `${many}: ${sum(({ collateralUsd }) => collateralUsd)} USD backs ${sum(({ debtUsd }) => debtUsd)} USD owed, lowest health factor ${healthText(lowest)}.`;
}

function accountLines({ venue, market, summary, exact, reason }: OwnerAccount): string[] {
  const label = summary?.label || market;
  const state = summary
    ? `health factor ${healthText(summary.healthFactor)}, ${usd(summary.collateralUsd)} USD backs ${usd(summary.debtUsd)} USD owed`
    : 'not in the model: it owes nothing, or is left out';
  return [
    `${venue.id}${label === '' ? '' : `, ${label}`} (${venue.mechanism}, release ${venue.version}): ${state}`,
    ...(summary ? [legTable(summary.legs)] : []),
    ...(exact ? exactLines(exact) : []),
    ...(reason === undefined ? [] : [`No exact figures: ${reason}.`]),
  ];
}

function legTable(legs: readonly LegSummary[]): string {
  return table(
    ['Leg', 'Amount', 'Of', 'Price USD', 'Value USD', 'Counts'],
    legs.map((leg) => [
      WORDS[leg.kind],
      units(leg.amount),
      leg.instrument ?? leg.symbol,
      leg.isFixed ? `${units(leg.priceUsd)}, constant` : units(leg.priceUsd),
      usd(leg.valueUsd),
      countsAs(leg),
    ]),
    [0, 2, 5],
  );
}

function countsAs({ kind, liquidationThreshold, maintenanceMargin }: LegSummary): string {
  if (kind === 'collateral') return `threshold ${percent(liquidationThreshold)}`;
  if (kind === 'supply') return 'not collateral';
  return maintenanceMargin > 0 ? `margin ${percent(maintenanceMargin)}` : '';
}

function exactLines({ healthFactorWad, liquidationPrices, figures }: ExactAccount): string[] {
  return [
    ...(healthFactorWad === undefined
      ? []
      : [`By the venue's own measure ${decimal(healthFactorWad, 18)}, liquidatable below 1`]),
    ...(liquidationPrices.length === 0
      ? []
      : [
          table(
            ['Liquidatable when', 'answers', 'Now', 'Move'],
            liquidationPrices.map(({ description, answer, presentAnswer, decimals, move }) => [
              description,
              decimal(answer, decimals),
              presentAnswer === undefined ? '–' : decimal(presentAnswer, decimals),
              move === undefined ? '–' : percent(move),
            ]),
          ),
        ]),
    table(
      ['View of the contract', 'What it is', 'Value', 'Integer'],
      figures.map(({ view, label, value, decimals, unit }) => [
        view,
        label,
        `${decimal(value, decimals)}${unit === '' ? '' : ` ${unit}`}`,
        String(value),
      ]),
      [0, 1],
    ),
  ];
}

/** What is below 1 does not read as 1: then the account may be liquidated. */
function healthText(healthFactor: number): string {
  if (healthFactor < 1) return Math.min(healthFactor, 0.9999).toFixed(4);
  return healthFactor >= 1_000 ? 'above 1000' : healthFactor.toFixed(4);
}
