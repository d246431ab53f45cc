import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printed } from '../fixtures/printed.ts';
import { runSimulate } from '../run-simulate.ts';
import { loans } from '../sweep/fixtures/loans.ts';

const folder = mkdtempSync(join(tmpdir(), 'undertow-engines-'));
const table = join(folder, 'loans.csv');
writeFileSync(table, loans(30));
afterAll(() => rmSync(folder, { recursive: true }));

const options = { tables: [table], data: folder, shock: [{ what: 'ETH', move: -0.4 }] };

it.each([[[]], [['ETH depth=0.5']]])('both engines print the same text, with --set %j', async (set) => {
  const by = (engine: 'clear' | 'fast') => printed(() => runSimulate({ ...options, set, engine }));
  const clear = await by('clear');
  expect(clear).toMatch(/traders lose .+K USD/);
  expect(await by('fast')).toBe(clear);
});
