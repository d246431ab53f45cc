import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { assert } from '@undertow/units';

/** What the database can do beyond PostgreSQL. */
export type Flavour = 'plain' | 'timescale';

export interface Migration {
  readonly number: number;
  readonly name: string;
  /** Only for databases of this flavour; absent = for all. */
  readonly flavour?: Flavour;
  readonly sql: string;
  readonly checksum: string;
  /** Holds one statement that PostgreSQL refuses in a transaction, written so that running it twice is harmless. */
  readonly alone: boolean;
}

const MIGRATIONS = new URL('../../../migrations/', import.meta.url);

/** First line of a file whose one statement runs outside of a transaction (such as CREATE INDEX CONCURRENTLY). */
const ALONE = '-- no transaction';

/** The files `0001_name.sql`, or `0001_name.<flavour>.sql` where flavours differ, in order. */
export async function readMigrations(folder: URL = MIGRATIONS): Promise<readonly Migration[]> {
  const migrations: Migration[] = [];
  for (const name of (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()) {
    const [, number, flavour] = /^(\d{4})_[a-z0-9_-]+(?:\.(plain|timescale))?\.sql$/.exec(name) ?? [];
    assert(number !== undefined, `migration ${name} is not named like 0001_name.sql or 0001_name.plain.sql`);
    // A checkout that changes line ends does not change the migration.
    const sql = (await readFile(new URL(name, folder), 'utf8')).replaceAll('\r\n', '\n');
    migrations.push({
      number: Number(number),
      name,
      ...(flavour === undefined ? {} : { flavour: flavour as Flavour }),
      sql,
      checksum: createHash('sha256').update(sql).digest('hex'),
      alone: sql.startsWith(ALONE),
    });
  }
  for (const flavour of ['plain', 'timescale'] as const) {
    const numbers = migrations
      .filter((file) => (file.flavour ?? flavour) === flavour)
      .map((file) => file.number);
    assert(
      numbers.every((number, index) => number === index + 1),
      `migrations for ${flavour} must be numbered 1, 2, 3 …, not ${numbers.join(', ')}`,
    );
  }
  return migrations;
}
