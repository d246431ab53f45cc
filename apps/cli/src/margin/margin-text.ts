import { moveName } from '@undertow/cascade';
import type { AccountMargin, Distance, MarginTotals, PortfolioMargin } from '@undertow/margin';
import type { Interval } from '@undertow/sweep';
import { amount, dollars, money, NOTHING, signedPercent } from '../compact-numbers.ts';
import { coverageText } from '../coverage-text.ts';
import { proseWidth } from '../terminal-width.ts';
import { percent, table, units } from '../text-table.ts';
import { wrapText } from '../wrap-text.ts';
import { placeOf, type ShownMargin } from './shown-margin.ts';

/** An offset below this share of the whole is none worth telling. */
const LEAST_OFFSET = 1e-4;

/** An owner's margins for a terminal of so many columns. */
export function marginText(shown: ShownMargin, width: number): string {
  const { address, book, report, leftOut, noPrices } = shown;
  const prose = (text: string) => wrapText(text, proseWidth(width)).join('\n');
  const { margin } = report;
  const parts = [
    `${address} at block ${book.block} of chain ${book.chainId}`,
    prose(headline(shown)),
    totalsTable(margin),
    table(
      ['Account', 'Equity', 'Maintenance', 'Initial', 'Ratio', 'State'],
      margin.accounts.map((account) => accountCells(account)),
      [0, 5],
    ),
    distanceText(shown, prose),
    ...(margin.portfolio
      ? [prose(tailText(shown, margin.portfolio)), contributionTable(margin.portfolio)]
      : []),
    sensitivityText(shown),
    gridTable(shown),
    derivativesText(shown, prose),
    ...[
      ...(noPrices === undefined ? [] : [`No value at risk and no deviations: ${noPrices}`]),
      ...(noPrices === undefined ? unpricedText(report) : []),
      ...report.missing,
      ...(leftOut.length > 0 ? [`Not in the model: ${leftOut.map(placeOf).join('; ')}.`] : []),
      coverageText(book.coverage),
    ].map(prose),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Of what no price was given at all; what has too few is told by the report. */
function unpricedText({ withoutPrices, missing }: ShownMargin['report']): string[] {
  const untold = withoutPrices.filter((symbol) => !missing.some((one) => one.includes(symbol)));
  return untold.length === 0
    ? []
    : [`Of ${untold.join(', ')} no prices were given: value at risk takes them to stand still.`];
}

function headline({ report: { margin } }: ShownMargin): string {
  const { isolated, cross } = margin;
  const due = margin.accounts.filter(({ isDue }) => isDue);
  const many = margin.accounts.length === 1 ? '1 account' : `${margin.accounts.length} accounts`;
  const state =
    due.length === 0
      ? 'None may be liquidated now.'
      : `${due.length} may be liquidated now: ${due.map(({ name }) => name).join(', ')}.`;
  const call =
    isolated.callUsd > cross.callUsd
      ? ` What they lack of maintenance is ${dollars(isolated.callUsd)} one by one, ${dollars(cross.callUsd)} if one paid for another.`
      : '';
  return `${many} with ${dollars(cross.equityUsd)} of equity against ${dollars(cross.maintenanceUsd)} of maintenance margin. ${state}${call}`;
}

const ratio = (value: number | undefined) => (value === undefined ? 'no equity' : percent(value));

function totalsTable({ isolated, cross, portfolio, venues }: ShownMargin['report']['margin']): string {
  const cells = (
    name: string,
    { equityUsd, maintenanceUsd, initialUsd, callUsd, marginRatio }: MarginTotals,
  ) => [name, money(equityUsd), money(maintenanceUsd), money(initialUsd), ratio(marginRatio), money(callUsd)];
  return table(
    ['Margin in USD', 'Equity', 'Maintenance', 'Initial', 'Ratio', 'Lacks'],
    [
      cells('isolated, the worst', isolated),
      cells('cross, all as one', cross),
      ...(portfolio ? [cells('portfolio', portfolio)] : []),
      ...(venues.length > 1 ? venues.map(({ venue, cross: own }) => cells(`cross at ${venue}`, own)) : []),
    ],
  );
}

const accountCells = (account: AccountMargin): string[] => [
  account.name,
  money(account.equityUsd),
  money(account.maintenanceUsd),
  money(account.initialUsd),
  ratio(account.marginRatio),
  account.isDue ? 'may be liquidated' : 'open',
];

function distanceText({ report }: ShownMargin, prose: (text: string) => string): string {
  const rows = report.margin.accounts.flatMap((account, at) =>
    report.distances[at]!.map((distance) => distanceCells(account, distance)),
  );
  if (rows.length === 0) return prose('No move of a single reference price brings an account to its line.');
  return table(['To the line', 'Price of', 'Now', 'At the line', 'Move', 'Deviations'], rows, [0, 1]);
}

const distanceCells = (
  account: AccountMargin,
  { reference, priceUsd, lineUsd, move, deviations }: Distance,
): string[] => [
  account.name,
  reference,
  units(priceUsd),
  units(lineUsd),
  signedPercent(move),
  deviations === undefined ? NOTHING : deviations.toFixed(1),
];

const METHODS = {
  historical: 'the windows of the past',
  ewma: 'the moments of the past at the volatility of now (EWMA)',
  garch: 'the moments of the past at the volatility of now (GARCH)',
  'student-t': 'draws from a Student-t',
  normal: 'draws from a normal distribution',
} as const;

const between = ({ low, high }: Interval) =>
  `${low === undefined ? 'unknown' : dollars(low)} to ${high === undefined ? 'unknown' : dollars(high)}`;

function tailText({ book, report }: ShownMargin, portfolio: PortfolioMargin): string {
  const { tail, worst } = portfolio;
  if (!tail || !worst) return '';
  const hours = tail.horizonSeconds / 3_600;
  const horizon = hours % 24 === 0 ? `${hours / 24} d` : `${Number(hours.toFixed(2))} h`;
  const moves = worst.scenario.moves.map((move) => `${moveName(book, move)} ${signedPercent(move.move)}`);
  const factors = report.factors.map(({ name, deviation }) => `${name} ${percent(deviation)}`).join(', ');
  return [
    `Over ${horizon}, by ${METHODS[tail.method]} (${tail.scenarios} scenarios, worth ${Math.round(tail.independent)}; standard deviations ${factors}):`,
    `in ${percent(tail.level)} of them no more than ${dollars(tail.valueAtRiskUsd)} is lost (${between(tail.valueAtRiskInterval)}), and in the others ${dollars(tail.expectedShortfallUsd)} on average (${between(tail.expectedShortfallInterval)}).`,
    `The worst of the joint scenarios is ${moves.join(', ')}: ${dollars(worst.lossUsd)}.`,
    `Portfolio margin asks the greater of the two, ${comparedText(portfolio)}.`,
  ].join(' ');
}

/** Beside the accounts one by one by the same measure, and beside what the venues ask. */
function comparedText({ offsetUsd, aloneUsd, belowIsolatedUsd }: PortfolioMargin): string {
  const alone =
    offsetUsd < LEAST_OFFSET * aloneUsd
      ? 'as much as of the accounts one by one'
      : `${dollars(offsetUsd)} less than ${dollars(aloneUsd)} of the accounts one by one`;
  return `${alone}, and ${dollars(Math.abs(belowIsolatedUsd))} ${belowIsolatedUsd < 0 ? 'more' : 'less'} than the venues do`;
}

function contributionTable({ tail }: PortfolioMargin): string {
  if (!tail || tail.contributions.length < 2) return '';
  return table(
    ['Contributes', 'To VaR', 'To ES', 'VaR alone', 'ES alone'],
    tail.contributions.map(({ part, valueAtRiskUsd, expectedShortfallUsd, aloneUsd }) => [
      part,
      money(valueAtRiskUsd),
      money(expectedShortfallUsd),
      money(aloneUsd.valueAtRisk),
      money(aloneUsd.expectedShortfall),
    ]),
  );
}

function sensitivityText({ report: { sensitivities } }: ShownMargin): string {
  const { prices, vegaUsd } = sensitivities;
  if (prices.length === 0) return '';
  return table(
    ['Gains when', 'rises by', 'USD', 'Delta rises by'],
    [
      ...prices.map(({ factor, deltaUsd, gammaUsd }) => [factor, '1 %', money(deltaUsd), money(gammaUsd)]),
      ...(vegaUsd === 0 ? [] : [['implied volatility', '1 %', money(vegaUsd), NOTHING]]),
    ],
  );
}

function gridTable({ report: { grid, sensitivities } }: ShownMargin): string {
  if (sensitivities.prices.length === 0) return '';
  return table(
    ['All prices', ...grid.moves.map((move) => (move === 0 ? 'as now' : signedPercent(move)))],
    grid.volatilityMoves.map((move, row) => [
      move === 0 ? 'gain, USD' : `volatility ${signedPercent(move)}`,
      ...grid.gainsUsd[row]!.map(money),
    ]),
  );
}

function derivativesText({ report: { derivatives } }: ShownMargin, prose: (text: string) => string): string {
  if (derivatives.length === 0) return '';
  const rows = derivatives.map(({ reference, greeks, grid }) => [
    reference,
    amount(greeks.delta - greeks.collateralDelta),
    greeks.gamma === 0 ? NOTHING : greeks.gamma.toPrecision(3).replace('-', '−'),
    money(greeks.vegaUsd / 100),
    money(greeks.thetaUsd / 365),
    money(grid.maintenanceUsd),
    money(grid.initialUsd),
  ]);
  const left = [...new Set(derivatives.flatMap((one) => one.left))];
  return [
    table(
      ['Derivatives on', 'Delta', 'Gamma', 'Vega, a point', 'Theta, a day', 'Grid: maintenance', 'initial'],
      rows,
    ),
    prose(
      'Greeks are by Black-76, of options and perpetuals. The grid is what margin by 23 scenarios of price and volatility would ask of all that is on the reference, and of the rest as it stands.',
    ),
    ...(left.length > 0 ? [prose(`Some of it is left out: ${left.join('; ')}.`)] : []),
  ].join('\n');
}
