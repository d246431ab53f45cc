import type { Book } from '@undertow/book';
import { DEFAULT_POLICIES, type Outcome, type Scenario } from '@undertow/cascade';
import { amount, count, dollars, money, moveCell } from '../compact-numbers.ts';
import { coverageText } from '../coverage-text.ts';
import { figureTable } from '../figure-table.ts';
import { heightText } from '../height-text.ts';
import { proseWidth } from '../terminal-width.ts';
import { wrapText } from '../wrap-text.ts';
import { policiesText, scenarioText } from './scenario-text.ts';

/** What the fast engine knows of one cascade, for a terminal of so many columns. */
export function outcomeText(
  book: Book,
  { scenario, outcome }: { readonly scenario: Scenario; readonly outcome: Outcome },
  width: number,
): string {
  const blocks = [
    lossText(outcome),
    `${heightText(book)}, the fast engine: ${scenarioText(book, scenario)}.\n${policiesText({ ...DEFAULT_POLICIES, ...scenario.policies })}\n${coverageText(book.coverage)}`,
    roundsText(outcome),
    'The fast engine keeps no accounts, no reasons and no causes: --engine clear tells them.',
  ].map((block) =>
    block
      .split('\n')
      .flatMap((line) => wrapText(line, proseWidth(width)))
      .join('\n'),
  );
  return `${[...blocks, ...tables(book, outcome)].filter((block) => block !== '').join('\n\n')}\n`;
}

function lossText({
  lossUsd,
  badDebtUsd,
  shortfallUsd,
  lossAtSaleUsd,
  stuckUsd,
  converged,
}: Outcome): string {
  const stuck = stuckUsd > 0 ? ` Debt of ${dollars(stuckUsd)} is due and nobody liquidates it.` : '';
  const stopped = converged ? '' : ' The run was stopped before it came to rest: losses may grow further.';
  return `Lenders, funds and other traders lose ${dollars(lossUsd)}: bad debt ${dollars(badDebtUsd)}, shortfall of open accounts ${dollars(shortfallUsd)}; ${dollars(lossAtSaleUsd)} if all collateral had to be sold.${stuck}${stopped}`;
}

function roundsText({ accounts, accountsPerRound, calls, liquidatedUsd, firstRoundUsd }: Outcome): string {
  if (accountsPerRound.length === 0) return 'Nobody is liquidated.';
  const rounds = accountsPerRound.length === 1 ? '1 round' : `${accountsPerRound.length} rounds`;
  return `${count(accounts)} accounts are liquidated in ${rounds} by ${count(calls)} calls, ${dollars(liquidatedUsd)} in all and ${dollars(firstRoundUsd)} in the first. Accounts by round: ${accountsPerRound.join(', ')}.`;
}

/** The largest losses first. */
function tables({ venues, markets, assets }: Book, outcome: Outcome): string[] {
  const rows = (lossUsd: ArrayLike<number>) =>
    [...Array(lossUsd.length).keys()].sort((a, b) => lossUsd[b]! - lossUsd[a]! || a - b);
  return [
    figureTable(rows(outcome.venueLossUsd), {
      title: 'By venue',
      columns: [
        { head: 'Venue', of: (row) => venues[row]!.id },
        { head: 'Loss', of: (row) => money(outcome.venueLossUsd[row]!) },
        { head: 'Liquidated', of: (row) => money(outcome.venueLiquidatedUsd[row]!) },
      ],
    }),
    figureTable(rows(outcome.marketLossUsd), {
      title: 'By market in which the debt was taken',
      columns: [
        { head: 'Market', of: (row) => `${venues[markets[row]!.venue]!.id} ${markets[row]!.label}` },
        { head: 'Loss', of: (row) => money(outcome.marketLossUsd[row]!) },
      ],
      most: 20,
    }),
    figureTable(rows(outcome.assetLossUsd), {
      title: 'By asset',
      columns: [
        { head: 'Asset', of: (row) => assets[row]!.symbol },
        { head: 'Loss owed in it', of: (row) => money(outcome.assetLossUsd[row]!) },
        { head: 'Seized', of: (row) => amount(outcome.assetSeized[row]!) },
        {
          head: 'Market',
          of: (row) => moveCell(outcome.assetMarketUsd[row]! / assets[row]!.oraclePriceUsd - 1),
        },
      ],
    }),
  ];
}
