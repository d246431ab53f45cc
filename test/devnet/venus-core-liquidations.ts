import { revert, snapshot } from '@undertow/devnet';
import {
  accrueMoneyMarket,
  closableDown,
  exchangeRateWad,
  indexedDebtDown,
  seizedTokensDown,
  type Address,
} from '@undertow/market';
import { factsOf } from './follow-chain.ts';
import {
  call,
  growthOf,
  holdingsOf,
  ownersOf,
  readingOf,
  SYMBOLS,
  termsOf,
  venueOf,
  type Symbol,
  type VenusCoreScene,
} from './venus-core-scene.ts';

const WAD = 10n ** 18n;

/** Liquidates accounts one by one, each predicted from the state before; how many. */
export async function liquidateAndCompare(scene: VenusCoreScene, most: number): Promise<number> {
  let done = 0;
  for (const owner of ownersOf(scene)) {
    if (done === most) break;
    if (readingOf(scene, owner).healthFactorWad! >= WAD) continue;
    const planned = plan(scene, owner);
    if (!planned) continue;
    await expectRefused(scene, planned);
    await expectLiquidated(scene, planned);
    done++;
  }
  return done;
}

/** A third of what one call may repay of a debt, for tokens of another market. */
interface Plan {
  readonly owner: Address;
  readonly debtSymbol: Symbol;
  readonly supplySymbol: Symbol;
  readonly debt: bigint;
  readonly closable: bigint;
  readonly tokens: bigint;
  readonly repaid: bigint;
  readonly seized: bigint;
}

/** What a liquidation in the next block would do; undefined where there is too little to liquidate. */
function plan(scene: VenusCoreScene, owner: Address): Plan | undefined {
  const { chain, deployment, markets } = scene;
  const { terms } = venueOf(scene);
  const holdings = holdingsOf(scene, owner);
  const owed = holdings.find(({ debt }) => debt > 1_000n);
  const supply = holdings.find(({ tokens, market }) => tokens > 1_000n && market.id !== owed?.market.id);
  if (!owed || !supply) return undefined;
  const symbolOf = (id: string) => SYMBOLS.find((symbol) => markets[symbol].address === id)!;
  const [debtSymbol, supplySymbol] = [symbolOf(owed.market.id), symbolOf(supply.market.id)];
  // Both markets add interest first, in the block of the call.
  const block = chain.head().block + 1;
  const at = (symbol: Symbol) =>
    accrueMoneyMarket(growthOf(scene, symbol), termsOf(scene, symbol).rateModel!, block);
  const { positions } = chain.ledger.venues.get(deployment.id)!.accounts.get(owner)!;
  const { position } = [...positions.values()].find(({ market }) => market === owed.market.id)!;
  if (position.form !== 'indexed-debt') throw new Error('not a debt');
  const debt = indexedDebtDown(position, at(debtSymbol).borrowIndexWad);
  const closable = closableDown(debt, terms.closeFactorWad);
  const repaid = closable / 3n;
  const seized = seizedTokensDown(repaid, {
    incentiveWad: terms.incentiveWad,
    debtPriceE36: owed.market.answer! * owed.market.answerScale,
    collateralPriceE36: supply.market.answer! * supply.market.answerScale,
    collateralRateWad: exchangeRateWad(at(supplySymbol))!,
  })!;
  const { tokens } = supply;
  if (seized > tokens) return undefined;
  return { owner, debtSymbol, supplySymbol, debt, closable, tokens, repaid, seized };
}

/** One unit above the close factor is refused, without a revert and without a liquidation. */
async function expectRefused(scene: VenusCoreScene, planned: Plan): Promise<void> {
  const { devnet, markets } = scene;
  const { owner, supplySymbol, closable, tokens } = planned;
  const before = await snapshot(devnet);
  await devnet.chain.send([liquidation(scene, planned, closable + 1n)]);
  expect(await devnet.chain.read<bigint>(markets[supplySymbol], 'balanceOf', [owner])).toBe(tokens);
  await revert(devnet, before);
}

/** Repaid, seized, what is owed and held after. */
async function expectLiquidated(scene: VenusCoreScene, planned: Plan): Promise<void> {
  const { devnet, chain, comptroller, markets } = scene;
  const { owner, debtSymbol, supplySymbol, debt, tokens, repaid, seized } = planned;
  const { liquidator } = devnet.actors;
  const [debtMarket, supplyMarket] = [markets[debtSymbol], markets[supplySymbol]];
  await devnet.chain.send([liquidation(scene, planned, repaid)]);
  const [liquidated] = factsOf(await chain.follow(), 'Liquidated');
  expect(liquidated).toMatchObject({
    ...{ owner, liquidator, market: debtMarket.address, repaid, seized, badDebt: 0n },
    ...{ collateralAsset: supplyMarket.address, debtAsset: termsOf(scene, debtSymbol).asset },
  });
  expect(await devnet.chain.read<bigint>(debtMarket, 'borrowBalanceStored', [owner])).toBe(debt - repaid);
  expect(await devnet.chain.read<bigint>(supplyMarket, 'balanceOf', [owner])).toBe(tokens - seized);
  const [, there] = await devnet.chain.read<readonly [bigint, bigint]>(
    comptroller,
    'liquidateCalculateSeizeTokens',
    [debtMarket.address, supplyMarket.address, repaid],
  );
  expect(there).toBe(seized);
}

function liquidation({ devnet, markets }: VenusCoreScene, of: Plan, repaid: bigint) {
  const { owner, debtSymbol, supplySymbol } = of;
  const args = [owner, repaid, markets[supplySymbol].address] as const;
  return call(devnet.actors.liquidator, markets[debtSymbol], 'liquidateBorrow', ...args);
}
