import { readFileSync } from 'node:fs';
import { bundleJsonSchema } from './content-schema.ts';

test('report.schema.json is the schema that bundles are read by; else run node scripts/write-report-schema.ts', () => {
  const file = new URL('../report.schema.json', import.meta.url);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(bundleJsonSchema())));
});

test('it says of every figure that it has a unit, a block and a source', () => {
  const text = JSON.stringify(bundleJsonSchema());
  for (const name of ['unit', 'block', 'source', 'bookHash', 'signatures'])
    expect(text).toContain(`"${name}"`);
});
