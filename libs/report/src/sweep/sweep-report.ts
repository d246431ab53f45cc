import { planCoverage, summary, type SweepSummary } from '@undertow/sweep';
import { BadDataError } from '@undertow/units';
import { coverageFigures, coverageSentence, inputTables } from '../book-tables.ts';
import type { ReportContent, ReportFigure } from '../content.ts';
import { blockWords, commonPart, originOf, type MadeOf } from '../made-of.ts';
import { figureOf } from '../table.ts';
import { count, dollars, percent, scenarioWords } from '../words.ts';
import { sweepTables } from './sweep-tables.ts';
import type { SweptBook } from './swept-book.ts';

/** The level beyond which scenarios are run again for what is behind them. */
export const TAIL_LEVEL = 0.99;

/**
 * The scenarios of a plan as a report: how much is lost how often, where, and in which of them.
 *
 * @throws BadDataError for a sweep that is not whole.
 */
export function sweepReport(made: MadeOf, swept: SweptBook): ReportContent {
  const { book } = made;
  const { plan, opened, engine, table } = swept;
  if (!table.isComplete)
    throw new BadDataError(
      'the sweep is not whole: a report of it would say less than its plan. Run the rest',
    );
  const summed = summary(table, plan);
  const what = plan.kind === 'grid' ? 'a grid' : plan.kind === 'historical' ? 'windows of the past' : 'draws';
  return {
    ...commonPart(made),
    kind: 'sweep',
    subject: `${count(opened.count, 'scenario')} (${what}) on ${blockWords(book)}`,
    question: { kind: 'sweep', plan, engine, tailLevel: TAIL_LEVEL },
    seed: plan.kind === 'monte-carlo' ? plan.seed : null,
    summary: [...sentences(made, swept, summed), coverageSentence(book)],
    figures: [...sweepFigures(made, summed), ...coverageFigures(book)],
    tables: [...sweepTables(book, swept, summed), ...inputTables(book)],
  };
}

function sentences({ book }: MadeOf, { opened }: SweptBook, summed: SweepSummary): string[] {
  const { lossUsd, liquidatedUsd, probabilities, worst, notConverged } = summed;
  const moved = planCoverage(opened, book);
  const [first] = worst;
  return [
    lossUsd.greatest > 0 && first
      ? `At worst ${dollars(lossUsd.greatest)} is lost: ${scenarioWords(book, opened.scenario(first.index))}.`
      : `Nothing is lost in any scenario; at most ${dollars(liquidatedUsd.greatest)} is liquidated.`,
    ...(probabilities
      ? [
          ...lossUsd.atRisk.map(
            ({ level, valueAtRisk, expectedShortfall }) =>
              `In ${percent(level)} of scenarios at most ${dollars(valueAtRisk)} is lost, in the others on average ${dollars(expectedShortfall)}.`,
          ),
          `Somebody is liquidated in ${percent(probabilities.liquidation.share)} of scenarios, a cascade follows in ${percent(probabilities.cascade.share)}, somebody loses in ${percent(probabilities.loss.share)}.`,
        ]
      : ['These moves were chosen: they are no sample, and there are no probabilities.']),
    ...(notConverged > 0
      ? [
          `${count(notConverged, 'scenario')} ${notConverged === 1 ? 'was' : 'were'} stopped before coming to rest: losses may grow further.`,
        ]
      : []),
    `Of what is no dollar, the plan moves ${percent(moved.collateral.share)} of the collateral and ${percent(moved.debt.share)} of the debt; the rest stands still.`,
  ];
}

const LOSSES = [
  ['lossUsd', 'Loss'],
  ['lossAtSaleUsd', 'Loss if all had to be sold'],
  ['badDebtUsd', 'Bad debt'],
  ['shortfallUsd', 'Shortfall'],
  ['stuckUsd', 'Due and stuck'],
  ['liquidatedUsd', 'Liquidated'],
] as const;

function sweepFigures({ book }: MadeOf, summed: SweepSummary): ReportFigure[] {
  const origin = originOf(book, 'summary of libs/sweep');
  const share = 'ratio of scenarios';
  const many = 'a number of them';
  const { probabilities } = summed;
  return [
    figureOf(origin, { name: 'scenarios', label: 'Scenarios', value: summed.count, unit: many }),
    ...LOSSES.flatMap(([name, label]) => {
      const unit = 'USD of one scenario';
      const { mean, greatest } = summed[name];
      return [
        figureOf(origin, { name: `${name}Mean`, label: `${label}, mean`, value: mean, unit }),
        figureOf(origin, { name: `${name}Greatest`, label: `${label}, greatest`, value: greatest, unit }),
      ];
    }),
    ...(probabilities
      ? (['liquidation', 'cascade', 'loss'] as const).flatMap((name) => {
          const { share: value, interval } = probabilities[name];
          return [
            figureOf(origin, {
              name: `${name}Share`,
              label: `Share of scenarios with ${name}`,
              value,
              unit: share,
            }),
            figureOf(origin, {
              name: `${name}ShareLow`,
              label: '95 % interval, low',
              value: interval.low,
              unit: share,
            }),
            figureOf(origin, {
              name: `${name}ShareHigh`,
              label: '95 % interval, high',
              value: interval.high,
              unit: share,
            }),
          ];
        })
      : []),
    figureOf(origin, {
      name: 'meanAmplification',
      label: 'Amplification, mean where somebody is liquidated',
      value: summed.meanAmplification,
      unit: 'ratio: liquidated in all rounds ÷ in the first',
    }),
    figureOf(origin, {
      name: 'notConverged',
      label: 'Scenarios stopped before they came to rest',
      value: summed.notConverged,
      unit: many,
    }),
  ];
}
