import { readFileSync, writeFileSync } from 'node:fs';
import { brokenBy } from './broken-by.ts';

/**
 * Releases the schema as it is now: `npx node apps/api/release/release-schema.ts`. From then on a test fails when a client of it would
 * break. What breaks clients of the one before is printed, for the release notes.
 */
const schema = readFileSync(new URL('../src/schema.graphql', import.meta.url), 'utf8');
const target = new URL('./schema.released.graphql', import.meta.url);
const broken = brokenBy(readFileSync(target, 'utf8'), schema);
writeFileSync(target, schema);
process.stdout.write(
  broken.length === 0
    ? 'Released; nothing that was released before breaks.\n'
    : `Released. Clients of the schema before break by:\n${broken.map((one) => `- ${one}\n`).join('')}`,
);
