// Writes libs/book/book.schema.json, the JSON Schema of a book file, from the schema that `importBook` reads by.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bookJsonSchema } from '@undertow/book';

const path = join(import.meta.dirname, '../libs/book/book.schema.json');
writeFileSync(path, `${JSON.stringify(bookJsonSchema(), undefined, 2)}\n`);
