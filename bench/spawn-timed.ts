import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { startGuard } from './guard.ts';

export interface TimedRun {
  readonly seconds: number;
  /** Largest sum of resident memory of the process and its descendants, seen every 50 ms. */
  readonly peakMegabytes: number;
}

interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Resolves true once the program has done what is timed. */
  readonly isDone: () => Promise<boolean>;
  readonly limitSeconds: number;
}

/** Time from spawn until `isDone`, with peak memory; the program is ended afterwards. */
export async function spawnTimed(program: Program): Promise<TimedRun> {
  const { command, args, cwd, env, isDone, limitSeconds } = program;
  const guard = startGuard();
  const started = performance.now();
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const group = child.pid;
  if (group === undefined) throw new Error(`${command} cannot be started`);
  guard.end(group);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000)));
  }
  let peakKilobytes = 0;
  try {
    for (;;) {
      if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode}:\n${said}`);
      peakKilobytes = Math.max(peakKilobytes, residentKilobytes(group));
      if (await isDone()) break;
      if ((performance.now() - started) / 1000 > limitSeconds)
        throw new Error(`not done in ${limitSeconds} s:\n${said}`);
      await delay(50);
    }
    return { seconds: (performance.now() - started) / 1000, peakMegabytes: peakKilobytes / 1024 };
  } finally {
    signalGroup(group, 'SIGTERM');
    const hard = setTimeout(() => signalGroup(group, 'SIGKILL'), 5_000);
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    clearTimeout(hard);
    // It may have left children.
    signalGroup(group, 'SIGKILL');
    guard.ended(group);
  }
}

function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // Nobody is left in it.
  }
}

/** Resident memory of a process and its descendants (Linux). */
function residentKilobytes(pid: number): number {
  try {
    const resident = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .trim()
      .split(/\s+/)
      .filter(Boolean);
    return (
      Number(resident?.[1] ?? 0) + children.reduce((sum, child) => sum + residentKilobytes(Number(child)), 0)
    );
  } catch {
    return 0; // Gone in the meantime.
  }
}
