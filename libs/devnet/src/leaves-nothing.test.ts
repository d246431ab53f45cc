import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning } from '@undertow/supervise';
import { openJsonRpc } from './evm/json-rpc.ts';
import { startDevnet } from './index.ts';
import { endOrphan, pidFile } from './orphan.ts';

const INDEX = new URL('./index.ts', import.meta.url).href;
const PROJECT = new URL('../../../', import.meta.url);

/** Temp folders go to a folder of our own, so that other tests' do not count. */
let temp: string;
beforeEach(() => (temp = mkdtempSync(join(tmpdir(), 'undertow-leaves-test-'))));
afterEach(() => rmSync(temp, { recursive: true, force: true }));

function listens(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: new URL(url).hostname, port: Number(new URL(url).port) });
    const end = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.on('connect', () => end(true));
    socket.on('error', () => end(false));
  });
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
}

/** On Linux. */
const parentOf = (pid: number) => /PPid:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1];

/** A process that runs a devnet and prints its address. */
async function devnetInChild(stateFile: string) {
  const script = `
    const { startDevnet, mine } = await import(${JSON.stringify(INDEX)});
    const devnet = await startDevnet({ seed: 1, accounts: 5, venues: ['morphoBlue'], stateFile: ${JSON.stringify(stateFile)} });
    await mine(devnet, 3);
    const { hash } = await devnet.rpc('eth_getBlockByNumber', ['latest', false]);
    process.stdout.write(JSON.stringify({ url: devnet.url, hash }) + '\\n');
    setInterval(() => {}, 1000);
  `;
  const args = ['--input-type=module', '-e', script];
  const options = {
    cwd: PROJECT,
    env: { ...process.env, TMPDIR: temp },
    stdio: ['ignore', 'pipe', 'inherit'] as const,
  };
  const child = spawn(process.execPath, args, { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  for await (const chunk of child.stdout) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return { child, ...(JSON.parse(text) as { url: string; hash: string }) };
}

describe('a stopped devnet', () => {
  it('leaves no port', async () => {
    const devnet = await startDevnet({ seed: 1, accounts: 5, venues: [] });
    expect(await listens(devnet.url)).toBe(true);
    await devnet.stop();
    expect(await listens(devnet.url)).toBe(false);
    expect(await devnet.exited).toBe(0);
  });

  it('leaves no port and no temp folder when its parent is killed, and its chain can be gone on with', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'undertow-state-test-'));
    const stateFile = join(folder, 'chain.json');
    const { child, url, hash } = await devnetInChild(stateFile);
    expect(readdirSync(temp).some((name) => name.startsWith('undertow-anvil-'))).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await until(async () => !(await listens(url)));
    const ours = () => readdirSync(temp).filter((name) => name.startsWith('undertow-'));
    await until(async () => ours().length === 0);
    const resumed = await startDevnet({ seed: 1, accounts: 5, venues: ['morphoBlue'], stateFile });
    expect(resumed.resumed).toBe(true);
    expect(await resumed.rpc('eth_getBlockByNumber', ['latest', false])).toMatchObject({ hash });
    await resumed.stop();
    rmSync(folder, { recursive: true });
  });

  it('is ended by the next start when all else was killed at once, and does not write its old chain over the new one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'undertow-state-test-'));
    const stateFile = join(folder, 'chain.json');
    const { child, url } = await devnetInChild(stateFile);
    const { anvil } = JSON.parse(readFileSync(pidFile(stateFile), 'utf8')) as { anvil: string };
    const watcher = Number(parentOf(Number.parseInt(anvil, 10)));
    // Both at once: each would end the chain when it sees the other go.
    for (const name of ['SIGSTOP', 'SIGKILL'] as const)
      for (const pid of [watcher, child.pid!]) process.kill(pid, name);
    await once(child, 'exit');
    expect(isRunning(anvil)).toBe(true);
    const orphan = openJsonRpc(url);
    await orphan.rpc('evm_mine');
    const { hash } = await orphan.rpc<{ hash: string }>('eth_getBlockByNumber', ['latest', false]);
    const messages: string[] = [];
    const start = () =>
      startDevnet({
        ...{ seed: 1, accounts: 5, venues: ['morphoBlue'], stateFile },
        onProgress: (message) => messages.push(message),
      });
    const resumed = await start();
    expect(messages.join()).toMatch(/a killed run had left behind/);
    expect(isRunning(anvil)).toBe(false);
    expect(await resumed.rpc('eth_getBlockByNumber', ['latest', false])).toMatchObject({ hash });
    await resumed.rpc('evm_mine');
    const newest = await resumed.rpc('eth_getBlockByNumber', ['latest', false]);
    await resumed.stop();
    const again = await start();
    expect(await again.rpc('eth_getBlockByNumber', ['latest', false])).toEqual(newest);
    await again.stop();
    rmSync(folder, { recursive: true });
  });

  it('ends no process that only has the number of one that it once started', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'undertow-state-test-'));
    const stateFile = join(folder, 'chain.json');
    const other = spawn('sleep', ['60']);
    writeFileSync(pidFile(stateFile), JSON.stringify({ anvil: `${other.pid} 1`, owner: '1 1' }));
    expect(await endOrphan(stateFile)).toBe(false);
    expect(other.exitCode ?? other.signalCode).toBeNull();
    other.kill();
    rmSync(folder, { recursive: true });
  });
});
