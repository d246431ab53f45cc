import { toBook } from '@undertow/book';
import { postPrices, revert, snapshot } from '@undertow/devnet';
import { isMoneyMarketDue, moneyMarketSumsAfter, type Address } from '@undertow/market';
import { openVenue } from '@undertow/venues';
import { moneyMarketLegs } from '../../libs/book/src/money-market/account.ts';
import { live, post } from './venus-core-actions.ts';
import {
  expectAccrual,
  expectFoldAsSnapshot,
  expectHypothetical,
  expectReadingsAsViews,
} from './venus-core-expect.ts';
import { liquidateAndCompare } from './venus-core-liquidations.ts';
import {
  call,
  holdingsOf,
  ownersOf,
  readingOf,
  startVenusCoreScene,
  SYMBOLS,
  termsOf,
  wait,
  type VenusCoreScene,
} from './venus-core-scene.ts';

const WAD = 10n ** 18n;

let scene: VenusCoreScene;

beforeAll(async () => {
  scene = await startVenusCoreScene(400);
}, 90_000);

afterAll(async () => {
  scene?.chain.close();
  await scene?.devnet.stop();
});

test('accounts, interest and liquidations equal the contracts through prices, blocks and actions', async () => {
  const { random } = scene;
  const seen = { due: 0, figures: 0, liquidated: 0, said: 0 };
  const compareReadings = async () => {
    const { due, figures } = await expectReadingsAsViews(scene);
    seen.figures += figures;
    return due;
  };
  for (const fall of [1, 0.93, 0.9, 1.3, 0.8, 0.75]) {
    const near = () => fall * (0.99 + 0.02 * random());
    await post(scene, {
      WETH: near(),
      WBTC: near(),
      LINK: 0.9 + 0.2 * random(),
      USDC: 0.999 + 0.002 * random(),
    });
    await wait(scene, 1 + Math.floor(random() * 200));
    await compareReadings();
    await expectAccrual(scene);
    seen.due += await compareReadings();
    await expectHypothetical(scene);
    seen.liquidated += await liquidateAndCompare(scene, 6);
    seen.said += await live(scene);
    await compareReadings();
    await expectFoldAsSnapshot(scene);
  }
  expect(seen.due).toBeGreaterThan(40);
  expect(seen.liquidated).toBeGreaterThan(15);
  expect(seen.said).toBeGreaterThan(300);
  expect(seen.figures).toBeGreaterThan(10_000);
}, 120_000);

test('at its liquidation price an account is due, and one unit of the feed on it is not', async () => {
  const before = await snapshot(scene.devnet);
  let lines = 0;
  for (const owner of ownersOf(scene).slice(0, 30)) {
    const reading = readingOf(scene, owner);
    const weth = scene.devnet.contracts.assets.WETH.feedProxy;
    const line = reading.liquidationPrices.find(({ feed }) => feed === weth);
    if (!line || line.answer > 10n ** 13n) continue;
    const isHeld = isMoneyMarketDue(
      moneyMarketSumsAfter(moneyMarketLegs(holdingsOf(scene, owner), new Map([[weth, 1n]])), {
        leg: -1,
        redeemTokens: 0n,
        borrow: 0n,
      }),
    );
    const shortfalls: bigint[] = [];
    for (const answer of [line.answer, line.answer + (isHeld ? 1n : -1n)]) {
      await postPrices(scene.devnet, { WETH: answer });
      const [, , shortfall] = await scene.devnet.chain.read<readonly [bigint, bigint, bigint]>(
        scene.comptroller,
        'getAccountLiquidity',
        [owner],
      );
      shortfalls.push(shortfall);
    }
    expect(shortfalls[0]).toBeGreaterThan(0n);
    expect(shortfalls[1]).toBe(0n);
    lines++;
  }
  expect(lines).toBeGreaterThan(8);
  await revert(scene.devnet, before);
}, 60_000);

