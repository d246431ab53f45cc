import { encodeCall, startDevnet, type AssetSymbol, type Devnet } from '@undertow/devnet';
import type { Address, Hex } from '@undertow/market';
import { parseAbi, toHex, type Abi } from 'viem';
import { letTimePass, movePrices, randomActions } from './aave-v3-actions.ts';
import { expectFoldIsSnapshot, expectSameAsProtocol } from './aave-v3-expect.ts';
import { followAave, type Follower } from './aave-v3-follower.ts';
import { liquidateSome, nothingSeen } from './aave-v3-liquidations.ts';
import { expectLiquidationPrices, expectReadingsSameAsProtocol } from './aave-v3-readings.ts';
import { accountsOf, RESERVES, seeded, type Scene } from './aave-v3-scene.ts';

const SEED = 20_251_121;
/** A third of the owners have an account. */
const ACCOUNTS = 600;
const configuratorAbi = parseAbi([
  'function setEModeCategory(uint8 id, uint16 ltv, uint16 threshold, uint16 bonus, string label)',
  'function setAssetCollateralInEMode(address asset, uint8 categoryId, bool allowed)',
  'function setAssetLtvzeroInEMode(address asset, uint8 categoryId, bool ltvzero)',
  'function setReserveFreeze(address asset, bool freeze)',
  'function configureReserveAsCollateral(address asset, uint256 ltv, uint256 threshold, uint256 bonus)',
]);
/** By round of liquidations: a fall that leaves more debt than collateral, and borrowed assets that rise. */
const MOVES: Readonly<Record<number, Partial<Record<AssetSymbol, number>>>> = {
  1: { WETH: 0.5, WBTC: 1.1 },
  4: { WBTC: 1.25, WETH: 0.9, LINK: 1.4 },
};

const providerAbi = parseAbi(['function setAddress(bytes32 id, address newAddress)']);

let devnet: Devnet;
let follower: Follower;
let scene: Scene;

beforeAll(async () => {
  devnet = await startDevnet({ seed: SEED, accounts: ACCOUNTS, venues: ['aaveV36'] });
  const { pool, staked, cappedUsdc } = devnet.contracts.venues.aaveV36;
  const pricedBeside = new Map<Address, string>([
    [staked.token, staked.feed],
    [devnet.contracts.assets.USDC.token, cappedUsdc],
  ]);
  follower = await followAave(devnet, 'aave-v3.6@devnet', pricedBeside);
  const market = {
    pool,
    poolAbi: devnet.artifacts.Aave36Pool.abi,
    aTokenAbi: devnet.artifacts.Aave36AToken.abi,
    tokens: [...RESERVES.map((symbol) => devnet.contracts.assets[symbol].token), staked.token],
    categories: [0, 1, 2],
  };
  scene = { devnet, follower, market, random: seeded(SEED) };
}, 240_000);

afterAll(async () => {
  follower?.rpc.close();
  await devnet?.stop();
});

describe('Aave v3.6, real bytecode', () => {
  test('account data equals getUserAccountData and the fold equals a snapshot when built', async () => {
    await follower.catchUp();
    expect(accountsOf(scene).size).toBeGreaterThan(140);
    const chosen = [...accountsOf(scene).values()].map(({ category }) => category);
    expect([...new Set(chosen)].sort()).toEqual([0, 1, 2]);
    await expectSameAsProtocol(scene);
    await expectFoldIsSnapshot(scene);
    expect(follower.ledger.quarantined.size).toBe(0);
  }, 120_000);

  test('still so after random prices, days of interest, yield and random actions', async () => {
    for (let round = 0; round < 8; round++) {
      await letTimePass(scene);
      await movePrices(scene, 0.85, 1.15);
      await sendYield(1n + BigInt(Math.floor(scene.random() * 1e23)));
      const receipts = await devnet.chain.send(randomActions(scene, 80), { mayFail: true });
      expect(receipts.filter(({ status }) => status === '0x1').length).toBeGreaterThan(15);
      await follower.catchUp();
      await expectSameAsProtocol(scene);
      await expectFoldIsSnapshot(scene);
    }
  }, 240_000);

  test('a reading says what the views say, and the prices at which the account is due', async () => {
    expect(await expectReadingsSameAsProtocol(scene)).toBeGreaterThan(1_000);
    expect(await expectLiquidationPrices(scene, 30)).toBeGreaterThanOrEqual(30);
  }, 120_000);

  test('predicts the exact amounts of liquidation calls of every kind, and who is refused', async () => {
    const seen = nothingSeen();
    await openTwoDebts();
    for (let round = 0; round < 10; round++) {
      await letTimePass(scene);
      await movePrices(scene, 0.8, 0.97, MOVES[round]);
      // The staked token alone loses value: its category's accounts are due.
      if (round === 5) await loseStaked(0.06);
      await follower.catchUp();
      await expectSameAsProtocol(scene);
      await liquidateSome(scene, seen);
      await follower.catchUp();
      await expectSameAsProtocol(scene);
      await expectFoldIsSnapshot(scene);
    }
    expect(seen.compared).toBeGreaterThan(100);
    expect(Object.entries(seen).filter(([, count]) => count === 0)).toEqual([]);
    expect(follower.ledger.quarantined.size).toBe(0);
  }, 240_000);

  test('a deficit that is covered leaves the fund, and what covered it leaves the one who paid', async () => {
    const { bank, deployer } = devnet.actors;
    const { addressesProvider, pool } = devnet.contracts.venues.aaveV36;
    const before = follower.ledger.venues.get(follower.deployment.id)!.funds.get('deficit')!;
    const [asset, owed] = [...before].sort(([, a], [, b]) => Number(a - b))[0]!;
    expect(owed < 0n).toBe(true);
    const half = -owed / 2n;
    await admin(addressesProvider, providerAbi, 'setAddress', [toHex('UMBRELLA', { size: 32 }), bank]);
    const { poolAbi } = scene.market;
    await devnet.chain.send([
      { from: bank, to: pool, data: encodeCall(poolAbi, 'eliminateReserveDeficit', [asset, half]) },
    ]);
    await follower.catchUp();
    const after = follower.ledger.venues.get(follower.deployment.id)!.funds.get('deficit')!;
    expect(after.get(asset)).toBe(owed + half);
    await expectFoldIsSnapshot(scene);
    await expectSameAsProtocol(scene);
    expect(deployer).not.toBe(bank);
  }, 60_000);

  test('follows changes of terms, of categories and of who is in them', async () => {
    const { WETH, WBTC } = devnet.contracts.assets;
    const { poolConfigurator, staked } = devnet.contracts.venues.aaveV36;
    const configure = (name: string, args: readonly unknown[]) =>
      admin(poolConfigurator, configuratorAbi, name, args);
    await configure('setEModeCategory', [1, 9_100, 9_400, 10_150, 'ETH correlated, changed']);
    await configure('setAssetLtvzeroInEMode', [staked.token, 1, true]);
    await configure('setAssetCollateralInEMode', [WETH.token, 2, false]);
    await configure('setAssetCollateralInEMode', [WBTC.token, 2, true]);
    await configure('configureReserveAsCollateral', [WETH.token, 7_000, 7_900, 10_800]);
    await configure('setReserveFreeze', [WBTC.token, true]);
    await follower.catchUp();
    await expectSameAsProtocol(scene);
    await expectFoldIsSnapshot(scene);
    const seen = nothingSeen();
    await movePrices(scene, 0.75, 0.9);
    await follower.catchUp();
    await liquidateSome(scene, seen);
    expect(seen.compared).toBeGreaterThan(0);
    await expectSameAsProtocol(scene);
  }, 120_000);
});

