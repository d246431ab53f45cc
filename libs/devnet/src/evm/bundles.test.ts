import { parseEventLogs, type Hex, type Log } from 'viem';
import { startDevnet, type Devnet } from '../index.ts';
import { openBundles } from './bundles.ts';
import { encodeCall } from './contract.ts';

const ALICE = '0xa11ce00000000000000000000000000000000001';
const BOB = '0xb0b0000000000000000000000000000000000002';

describe('a bundle', () => {
  let devnet: Devnet;
  beforeAll(async () => (devnet = await startDevnet({ seed: 1, accounts: 0, venues: [] })));
  afterAll(() => devnet.stop());

  const token = () => ({
    address: devnet.contracts.assets.LINK.token,
    abi: devnet.artifacts.MintableERC20.abi,
  });
  const transfer = (from: Hex, to: Hex, amount: bigint, value?: bigint) => {
    const { address, abi } = token();
    const data = encodeCall(abi, 'transfer', [to, amount]);
    return { from, to: address, data, ...(value === undefined ? {} : { value }) };
  };
  const open = () => openBundles(devnet.chain, devnet.artifacts, devnet.actors.deployer);
  const balance = (of: Hex) => devnet.chain.read<bigint>(token(), 'balanceOf', [of]);
  const logs = async () => {
    const block = await devnet.rpc<Hex>('eth_blockNumber');
    const found = await devnet.rpc<Log[]>('eth_getLogs', [{ fromBlock: block, toBlock: block }]);
    return parseEventLogs({ abi: token().abi, logs: found, eventName: 'Transfer' });
  };

  it('makes the calls in their order, each from its own sender, with the logs that they always make', async () => {
    const bundles = await open();
    const { bank } = devnet.actors;
    await bundles.send([transfer(bank, ALICE, 5n), transfer(ALICE, BOB, 3n), transfer(BOB, bank, 1n)]);
    expect([await balance(ALICE), await balance(BOB)]).toEqual([2n, 2n]);
    const moves = (await logs()).map(
      ({ args }) => args as unknown as { from: string; to: string; value: bigint },
    );
    expect(moves.map(({ from, to, value }) => [from.toLowerCase(), to.toLowerCase(), value])).toEqual([
      [bank, ALICE, 5n],
      [ALICE, BOB, 3n],
      [BOB, bank, 1n],
    ]);
    await bundles.close();
  });

  it('uses as many transactions and blocks as the gas needs', async () => {
    const bundles = await open();
    const before = Number(await devnet.rpc('eth_blockNumber'));
    const many = Array.from({ length: 1_300 }, () => transfer(devnet.actors.bank, ALICE, 1n));
    const had = await balance(ALICE);
    await bundles.send(many);
    expect(await balance(ALICE)).toBe(had + 1_300n);
    expect(Number(await devnet.rpc('eth_blockNumber')) - before).toBe(2);
    await bundles.close();
  });

  it('pays ether from the sender', async () => {
    const bundles = await open();
    await devnet.chain.fund([ALICE]);
    const had = BigInt(await devnet.rpc<Hex>('eth_getBalance', [BOB, 'latest']));
    await bundles.send([{ from: ALICE, to: BOB, data: '0x', value: 7n }]);
    expect(BigInt(await devnet.rpc<Hex>('eth_getBalance', [BOB, 'latest']))).toBe(had + 7n);
    await bundles.close();
  });

  it('says what the contract said when a call fails', async () => {
    const bundles = await open();
    const tooMuch = transfer(BOB, ALICE, 10n ** 30n);
    await expect(bundles.send([transfer(devnet.actors.bank, BOB, 1n), tooMuch])).rejects.toThrow(/failed:.+/);
    await bundles.close();
  });

  it('leaves the senders without code, and does nothing for others while they have it', async () => {
    const bundles = await open();
    await bundles.send([transfer(devnet.actors.bank, ALICE, 1n)]);
    const code = () => devnet.rpc<Hex>('eth_getCode', [devnet.actors.bank, 'latest']);
    expect(await code()).not.toBe('0x');
    const [had, data] = [await balance(devnet.actors.bank), transfer(BOB, ALICE, 1n).data.slice(2)];
    const forged = `${token().address}${'00'.repeat(16)}${data}` as Hex;
    await devnet.chain.fund([BOB]);
    await devnet.chain.send([{ from: BOB, to: devnet.actors.bank, data: forged }]);
    expect(await balance(devnet.actors.bank)).toBe(had);
    await bundles.close();
    expect(await code()).toBe('0x');
  });
});
