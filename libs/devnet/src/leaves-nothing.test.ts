import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDevnet } from './index.ts';

const INDEX = new URL('./index.ts', import.meta.url).href;
const PROJECT = new URL('../../../', import.meta.url);

/** Temp folders go to a folder of our own, so that other tests' do not count. */
let temp: string;
beforeEach(() => (temp = mkdtempSync(join(tmpdir(), 'undertow-leaves-test-'))));
afterEach(() => rmSync(temp, { recursive: true, force: true }));

function listens(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port: Number(new URL(url).port) });
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
});