test('terms that change: factors, incentive, reserve factor, interest-rate model, pauses, feeds and prices by hand', async () => {
  const { devnet, chain, comptroller, oracle, markets, deployment } = scene;
  const { deployer } = devnet.actors;
  const access = devnet.contracts.venues.venusCore.accessControl;
  const allow = (signature: string) =>
    call(
      deployer,
      { address: access, abi: devnet.artifacts.VenusAccessControl.abi },
      'giveCallPermission',
      ...[comptroller.address, signature, deployer],
    );
  const model = await devnet.chain.deploy(
    devnet.artifacts.VenusRateModel,
    [WAD / 100n, WAD / 5n, 3n * WAD, WAD / 2n],
    deployer,
  );
  const { LINK, USDC } = devnet.contracts.assets;
  await devnet.chain.send([
    allow('_setActionsPaused(address[],uint256[],bool)'),
    call(deployer, comptroller, '_setCollateralFactor', markets.LINK.address, (3n * WAD) / 10n),
    call(deployer, comptroller, '_setCloseFactor', (4n * WAD) / 10n),
    call(deployer, comptroller, '_setLiquidationIncentive', (108n * WAD) / 100n),
    call(deployer, comptroller, '_setActionsPaused', [markets.WBTC.address], [4], true),
    call(deployer, markets.USDC, '_setReserveFactor', WAD / 3n),
    call(deployer, markets.USDC, '_setInterestRateModel', model.address),
    // LINK is priced by the feed of USDC from here on.
    call(deployer, oracle, 'setFeed', 'LINK', USDC.feedProxy),
  ]);
  await wait(scene, 100);
  await expectAccrual(scene);
  await expectReadingsAsViews(scene);
  await expectFoldAsSnapshot(scene);
  expect(termsOf(scene, 'WBTC').isSeizable).toBe(false);
  expect(termsOf(scene, 'LINK').oracle).toEqual({ form: 'feed', feed: USDC.feedProxy });
  // A price that somebody sets is not a feed's: whoever it counts for is left out, and says so.
  await devnet.chain.send([call(deployer, oracle, 'setDirectPrice', LINK.token, 7n * WAD)]);
  await chain.follow();
  await expectFoldAsSnapshot(scene);
  const book = () => toBook(chain.ledger, { time: chain.head().time });
  const gaps = book().coverage.gaps.filter(({ source }) => source === deployment.id);
  const reason: unknown = expect.stringMatching(/the price in 0x\w+ is not of a feed/);
  // No other venue prices the asset: what is owed of it counts at the price that was set.
  expect(gaps).toMatchObject([{ reason, debtUsd: expect.any(Number) }]);
  await devnet.chain.send([call(deployer, oracle, 'setDirectPrice', LINK.token, 0n)]);
  await chain.follow();
  expect(book().coverage.gaps.filter(({ source }) => source === deployment.id)).toEqual([]);
  await expectReadingsAsViews(scene);
  await expectFoldAsSnapshot(scene);
}, 60_000);

test('every kind of log that is cut short is quarantined; a log of another contract says nothing', async () => {
  const { devnet, chain, deployment } = scene;
  const source = openVenue(deployment);
  const stored = { ...chain.head(), chainId: devnet.network.chainId };
  await source.snapshot(chain.rpc, stored, []);
  const addresses = source.addresses();
  expect(addresses.length).toBe(2 + SYMBOLS.length);
  const logs = await chain.rpc.getLogs({ addresses, topics: source.topics, from: 0, to: chain.head().block });
  const byEvent = new Map(logs.map((log) => [log.topics[0], log]));
  expect(byEvent.size).toBeGreaterThan(16);
  for (const log of byEvent.values()) {
    const whole = { ...log, chainId: devnet.network.chainId, time: 1 };
    const cut = { ...whole, data: log.data.slice(0, 2 * 32) as Address };
    expect(source.decode(cut).facts).toMatchObject([{ kind: 'Quarantined', source: deployment.id }]);
    const foreign = { ...whole, address: `0x${'9'.repeat(40)}` as const };
    expect(source.decode(foreign).facts).toEqual([]);
  }
});
