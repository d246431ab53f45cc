import { toBook } from '@undertow/book';
import { postPrices, revert, snapshot, type Transaction } from '@undertow/devnet';
import { aggregateDepth, depthCurve } from '@undertow/liquidity';
import {
  accrueMoneyMarket,
  closableDown,
  exchangeRateWad,
  indexedDebtDown,
  isMoneyMarketDue,
  moneyMarketSumsAfter,
  seizedTokensDown,
  type Address,
} from '@undertow/market';
import { openVenue } from '@undertow/venues';
import {
  moneyMarketHoldings,
  moneyMarketLegs,
  moneyMarketVenue,
} from '../../libs/book/src/money-market/account.ts';
import { factsOf, seeded } from './follow-chain.ts';
import {
  bothLedgers,
  call,
  growthOf,
  ownersOf,
  readingOf,
  startVenusCoreScene,
  SYMBOLS,
  termsOf,
  wait,
  type Symbol,
  type VenusCoreScene,
} from './venus-core-scene.ts';

const WAD = 10n ** 18n;
const MAX = 2n ** 256n - 1n;
const random = seeded(29);
const between = (most: bigint) => (most * BigInt(Math.floor(random() * 1e9))) / 1_000_000_000n;

let scene: VenusCoreScene;

beforeAll(async () => {
  scene = await startVenusCoreScene(400);
}, 90_000);

afterAll(async () => {
  scene?.chain.close();
  await scene?.devnet.stop();
});

const { readMany, read } = {
  readMany: <Result>(views: Parameters<VenusCoreScene['devnet']['chain']['readMany']>[0]) =>
    scene.devnet.chain.readMany<Result>(views),
  read: <Result>(...of: Parameters<VenusCoreScene['devnet']['chain']['read']>) =>
    scene.devnet.chain.read<Result>(...of),
};

/** What the contracts say of an owner, in the order of the reading's figures. */
async function viewsOf(owners: readonly Address[]): Promise<bigint[][]> {
  const liquidity = await readMany<readonly bigint[]>(
    owners.map((owner) => ({
      contract: scene.comptroller,
      functionName: 'getAccountLiquidity',
      args: [owner],
    })),
  );
  const symbols = [...SYMBOLS].sort((a, b) => (scene.markets[a].address < scene.markets[b].address ? -1 : 1));
  const places = owners.flatMap((owner) =>
    symbols.map((symbol) => ({ owner, contract: scene.markets[symbol] })),
  );
  const snapshots = await readMany<readonly bigint[]>(
    places.map(({ owner, contract }) => ({ contract, functionName: 'getAccountSnapshot', args: [owner] })),
  );
  const entered = await readMany<boolean>(
    places.map(({ owner, contract }) => ({
      ...{ contract: scene.comptroller, functionName: 'checkMembership', args: [owner, contract.address] },
    })),
  );
  const prices = await readMany<bigint>(
    symbols.map((symbol) => ({
      ...{
        contract: scene.oracle,
        functionName: 'getUnderlyingPrice',
        args: [scene.markets[symbol].address],
      },
    })),
  );
  return owners.map((_, i) => [
    ...liquidity[i]!.slice(1),
    ...symbols.flatMap((_symbol, k) => {
      const at = i * symbols.length + k;
      const [error, tokens, debt, rate] = snapshots[at]!;
      expect(error).toBe(0n);
      if (tokens === 0n && debt === 0n && !entered[at]) return [];
      return [...(tokens! > 0n ? [tokens!, rate!] : []), ...(debt! > 0n ? [debt!] : []), prices[k]!];
    }),
  ]);
}

/** Every figure of every account equals the contracts' views; how many are liquidatable. */
async function expectReadingsAsViews(): Promise<number> {
  const owners = ownersOf(scene);
  const readings = owners.map((owner) => readingOf(scene, owner));
  const views = await viewsOf(owners);
  expect(readings.map(({ figures }) => figures.map(({ value }) => value))).toEqual(views);
  const due = readings.map(({ healthFactorWad }) => healthFactorWad !== undefined && healthFactorWad < WAD);
  expect(due).toEqual(views.map(([, shortfall]) => shortfall! > 0n));
  figures += views.flat().length;
  return due.filter(Boolean).length;
}
let figures = 0;

