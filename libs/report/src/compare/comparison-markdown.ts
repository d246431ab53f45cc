import { inertMarkdown } from '@undertow/advice';
import { NOTHING } from '../forms/shown-value.ts';
import { comparisonSentences, comparisonTables, type ComparisonTable } from './comparison-tables.ts';
import type { Comparison } from './comparison.ts';

/** Rows of a table in a post. */
const MOST_ROWS = 10;

/** A comparison as a post for a forum; whatever strangers wrote is text in it and nothing else. */
export function comparisonMarkdown(comparison: Comparison): string {
  const parts = [
    `## What changed between two reports (${comparison.kind})`,
    comparisonSentences(comparison)
      .map((one) => `- ${inertMarkdown(one)}`)
      .join('\n'),
    ...comparisonTables(comparison, MOST_ROWS).flatMap(tableParts),
    '### The two reports',
    ['```', `before ${comparison.before.id}`, `after  ${comparison.after.id}`, '```'].join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function tableParts({ title, columns, rows, note }: ComparisonTable): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    `### ${inertMarkdown(title)}`,
    [
      line(columns.map(({ label }) => inertMarkdown(label))),
      line(columns.map(({ isFigure }) => (isFigure ? '--:' : '---'))),
      ...rows.map((row) => line(row.map((cell) => inertMarkdown(cell) || NOTHING))),
    ].join('\n'),
    ...(note === '' ? [] : [`<sub>${inertMarkdown(note)}</sub>`]),
  ];
}
