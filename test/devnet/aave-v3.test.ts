import { encodeCall, startDevnet, type Devnet } from '@undertow/devnet';
import type { Address, Hex } from '@undertow/market';
import { parseAbi } from 'viem';
import { letTimePass, movePrices, randomActions } from './aave-v3-actions.ts';
import { expectFoldIsSnapshot, expectSameAsProtocol } from './aave-v3-expect.ts';
import { followAave, type Follower } from './aave-v3-follower.ts';
import { liquidateSome, nothingSeen } from './aave-v3-liquidations.ts';
import { expectLiquidationPrices, expectReadingsSameAsProtocol } from './aave-v3-readings.ts';
import { accountsOf, marketOf30, seeded, type Scene } from './aave-v3-scene.ts';

const SEED = 20_251_121;
/** More than half of the owners have an Aave account. */
const ACCOUNTS = 360;
const PRICE_SOURCE: Address = '0x00000000000000000000000000000000000e0de1';
const oracleAbi = parseAbi(['function setAssetSources(address[] assets, address[] sources)']);
const configuratorAbi = parseAbi([
  'function setEModeCategory(uint8 id, uint16 ltv, uint16 threshold, uint16 bonus, address oracle, string label)',
  'function setReserveFreeze(address asset, bool freeze)',
  'function setReserveStableRateBorrowing(address asset, bool enabled)',
  'function setLiquidationProtocolFee(address asset, uint256 fee)',
]);

let devnet: Devnet;
let follower: Follower;
let scene: Scene;

beforeAll(async () => {
  devnet = await startDevnet({ seed: SEED, accounts: ACCOUNTS, venues: ['aaveV3'] });
  const pricedBeside = new Map([[PRICE_SOURCE, devnet.contracts.assets.WETH.feedProxy]]);
  follower = await followAave(devnet, 'aave-v3@devnet', pricedBeside);
  scene = { devnet, follower, market: marketOf30(devnet), random: seeded(SEED) };
}, 240_000);

afterAll(async () => {
  follower?.rpc.close();
  await devnet?.stop();
});

describe('Aave v3.0, real bytecode', () => {
  test('account data equals getUserAccountData and the fold equals a snapshot when built', async () => {
    await follower.catchUp();
    expect(accountsOf(scene).size).toBeGreaterThan(150);
    await expectSameAsProtocol(scene);
    await expectFoldIsSnapshot(scene);
  }, 120_000);

  test('still so after random prices, days of interest and random actions', async () => {
    for (let round = 0; round < 8; round++) {
      await letTimePass(scene);
      await movePrices(scene, 0.85, 1.15);
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

  test('predicts the exact amounts of liquidation calls of every kind', async () => {
    const seen = nothingSeen();
    for (let round = 0; round < 8; round++) {
      await letTimePass(scene);
      // E-mode pairs only become due when one leg leaves the other.
      await movePrices(
        scene,
        0.78,
        0.96,
        round === 2 ? { WBTC: 0.75, WETH: 1.02 } : round === 3 ? { WBTC: 1.3, WETH: 0.95 } : {},
      );
      await follower.catchUp();
      await expectSameAsProtocol(scene);
      await liquidateSome(scene, seen);
      await follower.catchUp();
      await expectSameAsProtocol(scene);
      await expectFoldIsSnapshot(scene);
    }
    expect(seen.compared).toBeGreaterThan(60);
    for (const kind of ['partial', 'full', 'short', 'received', 'fees', 'emode'] as const) {
      expect([kind, seen[kind]]).not.toEqual([kind, 0]);
    }
  }, 240_000);

  test('follows an e-mode price source, its change, and a freeze', async () => {
    const { WETH, WBTC } = devnet.contracts.assets;
    await admin(devnet.contracts.venues.aaveV3.oracle, oracleAbi, 'setAssetSources', [
      [PRICE_SOURCE],
      [WETH.feedProxy],
    ]);
    await admin(devnet.contracts.venues.aaveV3.poolConfigurator, configuratorAbi, 'setEModeCategory', [
      ...[1, 8_800, 9_100, 10_250, PRICE_SOURCE, 'One price'],
    ]);
    await admin(devnet.contracts.venues.aaveV3.poolConfigurator, configuratorAbi, 'setReserveFreeze', [
      WETH.token,
      true,
    ]);
    await follower.catchUp();
    await expectSameAsProtocol(scene);
    await admin(devnet.contracts.venues.aaveV3.oracle, oracleAbi, 'setAssetSources', [
      [PRICE_SOURCE],
      [WBTC.feedProxy],
    ]);
    await follower.catchUp();
    await expectSameAsProtocol(scene);
    const inCategory = [...accountsOf(scene).values()].filter(({ category }) => category === 1);
    expect(inCategory.length).toBeGreaterThan(2);
    // One answer prices all that is in the category.
    const owners = [...accountsOf(scene)].flatMap(([owner, { category }]) => (category === 1 ? [owner] : []));
    await expectReadingsSameAsProtocol(scene);
    expect(await expectLiquidationPrices(scene, 12, owners)).toBeGreaterThan(0);
    await expectFoldIsSnapshot(scene);
    const seen = nothingSeen();
    await movePrices(scene, 0.7, 0.8);
    await follower.catchUp();
    await liquidateSome(scene, seen);
    await follower.catchUp();
    await expectSameAsProtocol(scene);
  }, 120_000);

  test('reports stable-rate debt instead of hiding it', async () => {
    const { WBTC, USDC } = devnet.contracts.assets;
    const abi = devnet.artifacts.Pool.abi;
    const { pool } = devnet.contracts.venues.aaveV3;
    await admin(
      devnet.contracts.venues.aaveV3.poolConfigurator,
      configuratorAbi,
      'setReserveStableRateBorrowing',
      [WBTC.token, true],
    );
    const { bank, keeper } = devnet.actors;
    const before = follower.ledger.quarantined.get(follower.deployment.id)?.size ?? 0;
    await devnet.chain.send(
      [
        {
          from: bank,
          to: pool,
          data: encodeCall(abi, 'supply', [USDC.token, 10n ** 10n, keeper, 0]),
          gas: 3_000_000n,
        },
        {
          from: keeper,
          to: pool,
          data: encodeCall(abi, 'borrow', [WBTC.token, 1_000n, 1n, 0, keeper]),
          gas: 3_000_000n,
        },
      ],
      { mayFail: true },
    );
    await follower.catchUp();
    expect(before).toBe(0);
    const reasons = [...(follower.ledger.quarantined.get(follower.deployment.id)?.keys() ?? [])];
    expect(reasons).toEqual([expect.stringContaining('stable-rate debt is not modelled')]);
  }, 60_000);
});

async function admin(
  to: Hex,
  abi: typeof oracleAbi | typeof configuratorAbi,
  name: string,
  args: readonly unknown[],
): Promise<void> {
  await devnet.chain.send([
    { from: devnet.actors.deployer, to, data: encodeCall(abi, name, args), gas: 5_000_000n },
  ]);
}
