import type { ReportColumn, ReportTable, ReportValue } from '../content.ts';
import { isWords } from '../forms/shown-value.ts';
import type { CellChange, RowChange, TableChange } from './comparison.ts';

/** Columns that name a row, where it is not all that are words. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  rounds: ['index'],
  roundVenues: ['index', 'venue'],
  roundPrices: ['round', 'asset'],
  venues: ['venue'],
  markets: ['venue', 'market', 'symbol'],
  stuck: ['venue', 'reason'],
  accounts: ['venue', 'owner', 'market'],
  prices: ['address'],
  depth: ['symbol', 'quote', 'move'],
  gaps: ['source', 'reason'],
  atRisk: ['figure', 'level'],
  heatmap: ['what', 'move'],
  reproduction: ['drop'],
  worst: ['scenario'],
  coverTwo: ['venue'],
  specification: ['venue', 'label', 'parameter'],
  evidence: ['venue', 'label', 'parameter'],
  words: ['venue', 'label', 'parameter'],
  binding: ['venue', 'label', 'parameter', 'scenario'],
  checks: ['venue', 'label', 'parameter', 'name'],
};

/** Their bins are laid anew for each report: a row of one is no row of the other. */
const NOT_COMPARED = new Set(['histogram']);

/** Rows that two reports have otherwise, table by table: those without a change are not in it. */
export function tableChanges(before: readonly ReportTable[], after: readonly ReportTable[]): TableChange[] {
  const names = [...new Set([...before, ...after].map(({ name }) => name))];
  return names.flatMap((name) => {
    if (NOT_COMPARED.has(name)) return [];
    const [from, to] = [before, after].map((tables) => tables.find((table) => table.name === name));
    const change = changeOf(name, from, to);
    return change.added.length + change.removed.length + change.moved.length > 0 ? [change] : [];
  });
}

function changeOf(name: string, from: ReportTable | undefined, to: ReportTable | undefined): TableChange {
  const table = (to ?? from)!;
  const keys = keysOf(table);
  const [old, now] = [keyed(from, keys), keyed(to, keys)];
  const added = [...now].filter(([key]) => !old.has(key));
  const removed = [...old].filter(([key]) => !now.has(key));
  const both = [...now].flatMap(([key, row]) => {
    const was = old.get(key);
    return was === undefined ? [] : [{ row, cells: cellChanges(was, row, keys) }];
  });
  const moved = both.filter(({ cells }) => cells.length > 0);
  return {
    name,
    title: table.title,
    keys,
    added: added.map(([, row]) => ({ key: keyOf(row, keys), cells: cellChanges(undefined, row, keys) })),
    removed: removed.map(([, row]) => ({ key: keyOf(row, keys), cells: cellChanges(row, undefined, keys) })),
    moved: moved.map(({ row, cells }): RowChange => ({ key: keyOf(row, keys), cells })),
    sameRows: both.length - moved.length,
  };
}

function keysOf({ name, columns }: ReportTable): string[] {
  const wanted = KEYS[name] ?? columns.filter(({ unit }) => isWords(unit)).map((column) => column.name);
  const found = wanted.filter((key) => columns.some((column) => column.name === key));
  return found.length > 0 ? found : [columns[0]!.name];
}

/** Cells of a row by name. */
type Row = ReadonlyMap<string, { readonly column: ReportColumn; readonly value: ReportValue }>;

/** Rows by what names them; of several with one name the second is another than the first. */
function keyed(table: ReportTable | undefined, keys: readonly string[]): Map<string, Row> {
  const found = new Map<string, Row>();
  for (const values of table?.rows ?? []) {
    const row: Row = new Map(
      table!.columns.map((column, at) => [column.name, { column, value: values[at]! }]),
    );
    const name = keys.map((key) => row.get(key)?.value ?? null);
    let copy = 0;
    while (found.has(JSON.stringify([...name, copy]))) copy++;
    found.set(JSON.stringify([...name, copy]), row);
  }
  return found;
}

const keyOf = (row: Row, keys: readonly string[]) =>
  Object.fromEntries(keys.map((key) => [key, row.get(key)?.value ?? null]));

function cellChanges(was: Row | undefined, now: Row | undefined, keys: readonly string[]): CellChange[] {
  const names = [...new Set([...(was?.keys() ?? []), ...(now?.keys() ?? [])])];
  return names.flatMap((name) => {
    if (keys.includes(name)) return [];
    const [old, other] = [was?.get(name), now?.get(name)];
    const [before, after] = [old?.value ?? null, other?.value ?? null];
    const { label, unit } = (other ?? old)!.column;
    const isSame =
      Object.is(before, after) && (old === undefined || other === undefined || old.column.unit === unit);
    if (isSame) return [];
    const isOfOneUnit = old?.column.unit === other?.column.unit;
    return [
      {
        column: name,
        label,
        unit,
        before,
        after,
        difference: isOfOneUnit ? differenceOf(before, after) : null,
      },
    ];
  });
}

/** After − before; null where one of them is no number. */
export const differenceOf = (before: ReportValue, after: ReportValue): number | null =>
  typeof before === 'number' && typeof after === 'number' ? after - before : null;
