import { ledgerLines, ownerAccounts, toBook } from '@undertow/book';
import { crashOnChain, encodeCall, snapshot, type Transaction } from '@undertow/devnet';
import {
  isMaker,
  isMarginShort as isMarginShortExact,
  marginFigures,
  tickAtSqrtPriceX96,
  type Fact,
} from '@undertow/market';
import { openVenue } from '@undertow/venues';
import { canFallShort } from '../../libs/book/src/perpetual/liquidation-mark.ts';
import { readPerpetual } from '../../libs/book/src/perpetual/read.ts';
import {
  isMarginShort,
  isPerpAccountDue,
  perpContracts,
  readPerpAccounts,
} from '../../libs/devnet/src/venues/perp-v2/accounts.ts';
import { cancelOrders } from '../../libs/devnet/src/venues/perp-v2/makers.ts';
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
  openMaker,
  openScene,
  random,
  someActions,
  someOrders,
  takers,
  type Owner,
} from './perp-v2-scene.ts';

beforeAll(openScene, 60_000);
afterAll(closeScene);

test('figures of every account are the views\u2019, while owners act, time passes and prices move', async () => {
  await expectAsContract();
  for (const seconds of [1, 16, 400, 4_000]) {
    await next(seconds, someActions());
    await expectAsContract();
    await next(Math.ceil(60 * random()), someOrders());
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

test('figures are the views\u2019 with other windows, another funding rate and other fees', async () => {
  const config = {
    address: deployment.clearingHouseConfig,
    abi: devnet.artifacts.PerpClearingHouseConfig.abi,
  };
  const set = (functionName: string, value: number): Transaction => {
    const data = encodeCall(config.abi, functionName, [value]);
    return { from: devnet.actors.deployer, to: config.address, data };
  };
  const fees = (functionName: string, baseToken: Owner, ratio: number): Transaction => {
    const { abi } = devnet.artifacts.PerpMarketRegistry;
    const data = encodeCall(abi, functionName, [baseToken, ratio]);
    return { from: devnet.actors.deployer, to: deployment.marketRegistry, data };
  };
  const id = await snapshot(devnet);
  await next(1, [
    set('setMarkPriceMarketTwapInterval', 1_800),
    set('setMarkPricePremiumInterval', 900),
    set('setMaxFundingRate', 100_000),
    set('setTwapInterval', 600),
    ...deployment.markets.flatMap(({ baseToken }) => [
      fees('setFeeRatio', baseToken, 3_000),
      fees('setInsuranceFundFeeRatio', baseToken, 150_000),
    ]),
  ]);
  await expectAsContract();
  for (const [factor, ratio] of [
    [0.97, 1.01],
    [1.05, 0.96],
    [0.9, 1],
  ] as const) {
    await moveTo(factor, ratio);
    await expectAsContract();
    await next(Math.ceil(800 * random()), [...someActions(), ...someOrders()]);
    await expectAsContract();
  }
  await goBack(id);
}, 120_000);

test('after a crash the figures are the views\u2019, and a fold of the logs is a snapshot but for funding', async () => {
  const id = await snapshot(devnet);
  const { byVenue } = await crashOnChain(devnet, { moves: { WETH: -0.2, WBTC: -0.2 } });
  expect(byVenue[0]!.liquidations).toBeGreaterThan(10);
  expect(byVenue[0]!.badDebtUsd).toBeGreaterThan(0);
  await chain.follow();
  await expectAsContract();
  const everybody = [...takers, devnet.actors.bank];
  const at = { ...chain.head(), chainId: devnet.network.chainId };
  const { facts, reference } = await openVenue(deployment).snapshot(chain.rpc, at, everybody);
  const read = ledgerOf(facts);
  // No view gives what funding has accrued, or where the pool and the index stood before: they are said to be unknown.
  const growths = [...read.venues.get(deployment.id)!.markets.values()].flatMap(({ growth }) => growth ?? []);
  expect(growths).toHaveLength(deployment.markets.length);
  for (const growth of growths)
    expect(growth).toMatchObject({ isKnown: false, ranges: { areFeesKnown: false } });
  for (const ledger of [read, chain.ledger]) {
    for (const market of ledger.venues.get(deployment.id)!.markets.values()) delete market.growth;
  }
  const lines = ledgerLines(chain.ledger).filter((line) => line.includes(deployment.id));
  expect(ledgerLines(read)).toEqual(lines);
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
  const found = accountsAt().flatMap(({ owner, account, markets }) => {
    const isAlone =
      markets.join() === eth!.baseToken && !isMaker(account) && account.collaterals.length === 0;
    if (!isAlone || account.exposures[0]!.sizeWad < 0n) return [];
    const [reading] = readPerpetual(chain.ledger, { venue: deployment.id, owner, time });
    if (!reading || 'reason' in reading) throw new Error('the account cannot be read');
    return reading.liquidationPrices
      .filter(({ feed }) => feed === `${deployment.id}:${eth!.baseToken}`)
      .map(({ answer }) => ({ owner, answer }));
  });
  const { owner, answer } = found[0]!;
  const price = Number(answer) / 1e18;
  const isDueAt = async (priceUsd: number) => {
    await moveTo(priceUsd / 3_000, 1);
    return isPerpAccountDue((await readPerpAccounts(devnet, [owner]))[0]!);
  };
  expect([await isDueAt(price * 1.00002), await isDueAt(price * 0.99998)]).toEqual([false, true]);
  await goBack(id);
}, 60_000);

test('makers are in and out of range, earn fees, owe funding, and are gaps of the book with what they owe', async () => {
  const id = await snapshot(devnet);
  await moveTo(1, 1);
  const makers = accountsAt().filter(({ account }) => isMaker(account));
  const states = makers.flatMap(({ account }) => account.exposures.flatMap(({ maker }) => maker ?? []));
  const places = states.flatMap(({ orders, sqrtPriceX96 }) =>
    orders.map(({ lowerTick, upperTick }) => {
      const tick = tickAtSqrtPriceX96(sqrtPriceX96);
      return tick < lowerTick ? 'above' : tick >= upperTick ? 'below' : 'around';
    }),
  );
  expect(makers.length).toBeGreaterThan(5);
  expect(new Set(places)).toEqual(new Set(['above', 'below', 'around']));
  expect(states.filter(({ pendingFeeWad }) => pendingFeeWad > 0n).length).toBeGreaterThan(3);
  expect(states.filter(({ fundingWad }) => fundingWad !== 0n).length).toBeGreaterThan(3);
  const book = toBook(chain.ledger, { time: chain.head().time });
  const gap = book.coverage.gaps.find(({ reason }) => reason.startsWith('provides liquidity'))!;
  // The bank has margin for any price, and is neither an account of the book nor a gap.
  const others = makers.filter(({ owner }) => owner !== devnet.actors.bank);
  const risky = others.filter(({ account }) => canFallShort(account));
  expect(gap.count).toBe(risky.length);
  expect(risky.length).toBeGreaterThan(5);
  // Base and quote that are owed, and cash that is lacking.
  const owed = risky.map(({ account }) => {
    const { debtWad, cashWad } = marginFigures(account);
    return Number(debtWad + (cashWad < 0n ? -cashWad : 0n)) / 1e18;
  });
  expect(gap.debtUsd).toBeCloseTo(
    owed.reduce((sum, usd) => sum + usd, 0),
    2,
  );
  expect(Math.min(...owed)).toBeGreaterThan(0);
  // One address over all venues: nothing of the engine's, but the contract's figures.
  const { owner } = risky[0]!;
  const [shown] = ownerAccounts(book, owner, chain.ledger);
  expect(shown).toMatchObject({ venue: { id: deployment.id }, summary: undefined, reason: undefined });
  const { accountBalance } = perpContracts(devnet);
  const debtView = shown!.exact!.figures.find(({ view }) => view === 'AccountBalance.getTotalDebtValue()')!;
  expect(debtView.value).toBe(await devnet.chain.read(accountBalance, 'getTotalDebtValue', [owner]));
  const missing = book.coverage.knownDebtUsd - book.coverage.modelledDebtUsd;
  expect(missing).toBeCloseTo(gap.debtUsd!, 2);
  await goBack(id);
}, 60_000);

test.each([
  ['below', 0.8, 0.98],
  ['above', 1.02, 1.2],
] as const)(
  'a maker with orders %s is short beyond the mark price that is said, and not before',
  async (side, from, to) => {
    const id = await snapshot(devnet);
    await moveTo(1, 1);
    const owner: Owner = `0x${'ab'.repeat(20)}`;
    await openMaker(owner, { symbol: 'WETH', from, to, valueUsd: 9_500 });
    const [reading] = readPerpetual(chain.ledger, { venue: deployment.id, owner, time: chain.head().time });
    if (!reading || 'reason' in reading) throw new Error('the account cannot be read');
    const ofMark = ({ feed }: { readonly feed: string }) =>
      feed === `${deployment.id}:${deployment.markets[0]!.baseToken}`;
    const price = Number(reading.liquidationPrices.find(ofMark)!.answer) / 1e18;
    expect(price < 3_000).toBe(side === 'below');
    const isShortAt = async (priceUsd: number) => {
      await moveTo(priceUsd / 3_000, 1);
      return isMarginShort((await readPerpAccounts(devnet, [owner]))[0]!);
    };
    // On the way to the price the order earns fees, 0.1 % of what is traded with it, which put it off a little.
    const [before, beyond] = side === 'below' ? [1.003, 0.997] : [0.997, 1.003];
    expect([await isShortAt(price * before), await isShortAt(price * beyond)]).toEqual([false, true]);
    await goBack(id);
  },
  60_000,
);

test.each([0.9, 0.7, 1.3])(
  'at %p of the price the venue cancels the orders that the exact maths says',
  async (factor) => {
    const id = await snapshot(devnet);
    await moveTo(factor, 1);
    const time = chain.head().time + 1;
    const makers = accountsAt(time).filter(({ account }) => isMaker(account));
    const { perp } = perpContracts(devnet);
    const mayCancel = makers.map(({ account }) => {
      const { terms } = account;
      const strict = { ...account, terms: { ...terms, initialMarginE6: terms.maintenanceMarginE6 } };
      return isMarginShortExact(account) || marginFigures(strict).freeCollateral < 0n;
    });
    await devnet.rpc('evm_setNextBlockTimestamp', [time]);
    const calls = makers.map(({ owner, account, markets }) => {
      const index = account.exposures.findIndex(({ maker }) => maker);
      return cancelOrders(devnet, perp, owner, { baseToken: markets[index] as Owner });
    });
    const receipts = await devnet.chain.send(calls, { mayFail: true });
    expect(receipts.map(({ status }) => status === '0x1')).toEqual(mayCancel);
    expect(new Set(mayCancel)).toEqual(new Set([true, false]));
    await chain.follow();
    await expectAsContract();
    // What is left of them are takers, who are liquidated as others.
    const { closed } = await expectLiquidationsAsContract();
    expect(closed).toBeGreaterThan(0);
    await goBack(id);
  },
  60_000,
);

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
