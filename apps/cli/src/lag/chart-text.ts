import type { AnswersPicture, PriceLine, ShadedTime } from '@undertow/web';
import { plot as drawnLine, type PlotConfig } from 'asciichart';

type Symbols = NonNullable<PlotConfig['symbols']>;

/** Characters before the plot: a price or the kind of a flag, and the axis. */
const LABEL = 11;
const ROWS = 14;
/** Columns between two times below the plot. */
const TIME_EVERY = 24;
/** Lines as asciichart draws them: axis, axis, start, end, level, and the turns. The oracle's is a line, markets are dots. */
const LINE: Symbols = ['┤', '┤', '╶', '╴', '─', '╰', '╭', '╮', '╯', '│'];
const MARKETS = ['·', '∘', '+', '×', '~'];

/** Answers and markets over time for a terminal of so many columns, with a row for each kind of flag. */
export function chartText(picture: AnswersPicture, width: number): string {
  const columns = Math.max(20, width - LABEL - 1);
  const { from, to, lines, shaded } = picture;
  const sampled = lines.map((line) => ({ line, values: columnsOf(line, { from, to, columns }) }));
  const known = sampled.flatMap(({ values }) => values.filter((value) => value !== undefined));
  if (known.length === 0) return `${picture.title}\nnothing is known of this time\n`;
  const scale = scaleOf(known);
  const labels = plot([scale.min, scale.max], { ...scale, symbols: LINE }).map((row) =>
    row.slice(0, LABEL + 1),
  );
  const rows = labels.map(() => Array<string>(columns).fill(' '));
  const marks = marksOf(lines);
  // Markets first: what the oracle said is drawn over them.
  const order = sampled
    .map((one, row) => ({ ...one, symbols: marks[row]! }))
    .toSorted((a, b) => Number(a.line.kind === 'answers') - Number(b.line.kind === 'answers'));
  for (const { values, symbols } of order)
    for (const { first, run } of runsOf(values))
      // One value more than there are columns: a step is drawn between two of them.
      for (const [row, drawn] of plot([...run, run.at(-1)!], { ...scale, symbols }).entries())
        for (const [column, mark] of [...drawn.slice(LABEL + 1)].entries())
          if (mark !== ' ' && rows[row]) rows[row][first + column] = mark;
  const key = lines.map(({ name }, row) => `${marks[row]![4]} ${name}`).join('   ');
  return [
    `${picture.title}: ${key}`,
    ...rows.map((row, at) => `${labels[at]}${row.join('')}`.trimEnd()),
    timeAxis({ from, to, columns }),
    ...lanes(shaded, { from, to, columns }),
    '',
  ].join('\n');
}

interface Columns {
  readonly from: number;
  readonly to: number;
  readonly columns: number;
}

/** What a line stands at at the end of each column; undefined before it begins, and of a market that said nothing in the column. */
function columnsOf(
  { kind, times, prices }: PriceLine,
  { from, to, columns }: Columns,
): (number | undefined)[] {
  const values: (number | undefined)[] = [];
  let row = -1;
  for (let column = 0; column < columns; column += 1) {
    const end = from + ((column + 1) * (to - from)) / columns;
    const before = row;
    while (row + 1 < times.length && times[row + 1]! <= end) row += 1;
    const isHeld = kind === 'answers' || row > before || isBetween(times, row, end, to - from);
    values.push(row >= 0 && isHeld ? prices[row] : undefined);
  }
  return values;
}

/** A market whose prices lie further apart than columns do has one in between; one that has vanished for a twentieth of the time has not. */
const isBetween = (times: ArrayLike<number>, row: number, end: number, whole: number) =>
  row >= 0 && end - times[row]! < whole / 20;

interface Scale {
  readonly min: number;
  readonly max: number;
  readonly format: (value: number) => string;
}

function scaleOf(known: readonly number[]): Scale {
  const least = known.reduce((low, value) => Math.min(low, value), Infinity);
  const greatest = known.reduce((high, value) => Math.max(high, value), -Infinity);
  const [min, max] = least === greatest ? [least * 0.99, greatest * 1.01] : [least, greatest];
  const digits = Math.min(8, Math.max(0, Math.ceil(-Math.log10((max - min) / ROWS)) + 1));
  return {
    min,
    max,
    format: (value) =>
      value
        .toFixed(digits)
        .slice(0, LABEL - 1)
        .padStart(LABEL),
  };
}

function plot(
  values: readonly number[],
  { min, max, format, symbols }: Scale & { readonly symbols: Symbols },
): string[] {
  return drawnLine([...values], { min, max, format, symbols, height: ROWS - 1, offset: 2 }).split('\n');
}

function marksOf(lines: readonly PriceLine[]): Symbols[] {
  let markets = 0;
  return lines.map(({ kind }, row) => {
    const isFirstAnswers = kind === 'answers' && lines.findIndex((line) => line.kind === 'answers') === row;
    if (isFirstAnswers) return LINE;
    const dot = MARKETS[markets++ % MARKETS.length]!;
    return [dot, dot, dot, dot, dot, dot, dot, dot, dot, dot];
  });
}

/** Neighbouring values that are known, with the column of the first. */
function runsOf(values: readonly (number | undefined)[]): { first: number; run: number[] }[] {
  const runs: { first: number; run: number[] }[] = [];
  for (const [column, value] of values.entries()) {
    if (value === undefined) continue;
    if (column > 0 && values[column - 1] !== undefined) runs.at(-1)!.run.push(value);
    else runs.push({ first: column, run: [value] });
  }
  return runs;
}

function timeAxis({ from, to, columns }: Columns): string {
  let text = ' '.repeat(LABEL);
  for (let column = 0; column + 12 <= columns; column += TIME_EVERY) {
    const time = from + (column * (to - from)) / columns;
    text = `${text.padEnd(LABEL + column)}└${new Date(time * 1_000).toISOString().slice(5, 16).replace('T', ' ')}`;
  }
  return text;
}

function lanes(shaded: readonly ShadedTime[], { from, to, columns }: Columns): string[] {
  const kinds = [...new Set(shaded.map(({ kind }) => kind))];
  const columnOf = (time: number) => Math.floor(((time - from) / (to - from)) * columns);
  return kinds.map((kind) => {
    const lane = Array<string>(columns).fill(' ');
    for (const { start, end = to, severity } of shaded.filter((one) => one.kind === kind).sort(warningsFirst))
      for (
        let column = Math.max(0, columnOf(start));
        column <= Math.min(columns - 1, columnOf(end));
        column += 1
      )
        lane[column] = severity === 'critical' ? '▓' : '░';
    return `${kind.padStart(LABEL - 1)}  ${lane.join('')}`.trimEnd();
  });
}

const warningsFirst = (a: ShadedTime, b: ShadedTime) =>
  Number(a.severity === 'critical') - Number(b.severity === 'critical');
