import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const START = join(import.meta.dirname, '../../scripts/start.mjs');

/** A running `npm start`. */
export interface Run {
  readonly child: ChildProcess;
  /** Everything it has printed. */
  said(): string;
  readonly exited: Promise<number | null>;
}

/** Starts what `npm start` starts, on a database of its own. */
export function startUndertow(args: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
  const { DATABASE_URL: _database, npm_lifecycle_event: _event, ...inherited } = process.env;
  const child = spawn('node', [START, ...args], {
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)));
  return { child, said: () => text, exited: once(child, 'exit').then(([code]) => code as number | null) };
}

/** Looks until it holds; the test's time limit is the end of patience. */
export async function until<T>(
  look: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The address that a run prints when it serves. */
export async function address(run: Run): Promise<string> {
  let over = false;
  void run.exited.then(() => (over = true));
  return until(() => {
    const found = /running at (http:\/\/127\.0\.0\.1:\d+\/)/.exec(run.said())?.[1];
    if (found === undefined && over) throw new Error(`it ended: ${run.said()}`);
    return found;
  });
}
