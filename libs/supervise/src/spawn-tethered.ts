import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';

export interface TetheredOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** Whole environment of the program; the current one when absent. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Run as this user (only root can). */
  readonly uid?: number;
  readonly gid?: number;
  /** Signal that asks the program to stop. Default SIGTERM. */
  readonly stopSignal?: NodeJS.Signals;
  /** Time from that signal to SIGKILL. Default 5,000. */
  readonly graceMs?: number;
  /** Files and folders removed when the program has ended, however it ended. */
  readonly removeOnExit?: readonly string[];
}

/** A program that ends when we end, however we end. */
export interface Tethered {
  /** Everything it prints, stderr included; discarded while nobody listens. */
  readonly output: NodeJS.ReadableStream;
  /** Resolves with its exit code (128 after a signal) when it has ended and its files are removed. */
  readonly exited: Promise<number>;
  /** Asks it to stop and waits until it has. */
  stop(): Promise<number>;
}

const TETHER = fileURLToPath(new URL('./tether.mjs', import.meta.url));

/**
 * Starts a program that cannot outlive us: a small watcher process holds the other end of a pipe, and stops the
 * program when the pipe closes, also when this process is killed.
 */
export function spawnTethered(options: TetheredOptions): Tethered {
  const { command, args, cwd, uid, gid } = options;
  const plan = {
    command,
    args,
    cwd,
    uid,
    gid,
    stopSignal: options.stopSignal ?? 'SIGTERM',
    graceMs: options.graceMs ?? 5_000,
    removeOnExit: options.removeOnExit ?? [],
  };
  const watcher = spawn(process.execPath, [TETHER, JSON.stringify(plan)], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...(options.env ?? process.env) },
    detached: true,
  });
  const output = new PassThrough();
  watcher.stdout.pipe(output, { end: false });
  watcher.stderr.pipe(output, { end: false });
  output.resume();
  const exited = once(watcher, 'exit').then(([code]) => (code as number | null) ?? 128);
  return {
    output,
    exited,
    stop() {
      watcher.stdin.end();
      return exited;
    },
  };
}
