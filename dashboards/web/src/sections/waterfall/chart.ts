import { paletteOf, type Theme } from '../../chart/palette.ts';
import { patternFills, type PatternName } from '../../chart/pattern.ts';
import { usd } from '../../format/number.ts';
import { venueName } from '../../format/venue.ts';
import type { Cascade } from '../cascade/load.ts';
import { element, type Markup } from '../../markup/element.ts';

export type WaterfallRow = Cascade['waterfall'][number];

export interface WaterfallDrawing {
  readonly rows: readonly WaterfallRow[];
  readonly theme: Theme;
  readonly width: number;
}

const ROW = 42;
const RIGHT = 62;

/** Who bears a loss, in the order in which they are asked: by pattern, as colours are the venues'. */
export const BEARERS: readonly {
  readonly name: string;
  readonly pattern: PatternName;
  readonly value: (row: WaterfallRow) => number;
}[] = [
  {
    name: 'Borne by funds',
    pattern: 'stripes',
    value: ({ fundUsd }) => fundUsd,
  },
  {
    name: 'Taken off others',
    pattern: 'dots',
    value: ({ socialisedUsd }) => socialisedUsd,
  },
  {
    name: 'Left, covered by nobody',
    pattern: 'solid',
    value: ({ leftUsd }) => leftUsd,
  },
  {
    name: 'Not realised: open accounts',
    pattern: 'hollow',
    value: ({ openUsd }) => openUsd,
  },
];

/** One bar per venue with a loss: how much its funds bear, how much is taken off others, how much is left. */
export function waterfallChart({ rows, theme, width }: WaterfallDrawing): Markup {
  const palette = paletteOf(theme);
  const { definitions, fillOf } = patternFills('bearer', palette);
  const most = Math.max(1, ...rows.map(({ lossUsd }) => lossUsd));
  const room = Math.max(40, width - RIGHT);
  const height = rows.length * ROW;
  return element(
    'svg',
    {
      ...{ class: 'waterfall', role: 'img', width, height, viewBox: `0 0 ${width} ${height}` },
      'aria-label': rows.map(waterfallSentence).join('; '),
      ...{ 'font-family': 'system-ui, sans-serif', 'font-size': 12 },
    },
    definitions,
    rows.map((row, i) => {
      let before = 0;
      return element(
        'g',
        { key: row.venue, transform: `translate(0,${i * ROW})` },
        element('title', {}, waterfallSentence(row)),
        element('text', { y: 13, fill: palette.ink, 'font-weight': 600 }, venueName(row.venue)),
        BEARERS.map(({ name, pattern, value }) => {
          const size = Math.max(0, (value(row) / most) * room);
          const x = before;
          before += size;
          return (
            size > 0 &&
            element('rect', {
              ...{ key: name, x, y: 19, width: size, height: 15 },
              ...{ fill: fillOf(pattern), stroke: palette.ink, 'stroke-width': 0.8 },
            })
          );
        }),
        element('text', { x: before + 7, y: 31, fill: palette.ink }, usd(row.lossUsd)),
      );
    }),
  );
}

/** A venue's loss in one sentence. */
export function waterfallSentence(row: WaterfallRow): string {
  const parts = BEARERS.map(({ name, value }) => `${usd(value(row))} ${name.toLowerCase()}`);
  return `${venueName(row.venue)}: a loss of ${usd(row.lossUsd)}, ${parts.join(', ')}`;
}
