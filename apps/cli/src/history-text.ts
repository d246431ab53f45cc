import { percent, table } from './text-table.ts';

/** A part of a series that is to be shown: points with the same fields. */
export interface HistoryTable {
  readonly title: string;
  /** Length of a step; `none`: the points are no series. */
  readonly step: 'minute' | 'hour' | 'day' | 'none';
  readonly points: readonly Readonly<Record<string, unknown>>[];
  /** Where it goes on, unix seconds. */
  readonly next: number | undefined;
  /** Set when more was asked for, but facts before this time were dropped. */
  readonly factsFrom?: number | undefined;
}

/** Field names as people read them. */
const HEADS: Readonly<Record<string, string>> = {
  ratePerYear: 'rate a year',
  sharesDelta: 'change of shares',
  badDebt: 'bad debt',
};

/** Fields that are words, and go to the left. */
const WORDS = ['time', 'venue', 'market', 'side', 'collateral', 'debt', 'name', 'subject'];

/** A part of a series as a table: a column for each field that some point has, times in UTC. */
export function historyText({ title, step, points, next, factsFrom }: HistoryTable): string {
  const dropped =
    factsFrom === undefined ? '' : `Facts before ${timeText(factsFrom)} were dropped (--keep-facts-days).\n`;
  if (points.length === 0)
    return `${title}: nothing is stored in this time. Name another with --from and --to.\n${dropped}`;
  const fields = [...new Set(points.flatMap((point) => Object.keys(point)))].filter((field) =>
    points.some((point) => point[field] !== undefined),
  );
  const drawn = table(
    fields.map((field) => HEADS[field] ?? field),
    points.map((point) => fields.map((field) => cell(field, point[field]))),
    fields.flatMap((field, column) => (WORDS.includes(field) ? [column] : [])),
  );
  const heading = step === 'none' ? title : `${title}, by ${step}`;
  const more = next === undefined ? '' : `… goes on: --from ${timeText(next)}, or a greater --first\n`;
  return `${heading}\n${drawn}\n${more}${dropped}`;
}

function cell(field: string, value: unknown): string {
  if (value === undefined || value === null) return '–';
  if (typeof value !== 'number') return String(value) === '' ? '(everything)' : String(value);
  if (field === 'time') return timeText(value);
  if (field === 'ratePerYear') return percent(value);
  return value.toLocaleString('en-US', { maximumSignificantDigits: 10 });
}

const timeText = (time: number): string => new Date(time * 1_000).toISOString().slice(0, 16);
