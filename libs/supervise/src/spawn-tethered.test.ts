import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnTethered } from './index.ts';

const MODULE = new URL('./spawn-tethered.ts', import.meta.url).href;
const SLEEPER = 'process.stdout.write(`pid ${process.pid}\\n`); setInterval(() => {}, 1000)';

const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function firstPid(stream: NodeJS.ReadableStream): Promise<number> {
  let text = '';
  for await (const chunk of stream) {
    text += String(chunk);
    const match = /pid (\d+)\n/.exec(text);
    if (match) return Number(match[1]);
  }
  throw new Error(`no pid in ${text}`);
}

async function gone(pid: number): Promise<void> {
  while (alive(pid)) await new Promise((resolve) => setImmediate(resolve));
}

describe('spawnTethered', () => {
  it('stops the program and removes its files when asked', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'undertow-tether-'));
    const program = spawnTethered({
      command: process.execPath,
      args: ['-e', SLEEPER],
      removeOnExit: [folder],
    });
    const pid = await firstPid(program.output);
    expect(alive(pid)).toBe(true);
    await program.stop();
    expect(alive(pid)).toBe(false);
    expect(existsSync(folder)).toBe(false);
  });

  it('passes on the exit code of a program that ends by itself', async () => {
    const program = spawnTethered({ command: process.execPath, args: ['-e', 'process.exit(7)'] });
    expect(await program.exited).toBe(7);
  });

  it('ends with 127 when there is no such program', async () => {
    expect(await spawnTethered({ command: 'no-such-program-here', args: [] }).exited).toBe(127);
  });

  it('ends the program and removes its files when the watcher between is killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'undertow-tether-'));
    const script =
      'process.stdout.write(`watcher ${process.ppid}, pid ${process.pid}\\n`); setInterval(() => {}, 1000)';
    const program = spawnTethered({
      command: process.execPath,
      args: ['-e', script],
      removeOnExit: [folder],
    });
    let said = '';
    program.output.on('data', (chunk) => (said += String(chunk)));
    while (!said.includes('\n')) await new Promise((resolve) => setImmediate(resolve));
    const [watcher, pid] = said.match(/\d+/g)!.map(Number);
    process.kill(watcher!, 'SIGKILL');
    expect(await program.exited).toBe(128);
    // Dead by now, and gone once init has taken note.
    await gone(pid!);
    expect(existsSync(folder)).toBe(false);
  });

  it('stops the program when the parent is killed and cannot clean up', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'undertow-tether-'));
    const script = `
      const { spawnTethered } = await import(${JSON.stringify(MODULE)});
      const program = spawnTethered({
        command: process.execPath,
        args: ['-e', ${JSON.stringify(SLEEPER)}],
        removeOnExit: [${JSON.stringify(folder)}],
      });
      program.output.pipe(process.stdout);
    `;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script]);
    const pid = await firstPid(parent.stdout);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    await gone(pid);
    while (existsSync(folder)) await new Promise((resolve) => setImmediate(resolve));
    expect(alive(pid)).toBe(false);
  });
});
