import { type On, type Said } from '@undertow/chain';
import type { Address, PerpetualChange, PerpetualGrowthChange } from '@undertow/market';
import {
  accountBalanceEvents,
  clearingHouseEvents,
  exchangeEvents,
  poolEvents,
  priceFeedEvents,
  vaultEvents,
} from './abi.ts';
import type { PerpV2Deployment } from './deployments.ts';

/** What the logs say of accounts, of funding, and of the insurance fund. */
export function onAccounts(deployment: PerpV2Deployment, on: On): void {
  const { clearingHouse, accountBalance, exchange, vault } = deployment;
  onPositions(deployment, on, [clearingHouse]);
  onVault(deployment, on, [vault]);
  on([accountBalance], accountBalanceEvents.pnlRealized, ({ trader, amount }) =>
    cash(deployment, trader, 0n, amount),
  );
  on([exchange], exchangeEvents.fundingUpdated, ({ baseToken, marketTwap, indexTwap }) => {
    const averages = { marketAverageWad: marketTwap, indexAverageWad: indexTwap };
    return [growth(deployment, baseToken, { form: 'perpetual', event: 'funding', ...averages })];
  });
  for (const { baseToken, pool } of deployment.markets) {
    const moved = (sqrtPriceX96: bigint, tick: number, isTrade: boolean) => [
      growth(deployment, baseToken, { form: 'perpetual', event: 'pool', sqrtPriceX96, tick, isTrade }),
    ];
    on([pool], poolEvents.initialize, ({ sqrtPriceX96, tick }) => moved(sqrtPriceX96, tick, false));
    on([pool], poolEvents.swap, ({ sqrtPriceX96, tick }) => moved(sqrtPriceX96, tick, true));
  }
  for (const [market, priceFeed] of pricedMarkets(deployment)) {
    on([priceFeed], priceFeedEvents.priceUpdated, ({ price, timestamp }) => [
      growth(deployment, market, { form: 'perpetual', event: 'round', price, updatedAt: Number(timestamp) }),
    ]);
  }
}

function onPositions(deployment: PerpV2Deployment, on: On, contracts: readonly Address[]): void {
  const { id: venue, quoteToken } = deployment;
  on(contracts, clearingHouseEvents.positionChanged, (args) => {
    const { trader, baseToken, exchangedPositionSize: sizeDeltaWad, openNotional: openNotionalWad } = args;
    const traded = exposure(deployment, trader, baseToken, {
      event: 'traded',
      sizeDeltaWad,
      openNotionalWad,
    });
    // Only a trade with the pool pays a fee, and says so after the pool's own log.
    if (args.fee === 0n) return [traded];
    return [traded, growth(deployment, baseToken, { form: 'perpetual', event: 'fee', feeWad: args.fee })];
  });
  on(contracts, clearingHouseEvents.positionClosed, ({ trader, baseToken }) => [
    exposure(deployment, trader, baseToken, { event: 'closed' }),
  ]);
  on(contracts, clearingHouseEvents.fundingPaymentSettled, ({ trader, baseToken }) => [
    exposure(deployment, trader, baseToken, { event: 'settled' }),
  ]);
  on(contracts, clearingHouseEvents.liquidityChanged, (args) => {
    const { maker, baseToken, lowerTick, upperTick, liquidity: liquidityDelta } = args;
    const range = { lowerTick, upperTick, liquidityDelta };
    const order = { ...range, baseDelta: args.base, quoteDelta: args.quote };
    return [
      // The order's growth is counted from the ticks' beginning.
      growth(deployment, baseToken, { form: 'perpetual', event: 'range', ...range }),
      exposure(deployment, maker, baseToken, { event: 'order', ...order }),
    ];
  });
  on(contracts, clearingHouseEvents.positionLiquidated, (args) => [
    {
      ...{ kind: 'Liquidated', venue, market: args.baseToken, owner: args.trader },
      ...{ liquidator: args.liquidator, collateralAsset: args.baseToken, debtAsset: quoteToken },
      ...{ repaid: args.positionNotional, seized: args.positionSize, badDebt: 0n },
    },
  ]);
}

