import { toBook } from '@undertow/book';
import type { Devnet } from '@undertow/devnet';
import { OPTION_TYPES, shockVolatilityWad } from '@undertow/market';
import { postPrices } from '../../libs/devnet/src/actions/post-prices.ts';
import { seeded, type FollowedChain } from './follow-chain.ts';
import { buyCalls, liquidateAndCompare, live, moveTo } from './lyra-avalon-actions.ts';
import {
  expectAveragesAsViews,
  expectBookAsViews,
  expectLiquidationPricesAsViews,
  expectReadingsAsViews,
  expectSameAsSnapshot,
  oursAt,
  viewsAt,
} from './lyra-avalon-expect.ts';
import {
  callOf,
  heldPositions,
  openScene,
  seriesOf,
  shorts,
  spotOf,
  type LyraScene,
} from './lyra-avalon-scene.ts';

const random = seeded(11);
const FEED_SCALE = 10n ** 10n;
const DAY = 86_400;

let scene: LyraScene;
let devnet: Devnet;
let chain: FollowedChain;
let contracts: LyraScene['contracts'];

beforeAll(async () => {
  scene = await openScene({ seed: 17, accounts: 360 });
  ({ devnet, chain, contracts } = scene);
}, 60_000);

afterAll(async () => {
  chain?.close();
  await devnet?.stop();
});

const randomAnswer = () => BigInt(Math.round(3_000e8 * Math.exp(1.6 * (random() - 0.5))));

test('margins, dues, averages, liquidation prices and liquidations equal the contracts through prices and time', async () => {
  expect(shorts(scene).length).toBeGreaterThan(70);
  expect(new Set(heldPositions(scene).map(({ position }) => position.type))).toEqual(new Set(OPTION_TYPES));
  const seen = { done: 0, insolvent: 0, inBase: 0, vegaFees: 0, due: 0, prices: 0 };
  const steps = [
    { move: 97n, seconds: 60 },
    { move: 88n, seconds: 2 * DAY },
    { move: 108n, seconds: 9 * DAY },
    { move: 138n, seconds: 5 * DAY },
    { move: 42n, seconds: 5 * DAY },
  ];
  for (const { move, seconds } of steps) {
    const { answer } = chain.ledger.prices.get(scene.deployment.baseFeed)!;
    await moveTo(scene, (answer * move) / 100n + BigInt(Math.floor(random() * 1e7)), seconds);
    for (const spot of [spotOf(scene), ...[1, 2, 3].map(() => randomAnswer() * FEED_SCALE)]) {
      const theirs = await viewsAt(scene, shorts(scene), spot);
      expect(oursAt(scene, shorts(scene), spot)).toEqual(theirs);
      seen.due += theirs.due.filter(Boolean).length;
    }
    await expectReadingsAsViews(scene);
    seen.prices += await expectLiquidationPricesAsViews(scene);
    await expectBookAsViews(scene, randomAnswer());
    await expectAveragesAsViews(scene);
    await expectSameAsSnapshot(scene);
    const liquidated = await liquidateAndCompare(scene, move === 42n ? 40 : 7);
    for (const key of ['done', 'insolvent', 'inBase', 'vegaFees'] as const) seen[key] += liquidated[key];
    // From now on owners hold more than they have written, and closing what is written costs a fee on the pool's vega.
    if (move === 108n) await buyCalls(scene, 6_000);
    await live(scene);
    await expectAveragesAsViews(scene);
    await expectSameAsSnapshot(scene);
  }
  expect(seen.done).toBeGreaterThan(15);
  expect(seen.inBase).toBeGreaterThan(1);
  expect(seen.insolvent).toBeGreaterThan(0);
  expect(seen.vegaFees).toBeGreaterThan(0);
  expect(seen.due).toBeGreaterThan(200);
  expect(seen.prices).toBeGreaterThan(60);
}, 600_000);

test('the volatility that must be survived is that of the contract at any time to expiry', async () => {
  const { margin } = seriesOf(scene, shorts(scene)[0]!.market).market;
  const times = Array.from({ length: 60 }, (_, i) => BigInt(i * 111_111));
  const theirs = await devnet.chain.readMany<bigint>(
    times.map((time) => ({ contract: contracts.greeks, functionName: 'getShockVol', args: [time] })),
  );
  expect(times.map((time) => shockVolatilityWad(time, margin))).toEqual(theirs);
});

test('nothing of a frozen board or a paused market can be liquidated, and what is settled is gone', async () => {
  const { deployer } = devnet.actors;
  const bookNow = () => toBook(chain.ledger, { time: chain.head().time });
  const reasons = () => bookNow().coverage.gaps.map(({ reason }) => reason);
  const adapter = { address: scene.deployment.synthetixAdapter, abi: devnet.artifacts.SynthetixAdapter.abi };
  await devnet.chain.send([callOf(deployer, contracts.market, 'setBoardFrozen', [1n, true])]);
  await chain.follow();
  expect(reasons()).toContain('the board is frozen');
  const open = bookNow().accounts.count;
  expect(open).toBeGreaterThan(0);
  await devnet.chain.send([
    callOf(deployer, contracts.market, 'setBoardFrozen', [1n, false]),
    callOf(deployer, adapter, 'setMarketPaused', [scene.deployment.optionMarket, true]),
  ]);
  await chain.follow();
  expect(bookNow().accounts.count).toBe(0);
  expect(reasons()).toContain('the market is paused');
  await devnet.chain.send([
    callOf(deployer, adapter, 'setMarketPaused', [scene.deployment.optionMarket, false]),
  ]);

  const before = heldPositions(scene).filter(
    ({ market }) => seriesOf(scene, market).series.board === 'board:1',
  );
  const { expiry } = seriesOf(scene, before[0]!.market).board;
  await devnet.rpc('evm_setNextBlockTimestamp', [expiry + 10]);
  await postPrices(devnet, { WETH: 2_900_00000000n });
  await chain.follow();
  expect(reasons()).toContain('expired and not settled yet');
  await devnet.chain.send([callOf(deployer, contracts.market, 'settleExpiredBoard', [1n])]);
  await chain.follow();
  expect(reasons()).not.toContain('expired and not settled yet');
  const shortCollateral = {
    address: devnet.contracts.venues.lyraAvalon.shortCollateral,
    abi: devnet.artifacts.ShortCollateral.abi,
  };
  await devnet.chain.send([
    callOf(deployer, shortCollateral, 'settleOptions', [before.slice(0, 5).map(({ id }) => BigInt(id))]),
  ]);
  await chain.follow();
  const left = new Set(heldPositions(scene).map(({ id }) => id));
  expect(before.filter(({ id }) => left.has(id)).length).toBe(before.length - 5);
  await expectSameAsSnapshot(scene);
}, 60_000);
