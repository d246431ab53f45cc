// Writes what the table schemas say into the docs: a JSON Schema of each table, and the lists of columns in docs/import.md.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TABLES, tableJsonSchema } from '@undertow/tables';
import { withColumns } from '../apps/cli/src/import/docs-columns.ts';

const docs = join(import.meta.dirname, '../docs');
mkdirSync(join(docs, 'schema'), { recursive: true });
for (const table of TABLES)
  writeFileSync(
    join(docs, 'schema', `${table}.schema.json`),
    `${JSON.stringify(tableJsonSchema(table), undefined, 2)}\n`,
  );
const page = join(docs, 'import.md');
writeFileSync(page, withColumns(readFileSync(page, 'utf8')));
