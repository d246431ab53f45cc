import { moveName } from '@undertow/cascade';
import {
  isSample,
  type AssetPart,
  type AtRisk,
  type Interval,
  type MarketPart,
  type PartLoss,
  type PlanCoverage,
  type Probability,
  type SweepProbabilities,
  type SweepSummary,
  type VenuePart,
} from '@undertow/sweep';
import { count, dollars, money, NOTHING } from '../compact-numbers.ts';
import { coverageText } from '../coverage-text.ts';
import { figureTable, type Column } from '../figure-table.ts';
import { heightText } from '../height-text.ts';
import { scenarioText } from '../simulate/scenario-text.ts';
import { proseWidth } from '../terminal-width.ts';
import { percent, table } from '../text-table.ts';
import { wrapText } from '../wrap-text.ts';
import { histogramText } from './histogram-text.ts';
import type { SummedSweep } from './summary-json.ts';

const MOST_PARTS = 10;

/** A sweep's summary for a terminal of so many columns: first who loses how much how often, then where and in which scenarios. */
export function summaryText(told: SummedSweep, width: number): string {
  const { book, summed } = told;
  const prose = (text: string) => wrapText(text, proseWidth(width)).join('\n');
  const shown = summed.lossUsd.greatest > 0 ? summed.lossUsd : summed.liquidatedUsd;
  const blocks = [
    prose(headlineText(told)),
    prose(`${titleText(told)} ${planCoverageText(told.coverage)} ${coverageText(book.coverage)}`),
    ...(summed.probabilities ? [riskTable(summed)] : []),
    [
      `${shown === summed.lossUsd ? 'Loss' : 'Liquidated'} by scenarios`,
      ...histogramText(shown.histogram, width),
    ].join('\n'),
    ...partTables(summed),
    worstTable(told),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function titleText({ book, plan, opened, engine, summed }: SummedSweep): string {
  const factors = [...new Set(opened.factors.map((move) => moveName(book, move)))].join(', ');
  const part =
    summed.done < summed.count ? `${count(summed.done)} of ${count(summed.count)}` : count(summed.count);
  return `${heightText(book)}, the ${engine} engine: ${part} scenarios, ${planText(plan)}, moving ${factors}.`;
}

function planText(plan: SummedSweep['plan']): string {
  if (plan.kind === 'grid') return plan.isProduct ? 'all combinations of a grid' : 'a grid';
  if (plan.kind === 'historical')
    return `windows of the past of ${hoursText(plan.horizonSeconds)} every ${hoursText(plan.stepSeconds)}`;
  const { model, seed } = plan;
  const drawn = `seed ${seed}`;
  return model.kind === 'student-t'
    ? `drawn from a Student-t with ${Number(model.degreesOfFreedom.toPrecision(2))} degrees of freedom (${drawn})`
    : `drawn by filtered historical simulation of ${model.steps} steps (${drawn})`;
}

const hoursText = (seconds: number) =>
  seconds % 86_400 === 0 ? daysText(seconds / 86_400) : `${seconds / 3_600} h`;
const daysText = (days: number) => (days === 1 ? '1 day' : `${days} days`);

function headlineText(told: SummedSweep): string {
  const { summed } = told;
  const { notConverged } = summed;
  const stopped =
    notConverged > 0 ? ` ${count(notConverged)} scenarios were stopped before they came to rest.` : '';
  return `${summed.probabilities ? sampleText(summed, summed.probabilities) : gridText(told)}${stopped}`;
}

/** Of a grid its worst moves: shares of it are no probabilities. */
function gridText({ book, opened, table, summed: { lossUsd, liquidatedUsd } }: SummedSweep): string {
  const movesAt = (figure: 'lossUsd' | 'liquidatedUsd', greatest: number) =>
    scenarioText(book, opened.scenario(table.figure(figure).indexOf(greatest)));
  if (lossUsd.greatest > 0)
    return `At worst ${dollars(lossUsd.greatest)} is lost: ${movesAt('lossUsd', lossUsd.greatest)}. A grid is no sample: it has no probabilities.`;
  if (liquidatedUsd.greatest > 0)
    return `Nothing is lost in any scenario; at most ${dollars(liquidatedUsd.greatest)} is liquidated: ${movesAt('liquidatedUsd', liquidatedUsd.greatest)}.`;
  return 'Nobody is liquidated and nothing is lost in any scenario.';
}

function sampleText(
  { lossUsd, liquidatedUsd }: SweepSummary,
  { liquidation, cascade, loss }: SweepProbabilities,
): string {
  if (liquidatedUsd.greatest === 0 && lossUsd.greatest === 0)
    return 'Nobody is liquidated and nothing is lost in any scenario.';
  const atLevel = (risks: readonly AtRisk[]) => risks.find(({ level }) => level === 0.99) ?? risks[0]!;
  const { level, valueAtRisk, expectedShortfall } = atLevel(lossUsd.atRisk);
  const most = valueAtRisk > 0 ? `at most ${dollars(valueAtRisk)}` : 'nothing';
  const lost =
    lossUsd.greatest > 0
      ? `In ${percent(level)} of scenarios ${most} is lost, in the other ${percent(1 - level)} on average ${dollars(expectedShortfall)}; the greatest loss is ${dollars(lossUsd.greatest)}.`
      : `Nothing is lost in any scenario; in ${percent(level)} of them at most ${dollars(atLevel(liquidatedUsd.atRisk).valueAtRisk)} is liquidated.`;
  return `${lost} Somebody is liquidated in ${probabilityText(liquidation)}, a cascade follows in ${probabilityText(cascade)}, somebody loses in ${probabilityText(loss)}.`;
}

const probabilityText = ({ share, interval }: Probability) =>
  `${percent(share)} (${percent(interval.low!)} to ${percent(interval.high!)})`;

function planCoverageText({ collateral, debt, still, unused }: PlanCoverage): string {
  const left = still.slice(0, 3).map(({ symbol }) => symbol);
  const more = still.length > left.length ? ` and ${still.length - left.length} more` : '';
  const standing = left.length > 0 ? ` Standing still: ${left.join(', ')}${more}.` : '';
  const lacking = unused.length > 0 ? ` Not in the book, and so not moved: ${unused.join(', ')}.` : '';
  return `Of what is no dollar, the plan moves ${percent(collateral.share)} of the collateral and ${percent(debt.share)} of the debt.${standing}${lacking}`;
}

function riskTable({ lossUsd, liquidatedUsd }: SweepSummary): string {
  return table(
    ['Level', 'LaR', '95 % of it', 'VaR of loss', '95 % of it', 'ES of loss', '95 % of it'],
    lossUsd.atRisk.map((loss, at) => {
      const liquidated = liquidatedUsd.atRisk[at]!;
      return [
        percent(loss.level),
        money(liquidated.valueAtRisk),
        range(liquidated.interval),
        money(loss.valueAtRisk),
        range(loss.interval),
        money(loss.expectedShortfall),
        range(loss.shortfallInterval),
      ];
    }),
  );
}

/** An end that the sample is too small for is a question mark. */
const range = (interval: Interval | undefined) =>
  interval === undefined ? '' : `${end(interval.low)} … ${end(interval.high)}`;
const end = (value: number | undefined) => (value === undefined ? '?' : money(Math.max(0, value)));

/** Of a grid, means alone: what lies beyond a level is a question of which moves were chosen. */
function partTables({
  byVenue,
  byMarket,
  byAsset,
  contributionLevel,
  probabilities,
}: SweepSummary): string[] {
  const share = percent(contributionLevel);
  const atLevel = (risks: readonly AtRisk[]) =>
    risks.find(({ level }) => level === contributionLevel) ?? risks[0]!;
  const ofSample = <Part>(columns: readonly Column<Part>[]) => (probabilities ? columns : []);
  const loss = <Part extends PartLoss>(): Column<Part>[] => [
    { head: 'Mean loss', of: (part) => money(part.meanLossUsd) },
    ...ofSample<Part>([
      { head: `VaR ${share}`, of: (part) => money(atLevel(part.loss).valueAtRisk) },
      { head: `Part of ES ${share}`, of: (part) => money(part.contributionUsd) },
    ]),
  ];
  return [
    figureTable(byVenue, {
      title: 'By venue',
      columns: [
        { head: 'Venue', of: ({ venue }) => venue },
        { head: 'Mean liquidated', of: ({ meanLiquidatedUsd }) => money(meanLiquidatedUsd) },
        ...ofSample<VenuePart>([
          { head: `LaR ${share}`, of: ({ liquidated }) => money(atLevel(liquidated).valueAtRisk) },
        ]),
        ...loss<VenuePart>(),
      ],
      most: MOST_PARTS,
    }),
    figureTable(byMarket, {
      title: 'By market in which the debt was taken',
      columns: [
        { head: 'Market', of: ({ venue, label, market }) => `${venue} ${label || market}` },
        ...loss<MarketPart>(),
      ],
      most: MOST_PARTS,
    }),
    figureTable(byAsset, {
      title: 'By asset that is owed',
      columns: [{ head: 'Asset', of: ({ symbol }) => symbol }, ...loss<AssetPart>()],
      most: MOST_PARTS,
    }),
  ];
}

function worstTable({ book, plan, opened, summed }: SummedSweep): string {
  if (summed.worst.length === 0) return '';
  const rows = summed.worst.map(({ index, lossUsd, liquidatedUsd, rounds }) => [
    String(index),
    scenarioText(book, opened.scenario(index)),
    money(lossUsd),
    money(liquidatedUsd),
    rounds === 0 ? NOTHING : String(rounds),
  ]);
  const story = isSample(plan) ? 'Worst scenarios' : 'Worst moves';
  return `${story}; undertow simulate --shock … tells the whole story of one\n${table(['Index', 'Moves', 'Loss', 'Liquidated', 'Rounds'], rows, [1])}`;
}
