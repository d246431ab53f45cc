// Writes libs/report/report.schema.json, the JSON Schema of a report's bundle, from the schema that `readBundle` reads by.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleJsonSchema } from '@undertow/report';

const path = join(import.meta.dirname, '../libs/report/report.schema.json');
writeFileSync(path, `${JSON.stringify(bundleJsonSchema(), undefined, 2)}\n`);
