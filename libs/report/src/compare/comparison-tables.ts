import type { ReportValue } from '../content.ts';
import { NOTHING, shortUnit, shownSentence, shownText, shownValue } from '../forms/shown-value.ts';
import {
  COMPARED_INPUTS,
  type Comparison,
  type FigureChange,
  type RowChange,
  type TableChange,
} from './comparison.ts';

/** A table of a comparison as people read it: text that is harmless, not yet escaped for its form. */
export interface ComparisonTable {
  /** Plain: a place on a page is called by it. */
  readonly name: string;
  readonly title: string;
  readonly columns: readonly { readonly label: string; readonly isFigure: boolean }[];
  readonly rows: readonly (readonly string[])[];
  /** What its figures are counted in, and what is not listed. */
  readonly note: string;
}

/** A comparison in tables: what went in otherwise, figures, what moved them, and tables whose rows are others; each of at most so many rows. */
export function comparisonTables(comparison: Comparison, most: number): ComparisonTable[] {
  return [
    inputsTable(comparison),
    figuresTable(comparison),
    ...movedTable(comparison),
    ...comparison.tables.map((table) => rowsTable(table, most)),
  ];
}

/** Both reports and what to know of them, in whole sentences. */
export function comparisonSentences({ before, after, figures, sameFigures, notes }: Comparison): string[] {
  const one = ({ id, subject }: Comparison['before']) =>
    `${shownSentence(subject)} (report ${id.slice(0, 12)}…)`;
  return [
    `Before: ${one(before)}.`,
    `After: ${one(after)}.`,
    before.id === after.id
      ? 'They are one and the same report.'
      : `${figures.length} figures are not the same, ${sameFigures} are, to the last bit.`,
    ...notes,
  ];
}

function inputsTable({ inputs }: Comparison): ComparisonTable {
  return {
    name: 'inputs',
    title: 'What went in',
    columns: [words('Input'), words('Changed'), words('What')],
    rows: inputs.map(({ input, isSame, words: told }) => [
      input,
      isSame === null ? 'not known' : isSame ? 'no' : 'yes',
      shownSentence(told),
    ]),
    note: '',
  };
}

function figuresTable({ figures }: Comparison): ComparisonTable {
  return {
    name: 'figures',
    title: 'Figures that are not the same',
    columns: [words('Figure'), figure('Before'), figure('After'), figure('Difference')],
    rows: figures.map((one) => [
      named(one),
      shownValue(one.before, one.unit),
      shownValue(one.after, one.unit),
      differenceText(one),
    ]),
    note: `Units: ${[...Map.groupBy(figures, ({ unit }) => unit)].map(([unit, own]) => `${own.map(({ label }) => shownText(label)).join(', ')}: ${shownText(unit)}`).join('; ')}`,
  };
}

/** Nothing where nothing was computed again, or nothing moved. */
function movedTable({ figures, inputs: changed }: Comparison): ComparisonTable[] {
  const moved = figures.flatMap((one) => (one.moved === null ? [] : [{ ...one, moved: one.moved }]));
  const isSame = new Map(changed.map((one): [string, boolean | null] => [one.input, one.isSame]));
  const inputs = COMPARED_INPUTS.filter((input) => isSame.get(input) !== true);
  if (moved.length === 0) return [];
  const rest = moved.some(({ moved: { interaction } }) => interaction !== 0) ? ['interaction'] : [];
  return [
    {
      name: 'moved',
      title: 'Which input moved it',
      columns: [words('Figure'), ...inputs.map(figure), ...rest.map(figure), figure('Difference')],
      rows: moved.map((one) => [
        shownText(one.label),
        ...inputs.map((input) => {
          const change = one.moved.parts.find((part) => part.input === input)!.change;
          return change === null ? 'not computed' : signed(change, one.unit);
        }),
        ...rest.map(() => signed(one.moved.interaction, one.unit)),
        differenceText(one),
      ]),
      note: 'The columns add up to the difference; how they were found, the sentences above say.',
    },
  ];
}

function rowsTable(
  { name, title, added, removed, moved, sameRows }: TableChange,
  most: number,
): ComparisonTable {
  const lines = [
    ...moved.map((row) => ['moved', keyText(row), row.cells.map(cellText).join('; ')]),
    ...added.map((row) => ['added', keyText(row), row.cells.map(cellText).join('; ')]),
    ...removed.map((row) => ['removed', keyText(row), row.cells.map(cellText).join('; ')]),
  ];
  const left = lines.length - Math.min(lines.length, most);
  return {
    name: `table-${name}`,
    title: shownText(title),
    columns: [words('Row'), words('Of'), words('What')],
    rows: lines.slice(0, most),
    note: `${moved.length} rows moved, ${added.length} added, ${removed.length} removed, ${sameRows} the same.${left > 0 ? ` ${left} are not listed here: --json has all.` : ''}`,
  };
}

const keyText = ({ key }: RowChange) =>
  Object.values(key)
    .map((value) => (typeof value === 'number' ? String(value) : shownText(String(value ?? NOTHING))))
    .join(' ');

function cellText({ label, unit, before, after, difference }: RowChange['cells'][number]): string {
  const name = shownText(label);
  if (before === null) return `${name} ${shownValue(after, unit)}`;
  if (after === null) return `${name} ${shownValue(before, unit)}, now ${NOTHING}`;
  const more = difference === null ? '' : ` (${signed(difference, unit)})`;
  return `${name} ${shownValue(before, unit)} → ${shownValue(after, unit)}${more}`;
}

/** With what it is counted in. */
const named = ({ label, unit }: FigureChange) =>
  [shownText(label), shortUnit(unit)].filter((text) => text !== '').join(', ');

const differenceText = ({ difference, unit }: FigureChange) =>
  difference === null ? NOTHING : signed(difference, unit);

/** A change with its sign. */
function signed(value: ReportValue, unit: string): string {
  const text = shownValue(value, unit);
  return typeof value === 'number' && value > 0 ? `+${text}` : text;
}

const words = (label: string) => ({ label, isFigure: false });
const figure = (label: string) => ({ label, isFigure: true });
