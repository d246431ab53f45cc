import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';

/** One claim: a measure of ours, the same of a peer in the same run, and the limit it is held against. */
export interface Row {
  readonly measure: string;
  readonly unit: string;
  readonly ours: number;
  /** Of a peer that is not there: with the reason. */
  readonly peerName: string;
  readonly peer: number | null;
  /** ours ÷ peer. */
  readonly ratio: number | null;
  /** What ours must reach or stay under, and where that comes from. */
  readonly limit: string;
}

/** Prints a bench's rows and writes `bench/results/<name>.json`. */
export function report(name: string, rows: readonly Row[], setting: Readonly<Record<string, unknown>>): void {
  const table = new Table({
    head: ['measure', 'unit', 'ours', 'peer', 'ratio', 'limit'],
    style: { head: [] },
  });
  for (const { measure, unit, ours, peerName, peer, ratio, limit } of rows) {
    const named = peerName === '' ? '' : ` (${peerName})`;
    const other = `${peer === null ? '–' : round(peer)}${named}`;
    table.push([measure, unit, round(ours), other, ratio === null ? '–' : ratio.toFixed(2), limit]);
  }
  process.stdout.write(`${table.toString()}\n`);
  const machine = { cores: cpus().length, model: cpus()[0]?.model, node: process.version };
  const folder = join(import.meta.dirname, 'results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, `${name}.json`),
    `${JSON.stringify({ name, machine, setting, rows }, null, 2)}\n`,
  );
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
}

function round(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value === 0 || value >= 0.01 ? value.toFixed(2) : value.toExponential(1);
}
