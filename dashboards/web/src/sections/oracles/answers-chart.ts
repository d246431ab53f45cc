import { curveStepAfter, line as linePath, scaleLinear, scaleUtc, utcFormat } from 'd3';
import { categoryColour, paletteOf, type Palette, type Theme } from '../../chart/palette.ts';
import { count } from '../../format/number.ts';
import { minute } from '../../format/time.ts';
import { element, type Markup } from '../../markup/element.ts';

/** Prices of an oracle, or of a market, over time. */
export interface PriceLine {
  readonly name: string;
  readonly kind: 'answers' | 'market';
  /** Unix seconds, rising. */
  readonly times: ArrayLike<number>;
  readonly prices: ArrayLike<number>;
}

/** A time in which an oracle was not to be trusted. */
export interface ShadedTime {
  readonly kind: string;
  readonly severity: 'warning' | 'critical';
  /** Unix seconds. */
  readonly start: number;
  /** Undefined: it still is at the end of the drawing. */
  readonly end: number | undefined;
}

/** What answers and markets said over time, and when the answers were not to be trusted. */
export interface AnswersPicture {
  readonly title: string;
  /** Oracles first. */
  readonly lines: readonly PriceLine[];
  readonly shaded: readonly ShadedTime[];
  /** Unix seconds. */
  readonly from: number;
  readonly to: number;
}

export interface AnswersDrawing extends AnswersPicture {
  readonly theme: Theme;
  readonly width: number;
}

const TOP = 28;
const PLOT = 220;
const LEFT = 70;
const RIGHT = 10;
const AXIS = 22;
const LANE = 14;
/** From here on days are named, and no hours. Seconds. */
const DAYS = 5 * 86_400;
/** Half of what the name of a time takes: none is cut off at the edges. */
const HALF_NAME = 38;

/**
 * Answers as steps and markets as thin lines; where an oracle was not to be trusted the time is shaded, and below there is a lane for each kind
 * of what was wrong.
 */
export function answersChart(drawing: AnswersDrawing): Markup {
  const { lines, shaded, theme, width, from, to } = drawing;
  const palette = paletteOf(theme);
  const x = scaleUtc()
    .domain([from * 1_000, to * 1_000])
    .range([LEFT, width - RIGHT])
    .clamp(true);
  const drawn = lines.map((one) => ({ ...one, points: pointsOf(one, drawing) }));
  const values = drawn.flatMap(({ points }) => points.map(([, price]) => price));
  const y = scaleLinear()
    .domain(spanOf(values))
    .nice(4)
    .range([TOP + PLOT, TOP]);
  const kinds = [...new Set(shaded.map(({ kind }) => kind))];
  const height = TOP + PLOT + AXIS + kinds.length * LANE + 6;
  const nameTime = utcFormat(to - from < DAYS ? '%d %b %H:%M' : '%d %b');
  const place = (one: ShadedTime) => {
    const [start, end] = [x(one.start * 1_000), x((one.end ?? to) * 1_000)];
    return { x: start, width: Math.max(1, end - start) };
  };
  return element(
    'svg',
    {
      class: 'answers',
      role: 'img',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      'aria-label': answersSentence(drawing),
      'font-family': 'system-ui, sans-serif',
      'font-size': 10.5,
    },
    shaded.map((one, row) =>
      element(
        'rect',
        {
          ...place(one),
          key: `shade ${row}`,
          y: TOP,
          height: PLOT,
          fill: severityColour(palette, one.severity),
          'fill-opacity': one.severity === 'critical' ? 0.16 : 0.1,
        },
        element('title', {}, shadedWords(one)),
      ),
    ),
    y.ticks(5).map((value) => valueTick(value, { y: y(value), width, palette, format: y.tickFormat(5) })),
    x
      .ticks(Math.max(2, Math.floor(width / 130)))
      .filter((time) => x(time) + HALF_NAME <= width)
      .map((time) =>
        element(
          'text',
          {
            key: `time ${time.getTime()}`,
            x: x(time),
            y: TOP + PLOT + 16,
            'text-anchor': 'middle',
            fill: palette.muted,
          },
          nameTime(time),
        ),
      ),
    // Markets below, so that the steps of the oracle are seen.
    drawn
      .map((one, row) => ({ one, colour: lineColour(palette, lines, row) }))
      .toSorted((a, b) => Number(a.one.kind === 'answers') - Number(b.one.kind === 'answers'))
      .map(({ one, colour }) => {
        const path = linePath<readonly [time: number, price: number]>()
          .x(([time]) => x(time * 1_000))
          .y(([, price]) => y(price));
        return element('path', {
          key: `line ${one.name}`,
          d: (one.kind === 'answers' ? path.curve(curveStepAfter) : path)(one.points) ?? '',
          fill: 'none',
          stroke: colour,
          'stroke-width': one.kind === 'answers' ? 2 : 1.1,
          'stroke-linejoin': 'round',
        });
      }),
    keyOf(lines, palette),
    kinds.map((kind, lane) => {
      const laneY = TOP + PLOT + AXIS + lane * LANE;
      return element(
        'g',
        { key: `lane ${kind}` },
        element(
          'text',
          { x: LEFT - 6, y: laneY + 9, 'text-anchor': 'end', fill: palette.muted, 'font-size': 9.5 },
          kind,
        ),
        shaded
          .filter((one) => one.kind === kind)
          .map((one) =>
            element(
              'rect',
              { ...place(one), y: laneY, height: LANE - 4, fill: severityColour(palette, one.severity) },
              element('title', {}, shadedWords(one)),
            ),
          ),
      );
    }),
  );
}