function onVault(deployment: PerpV2Deployment, on: On, contracts: readonly Address[]): void {
  const { id: venue, insuranceFund, markets, settlementToken, settlementDecimals } = deployment;
  const leg = (market: Address, owner: Address, sharesDelta: bigint): Said => ({
    ...{ kind: 'LegChanged', venue, market, owner, side: 'collateral', sharesDelta },
  });
  on(contracts, vaultEvents.deposited, ({ collateralToken, trader, amount }) =>
    collateralToken === settlementToken
      ? cash(deployment, trader, amount, 0n)
      : [leg(collateralToken, trader, amount)],
  );
  on(contracts, vaultEvents.withdrawn, ({ collateralToken, trader, amount }) => {
    // `Vault._settleAndDecreaseBalance` settles the funding of every market first, and says so only where it is not 0.
    const settled = markets.map(({ baseToken }) =>
      exposure(deployment, trader, baseToken, { event: 'settled' }),
    );
    if (collateralToken !== settlementToken) return [...settled, leg(collateralToken, trader, -amount)];
    const wadPerUnit = 10n ** BigInt(18 - settlementDecimals);
    return [
      ...settled,
      account(deployment, trader, { part: 'cash', event: 'withdrawn', amount, wadPerUnit }),
      ...fund(deployment, trader, -amount, 0n),
    ];
  });
  on(contracts, vaultEvents.collateralLiquidated, (args) => {
    const { trader, collateralToken, liquidator, collateral } = args;
    const { repaidSettlementWithoutInsuranceFundFeeX10_S: repaid, insuranceFundFeeX10_S: fee } = args;
    return [
      leg(collateralToken, trader, -collateral),
      ...cash(deployment, trader, repaid, 0n),
      ...cash(deployment, insuranceFund, fee, 0n),
      {
        ...{ kind: 'Liquidated', venue, market: collateralToken, owner: trader, liquidator },
        ...{ collateralAsset: collateralToken, debtAsset: settlementToken },
        ...{ repaid: repaid + fee, seized: collateral, badDebt: 0n },
      },
    ];
  });
  on(contracts, vaultEvents.badDebtSettled, ({ trader, amount }) => [
    ...cash(deployment, trader, amount, 0n),
    ...cash(deployment, insuranceFund, -amount, 0n),
  ]);
}

/** Markets whose price some price feed keeps: every perpetual and every collateral. */
function pricedMarkets({ markets, collaterals }: PerpV2Deployment): [Address, Address][] {
  return [
    ...markets.map(({ baseToken, priceFeed }): [Address, Address] => [baseToken, priceFeed]),
    ...collaterals.map(({ token, priceFeed }): [Address, Address] => [token, priceFeed]),
  ];
}

function growth({ id: venue }: PerpV2Deployment, market: Address, said: PerpetualGrowthChange): Said {
  return { kind: 'GrowthAccrued', venue, market, growth: said };
}

type Part<Name> =
  Extract<PerpetualChange, { readonly part: Name }> extends infer One
    ? One extends PerpetualChange
      ? Omit<One, 'form'>
      : never
    : never;

function account(deployment: PerpV2Deployment, owner: Address, change: Part<'cash'>): Said {
  const { id: venue, settlementToken: market } = deployment;
  return {
    ...{ kind: 'PositionChanged', venue, market, owner, position: '' },
    change: { form: 'perpetual', ...change } as PerpetualChange,
  };
}

function exposure(
  { id: venue }: PerpV2Deployment,
  owner: Address,
  market: Address,
  change: Part<'exposure'> extends infer One
    ? One extends { part: unknown }
      ? Omit<One, 'part'>
      : never
    : never,
): Said {
  return {
    ...{ kind: 'PositionChanged', venue, market, owner, position: '' },
    change: { form: 'perpetual', part: 'exposure', ...change } as PerpetualChange,
  };
}

/** Cash of an account moved: raw units of the settlement token, and what the venue owes it, wad. */
function cash(
  deployment: PerpV2Deployment,
  owner: Address,
  balanceDelta: bigint,
  owedDeltaWad: bigint,
): readonly Said[] {
  return [
    account(deployment, owner, { part: 'cash', event: 'moved', balanceDelta, owedDeltaWad }),
    ...fund(deployment, owner, balanceDelta, owedDeltaWad),
  ];
}

/**
 * The insurance fund is an account like others; what it got and paid is said as a fund too: tokens in the settlement
 * token, and what is owed to it in the quote token, which has the decimals for it.
 */
function fund(
  { id: venue, insuranceFund, settlementToken, quoteToken }: PerpV2Deployment,
  owner: Address,
  balanceDelta: bigint,
  owedDeltaWad: bigint,
): readonly Said[] {
  if (owner !== insuranceFund) return [];
  const moved = (asset: Address, amountDelta: bigint): readonly Said[] =>
    amountDelta === 0n ? [] : [{ kind: 'FundMoved', venue, fund: 'insurance-fund', asset, amountDelta }];
  return [...moved(settlementToken, balanceDelta), ...moved(quoteToken, owedDeltaWad)];
}