async function expectFoldAsSnapshot(): Promise<void> {
  const [folded, called] = await bothLedgers(scene);
  expect(folded).toEqual(called);
  expect(folded.length).toBeGreaterThan(100);
}

async function post(factors: Partial<Record<Symbol, number>>): Promise<void> {
  const { chain, devnet } = scene;
  const answers = Object.entries(factors).map(([symbol, factor]) => {
    const { answer } = chain.ledger.prices.get(devnet.contracts.assets[symbol as Symbol].feedProxy)!;
    return [symbol, (answer * BigInt(Math.round(factor * 1e6))) / 1_000_000n];
  });
  await postPrices(devnet, Object.fromEntries(answers));
  await chain.follow();
}

/** Owners supply, redeem, enter, leave, borrow, repay and give away; the bank adds to the reserves and takes from them. */
async function live(): Promise<number> {
  const { devnet, chain, comptroller, markets } = scene;
  const { bank, deployer } = devnet.actors;
  const owners = ownersOf(scene).filter((owner) => devnet.owners.includes(owner));
  const one = () => owners[Math.floor(random() * owners.length)]!;
  const sent: Transaction[] = SYMBOLS.flatMap((symbol) => {
    const market = markets[symbol];
    const { cash, supply } = growthOf(scene, symbol);
    const some = () => between(cash / 500n) + 1n;
    const tokens = () => between(supply / 5_000n) + 1n;
    const [first, second] = [one(), one()];
    return [
      call(bank, market, 'mint', some()),
      call(bank, market, 'mintBehalf', first, some()),
      call(one(), market, 'redeem', tokens()),
      call(one(), market, 'redeemUnderlying', some()),
      call(one(), comptroller, 'enterMarkets', [market.address]),
      call(one(), comptroller, 'exitMarket', market.address),
      call(one(), market, 'borrow', some()),
      call(second, market, 'borrow', some() / 50n + 1n),
      call(bank, market, 'repayBorrowBehalf', second, MAX),
      call(bank, market, 'repayBorrowBehalf', one(), 1n),
      call(one(), market, 'transfer', one(), tokens()),
      call(bank, market, '_addReserves', some() / 100n + 1n),
      call(deployer, market, '_reduceReserves', 1n),
    ];
  });
  const receipts = await devnet.chain.send(sent, { mayFail: true });
  const facts = await chain.follow();
  // Refusals do not revert: what happened is what was logged.
  expect(receipts.length).toBe(sent.length);
  return facts.length;
}

/** The interest that every log of it says, from what was known before, to the last unit. */
async function expectAccrual(): Promise<void> {
  const { devnet, chain, markets } = scene;
  const before = SYMBOLS.map((symbol) => growthOf(scene, symbol));
  await devnet.chain.send(
    SYMBOLS.map((symbol) => call(devnet.actors.keeper, markets[symbol], 'accrueInterest')),
  );
  await chain.follow();
  const { block } = chain.head();
  for (const [i, symbol] of SYMBOLS.entries()) {
    const model = termsOf(scene, symbol).rateModel!;
    expect(growthOf(scene, symbol)).toEqual(accrueMoneyMarket(before[i]!, model, block));
    const { cash, borrows, reserves } = growthOf(scene, symbol);
    const [rate, reservesThere] = await Promise.all([
      read<bigint>(markets[symbol], 'exchangeRateStored'),
      read<bigint>(markets[symbol], 'totalReserves'),
    ]);
    expect({ rate: exchangeRateWad(growthOf(scene, symbol)), reserves }).toEqual({
      rate,
      reserves: reservesThere,
    });
    expect(cash + borrows).toBeGreaterThan(0n);
  }
}

