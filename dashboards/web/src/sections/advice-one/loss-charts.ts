import { exported } from '../../export/exportable.ts';
import { themeOf, type State } from '../../frame/state.ts';
import { element, type Piece } from '../../markup/element.ts';
import { lossChart, lossSentence, type LossDrawing } from '../sweep-loss/chart.ts';
import type { AdviceLosses, Evidence, OneAdvice } from './load.ts';

const NAME = 'advice-losses';

/** How much is lost how often, under the present terms and under the advised value. */
export function lossCharts(state: State, { asked }: OneAdvice, { before, after }: Evidence): Piece {
  const { confidence } = asked;
  return [
    lossPlot(state, {
      id: `${NAME}-before`,
      name: 'Loss under the present terms',
      losses: before,
      confidence,
    }),
    after !== null &&
      (after.histogram
        ? lossPlot(state, {
            id: `${NAME}-after`,
            name: 'Loss under the advised value',
            losses: after,
            confidence,
          })
        : element(
            'p',
            { class: 'source', key: 'after' },
            'Under the advised value only the worst scenarios were run, so that there is no distribution of all of them: the expected shortfall is at least what is told.',
          )),
  ];
}

interface Plot {
  readonly id: string;
  readonly name: string;
  readonly losses: AdviceLosses;
  readonly confidence: number;
}

function lossPlot(state: State, { id, name, losses, confidence }: Plot): Piece {
  const distribution = distributionOf(losses, confidence);
  if (!distribution) return undefined;
  const width = state.widths[NAME] ?? 0;
  const drawing: LossDrawing = { name, distribution, atRisk: 'VaR', theme: themeOf(state), width };
  const svg = width > 0 ? lossChart(drawing) : undefined;
  const plot = element('div', { class: 'plot', 'data-measure-width': NAME, key: id }, svg);
  const words = lossSentence(drawing);
  const { zeros, bins } = distribution.histogram;
  return [
    element('h3', { key: `${id} name` }, name),
    svg
      ? exported(plot, {
          ...{ id, title: name },
          data: () => ({
            columns: [
              { name: 'From', unit: 'USD' },
              { name: 'Below', unit: 'USD' },
              { name: 'Scenarios', unit: 'count' },
            ],
            rows: [[0, 0, zeros], ...bins.map((bin) => [bin.from, bin.to, bin.count])],
          }),
          pictures: () => [{ title: name, words, svg }],
        })
      : plot,
  ];
}

/** Losses as the chart of a sweep takes them; undefined where not all scenarios were run. */
function distributionOf(
  { histogram, meanUsd, greatestUsd, valueAtRiskUsd, expectedShortfallUsd, interval }: AdviceLosses,
  level: number,
): LossDrawing['distribution'] | undefined {
  if (!histogram || meanUsd === null) return undefined;
  const bins = histogram.bins.map(({ fromUsd, toUsd, count }) => ({ from: fromUsd, to: toUsd, count }));
  const atRisk =
    valueAtRiskUsd === null
      ? []
      : [
          {
            ...{ level, valueAtRisk: valueAtRiskUsd, interval: null },
            ...{ expectedShortfall: expectedShortfallUsd, shortfallInterval: interval },
          },
        ];
  return { histogram: { zeros: histogram.zeros, bins }, mean: meanUsd, greatest: greatestUsd, atRisk };
}
