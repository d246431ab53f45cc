// Writes docs/schema/margin-call-policy.schema.json, the JSON Schema of a margin call policy, from the schema that `readPolicy` reads by.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { policyJsonSchema } from '@undertow/calls';

const path = join(import.meta.dirname, '../docs/schema/margin-call-policy.schema.json');
writeFileSync(path, `${JSON.stringify(policyJsonSchema(), undefined, 2)}\n`);
