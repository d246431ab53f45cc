// Writes docs/advice-against-governance.md from public files: npx node scripts/write-advice-against-governance.ts [folder], the files beside
// the project by default.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { compareGovernance } from './governance-compared.ts';
import { governancePage } from './governance-page.ts';
import { readGovernance } from './governance-values.ts';

const path = join(import.meta.dirname, '../docs/advice-against-governance.md');
const data = process.argv[2] ?? join(import.meta.dirname, '../../shared/data');
const files = readGovernance(data);
const others = [
  { horizonSeconds: 3_600, words: '' },
  {
    horizonSeconds: 3 * 86_400,
    words: ' (the last 150 windows, after 50 more)',
    choice: { memory: 150, start: 50 },
  },
].map(({ words, ...over }) => ({
  horizonSeconds: over.horizonSeconds,
  words,
  comparison: compareGovernance(data, files, over),
}));
const text = governancePage({ files, comparison: compareGovernance(data, files), others });
writeFileSync(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
