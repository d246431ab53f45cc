import type { ReportContent } from '@undertow/report';
import { lossChart, lossSentence, type LossDrawing } from '@undertow/web';
import type { ReportChart } from './chart.ts';
import { numberOf, numberOrNull, recordsOf, type TableRecord } from './records.ts';

const SHOWN = [
  { figure: 'lossUsd', name: 'Loss', atRisk: 'VaR' },
  { figure: 'liquidatedUsd', name: 'Liquidated value', atRisk: 'LaR' },
] as const;

/** How many scenarios have how much, with what lies beyond which level. */
export const sweepCharts = (content: ReportContent): ReportChart[] =>
  SHOWN.filter(({ figure }) => recordsOf(content, 'histogram').some((row) => row['figure'] === figure)).map(
    ({ figure, name, atRisk }): ReportChart => {
      const drawing = { name, atRisk, distribution: distributionOf(content, figure) };
      return {
        name: figure === 'lossUsd' ? 'losses' : 'liquidations',
        title: `${name} by scenarios`,
        words: lossSentence(drawing),
        draw: ({ theme, width }) => ({ svg: lossChart({ ...drawing, theme, width }) }),
      };
    },
  );

function distributionOf(content: ReportContent, figure: string): LossDrawing['distribution'] {
  const isOf = (row: TableRecord) => row['figure'] === figure;
  const [zeros, ...bins] = recordsOf(content, 'histogram')
    .filter(isOf)
    .map((row) => ({ from: numberOf(row, 'from'), to: numberOf(row, 'to'), count: numberOf(row, 'count') }));
  const valueOf = (name: string) => {
    const value = content.figures.find((one) => one.name === name)?.value;
    return typeof value === 'number' ? value : 0;
  };
  return {
    histogram: { zeros: zeros?.count ?? 0, bins },
    mean: valueOf(`${figure}Mean`),
    greatest: valueOf(`${figure}Greatest`),
    atRisk: recordsOf(content, 'atRisk')
      .filter(isOf)
      .map((row) => ({
        level: numberOf(row, 'level'),
        valueAtRisk: numberOf(row, 'valueAtRisk'),
        interval: { low: numberOrNull(row, 'low'), high: numberOrNull(row, 'high') },
        expectedShortfall: numberOf(row, 'expectedShortfall'),
        shortfallInterval: {
          low: numberOrNull(row, 'shortfallLow'),
          high: numberOrNull(row, 'shortfallHigh'),
        },
      })),
  };
}