/** Accounts that owe two assets against one, of which the larger debt takes all collateral after a fall by half. */
async function openTwoDebts(): Promise<void> {
  const { WETH, USDC, LINK } = devnet.contracts.assets;
  const { bank } = devnet.actors;
  const { pool, poolAbi } = scene.market;
  const owners = Array.from({ length: 8 }, (_none, i) => toHex(0xdeb7_0000 + i, { size: 20 }));
  await devnet.chain.fund(owners);
  const priceOf = (feed: string) => follower.ledger.prices.get(feed)!.answer;
  const supplied = 10n ** 19n;
  const valueBase = (supplied * priceOf(WETH.feedProxy)) / 10n ** 18n;
  const worth = (part: bigint, feed: string, decimals: number) =>
    (valueBase * part * 10n ** BigInt(decimals)) / 100n / priceOf(feed);
  const call = (from: Hex, name: string, ...args: readonly unknown[]) => ({
    ...{ from, to: pool, data: encodeCall(poolAbi, name, args) },
  });
  await devnet.chain.send(owners.map((owner) => call(bank, 'supply', WETH.token, supplied, owner, 0)));
  await devnet.chain.send(
    owners.flatMap((owner) => [
      call(owner, 'borrow', USDC.token, worth(52n, USDC.feedProxy, USDC.decimals), 2n, 0, owner),
      call(owner, 'borrow', LINK.token, worth(20n, LINK.feedProxy, LINK.decimals), 2n, 0, owner),
    ]),
  );
}

function sendYield(amount: bigint): Promise<unknown> {
  const { WETH } = devnet.contracts.assets;
  const { token } = devnet.contracts.venues.aaveV36.staked;
  const data = encodeCall(devnet.artifacts.MintableERC20.abi, 'transfer', [token, amount]);
  return devnet.chain.send([{ from: devnet.actors.bank, to: WETH.token, data }]);
}

/** Takes a part of the vault's WETH away, as a slashing does. */
async function loseStaked(part: number): Promise<void> {
  const { WETH } = devnet.contracts.assets;
  const { token } = devnet.contracts.venues.aaveV36.staked;
  const contract = { address: WETH.token, abi: devnet.artifacts.MintableERC20.abi };
  const held = await devnet.chain.read<bigint>(contract, 'balanceOf', [token]);
  const lost = (held * BigInt(Math.round(part * 1e6))) / 1_000_000n;
  const data = encodeCall(contract.abi, 'transfer', [devnet.actors.bank, lost]);
  await devnet.rpc('anvil_setBalance', [token, toHex(10n ** 24n)]);
  await devnet.chain.send([{ from: token, to: WETH.token, data }]);
}

function admin(to: Hex, abi: Abi, name: string, args: readonly unknown[]): Promise<unknown> {
  const data = encodeCall(abi, name, args);
  return devnet.chain.send([{ from: devnet.actors.deployer, to, data, gas: 5_000_000n }]);
}
