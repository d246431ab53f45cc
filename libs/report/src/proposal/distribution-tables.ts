import type { Advice } from '@undertow/advice';
import type { ReportTable } from '../content.ts';
import { field, tableOf, type Origin } from '../table.ts';

const USD = 'USD of one scenario';

/** How losses are distributed under the present terms. */
export function distributionTables(advices: readonly Advice[], origin: Origin): ReportTable[] {
  const first = advices.find(({ evidence }) => evidence);
  const before = first?.evidence?.before;
  const { histogram } = before ?? {};
  const bins = histogram ? [{ fromUsd: 0, toUsd: 0, count: histogram.zeros }, ...histogram.bins] : [];
  return [
    tableOf(
      bins.map((bin) => ({ ...bin, label: 'Loss now', figure: 'lossUsd' })),
      {
        name: 'histogram',
        title: 'Scenarios by what is lost under the present terms',
        origin,
        columns: [
          field('label', 'Of what'),
          { name: 'from', label: 'From', unit: `${USD}, included`, of: ({ fromUsd }) => fromUsd },
          { name: 'to', label: 'To', unit: `${USD}, excluded; 0 = nothing at all`, of: ({ toUsd }) => toUsd },
          field('count', 'Scenarios', 'a number of them'),
          field('figure', 'Name'),
        ],
      },
    ),
    tableOf(
      before && first
        ? [{ ...before, label: 'Loss now', level: first.asked.confidence, figure: 'lossUsd' }]
        : [],
      {
        name: 'atRisk',
        title: 'How much, how often, under the present terms',
        origin,
        columns: [
          field('label', 'Of what'),
          field('level', 'Level', 'ratio of scenarios in which no more is lost'),
          {
            name: 'valueAtRisk',
            label: 'Value at risk',
            unit: USD,
            of: ({ valueAtRiskUsd }) => valueAtRiskUsd,
          },
          {
            name: 'expectedShortfall',
            label: 'Expected shortfall',
            unit: USD,
            of: (one) => one.expectedShortfallUsd,
          },
          { name: 'shortfallLow', label: '95 % of it, low', unit: USD, of: ({ interval }) => interval?.low },
          { name: 'shortfallHigh', label: 'high', unit: USD, of: ({ interval }) => interval?.high },
          field('figure', 'Name'),
        ],
      },
    ),
  ];
}
