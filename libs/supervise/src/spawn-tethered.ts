import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { PassThrough, type Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isRunning, processIdentity } from './process-identity.ts';

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
  /** Which process it is, as `processIdentity` gives it; undefined until the watcher has started it, or when it could not. */
  identity(): string | undefined;
  /** Asks it to stop and waits until it has. */
  stop(): Promise<number>;
}

const TETHER = fileURLToPath(new URL('./tether.mjs', import.meta.url));

/**
 * Starts a program that cannot outlive us: a small watcher process holds the other end of a pipe, and stops the
 * program when the pipe closes, also when this process is killed. When it is the watcher that is killed, we kill the
 * program; only both killed at once would leave it behind.
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
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    env: { ...(options.env ?? process.env) },
    detached: true,
  });
  const output = new PassThrough();
  watcher.stdout.pipe(output, { end: false });
  watcher.stderr.pipe(output, { end: false });
  output.resume();
  // The watcher says there which process the program is.
  let program: string | undefined;
  const told = watcher.stdio[3] as Readable;
  told.on('data', (chunk) => (program = processIdentity(Number(String(chunk)))));
  const exited = once(watcher, 'exit').then(async ([code, signal]) => {
    if (signal !== null) await endOrphan(program, plan.removeOnExit);
    return (code as number | null) ?? 128;
  });
  return {
    output,
    exited,
    identity: () => program,
    stop() {
      watcher.stdin.end();
      return exited;
    },
  };
}

/** Does what a watcher that was killed cannot do any more. */
async function endOrphan(program: string | undefined, removeOnExit: readonly string[]): Promise<void> {
  if (program !== undefined && isRunning(program)) {
    try {
      // The program leads a group of its own.
      process.kill(-Number.parseInt(program, 10), 'SIGKILL');
    } catch {
      // Gone in between.
    }
    while (isRunning(program)) await delay(10);
  }
  for (const path of removeOnExit) rmSync(path, { recursive: true, force: true });
}