const severityColour = (palette: Palette, severity: ShadedTime['severity']) =>
  categoryColour(palette, severity === 'critical' ? 4 : 1);

/** Colours of lines, without the two that say how bad it is. */
const LINE_COLOURS = [0, 2, 3, 5, 6];

const lineColour = (palette: Palette, lines: readonly PriceLine[], row: number): string =>
  lines[row]!.kind === 'answers' && lines.findIndex(({ kind }) => kind === 'answers') === row
    ? palette.ink
    : categoryColour(palette, LINE_COLOURS[row % LINE_COLOURS.length]!);

function valueTick(
  value: number,
  {
    y,
    width,
    palette,
    format,
  }: {
    readonly y: number;
    readonly width: number;
    readonly palette: Palette;
    readonly format: (value: number) => string;
  },
): Markup {
  return element(
    'g',
    { key: `value ${value}` },
    element('line', { x1: LEFT, x2: width - RIGHT, y1: y, y2: y, stroke: palette.line }),
    element(
      'text',
      { x: LEFT - 6, y, dy: '0.34em', 'text-anchor': 'end', fill: palette.muted },
      format(value),
    ),
  );
}

/** Pixels of a character of the key. */
const LETTER = 5.9;

function keyOf(lines: readonly PriceLine[], palette: Palette): readonly Markup[] {
  let left = LEFT;
  return lines.map(({ name, kind }, row) => {
    const entry = element(
      'g',
      { key: `key ${name}`, transform: `translate(${left},0)` },
      element('line', {
        x2: 16,
        y1: 10,
        y2: 10,
        stroke: lineColour(palette, lines, row),
        'stroke-width': kind === 'answers' ? 2.4 : 1.4,
      }),
      element('text', { x: 21, y: 14, fill: palette.ink }, name),
    );
    left += 38 + name.length * LETTER;
    return entry;
  });
}

/** Least and greatest of what is drawn; a price that never moves is drawn in the middle. */
function spanOf(values: readonly number[]): [least: number, greatest: number] {
  const least = values.reduce((low, value) => Math.min(low, value), Infinity);
  const greatest = values.reduce((high, value) => Math.max(high, value), -Infinity);
  if (!(least <= greatest)) return [0, 1];
  return least === greatest ? [least * 0.99, greatest * 1.01] : [least, greatest];
}

/**
 * The points of a line within the drawing: of those that fall on one pixel the first, the least, the greatest and the last, which look as
 * all of them would.
 */
function pointsOf(
  { kind, times, prices }: PriceLine,
  { from, to, width }: Pick<AnswersDrawing, 'from' | 'to' | 'width'>,
): (readonly [time: number, price: number])[] {
  const pixel = (to - from) / Math.max(1, width - LEFT - RIGHT);
  const kept: (readonly [number, number])[] = [];
  let held: readonly [number, number] | undefined;
  let group: { pixel: number; rows: number[] } = { pixel: NaN, rows: [] };
  const close = () => {
    const { rows } = group;
    if (rows.length === 0) return;
    const least = rows.reduce((low, row) => (prices[row]! < prices[low]! ? row : low));
    const greatest = rows.reduce((high, row) => (prices[row]! > prices[high]! ? row : high));
    const shown = [...new Set([rows[0]!, least, greatest, rows.at(-1)!])].sort((a, b) => a - b);
    for (const row of shown) kept.push([times[row]!, prices[row]!]);
  };
  for (let row = 0; row < times.length; row += 1) {
    const time = times[row]!;
    if (time < from) held = [from, prices[row]!];
    else if (time <= to) {
      const at = Math.floor((time - from) / pixel);
      if (at !== group.pixel) {
        close();
        group = { pixel: at, rows: [] };
      }
      group.rows.push(row);
    }
  }
  close();
  if (kind === 'market') return kept;
  // An answer holds until the next one: also the one before the drawing begins, and the last up to its end.
  const whole = held === undefined ? kept : [held, ...kept];
  const last = whole.at(-1);
  return last === undefined || last[0] >= to ? whole : [...whole, [to, last[1]]];
}

const shadedWords = ({ kind, severity, start, end }: ShadedTime): string =>
  `${severity}: ${kind}, from ${minute(start)} ${end === undefined ? 'on' : `to ${minute(end)}`} UTC`;

/** The drawing in a sentence. */
export function answersSentence({ title, lines, shaded, from, to }: AnswersPicture): string {
  const names = lines.map(({ name }) => name).join(', ');
  const wrong =
    shaded.length === 0
      ? 'no flag'
      : `${count(shaded.length)} ${shaded.length === 1 ? 'flag' : 'flags'}: ${shaded.map(shadedWords).join('; ')}`;
  return `${title}: ${names}, ${minute(from)} to ${minute(to)} UTC; ${wrong}`;
}
