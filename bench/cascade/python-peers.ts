import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGuard } from '../guard.ts';
import type { PlainBook } from './plain-book.ts';

const SCRIPTS = join(import.meta.dirname, '../peers/python');
const LIMIT_MS = 180_000;

/** What a script says, or why it says nothing. */
export type Said<T> = { readonly said: T } | { readonly absent: string };

/** Runs a script of `bench/peers/python` on a book and some moves. A peer that is not there is no error; one that fails is. */
export function askPython<T>(script: string, book: PlainBook, moves: readonly Float64Array[]): Said<T> {
  const version = spawnSync('python3', ['-c', 'import numpy']);
  if (version.error) return { absent: 'there is no python3' };
  if (version.status !== 0) return { absent: 'python3 has no numpy' };
  const folder = mkdtempSync(join(tmpdir(), 'undertow-bench-'));
  startGuard().remove(folder);
  try {
    for (const [name, column] of Object.entries(book))
      if (ArrayBuffer.isView(column)) writeFileSync(join(folder, name), column as Uint8Array);
    writeFileSync(join(folder, 'moves'), Buffer.concat(moves.map((one) => new Uint8Array(one.buffer))));
    const { status, stdout, stderr, error } = spawnSync('python3', [join(SCRIPTS, script), folder], {
      encoding: 'utf8',
      timeout: LIMIT_MS,
      // One thread, as ours.
      env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' },
    });
    if (stderr.includes("No module named 'scipy'")) return { absent: 'python3 has no scipy' };
    if (error || status !== 0) throw new Error(`${script} failed: ${error?.message ?? stderr}`);
    return { said: JSON.parse(stdout) as T };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
