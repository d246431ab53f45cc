import { shownValue, type ReportContent } from '@undertow/report';
import {
  heatmapChart,
  heatmapLegend,
  reproductionChart,
  reproductionSentence,
  type HeatmapDrawing,
} from '@undertow/web';
import type { ReportChart } from './chart.ts';
import { dollarsOf, numberOf, numberOrNull, recordsOf, wordsOf, type TableRecord } from './records.ts';

/** What a move of one price would cost, and how falls feed themselves. */
export function stateCharts(content: ReportContent): ReportChart[] {
  const cells = recordsOf(content, 'heatmap');
  const points = recordsOf(content, 'reproduction');
  return [...(cells.length > 0 ? [map(cells)] : []), ...(points.length > 0 ? [feedback(points)] : [])];
}

function map(cells: readonly TableRecord[]): ReportChart {
  const rows = [...Map.groupBy(cells, (cell) => wordsOf(cell, 'what'))].map(([name, own]) =>
    rowOf(name, own),
  );
  const moves = [...new Set(cells.map((cell) => numberOf(cell, 'move')))];
  const drawing = { rows, moves, measure: 'loss', floorUsd: 0 } as const;
  const [worst] = cells.toSorted((a, b) => numberOf(b, 'lossUsd') - numberOf(a, 'lossUsd'));
  return {
    name: 'heatmap',
    title: 'What is lost if one price moves',
    words: `Losses of ${rows.length} prices moved by ${moves.map(moveWords).join(', ')}; the greatest is ${dollarsOf(worst!, 'lossUsd')}, of ${wordsOf(worst!, 'what')} ${moveWords(numberOf(worst!, 'move'))}`,
    draw: ({ theme, width }) => ({
      svg: heatmapChart({ ...drawing, theme, width }),
      legend: heatmapLegend({ ...drawing, theme }),
    }),
  };
}

const moveWords = (move: number) => `${move > 0 ? '+' : ''}${shownValue(move, 'ratio')}`;

const rowOf = (name: string, cells: readonly TableRecord[]): HeatmapDrawing['rows'][number] => ({
  kind: cells[0]!['tiedTo'] === null ? 'reference' : 'asset',
  name,
  symbol: wordsOf(cells[0]!, 'symbol'),
  asset: null,
  priceUsd: numberOf(cells[0]!, 'priceUsd'),
  tiedTo: wordsOf(cells[0]!, 'tiedTo') || null,
  family: [],
  cells: cells.map((cell) => ({
    move: numberOf(cell, 'move'),
    lossUsd: numberOf(cell, 'lossUsd'),
    lossAtSaleUsd: numberOf(cell, 'lossAtSaleUsd'),
    badDebtUsd: numberOf(cell, 'badDebtUsd'),
    shortfallUsd: numberOf(cell, 'shortfallUsd'),
    stuckUsd: numberOf(cell, 'stuckUsd'),
    accounts: numberOf(cell, 'accounts'),
    liquidatedUsd: numberOf(cell, 'liquidatedUsd'),
    rounds: numberOf(cell, 'rounds'),
    converged: cell['converged'] === true,
    amplification: numberOrNull(cell, 'amplification'),
    finalMove: numberOf(cell, 'finalMove'),
  })),
});

/** What is above this is drawn at the edge; the table has the number. */
const HIGHEST_DRAWN = 4;

function feedback(points: readonly TableRecord[]): ReportChart {
  const line = {
    asset: { address: '', symbol: 'All assets together' },
    points: points.map((point) => ({
      move: -numberOf(point, 'drop'),
      reproduction: numberOf(point, 'reproduction'),
    })),
  };
  const most = Math.max(1.25, ...line.points.map(({ reproduction }) => reproduction));
  return {
    name: 'reproduction',
    title: 'How strongly a fall of all prices feeds itself',
    words: reproductionSentence(line),
    draw: ({ theme, width }) => ({
      svg: reproductionChart({ line, theme, width, top: Math.min(HIGHEST_DRAWN, most) }),
    }),
  };
}
