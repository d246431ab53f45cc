import { accrueMoneyMarket, exchangeRateWad, moneyMarketSumsAfter, type Address } from '@undertow/market';
import { moneyMarketLegs } from '../../libs/book/src/money-market/account.ts';
import {
  between,
  bothLedgers,
  call,
  growthOf,
  holdingsOf,
  ownersOf,
  readingOf,
  SYMBOLS,
  termsOf,
  type VenusCoreScene,
} from './venus-core-scene.ts';

const WAD = 10n ** 18n;

/** What the contracts say of an owner, in the order of the reading's figures. */
async function viewsOf(scene: VenusCoreScene, owners: readonly Address[]): Promise<bigint[][]> {
  const { chain } = scene.devnet;
  const liquidity = await chain.readMany<readonly bigint[]>(
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
  const snapshots = await chain.readMany<readonly bigint[]>(
    places.map(({ owner, contract }) => ({ contract, functionName: 'getAccountSnapshot', args: [owner] })),
  );
  const entered = await chain.readMany<boolean>(
    places.map(({ owner, contract }) => ({
      ...{ contract: scene.comptroller, functionName: 'checkMembership', args: [owner, contract.address] },
    })),
  );
  const prices = await chain.readMany<bigint>(
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

/** Every figure of every account equals the contracts' views; how many figures, and how many accounts are liquidatable. */
export async function expectReadingsAsViews(
  scene: VenusCoreScene,
): Promise<{ due: number; figures: number }> {
  const owners = ownersOf(scene);
  const readings = owners.map((owner) => readingOf(scene, owner));
  const views = await viewsOf(scene, owners);
  expect(readings.map(({ figures }) => figures.map(({ value }) => value))).toEqual(views);
  const due = readings.map(({ healthFactorWad }) => healthFactorWad !== undefined && healthFactorWad < WAD);
  expect(due).toEqual(views.map(([, shortfall]) => shortfall! > 0n));
  return { due: due.filter(Boolean).length, figures: views.flat().length };
}

/** Folding the logs gives what the calls say. */
export async function expectFoldAsSnapshot(scene: VenusCoreScene): Promise<void> {
  const [folded, called] = await bothLedgers(scene);
  expect(folded).toEqual(called);
  expect(folded.length).toBeGreaterThan(100);
}

/** The interest that every log of it says, from what was known before, to the last unit. */
export async function expectAccrual(scene: VenusCoreScene): Promise<void> {
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
      devnet.chain.read<bigint>(markets[symbol], 'exchangeRateStored'),
      devnet.chain.read<bigint>(markets[symbol], 'totalReserves'),
    ]);
    expect({ rate: exchangeRateWad(growthOf(scene, symbol)), reserves }).toEqual({
      rate,
      reserves: reservesThere,
    });
    expect(cash + borrows).toBeGreaterThan(0n);
  }
}

/** Liquidity if something were redeemed and borrowed, for random markets and amounts. */
export async function expectHypothetical(scene: VenusCoreScene): Promise<void> {
  const cases = ownersOf(scene).flatMap((owner) => {
    const counted = holdingsOf(scene, owner).filter(({ isEntered }) => isEntered);
    if (counted.length === 0) return [];
    const leg = Math.floor(scene.random() * counted.length);
    const { market, tokens, debt } = counted[leg]!;
    const redeemTokens = between(scene, tokens);
    const borrow = between(scene, debt + 1_000_000n);
    const sums = moneyMarketSumsAfter(moneyMarketLegs(counted), { leg, redeemTokens, borrow });
    return [{ sums, args: [owner, market.id, redeemTokens, borrow] }];
  });
  const said = await scene.devnet.chain.readMany<readonly [bigint, bigint, bigint]>(
    cases.map(({ args }) => ({
      contract: scene.comptroller,
      functionName: 'getHypotheticalAccountLiquidity',
      args,
    })),
  );
  expect(said.map((one) => one![1] - one![2])).toEqual(cases.map(({ sums }) => sums.collateral - sums.debt));
  expect(cases.length).toBeGreaterThan(50);
}
