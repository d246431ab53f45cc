import { ledgerLines } from '@undertow/book';
import { crashOnChain, encodeCall, snapshot, type Transaction } from '@undertow/devnet';
import { type Fact } from '@undertow/market';
import { openVenue } from '@undertow/venues';
import { readPerpetual } from '../../libs/book/src/perpetual/read.ts';
import { isPerpAccountDue, readPerpAccounts } from '../../libs/devnet/src/venues/perp-v2/accounts.ts';
import { ledgerOf } from './follow-chain.ts';

import { expectAsContract, expectBookAsContract, expectLiquidationsAsContract } from './perp-v2-expect.ts';
import {
  accountsAt,
  chain,
  closeScene,
  deployment,
  devnet,
  goBack,
  moveTo,
  next,
  openScene,
  random,
  someActions,
  takers,
} from './perp-v2-scene.ts';

beforeAll(openScene, 60_000);
afterAll(closeScene);

test('figures of every account are the views\u2019, while owners act, time passes and prices move', async () => {
  await expectAsContract();
  for (const seconds of [1, 16, 400, 4_000]) {
    await next(seconds, someActions());
    await expectAsContract();
    await next(Math.ceil(60 * random()));
    await expectAsContract();
  }
  for (const [factor, ratio] of [
    [0.93, 1.02],
    [1.12, 0.97],
  ] as const) {
    await moveTo(factor, ratio);
    await expectAsContract();
    await next(700, someActions());
    await expectAsContract();
  }
}, 120_000);

test('figures are the views\u2019 with the windows and the funding rate that the protocol starts with', async () => {
  const config = {
    address: deployment.clearingHouseConfig,
    abi: devnet.artifacts.PerpClearingHouseConfig.abi,
  };
  const set = (functionName: string, value: number): Transaction => {
    const data = encodeCall(config.abi, functionName, [value]);
    return { from: devnet.actors.deployer, to: config.address, data };
  };
  const id = await snapshot(devnet);
  await next(1, [
    set('setMarkPriceMarketTwapInterval', 1_800),
    set('setMarkPricePremiumInterval', 900),
    set('setMaxFundingRate', 100_000),
    set('setTwapInterval', 600),
  ]);
  await expectAsContract();
  for (const [factor, ratio] of [
    [0.97, 1.01],
    [1.05, 0.96],
    [0.9, 1],
  ] as const) {
    await moveTo(factor, ratio);
    await expectAsContract();
    await next(Math.ceil(800 * random()), someActions());
    await expectAsContract();
  }
  await goBack(id);
}, 120_000);

test('after a crash the figures are the views\u2019, and a fold of the logs is a snapshot but for funding', async () => {
  const id = await snapshot(devnet);
  const { byVenue } = await crashOnChain(devnet, { shock: -0.2 });
  expect(byVenue[0]!.liquidations).toBeGreaterThan(10);
  expect(byVenue[0]!.badDebtUsd).toBeGreaterThan(0);
  await chain.follow();
  await expectAsContract();
  const everybody = [...takers, devnet.actors.bank];
  const at = { ...chain.head(), chainId: devnet.network.chainId };
  const { facts, reference } = await openVenue(deployment).snapshot(chain.rpc, at, everybody);
  // No view gives what funding has accrued, or where the pool and the index stood before.
  for (const market of chain.ledger.venues.get(deployment.id)!.markets.values()) delete market.growth;
  const lines = ledgerLines(chain.ledger).filter((line) => line.includes(deployment.id));
  expect(ledgerLines(ledgerOf(facts))).toEqual(lines);
  expect(lines.length).toBeGreaterThan(takers.length);
  expect(reference.assets!.map(({ symbol }) => symbol)).toEqual(
    expect.arrayContaining(['vETH', 'vBTC', 'vUSD', 'USDC', 'WETH', 'WBTC']),
  );
  await goBack(id);
}, 60_000);

test.each([
  [0.93, 1],
  [0.84, 0.98],
  [0.7, 1],
])(
  'at %p of the price the venue liquidates whom and what the exact maths says',
  async (factor, ratio) => {
    const id = await snapshot(devnet);
    await moveTo(factor, ratio);
    await expectAsContract();
    const { closed, sold, lost } = await expectLiquidationsAsContract();
    expect(closed).toBeGreaterThan(0);
    if (factor < 0.9) expect(Math.min(sold, lost)).toBeGreaterThan(0);
    await expectBookAsContract();
    await goBack(id);
  },
  120_000,
);

test('a position is liquidated below the mark price that is said, and not above it', async () => {
  const id = await snapshot(devnet);
  const { time } = chain.head();
  const [eth] = deployment.markets;
  const alone = accountsAt().find(
    ({ account, markets }) =>
      markets.join() === eth!.baseToken &&
      account.collaterals.length === 0 &&
      account.exposures[0]!.sizeWad > 0n,
  )!;
  const [reading] = readPerpetual(chain.ledger, { venue: deployment.id, owner: alone.owner, time });
  if (!reading || 'reason' in reading) throw new Error('the account cannot be read');
  const price = Number(reading.liquidationPrices[0]!.answer) / 1e18;
  const isDueAt = async (priceUsd: number) => {
    await moveTo(priceUsd / 3_000, 1);
    return isPerpAccountDue((await readPerpAccounts(devnet, [alone.owner]))[0]!);
  };
  expect([await isDueAt(price * 1.00002), await isDueAt(price * 0.99998)]).toEqual([false, true]);
  await goBack(id);
}, 60_000);

test('a malformed log is quarantined and nothing stops', async () => {
  const { rpc } = chain;
  const source = openVenue(deployment);
  const addresses = source.addresses();
  const logs = await rpc.getLogs({ addresses, topics: source.topics, from: 0, to: chain.head().block });
  const topics = new Set<string>();
  for (const log of logs) {
    const raw = { ...log, time: 1, chainId: 1 };
    if (topics.has(log.topics[0]!) || log.data === '0x') continue;
    topics.add(log.topics[0]!);
    const cut = source.decode({ ...raw, data: `0x${log.data.slice(66)}` }).facts;
    expect(cut.map((fact: Fact) => fact.kind)).toEqual(['Quarantined']);
  }
  expect(topics.size).toBeGreaterThan(15);
});
