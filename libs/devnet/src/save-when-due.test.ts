import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mine, saveWhenDue, startAgent, startDevnet, type Devnet } from './index.ts';

let folder: string;
let running: Devnet | undefined;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'undertow-save-test-'))));
afterEach(async () => {
  await running?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const start = async () =>
  (running = await startDevnet({
    seed: 4,
    accounts: 20,
    venues: ['morphoBlue'],
    stateFile: join(folder, 'chain.json'),
  }));
const height = async (devnet: Devnet) => Number(await devnet.rpc<string>('eth_blockNumber'));
const savedAt = () => statSync(join(folder, 'chain.json.saved')).mtimeMs;

/** Ends anvil without us. It is the process called so that names our file on its command line. */
async function endAnvil(devnet: Devnet, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  const processes = execFileSync('ps', ['-eo', 'pid=,comm=,args='], { encoding: 'utf8' }).split('\n');
  const ours = processes.filter((line) => /^\s*\d+\s+\S*anvil\s/.test(line) && line.includes(folder));
  expect(ours).toHaveLength(1);
  process.kill(Number.parseInt(ours[0] ?? '', 10), signal);
  await devnet.exited;
}

describe('saveWhenDue', () => {
  it('saves after so many blocks and not before', async () => {
    const devnet = await start();
    const save = await saveWhenDue(devnet, {
      blocks: 5,
      onFailure: (error) => expect(error).toBeUndefined(),
    });
    const built = savedAt();
    await mine(devnet, 4);
    await save();
    expect(savedAt()).toBe(built);
    await mine(devnet, 1);
    await save();
    expect(savedAt()).toBeGreaterThan(built);
  });

  it('bounds what a killed anvil loses, and leaves no draft', async () => {
    const devnet = await start();
    const blocks = 12;
    const save = await saveWhenDue(devnet, { blocks, onFailure: (error) => expect(error).toBeUndefined() });
    await startAgent(devnet, { seed: 4, everyMs: 0, ticks: 45, afterTick: save }).done;
    const { hash, number } = await devnet.rpc<{ hash: string; number: string }>('eth_getBlockByNumber', [
      ...['latest', false],
    ]);
    // It cannot write anything any more.
    await endAnvil(devnet, 'SIGKILL');
    // The chain's end is not a failure to save.
    await save();
    const resumed = await start();
    expect(resumed.resumed).toBe(true);
    const at = await height(resumed);
    expect(at).toBeLessThanOrEqual(Number(number));
    expect(at).toBeGreaterThan(Number(number) - blocks);
    // It goes on as it would have.
    await startAgent(resumed, { seed: 4, everyMs: 0, ticks: 30 }).done;
    const again = await resumed.rpc<{ hash: string }>('eth_getBlockByNumber', [number, false]);
    expect(again.hash).toBe(hash);
    expect(readdirSync(folder).filter((name) => name.endsWith('.draft'))).toEqual([]);
  });

  it('keeps what anvil wrote while it ended, also when the next anvil is killed', async () => {
    const first = await start();
    await mine(first, 30);
    const reached = await height(first);
    // Ended without us: nobody renames what it writes.
    await endAnvil(first, 'SIGTERM');
    expect(existsSync(join(folder, 'chain.json.exit'))).toBe(true);
    const second = await start();
    expect(await height(second)).toBe(reached);
    expect(existsSync(join(folder, 'chain.json.exit'))).toBe(false);
    await endAnvil(second, 'SIGKILL');
    expect(await height(await start())).toBe(reached);
  });
});
