import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** Sees to it that nothing of a bench outlives it, Ctrl-C and SIGKILL included. */
export interface Guard {
  /** Kills this process group when the bench ends before `ended` is told of it. */
  end(group: number): void;
  ended(group: number): void;
  /** Removes this folder when the bench ends. */
  remove(folder: string): void;
}

let guard: Guard | undefined;

/** The guard of this bench, a process that waits for its end. */
export function startGuard(): Guard {
  if (guard !== undefined) return guard;
  // A group of its own: Ctrl-C goes to all of ours.
  const process_ = spawn(process.execPath, [join(import.meta.dirname, 'guard.mjs')], {
    stdio: ['pipe', 'ignore', 'inherit'],
    detached: true,
  });
  process_.unref();
  const tell = (line: string) => process_.stdin.write(`${line}\n`);
  (process_.stdin as unknown as { unref(): void }).unref();
  guard = {
    end: (group) => tell(`end ${group}`),
    ended: (group) => tell(`ended ${group}`),
    remove: (folder) => tell(`remove ${folder}`),
  };
  return guard;
}
