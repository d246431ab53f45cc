import { shownValue, type ReportContent } from '@undertow/report';
import { element, paletteOf, type Markup, type Palette } from '@undertow/web';
import type { ReportChart } from './chart.ts';
import { clipped } from './open-graph/small-chart.ts';
import { dollarsOf, numberOf, numberOrNull, recordsOf, wordsOf, type TableRecord } from './records.ts';

/** How borrowed value is spread over health factors, and what sales of each collateral cost. */
export function proposalCharts(content: ReportContent): ReportChart[] {
  const bins = recordsOf(content, 'health');
  const sales = recordsOf(content, 'slippage').filter((row) => numberOf(row, 'usd') > 0);
  return [
    ...(bins.some((row) => numberOf(row, 'debtUsd') > 0) ? [healthChart(bins)] : []),
    ...(sales.length > 0 ? [slippageChart(sales)] : []),
  ];
}

/** Debt of all venues of the proposal in each bin of health. */
function healthChart(rows: readonly TableRecord[]): ReportChart {
  const bins = [...Map.groupBy(rows, (row) => numberOf(row, 'from'))].map(([from, own]) => ({
    name: rangeOf(from, numberOrNull(own[0]!, 'to')),
    debtUsd: own.reduce((sum, row) => sum + numberOf(row, 'debtUsd'), 0),
    accounts: own.reduce((sum, row) => sum + numberOf(row, 'accounts'), 0),
  }));
  return {
    name: 'health',
    title: 'Borrowed value by health factor, before any change',
    words: `${bins.map(({ name, debtUsd, accounts }) => `${name}: ${shownValue(debtUsd, 'USD')} USD of ${accounts} ${accounts === 1 ? 'account' : 'accounts'}`).join('; ')}.`,
    draw: ({ theme, width }) => ({ svg: columns(bins, paletteOf(theme), width) }),
  };
}

const rangeOf = (from: number, to: number | null) => (to === null ? `from ${from}` : `${from}–${to}`);

const HEIGHT = 260;
const [TOP, BOTTOM] = [24, 28];

function columns(
  bins: readonly { readonly name: string; readonly debtUsd: number }[],
  palette: Palette,
  width: number,
): Markup {
  const step = width / bins.length;
  const most = Math.max(1, ...bins.map(({ debtUsd }) => debtUsd));
  const floor = HEIGHT - BOTTOM;
  const size = step < 60 ? 10 : 12.5;
  return element(
    'svg',
    { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, 'font-size': size },
    bins.map(({ name, debtUsd }, at) => {
      const tall = (debtUsd / most) * (floor - TOP);
      const middle = tenth((at + 0.5) * step);
      return [
        element('rect', {
          ...{ x: tenth(at * step + step * 0.1), width: tenth(step * 0.8) },
          ...{ y: tenth(floor - tall), height: tenth(tall) },
          // Below 1 they can be liquidated now.
          fill: palette.categories[name.startsWith('0') ? 4 : 0],
        }),
        element(
          'text',
          { x: middle, y: tenth(floor - tall - 5), 'text-anchor': 'middle', fill: palette.ink },
          debtUsd === 0 ? '' : shownValue(debtUsd, 'USD'),
        ),
        element('text', { x: middle, y: HEIGHT - 8, 'text-anchor': 'middle', fill: palette.muted }, name),
      ];
    }),
    element('line', { x2: width, y1: floor, y2: floor, stroke: palette.line }),
  );
}

/** Curves that are told apart. */
const MOST_CURVES = 6;

function slippageChart(rows: readonly TableRecord[]): ReportChart {
  const curves = [...Map.groupBy(rows, (row) => wordsOf(row, 'symbol'))].slice(0, MOST_CURVES);
  return {
    name: 'slippage',
    title: 'What sales of each collateral do to its price',
    words: `${curves
      .map(([symbol, own]) => {
        const last = own.at(-1)!;
        return `${symbol}: ${shownValue(-numberOf(last, 'move'), 'ratio')} after ${dollarsOf(last, 'usd')}`;
      })
      .join('; ')}. Sizes stand on a logarithmic scale.`,
    draw: ({ theme, width }) => ({ svg: curvesOf(curves, paletteOf(theme), width) }),
  };
}

function curvesOf(
  curves: readonly (readonly [string, readonly TableRecord[]])[],
  palette: Palette,
  width: number,
): Markup {
  const points = curves.flatMap(([, own]) => own);
  const sizes = points.map((row) => Math.log10(numberOf(row, 'usd')));
  const [from, to] = [Math.floor(Math.min(...sizes)), Math.ceil(Math.max(...sizes))];
  const most = Math.max(...points.map((row) => -numberOf(row, 'move')));
  const [left, right] = [48, 12];
  const floor = HEIGHT - BOTTOM;
  const key = curves.length * 16;
  const x = (usd: number) =>
    tenth(left + ((Math.log10(usd) - from) / Math.max(1, to - from)) * (width - left - right));
  const y = (move: number) => tenth(TOP + (-move / most) * (floor - TOP));
  const ticks = Array.from({ length: to - from + 1 }, (_, at) => 10 ** (from + at));
  return element(
    'svg',
    { width, height: HEIGHT + key, viewBox: `0 0 ${width} ${HEIGHT + key}`, 'font-size': 12 },
    ticks.map((usd) => [
      element('line', { x1: x(usd), x2: x(usd), y1: TOP, y2: floor, stroke: palette.line }),
      element(
        'text',
        {
          ...{ x: x(usd), y: floor + 18, fill: palette.muted },
          'text-anchor': usd === ticks.at(-1) ? 'end' : 'middle',
        },
        shownValue(usd, 'USD'),
      ),
    ]),
    [0, -most / 2, -most].map((move) => [
      element('line', { x1: left, x2: width - right, y1: y(move), y2: y(move), stroke: palette.line }),
      element(
        'text',
        { x: left - 6, y: y(move) + 4, 'text-anchor': 'end', fill: palette.muted },
        shownValue(move, 'ratio'),
      ),
    ]),
    element('text', { y: 12, fill: palette.muted }, 'price, by USD sold'),
    curves.map(([symbol, own], at) => {
      const stroke = palette.categories[at % palette.categories.length]!;
      const line = own.map((row) => `${x(numberOf(row, 'usd'))},${y(numberOf(row, 'move'))}`).join(' ');
      return [
        element('polyline', { points: line, fill: 'none', stroke, 'stroke-width': 2 }),
        element('rect', { x: left, y: HEIGHT + at * 16 + 2, width: 14, height: 8, fill: stroke }),
        element(
          'text',
          { x: left + 20, y: HEIGHT + at * 16 + 11, fill: palette.ink },
          clipped(symbol, width - left - 20, 12),
        ),
      ];
    }),
  );
}

const tenth = (value: number) => Math.round(value * 10) / 10;
