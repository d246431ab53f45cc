import { unreadable, type On, type Said } from '@undertow/chain';
import { initialSettlementTerms } from '@undertow/market';
import type { Address, PerpetualGrowthChange, TermsPatch } from '@undertow/market';
import { baseTokenEvents, collateralManagerEvents, configEvents, marketRegistryEvents } from './abi.ts';
import type { PerpV2Deployment } from './deployments.ts';

type Patch<Form extends TermsPatch['form']> = Omit<Extract<TermsPatch, { readonly form: Form }>, 'form'>;

/** What the logs say of terms: of accounts (the settlement token's market), of collateral, of perpetuals. */
export function onTerms(deployment: PerpV2Deployment, on: On): void {
  onConfig(deployment, on);
  onCollateralManager(deployment, on);
  onMarkets(deployment, on);
}

const terms = ({ id: venue }: PerpV2Deployment, market: Address, patch: TermsPatch): Said => ({
  ...{ kind: 'TermsChanged', venue, market, patch },
});

/** Terms of accounts; who says any also says what never changes. */
export function settlementPatch(deployment: PerpV2Deployment, patch: Patch<'settlement'>): TermsPatch {
  const { settlementToken: asset, settlementDecimals: decimals, quoteToken: quoteAsset } = deployment;
  const { insuranceFund } = deployment;
  const { initialMarginE6, maintenanceMarginE6 } = initialSettlementTerms;
  const fixed = { asset, decimals, quoteAsset, insuranceFund, initialMarginE6, maintenanceMarginE6 };
  return { form: 'settlement', ...fixed, ...patch };
}

function onConfig(deployment: PerpV2Deployment, on: On): void {
  const { clearingHouseConfig, settlementToken, markets, id: venue } = deployment;
  const at = [clearingHouseConfig];
  const settle = (patch: Patch<'settlement'>): readonly Said[] => [
    terms(deployment, settlementToken, settlementPatch(deployment, patch)),
  ];
  const everywhere = (growth: PerpetualGrowthChange): readonly Said[] =>
    markets.map(({ baseToken }) => ({ kind: 'GrowthAccrued', venue, market: baseToken, growth }));
  on(at, configEvents.liquidationPenaltyRatioChanged, ({ liquidationPenaltyRatio }) =>
    settle({ liquidationPenaltyE6: BigInt(liquidationPenaltyRatio) }),
  );
  on(at, configEvents.twapIntervalChanged, ({ twapInterval }) => {
    const fundingWindowSeconds = Number(twapInterval);
    return [
      ...settle({ fundingWindowSeconds }),
      ...everywhere({ form: 'perpetual', event: 'terms', fundingWindowSeconds }),
    ];
  });
  on(at, configEvents.maxFundingRateChanged, ({ rate }) => {
    const maxFundingRateE6 = BigInt(rate);
    return [
      ...settle({ maxFundingRateE6 }),
      ...everywhere({ form: 'perpetual', event: 'terms', maxFundingRateE6 }),
    ];
  });
  on(at, configEvents.markWindowChanged, ({ twapInterval }) => settle({ markWindowSeconds: twapInterval }));
  on(at, configEvents.premiumWindowChanged, ({ premiumInterval }) =>
    settle({ premiumWindowSeconds: premiumInterval }),
  );
}

function onCollateralManager(deployment: PerpV2Deployment, on: On): void {
  const { collateralManager, settlementToken } = deployment;
  const at = [collateralManager];
  const settle = (patch: Patch<'settlement'>): readonly Said[] => [
    terms(deployment, settlementToken, settlementPatch(deployment, patch)),
  ];
  const collateral = (token: Address, patch: Patch<'margin-collateral'>): readonly Said[] => [
    terms(deployment, token, { form: 'margin-collateral', ...patch }),
  ];
  on(at, collateralManagerEvents.collateralAdded, ({ token, collateralRatio, discountRatio }, log) => {
    const known = deployment.collaterals.find((one) => one.token === token);
    if (!known) return [unreadable(deployment.id, log, `collateral ${token} is not in the deployment`)];
    return collateral(token, collateralPatch(known, collateralRatio, discountRatio));
  });
  on(at, collateralManagerEvents.priceFeedChanged, ({ token }, log) => [
    unreadable(deployment.id, log, `price feed of collateral ${token} changed, which is not followed`),
  ]);
  on(at, collateralManagerEvents.collateralRatioChanged, ({ token, collateralRatio }) =>
    collateral(token, { ratioE6: BigInt(collateralRatio) }),
  );
  on(at, collateralManagerEvents.discountRatioChanged, ({ token, discountRatio }) =>
    collateral(token, { discountE6: BigInt(discountRatio) }),
  );
  on(at, collateralManagerEvents.mmRatioBufferChanged, ({ mmRatioBuffer }) =>
    settle({ collateralMarginBufferE6: BigInt(mmRatioBuffer) }),
  );
  on(at, collateralManagerEvents.debtRatioChanged, ({ debtNonSettlementTokenValueRatio }) =>
    settle({ debtToCollateralE6: BigInt(debtNonSettlementTokenValueRatio) }),
  );
  on(at, collateralManagerEvents.liquidationRatioChanged, ({ liquidationRatio }) =>
    settle({ collateralLiquidationE6: BigInt(liquidationRatio) }),
  );
  on(at, collateralManagerEvents.fundFeeRatioChanged, ({ clInsuranceFundFeeRatio }) =>
    settle({ collateralFundFeeE6: BigInt(clInsuranceFundFeeRatio) }),
  );
  on(at, collateralManagerEvents.debtThresholdChanged, ({ debtThreshold }) => settle({ debtThreshold }));
  on(at, collateralManagerEvents.whitelistedDebtThresholdChanged, ({ trader }, log) => [
    unreadable(deployment.id, log, `debt threshold of ${trader} alone changed, which is not followed`),
  ]);
  on(at, collateralManagerEvents.collateralValueDustChanged, ({ collateralValueDust }) =>
    settle({ collateralDust: collateralValueDust }),
  );
}

