import { mkdirSync, writeFileSync } from 'node:fs';
import { written } from './written.ts';

/** Writes what the page shows of the house's own texts: `npx node dashboards/web/prose/generate.ts`. A test fails while it is out of date. */
for (const [file, text] of await written()) {
  mkdirSync(new URL('./', file), { recursive: true });
  writeFileSync(file, text);
}
