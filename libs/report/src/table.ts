import type { ReportBlock, ReportFigure, ReportTable, ReportValue } from './content.ts';
import { UNITS } from './units.ts';

/** Where figures are from: their block, and who said them. */
export interface Origin {
  readonly at: Pick<ReportBlock, 'chainId' | 'block'>;
  readonly source: string;
}

/** A column about rows of some sort. */
export interface Wanted<Row> {
  readonly name: string;
  readonly label: string;
  /** Default: that of `UNITS` by the name, else words. */
  readonly unit?: string;
  readonly of: (row: Row) => ReportValue | undefined;
}

const WORDS = 'words';

/** A column of a field. */
export const field = <Name extends string>(
  name: Name,
  label: string,
  unit?: string,
): Wanted<{ readonly [key in Name]: ReportValue | undefined }> => ({
  name,
  label,
  ...(unit !== undefined && { unit }),
  of: (row) => row[name],
});

/** Figures of one sort, of which at most some rows are listed: they come with the greatest first. */
export function tableOf<Row>(
  rows: readonly Row[],
  {
    name,
    title,
    origin,
    columns,
    most = Infinity,
  }: {
    readonly name: string;
    readonly title: string;
    readonly origin: Origin;
    readonly columns: readonly Wanted<Row>[];
    readonly most?: number;
  },
): ReportTable {
  const listed = rows.slice(0, most);
  return {
    name,
    title,
    chainId: origin.at.chainId,
    block: origin.at.block,
    source: origin.source,
    columns: columns.map((column) => ({
      name: column.name,
      label: column.label,
      unit: unitOf(column.name, column.unit),
    })),
    rows: listed.map((row) => columns.map(({ of }) => plain(of(row)))),
    leftOut: rows.length - listed.length,
  };
}

/** One figure by itself. */
export const figureOf = (
  { at, source }: Origin,
  {
    name,
    label,
    value,
    unit,
  }: {
    readonly name: string;
    readonly label: string;
    readonly value: ReportValue | undefined;
    readonly unit?: string;
  },
): ReportFigure => ({
  name,
  label,
  value: plain(value),
  unit: unitOf(name, unit),
  chainId: at.chainId,
  block: at.block,
  source,
});

const unitOf = (name: string, unit: string | undefined): string =>
  unit ?? (UNITS as Readonly<Record<string, string | undefined>>)[name] ?? WORDS;

/** JSON has no infinity: what is not finite is no number that anybody could state. */
const plain = (value: ReportValue | undefined): ReportValue =>
  value === undefined || (typeof value === 'number' && !Number.isFinite(value)) ? null : value;
