import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { LogFile } from './log-file.ts';
import { readableText } from './readable-text.ts';

/** One of our own Node programs. It ends when the IPC channel closes, so it cannot outlive us. */
export interface ChildApp {
  readonly name: string;
  readonly logFile: string;
  /** Resolves with the message of type `ready`; rejects when the program ends before. */
  readonly ready: Promise<Readonly<Record<string, unknown>>>;
  /** Resolves with a short description when the program has ended. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

export interface ChildAppOptions {
  readonly name: string;
  /** TypeScript file to run. */
  readonly main: string;
  readonly env: Readonly<Record<string, string>>;
  /** Gets all that it prints. */
  readonly log: LogFile;
  /** A file for Node to load before it, which lets it run what Node alone does not. */
  readonly preload?: string;
  /** Hears what the program sends over IPC. */
  readonly onMessage?: (message: Readonly<Record<string, unknown>> & { readonly type: string }) => void;
}

const GRACE_MS = 5_000;

/** Starts a program under this Node with its output appended to a log file. */
export function startChildApp(options: ChildAppOptions): ChildApp {
  const { name, main, env, log, preload } = options;
  const child = fork(main, {
    execArgv: preload === undefined ? [] : ['--import', pathToFileURL(preload).href],
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  for (const output of [child.stdout!, child.stderr!]) output.on('data', (said: Buffer) => log.write(said));
  const ended = once(child, 'exit').then(([code, signal]) =>
    signal === null ? `ended with exit code ${String(code)}` : `was ended by ${String(signal)}`,
  );
  const ready = new Promise<Record<string, unknown>>((done, fail) => {
    child.on('message', (message: Record<string, unknown> & { readonly type: string }) => {
      options.onMessage?.(message);
      if (message.type === 'ready') done(message);
    });
    void ended.then((how) => fail(new Error(`${name} ${how} while starting`)));
  });
  ready.catch(() => undefined); // Whoever waits hears of it; nobody waiting is not an error.
  return {
    name,
    logFile: log.path,
    ready,
    ended,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      if (child.connected) child.disconnect();
      const hard = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
      await ended;
      clearTimeout(hard);
    },
  };
}

/** The last lines of a log; pino's JSON lines are shown as their message. */
export function lastLines(file: string, count = 12): string {
  try {
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count);
    return readableText(lines.map(readable).join('\n'));
  } catch {
    return '(no log)';
  }
}

function readable(line: string): string {
  try {
    const { msg, err } = JSON.parse(line) as { msg?: string; err?: { message?: string } };
    return [msg, err?.message].filter((part) => part !== undefined).join(': ') || line;
  } catch {
    return line;
  }
}