/** Liquidity if something were redeemed and borrowed, for random markets and amounts. */
async function expectHypothetical(): Promise<void> {
  const { chain, deployment, comptroller } = scene;
  const venue = moneyMarketVenue(chain.ledger, deployment.id);
  if ('reason' in venue) throw new Error(venue.reason);
  const { accounts } = chain.ledger.venues.get(deployment.id)!;
  const cases = ownersOf(scene).flatMap((owner) => {
    const found = moneyMarketHoldings(venue, accounts.get(owner)!);
    if ('reason' in found) throw new Error(found.reason);
    const counted = found.holdings.filter(({ isEntered }) => isEntered);
    if (counted.length === 0) return [];
    const leg = Math.floor(random() * counted.length);
    const { market, tokens, debt } = counted[leg]!;
    const redeemTokens = between(tokens);
    const borrow = between(debt + 1_000_000n);
    const sums = moneyMarketSumsAfter(moneyMarketLegs(counted), { leg, redeemTokens, borrow });
    return [{ sums, args: [owner, market.id, redeemTokens, borrow] }];
  });
  const said = await readMany<readonly [bigint, bigint, bigint]>(
    cases.map(({ args }) => ({
      contract: comptroller,
      functionName: 'getHypotheticalAccountLiquidity',
      args,
    })),
  );
  expect(said.map((one) => one![1] - one![2])).toEqual(cases.map(({ sums }) => sums.collateral - sums.debt));
  expect(cases.length).toBeGreaterThan(50);
}

/** Liquidates accounts one by one, each predicted from the state before: repaid, seized, what is owed and held after. */
async function liquidateAndCompare(most: number): Promise<number> {
  const { devnet, chain, comptroller, deployment, markets } = scene;
  const { liquidator } = devnet.actors;
  let done = 0;
  for (const owner of ownersOf(scene)) {
    if (done === most) break;
    if (readingOf(scene, owner).healthFactorWad! >= WAD) continue;
    const venue = moneyMarketVenue(chain.ledger, deployment.id);
    if ('reason' in venue) throw new Error(venue.reason);
    const account = chain.ledger.venues.get(deployment.id)!.accounts.get(owner)!;
    const found = moneyMarketHoldings(venue, account);
    if ('reason' in found) throw new Error(found.reason);
    const owed = found.holdings.find(({ debt }) => debt > 1_000n);
    const supply = found.holdings.find(
      ({ tokens, market }) => tokens > 1_000n && market.id !== owed?.market.id,
    );
    if (!owed || !supply) continue;
    const symbolOf = (id: string) => SYMBOLS.find((symbol) => markets[symbol].address === id)!;
    const [debtSymbol, supplySymbol] = [symbolOf(owed.market.id), symbolOf(supply.market.id)];
    // Both markets add interest first, in the block of the call.
    const block = chain.head().block + 1;
    const at = (symbol: Symbol) =>
      accrueMoneyMarket(growthOf(scene, symbol), termsOf(scene, symbol).rateModel!, block);
    const [debtMarket, supplyMarket] = [at(debtSymbol), at(supplySymbol)];
    const position = [...account.positions.values()].find(
      ({ market }) => market === owed.market.id,
    )!.position;
    if (position.form !== 'indexed-debt') throw new Error('not a debt');
    const debt = indexedDebtDown(position, debtMarket.borrowIndexWad);
    const repaid = closableDown(debt, venue.terms.closeFactorWad) / 3n;
    const seized = seizedTokensDown(repaid, {
      incentiveWad: venue.terms.incentiveWad,
      debtPriceE36: owed.market.answer! * owed.market.answerScale,
      collateralPriceE36: supply.market.answer! * supply.market.answerScale,
      collateralRateWad: exchangeRateWad(supplyMarket)!,
    })!;
    if (seized > supply.tokens) continue;
    const args = [owner, repaid, supply.market.id];
    // One unit above the close factor is refused, without a revert and without a liquidation.
    const tooMuch = closableDown(debt, venue.terms.closeFactorWad) + 1n;
    const before = await snapshot(devnet);
    await devnet.chain.send([
      call(liquidator, markets[debtSymbol], 'liquidateBorrow', owner, tooMuch, supply.market.id),
    ]);
    expect(await read<bigint>(markets[supplySymbol], 'balanceOf', [owner])).toBe(supply.tokens);
    await revert(devnet, before);
    await devnet.chain.send([call(liquidator, markets[debtSymbol], 'liquidateBorrow', ...args)]);
    const [liquidated] = factsOf(await chain.follow(), 'Liquidated');
    expect(liquidated).toMatchObject({
      ...{ owner, liquidator, market: owed.market.id, repaid, seized, badDebt: 0n },
      ...{ collateralAsset: supply.market.id, debtAsset: owed.market.terms.asset },
    });
    expect(await read<bigint>(markets[debtSymbol], 'borrowBalanceStored', [owner])).toBe(debt - repaid);
    expect(await read<bigint>(markets[supplySymbol], 'balanceOf', [owner])).toBe(supply.tokens - seized);
    const [, there] = await read<readonly [bigint, bigint]>(comptroller, 'liquidateCalculateSeizeTokens', [
      ...[owed.market.id, supply.market.id, repaid],
    ]);
    expect(there).toBe(seized);
    done++;
  }
  return done;
}

