// Cascades to their fixed points on made-up books, and what they are made of: health factors of all accounts, memory, a heatmap, and
// how the cost grows. Beside our engines in the same run: what others have, and what the memory gives. ACCOUNTS says which sizes
// (the last is the largest), BUDGET how many seconds each engine and peer runs, SECTIONS which parts.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cascadeRows } from './cascade/engines.ts';
import { growth, growthRows } from './cascade/growth.ts';
import { growthChart } from './cascade/growth-chart.ts';
import { healthPass } from './cascade/health-pass.ts';
import { heatmapRow, memoryRows } from './cascade/large.ts';
import { held, needMemoryFor } from './cascade/memory.ts';
import { syntheticBook } from './cascade/synthetic-book.ts';
import { syntheticScenarios } from './cascade/synthetic-scenarios.ts';
import './end-with-parent.ts';
import { report, type Row } from './report.ts';

const SIZES = (process.env['ACCOUNTS'] ?? '100000,1000000').split(',').map(Number);
const GROWTH_SIZES = [3_000, 10_000, 30_000, 100_000];
const BUDGET_MS = 1_000 * Number(process.env['BUDGET'] ?? 4);
const MOST_SCENARIOS = 20_000;
const ALL = ['memory', 'health', 'cascades', 'heatmap', 'growth'] as const;
const SECTIONS = new Set<string>((process.env['SECTIONS'] ?? ALL.join(',')).split(','));

/** The clear engine takes seconds for one of a large book. */
const clearScenarios = (accounts: number) => (accounts > 300_000 ? 1 : 3);

const unknown = [...SECTIONS].filter((section) => !ALL.includes(section as never));
if (unknown.length > 0) throw new Error(`SECTIONS names ${unknown.join(', ')}; there are ${ALL.join(', ')}`);
if (!SIZES.every((size) => Number.isSafeInteger(size) && size > 0))
  throw new Error(`ACCOUNTS must be numbers of accounts with commas between, such as 10000,100000`);

/** Says what is measured now: a large book takes minutes. */
const now = (what: string) => process.stderr.write(`${what} …\n`);

const rows: Row[] = [];
for (const accounts of SIZES) {
  needMemoryFor(accounts);
  now(`a book of ${accounts.toLocaleString('en')} accounts`);
  const before = held();
  const book = syntheticBook(accounts);
  if (SECTIONS.has('memory')) rows.push(...memoryRows(book, before));
  const scenarios = syntheticScenarios(book, MOST_SCENARIOS);
  if (SECTIONS.has('health')) {
    now('  health factors');
    rows.push(...healthPass(book, scenarios[0]!));
  }
  if (SECTIONS.has('cascades')) {
    now('  cascades');
    rows.push(
      ...(await cascadeRows({
        book,
        scenarios,
        clearScenarios: clearScenarios(accounts),
        budgetMs: BUDGET_MS,
      })),
    );
  }
  if (SECTIONS.has('heatmap')) {
    now('  heatmap');
    rows.push(await heatmapRow(book, 2 * BUDGET_MS));
  }
}
if (SECTIONS.has('growth')) {
  now('growth');
  const lines = await growth({ accounts: GROWTH_SIZES, budgetMs: BUDGET_MS / 4 });
  rows.push(...growthRows(lines));
  const folder = join(import.meta.dirname, 'results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'cascade-growth.svg'), growthChart(lines));
}
report('cascade', rows, { sizes: SIZES, budgetSeconds: BUDGET_MS / 1_000, sections: [...SECTIONS] });
