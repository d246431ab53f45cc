import type { Book } from '@undertow/book';
import type { ClearingReport, NamedScenario } from '@undertow/margin';
import { dollars, money, signedPercent } from '../compact-numbers.ts';
import { coverageText } from '../coverage-text.ts';
import { proseWidth } from '../terminal-width.ts';
import { percent, table } from '../text-table.ts';
import { wrapText } from '../wrap-text.ts';

/** What is shown of all venues as one house. */
export interface ShownClearing {
  readonly book: Book;
  readonly report: ClearingReport;
  /** Why there are no prices; undefined where there are. */
  readonly noPrices: string | undefined;
}

/** All venues as one clearing house, for a terminal of so many columns. */
export function clearingText({ book, report, noPrices }: ShownClearing, width: number): string {
  const prose = (text: string) => wrapText(text, proseWidth(width)).join('\n');
  const parts = [
    `All venues as one clearing house at block ${book.block} of chain ${book.chainId}`,
    prose(headline(report)),
    prose(scenariosText(report)),
    needsTable(report),
    ...[
      ...(noPrices === undefined ? [] : [`Without prices of the past: ${noPrices}`]),
      ...report.missing,
      coverageText(book.coverage),
    ].map(prose),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function headline({ view: { binding, fundUsd, heldUsd, isCovered, savedUsd } }: ClearingReport): string {
  if (binding === undefined) return 'In no scenario does anybody owe more than he has.';
  const held = isCovered ? 'enough' : `${dollars(fundUsd - heldUsd)} too little`;
  return `One fund of ${dollars(fundUsd)} would bear the two worst owners (cover-2). What venues hold for losses is ${dollars(heldUsd)} together: ${held}. Each for itself, they would need ${dollars(savedUsd)} more.`;
}

function scenariosText({ view, factors }: ClearingReport): string {
  const told = factors.flatMap(({ name, deviation }) =>
    deviation === undefined ? [] : [`${name} ${percent(deviation)}`],
  );
  const by =
    told.length === 0
      ? ''
      : ` of two, four and six standard deviations either way (${told.join(', ')}), together and each alone`;
  return `Of ${view.scenarios} scenarios${by}, each before anybody reacts.`;
}

function needsTable({ view: { binding, apart }, scenarios }: ClearingReport): string {
  if (binding === undefined) return '';
  const cells = (
    name: string,
    { owners, index, fundUsd }: Omit<(typeof apart)[number], 'venue'>,
  ): string[] => [
    name,
    money(fundUsd),
    owners.map(({ owner }) => owner).join('\n'),
    owners.map(({ lossUsd }) => money(lossUsd)).join('\n'),
    scenarioText(scenarios.get(index)!),
  ];
  return table(
    ['Fund', 'Needed, USD', 'For', 'Leave', 'When'],
    [
      cells('one for all', { ...binding, fundUsd: binding.lossUsd }),
      ...apart.map(({ venue, ...need }) => cells(venue, need)),
    ],
    [0, 2, 4],
  );
}

function scenarioText({ moves, volatilityMove }: NamedScenario): string {
  const sizes = new Set(moves.map(({ move }) => signedPercent(move)));
  // What moves alike is told once.
  const prices =
    sizes.size === 1 && moves.length > 1
      ? [`${moves.map(({ what }) => what).join(' ')} ${[...sizes][0]}`]
      : moves.map(({ what, move }) => `${what} ${signedPercent(move)}`);
  return [...prices, ...(volatilityMove === 0 ? [] : [`volatility ${signedPercent(volatilityMove)}`])].join(
    '\n',
  );
}

/** The same as what JSON can say; money in USD, what there is not is null. */
export function clearingJson({ book, report, noPrices }: ShownClearing): object {
  const { view, scenarios, factors, missing } = report;
  const { binding, apart, ...figures } = view;
  return {
    chainId: book.chainId,
    block: book.block,
    bookHash: book.hash,
    ...figures,
    binding: binding && { ...binding, scenario: scenarios.get(binding.index) },
    apart: apart.map((need) => ({ ...need, scenario: scenarios.get(need.index) })),
    factors,
    noPrices,
    missing,
    coverage: book.coverage,
  };
}