test('accounts, interest and liquidations equal the contracts through prices, blocks and actions', async () => {
  const seen = { due: 0, liquidated: 0, said: 0 };
  for (const fall of [1, 0.93, 0.9, 1.3, 0.8, 0.75]) {
    const near = () => fall * (0.99 + 0.02 * random());
    await post({ WETH: near(), WBTC: near(), LINK: 0.9 + 0.2 * random(), USDC: 0.999 + 0.002 * random() });
    await wait(scene, 1 + Math.floor(random() * 200));
    await expectReadingsAsViews();
    await expectAccrual();
    seen.due += await expectReadingsAsViews();
    await expectHypothetical();
    seen.liquidated += await liquidateAndCompare(6);
    seen.said += await live();
    await expectReadingsAsViews();
    await expectFoldAsSnapshot();
  }
  expect(seen.due).toBeGreaterThan(40);
  expect(seen.liquidated).toBeGreaterThan(15);
  expect(seen.said).toBeGreaterThan(300);
  expect(figures).toBeGreaterThan(10_000);
}, 120_000);

test('at its liquidation price an account is due, and one unit of the feed on it is not', async () => {
  const { chain, deployment } = scene;
  const venue = moneyMarketVenue(chain.ledger, deployment.id);
  if ('reason' in venue) throw new Error(venue.reason);
  const { accounts } = chain.ledger.venues.get(deployment.id)!;
  const before = await snapshot(scene.devnet);
  let lines = 0;
  for (const owner of ownersOf(scene).slice(0, 30)) {
    const reading = readingOf(scene, owner);
    const weth = scene.devnet.contracts.assets.WETH.feedProxy;
    const line = reading.liquidationPrices.find(({ feed }) => feed === weth);
    if (!line || line.answer > 10n ** 13n) continue;
    const found = moneyMarketHoldings(venue, accounts.get(owner)!);
    if ('reason' in found) throw new Error(found.reason);
    const isHeld = isMoneyMarketDue(
      moneyMarketSumsAfter(moneyMarketLegs(found.holdings, new Map([[weth, 1n]])), {
        leg: -1,
        redeemTokens: 0n,
        borrow: 0n,
      }),
    );
    const shortfalls: bigint[] = [];
    for (const answer of [line.answer, line.answer + (isHeld ? 1n : -1n)]) {
      await postPrices(scene.devnet, { WETH: answer });
      const [, , shortfall] = await read<readonly [bigint, bigint, bigint]>(
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
  await expectAccrual();
  await expectReadingsAsViews();
  await expectFoldAsSnapshot();
  expect(termsOf(scene, 'WBTC').isSeizable).toBe(false);
  expect(termsOf(scene, 'LINK').oracle).toEqual({ form: 'feed', feed: USDC.feedProxy });
  // A price that somebody sets is not a feed's: whoever it counts for is left out, and says so.
  await devnet.chain.send([call(deployer, oracle, 'setDirectPrice', LINK.token, 7n * WAD)]);
  await chain.follow();
  await expectFoldAsSnapshot();
  const book = () => toBook(chain.ledger, { time: chain.head().time, depth: { depthCurve, aggregateDepth } });
  const gaps = book().coverage.gaps.filter(({ source }) => source === deployment.id);
  const reason: unknown = expect.stringMatching(/the price in 0x\w+ is not of a feed/);
  // Those who owe the asset, and those who only hold it: what they owe has a price.
  expect(gaps).toMatchObject([
    { reason, debtUsd: undefined },
    { reason, debtUsd: expect.any(Number) },
  ]);
  await devnet.chain.send([call(deployer, oracle, 'setDirectPrice', LINK.token, 0n)]);
  await chain.follow();
  expect(book().coverage.gaps.filter(({ source }) => source === deployment.id)).toEqual([]);
  await expectReadingsAsViews();
  await expectFoldAsSnapshot();
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