export function collateralPatch(
  { token: asset, decimals, feed, feedDecimals }: PerpV2Deployment['collaterals'][number],
  collateralRatio: number,
  discountRatio: number,
): Patch<'margin-collateral'> {
  return {
    ...{ asset, decimals, feed, feedDecimals },
    ...{ ratioE6: BigInt(collateralRatio), discountE6: BigInt(discountRatio) },
  };
}

export function perpetualPatch(
  { baseToken: baseAsset, underlying, pool, feed, feedDecimals }: PerpV2Deployment['markets'][number],
  patch: Patch<'perpetual'>,
): TermsPatch {
  return { form: 'perpetual', baseAsset, underlying, pool, feed, feedDecimals, ...patch };
}

/** Tick spacings of Uniswap v3 pools by their fee, pips (`UniswapV3Factory.feeAmountTickSpacing`). */
export const TICK_SPACINGS: ReadonlyMap<number, number> = new Map([
  [100, 1],
  [500, 10],
  [3_000, 60],
  [10_000, 200],
]);

type RangesPatch = Omit<Extract<PerpetualGrowthChange, { readonly event: 'terms' }>, 'form' | 'event'>;

/** `IBaseToken.Status`. */
const STATUS = ['open', 'paused', 'closed'] as const;

function onMarkets(deployment: PerpV2Deployment, on: On): void {
  const { marketRegistry } = deployment;
  const at = [marketRegistry];
  const perpetual = (baseToken: Address, patch: Patch<'perpetual'>): readonly Said[] => [
    terms(deployment, baseToken, { form: 'perpetual', ...patch }),
  ];
  const ranges = (market: Address, patch: RangesPatch): Said => ({
    ...{ kind: 'GrowthAccrued', venue: deployment.id, market },
    growth: { form: 'perpetual', event: 'terms', ...patch },
  });
  on(at, marketRegistryEvents.poolAdded, ({ baseToken, feeRatio }, log) => {
    const known = deployment.markets.find((one) => one.baseToken === baseToken);
    if (!known) return [unreadable(deployment.id, log, `market ${baseToken} is not in the deployment`)];
    // `MarketRegistry.addPool`: what takers pay begins as the pool's fee, nothing of it to the insurance fund.
    const start = { exchangeFeeE6: BigInt(feeRatio), insuranceFundFeeE6: 0n, status: 'open' } as const;
    const tickSpacing = TICK_SPACINGS.get(feeRatio) ?? 0;
    return [
      terms(deployment, baseToken, perpetualPatch(known, start)),
      ranges(baseToken, { tickSpacing, exchangeFeeE6: BigInt(feeRatio), fundFeeE6: 0n }),
    ];
  });
  on(at, marketRegistryEvents.feeRatioChanged, ({ baseToken, feeRatio }) => [
    ...perpetual(baseToken, { exchangeFeeE6: BigInt(feeRatio) }),
    ranges(baseToken, { exchangeFeeE6: BigInt(feeRatio) }),
  ]);
  on(at, marketRegistryEvents.fundFeeRatioChanged, ({ baseToken, feeRatio }) => [
    ...perpetual(baseToken, { insuranceFundFeeE6: BigInt(feeRatio) }),
    ranges(baseToken, { fundFeeE6: BigInt(feeRatio) }),
  ]);
  on(at, marketRegistryEvents.feeDiscountRatioChanged, ({ trader }, log) => [
    unreadable(deployment.id, log, `fees of ${trader} alone changed, which is not followed`),
  ]);
  for (const { baseToken } of deployment.markets) {
    on([baseToken], baseTokenEvents.statusUpdated, ({ status }, log) => {
      const name = STATUS[status];
      if (name === undefined) return [unreadable(deployment.id, log, `status ${status} is not known`)];
      return perpetual(baseToken, { status: name });
    });
    on([baseToken], baseTokenEvents.priceFeedChanged, (_args, log) => [
      unreadable(deployment.id, log, `price feed of ${baseToken} changed, which is not followed`),
    ]);
  }
}
