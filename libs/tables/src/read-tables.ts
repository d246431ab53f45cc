import { Loans } from './loans.ts';
import { isAddress } from './made-address.ts';
import { LegStore } from './positions/leg-store.ts';
import type { Problems } from './problems.ts';
import { readRows, type ReadRow } from './read-rows.ts';
import type { TableFile, TableName } from './table.ts';

/** Tables whose rows are few, and are kept. */
type KeptTable = Exclude<TableName, 'positions' | 'loans'>;

/** All that the files say. */
export interface Tables {
  readonly legs: LegStore;
  readonly loans: Loans;
  readonly rows: { readonly [Table in KeptTable]: readonly ReadRow<Table>[] };
  readonly counts: Partial<Record<TableName, number>>;
}

/** Reads files one after the other; positions and loans go into columns row by row. */
export async function readTables(
  files: readonly TableFile[],
  problems: Problems,
  onRows?: (table: TableName, rows: number) => void,
): Promise<Tables> {
  const legs = new LegStore();
  const loans = new Loans(legs, problems);
  const rows: { [Table in KeptTable]: ReadRow<Table>[] } = {
    ...{ markets: [], prices: [], ties: [], quotes: [], orders: [], funds: [] },
  };
  const counts: Partial<Record<TableName, number>> = {};
  for (const file of files) {
    const count = (read: number) => {
      counts[file.table] = (counts[file.table] ?? 0) + read;
      onRows?.(file.table, counts[file.table]!);
    };
    await readFile(file, { legs, loans, rows, problems, count });
  }
  return { legs, loans, rows, counts };
}

async function readFile(
  file: TableFile,
  to: {
    readonly legs: LegStore;
    readonly loans: Loans;
    readonly rows: { [Table in KeptTable]: ReadRow<Table>[] };
    readonly problems: Problems;
    readonly count: (rows: number) => void;
  },
): Promise<void> {
  const { table } = file;
  if (table === 'positions') {
    for await (const batch of readRows(table, file, to.problems)) {
      for (const row of batch) addPosition(to.legs, row);
      to.count(batch.length);
    }
  } else if (table === 'loans') {
    for await (const batch of readRows(table, file, to.problems)) {
      for (const row of batch) to.loans.add({ ...row, owner: ownerOf(row.owner) });
      to.count(batch.length);
    }
  } else {
    for await (const batch of readRows(table, file, to.problems)) {
      for (const row of batch) (to.rows[table] as unknown[]).push(row);
      to.count(batch.length);
    }
  }
}

function addPosition(legs: LegStore, row: ReadRow<'positions'>): void {
  legs.add({
    owner: ownerOf(row.owner),
    venue: row.venue,
    market: row.market ?? '',
    asset: row.asset,
    role: row.role,
    amount: row.amount,
    account: row.account ?? '',
    terms: row.terms ?? '',
    liquidationThreshold: row.liquidationThreshold,
    liquidationBonus: row.liquidationBonus,
    place: row.place,
  });
}

/** An address is one in any case. */
const ownerOf = (text: string) => (isAddress(text) ? text.toLowerCase() : text);
