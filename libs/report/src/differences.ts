import { canonicalText } from './canonical.ts';
import type { ReportContent } from './content.ts';

/** One place at which two contents are not the same. */
export interface Difference {
  /** `figures.lossUsd.value`, `tables.rounds row 3 liquidatedUsd`. */
  readonly place: string;
  /** As JSON; undefined where there is none. */
  readonly stated: string | undefined;
  readonly found: string | undefined;
}

/** Differences that are told; more say no more. */
export const MOST_DIFFERENCES = 50;

/**
 * Where a content differs from another, value by value and to the last bit: figures and tables by their names, everything else by its
 * place. At most `MOST_DIFFERENCES`.
 *
 * @param stated what a report says.
 * @param found what its inputs give.
 */
export function differencesOf(stated: ReportContent, found: ReportContent): Difference[] {
  const differences: Difference[] = [];
  compare(named(stated), named(found), '', differences);
  return differences.slice(0, MOST_DIFFERENCES);
}

/** Lists by name instead of by place, so that one figure more does not make all that follow it others. */
function named(content: ReportContent): unknown {
  const plain = JSON.parse(canonicalText(content)) as ReportContent;
  return {
    ...plain,
    figures: Object.fromEntries(plain.figures.map((figure) => [figure.name, figure])),
    tables: Object.fromEntries(
      plain.tables.map(({ rows, columns, ...table }) => [
        table.name,
        {
          ...table,
          columns,
          rows: rows.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i]]))),
        },
      ]),
    ),
  };
}

function compare(stated: unknown, found: unknown, place: string, differences: Difference[]): void {
  if (differences.length >= MOST_DIFFERENCES || Object.is(stated, found)) return;
  if (isOpen(stated) && isOpen(found) && Array.isArray(stated) === Array.isArray(found)) {
    const names = new Set([...Object.keys(stated), ...Object.keys(found)]);
    for (const name of names) {
      const inside = Array.isArray(stated) ? `${place}[${name}]` : place === '' ? name : `${place}.${name}`;
      compare(Reflect.get(stated, name), Reflect.get(found, name), inside, differences);
    }
    return;
  }
  differences.push({ place, stated: textOf(stated), found: textOf(found) });
}

const isOpen = (value: unknown): value is object => typeof value === 'object' && value !== null;

function textOf(value: unknown): string | undefined {
  const text = value === undefined ? undefined : canonicalText(value);
  return text !== undefined && text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
