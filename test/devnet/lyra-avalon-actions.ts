import { postPrices } from '../../libs/devnet/src/actions/post-prices.ts';
import { factsOf } from './follow-chain.ts';
import { oursAt } from './lyra-avalon-expect.ts';
import {
  callOf,
  heldPositions,
  numberOf,
  predictLiquidation,
  shorts,
  spotOf,
  tradeIn,
  TYPE_NUMBER,
  type Held,
  type LyraScene,
  type Owner,
} from './lyra-avalon-scene.ts';

/** Posts a price of the underlying and lets time pass before the block in which it is posted. */
export async function moveTo(scene: LyraScene, answer: bigint, seconds = 1): Promise<void> {
  const { devnet, chain } = scene;
  await devnet.rpc('evm_setNextBlockTimestamp', [chain.head().time + seconds]);
  await postPrices(devnet, { WETH: answer });
  await chain.follow();
}

/** Liquidations, one per block, each foretold from the logs before it; only the pool's vega and value are its own. */
export async function liquidateAndCompare(scene: LyraScene, most: number) {
  const { devnet, chain, contracts } = scene;
  const seen = { done: 0, insolvent: 0, inBase: 0, vegaFees: 0 };
  const held = shorts(scene);
  const { due } = oursAt(scene, held, spotOf(scene));
  for (const position of held.filter((_, i) => due[i]).slice(0, most)) {
    const { liquidator } = devnet.actors;
    const [receipt] = await devnet.chain.send([
      callOf(liquidator, contracts.market, 'liquidatePosition', [BigInt(position.id), liquidator]),
    ]);
    const { trade, tradeResults, liquidation } = tradeIn(scene, receipt!.logs);
    const { vegaUtilFee, premium, totalFee } = tradeResults[0]!;
    const {
      preTradeAmmNetStdVega: beforeWad,
      postTradeAmmNetStdVega: afterWad,
      NAV: poolValueWad,
    } = vegaUtilFee;
    const vega = { beforeWad, afterWad, poolValueWad };
    const time = chain.head().time + 1;
    const { cost, split } = predictLiquidation(scene, position, { time, vega });
    expect([cost.premiumWad, cost.feeWad, cost.costWad]).toEqual([premium, totalFee, trade.totalCost]);
    expect(split).toEqual({
      toOwner: liquidation.returnCollateral,
      toPoolAsPrice: liquidation.lpPremiums,
      toPoolAsFee: liquidation.lpFee,
      toLiquidator: liquidation.liquidatorFee,
      toSecurityModule: liquidation.smFee,
      insolvent: liquidation.insolventAmount,
    });
    const facts = await chain.follow();
    expect(chain.head().time).toBe(time);
    const { position: state, owner } = position;
    expect(factsOf(facts, 'Liquidated')).toMatchObject([
      { owner, seized: state.collateral - split.toOwner, badDebt: split.insolvent, repaid: cost.costWad },
    ]);
    expect(heldPositions(scene).some(({ id }) => id === position.id)).toBe(false);
    seen.done++;
    if (split.insolvent > 0n) seen.insolvent++;
    if (vegaUtilFee.vegaUtilFee > 0n) seen.vegaFees++;
    if (state.type === 'short-call-base') seen.inBase++;
  }
  return seen;
}

/** Somebody buys calls of the longest expiry at the money. */
export async function buyCalls(scene: LyraScene, contractsBought: number): Promise<void> {
  const { devnet, chain, contracts } = scene;
  const { bank, deployer } = devnet.actors;
  const amount = BigInt(contractsBought) * 10n ** 18n;
  const trade = {
    strikeId: 8n,
    positionId: 0n,
    iterations: 4n,
    optionType: TYPE_NUMBER['long-call'],
    amount,
  };
  const bounds = { setCollateralTo: 0n, minTotalCost: 0n, maxTotalCost: 2n ** 255n };
  await devnet.chain.send([
    callOf(deployer, contracts.quote, 'mint', [bank, 3_000n * amount]),
    callOf(bank, contracts.quote, 'approve', [contracts.market.address, 2n ** 255n]),
    callOf(bank, contracts.market, 'openPosition', [{ ...trade, ...bounds }]),
  ]);
  await chain.follow();
}

/** Owners add collateral, split, merge, give away and close positions. */
export async function live(scene: LyraScene): Promise<void> {
  const { devnet, chain, contracts } = scene;
  const { deployer } = devnet.actors;
  const held = shorts(scene);
  const { least } = oursAt(scene, held, spotOf(scene));
  const safe = held.filter(
    ({ position }, i) => position.collateral > (least[i]! * 13n) / 10n && position.amountWad > 10n ** 17n,
  );
  const [given, split, closed, topped] = [0, 1, 2, 3].map((i) => safe[i]!) as [Held, Held, Held, Held];
  const heir: Owner = `0x${'ab'.repeat(20)}`;
  const token = topped.position.type === 'short-call-base' ? contracts.base : contracts.quote;
  const { type, amountWad, collateral } = closed.position;
  const trade = {
    strikeId: numberOf(closed.market),
    positionId: BigInt(closed.id),
    iterations: 1n,
    optionType: TYPE_NUMBER[type],
  };
  const all = {
    ...trade,
    amount: amountWad,
    setCollateralTo: 0n,
    minTotalCost: 0n,
    maxTotalCost: 2n ** 255n,
  };
  await devnet.chain.send([
    callOf(given.owner, contracts.token, 'transferFrom', [given.owner, heir, BigInt(given.id)]),
    callOf(split.owner, contracts.token, 'split', [
      ...[BigInt(split.id), split.position.amountWad / 2n, split.position.collateral / 2n, split.owner],
    ]),
    callOf(deployer, token, 'mint', [topped.owner, 12_345n]),
    callOf(topped.owner, contracts.market, 'addCollateral', [BigInt(topped.id), 12_345n]),
  ]);
  // Buying a base-collateralised call back takes the owner's own quote.
  await devnet.chain.send(
    [
      callOf(deployer, contracts.quote, 'mint', [closed.owner, collateral + 10_000n * amountWad]),
      callOf(closed.owner, contracts.quote, 'approve', [contracts.market.address, 2n ** 255n]),
      callOf(closed.owner, contracts.market, 'closePosition', [all]),
    ],
    { mayFail: true },
  );
  await chain.follow();
  const moved = heldPositions(scene);
  expect(moved.find(({ id }) => id === given.id)).toMatchObject({ owner: heir, position: given.position });
  expect(moved.find(({ id }) => id === topped.id)?.position.collateral).toBe(
    topped.position.collateral + 12_345n,
  );
  const halves = moved.filter(({ owner, market }) => owner === split.owner && market === split.market);
  const halfIds = halves
    .filter(({ position }) => position.type === split.position.type)
    .map(({ id }) => BigInt(id));
  expect(halfIds.length).toBeGreaterThan(1);
  await devnet.chain.send([callOf(split.owner, contracts.token, 'merge', [halfIds])]);
  await chain.follow();
}
