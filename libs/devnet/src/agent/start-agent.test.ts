import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RetryableError } from '@undertow/units';
import { startAgent, startDevnet, type AgentAction, type Devnet, type DevnetOptions } from '../index.ts';

/** Stopped after each test, also after one that fails: a chain left running would keep the test run open. */
const running: Devnet[] = [];
afterEach(async () => void (await Promise.all(running.splice(0).map((devnet) => devnet.stop()))));

async function launch(options: DevnetOptions): Promise<Devnet> {
  const devnet = await startDevnet(options);
  running.push(devnet);
  return devnet;
}

interface Block {
  readonly number: string;
  readonly hash: string;
  readonly timestamp: string;
}

const head = (devnet: Devnet) => devnet.rpc<Block>('eth_getBlockByNumber', ['latest', false]);

async function run(devnet: Devnet, ticks: number, seed = 5): Promise<AgentAction[]> {
  const actions: AgentAction[] = [];
  await startAgent(devnet, { seed, everyMs: 0, ticks, onAction: (action) => actions.push(action) }).done;
  return actions;
}

describe('startAgent', () => {
  it('survives hundreds of ticks, does everything it can do, and uses few blocks', async () => {
    const devnet = await launch({ seed: 1, accounts: 60 });
    const before = Number((await head(devnet)).number);
    const actions = await run(devnet, 300);
    const kinds = new Set(actions.map(({ kind }) => kind));
    for (const kind of [
      'trade',
      'round',
      'open',
      'topUp',
      'borrow',
      'repay',
      'close',
      'liquidate',
    ] as const) {
      expect(kinds).toContain(kind);
    }
    expect(actions.filter(({ kind }) => kind === 'failed').length / actions.length).toBeLessThan(0.05);
    const blocks = Number((await head(devnet)).number) - before;
    expect(blocks).toBeGreaterThanOrEqual(300);
    expect(blocks).toBeLessThan(750);
    await devnet.stop();
  }, 120_000);

  it('makes the same blocks from the same seed, also when it is interrupted and the chain loaded again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'undertow-agent-test-'));
    const options = { seed: 2, accounts: 20 };
    const whole = await launch(options);
    await run(whole, 40);
    const stateFile = join(folder, 'chain.json');
    const first = await launch({ ...options, stateFile });
    await run(first, 25);
    await first.stop();
    const second = await launch({ ...options, stateFile });
    await run(second, 15);
    expect(second.resumed).toBe(true);
    expect(await head(second)).toEqual(await head(whole));
    await second.stop();
    await whole.stop();
    rmSync(folder, { recursive: true });
  }, 120_000);

  it('leaves out ticks that fail, whatever fails in them, and makes the same blocks where it can', async () => {
    const devnet = await launch({ seed: 3, accounts: 20 });
    const send = devnet.rpc;
    const failures: string[] = [];
    const errors = [new RetryableError('no answer'), new Error('refused')];
    // The first read of a tick, twice in a row: once nothing answers, once it is refused.
    const shaky: Devnet = {
      ...devnet,
      rpc: (async (method: string, params?: readonly unknown[]) => {
        const error = method === 'eth_getBlockByNumber' && reads++ >= 5 ? errors.shift() : undefined;
        if (error) throw error;
        return send(method, params);
      }) as Devnet['rpc'],
    };
    let reads = 0;
    const onFailure = (error: unknown) => failures.push((error as Error).message);
    const before = Number((await head(devnet)).number);
    await startAgent(shaky, { seed: 3, everyMs: 0, ticks: 12, onFailure }).done;
    expect(failures).toEqual(['no answer', 'refused']);
    // Ten ticks and the block that made the refused one another.
    expect(Number((await head(devnet)).number) - before).toBeGreaterThanOrEqual(11);
    await devnet.stop();
  }, 60_000);

  it('stops between ticks, and ends with a reason when the chain is gone', async () => {
    const devnet = await launch({ seed: 1, accounts: 10 });
    const agent = startAgent(devnet, { seed: 1, everyMs: 60_000 });
    await agent.stop();
    const orphan = startAgent(devnet, { seed: 1, everyMs: 0 });
    await devnet.stop();
    await expect(orphan.done).rejects.toThrow(/has ended/);
  });
});
