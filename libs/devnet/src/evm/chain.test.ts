import { priceRounds } from '../actions/post-prices.ts';
import { startDevnet, type AssetSymbol, type Devnet, type Transaction } from '../index.ts';

const ANSWER = 10n ** 8n;

describe('a block of transactions', () => {
  let devnet: Devnet;
  beforeAll(async () => (devnet = await startDevnet({ seed: 1, accounts: 0, venues: [] })));
  afterAll(() => devnet.stop());

  async function round(symbol: AssetSymbol, answer: bigint): Promise<Required<Transaction>> {
    const [made] = await priceRounds(devnet, { [symbol]: answer });
    return made as Required<Transaction>;
  }

  const head = () => devnet.rpc<{ number: string }>('eth_getBlockByNumber', ['latest', false]);

  it('is made though an interrupted one left the same transactions waiting', async () => {
    const { from, to, data } = await round('LINK', 14n * ANSWER);
    const nonce = await devnet.rpc('eth_getTransactionCount', [from, 'latest']);
    const waiting = { from, to, data, gas: '0x7a120', gasPrice: '0x1', nonce };
    await devnet.rpc('eth_sendTransaction', [waiting]);
    const [receipt] = await devnet.chain.send([{ from, to, data, gas: 500_000n }]);
    expect(receipt?.status).toBe('0x1');
  });

  it('counts what the node refuses, and what waits for it, as failed', async () => {
    const keeper = await round('WETH', 2_995n * ANSWER);
    const bank = { from: devnet.actors.bank, to: devnet.actors.deployer, data: '0x' } as const;
    const tooMuch = { ...bank, gas: 4_000_000_000n };
    const receipts = await devnet.chain.send([tooMuch, keeper, bank], { mayFail: true });
    expect(receipts.map(({ status }) => status)).toEqual(['0x0', '0x1', '0x0']);
    const [next] = await devnet.chain.send([bank]);
    expect(next?.status).toBe('0x1');
  });

  it('leaves no traces, and blocks, receipts and logs as they were', async () => {
    const { from, to, data } = await round('WETH', 2_990n * ANSWER);
    const request = { from, to, data, gas: '0x7a120', gasPrice: '0x1' };
    // The same block twice, once past us.
    const id = await devnet.rpc('evm_snapshot');
    await devnet.rpc('eth_sendTransaction', [request]);
    await devnet.rpc('evm_mine');
    const read = async () => {
      const { number } = await head();
      return devnet.batch([
        { method: 'eth_getBlockByNumber', params: [number, true] },
        { method: 'eth_getBlockReceipts', params: [number] },
        { method: 'eth_getLogs', params: [{ fromBlock: '0x0', toBlock: number }] },
      ]);
    };
    const traces = async () => devnet.rpc<unknown[]>('trace_block', [(await head()).number]);
    const expected = await read();
    expect(await traces()).not.toEqual([]);
    await devnet.rpc('evm_revert', [id]);
    await devnet.chain.send([{ from, to, data, gas: 500_000n }]);
    expect(await read()).toEqual(expected);
    expect(await traces()).toEqual([]);
  });
});
