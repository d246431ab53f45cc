import type { Flag, PriceSeries } from '@undertow/lag';
import type { AnswersPicture, PriceLine, ShadedTime } from '@undertow/web';
import { table } from '../text-table.ts';

/** What was found of an event or of two files. */
export interface Replayed {
  readonly title: string;
  /** For a terminal, without the title and the pictures. */
  readonly text: string;
  readonly pictures: readonly AnswersPicture[];
  /** All of it as JSON has it. */
  readonly found: object;
}

/**
 * A number of a replay, and where it is from.
 *
 * - `published`: somebody else said so, in the press or in a forum.
 * - `data`: measured in public files.
 * - `rebuilt`: chosen so that the published figures come out; nobody published it.
 * - `assumed`: chosen by us.
 * - `computed`: follows from the others.
 */
export interface Figure {
  readonly what: string;
  readonly value: string;
  readonly origin: 'published' | 'data' | 'rebuilt' | 'assumed' | 'computed';
}

/** Figures as a table, each with where it is from. */
export const figuresText = (figures: readonly Figure[]): string =>
  table(
    ['', 'figure', 'is'],
    figures.map(({ what, value, origin }) => [what, value, origin]),
    [0, 2],
  );

/** A series as a line of a picture. */
export const lineOf = (name: string, kind: PriceLine['kind'], { times, prices }: PriceSeries): PriceLine => ({
  name,
  kind,
  times,
  prices,
});

/** Flags as a picture shades them. */
export const shadedBy = (flags: readonly Flag[]): ShadedTime[] =>
  flags.map(({ kind, severity, start, end }) => ({ kind, severity, start, end }));
