import type { Said } from '@undertow/chain';
import { categoryMarketId, memberMarketId, type Address, type Hex, type TermsPatch } from '@undertow/market';
import { BPS, RAY } from '@undertow/units';
import { configuratorEvents, oracleEvents } from './abi.ts';
import { quarantined, type DecodeContext } from './decode-tokens.ts';
import { on, type TopicTable } from './topic-table.ts';

const NONE: Address = `0x${'0'.repeat(40)}`;

/** Raw units of one US dollar in the venue's oracle. */
const USD_UNIT = 100_000_000n;

/** The protocol stores 1 + bonus (10500), and 0 for a reserve that is not collateral. */
export function bonusOfStoredBps(storedBps: bigint): bigint {
  return storedBps === 0n ? 0n : storedBps - BPS;
}

/** Logs of PoolConfigurator: the terms of reserves and of e-mode categories. */
export function configuratorTable(context: DecodeContext): TopicTable {
  const e = configuratorEvents;
  const reserve = (asset: Address, patch: Omit<TermsPatch & { form: 'reserve' }, 'form'>): Said[] => [
    terms(context, asset, { form: 'reserve', ...patch }),
  ];
  return new Map([
    on(e.reserveInitialized, (args) => [
      terms(context, args.asset, initialTerms(context, args)),
      ...(['collateral', 'debt'] as const).map((side): Said => {
        const accrual = { form: 'ray', side, indexRay: RAY, ratePerYearRay: 0n } as const;
        return { kind: 'IndexAccrued', venue: context.deployment.id, market: args.asset, accrual };
      }),
    ]),
    on(e.reserveDropped, ({ asset }) => reserve(asset, { isActive: false })),
    on(e.collateralConfigurationChanged, ({ asset, ltv, liquidationThreshold, liquidationBonus }) =>
      reserve(asset, {
        loanToValueBps: ltv,
        liquidationThresholdBps: liquidationThreshold,
        liquidationBonusBps: bonusOfStoredBps(liquidationBonus),
      }),
    ),
    on(e.liquidationProtocolFeeChanged, ({ asset, newFee }) =>
      reserve(asset, { liquidationProtocolFeeBps: newFee }),
    ),
    on(e.reserveFactorChanged, ({ asset, newReserveFactor }) =>
      reserve(asset, { reserveFactorBps: newReserveFactor }),
    ),
    on(e.debtCeilingChanged, ({ asset, newDebtCeiling }) => reserve(asset, { debtCeiling: newDebtCeiling })),
    on(e.reserveActive, ({ asset, active }) => reserve(asset, { isActive: active })),
    on(e.reserveFrozen, ({ asset, frozen }) => reserve(asset, { isFrozen: frozen })),
    on(e.reservePaused, ({ asset, paused }) => reserve(asset, { isPaused: paused })),
    on(e.reserveBorrowing, ({ asset, enabled }) => reserve(asset, { isBorrowable: enabled })),
    on(e.eModeAssetCategoryChanged, ({ asset, newCategoryId }) =>
      reserve(asset, { category: newCategoryId }),
    ),
    ...categoryRows(context),
  ]);
}

function categoryRows(context: DecodeContext) {
  const e = configuratorEvents;
  const member = (
    asset: Address,
    category: number,
    said: Partial<Record<'isCollateral' | 'isBorrowable' | 'isLtvZero', boolean>>,
  ): Said[] => {
    const market = memberMarketId(category, asset);
    // Said in full the first time, so that terms are those that a snapshot reads.
    const none = { isCollateral: false, isBorrowable: false, isLtvZero: false };
    const rest = context.contracts.hasMember(market) ? {} : none;
    return [terms(context, market, { form: 'member', category, asset, ...rest, ...said })];
  };
  return [
    on(e.eModeCategoryAdded, (args, log): Said[] => {
      const market = categoryMarketId(args.categoryId);
      if (args.oracle === NONE && context.contracts.hasPriceSource(market)) {
        return [
          quarantined(context, log, `${market} gave up its price source; its accounts are priced wrongly`),
        ];
      }
      const oracle = args.oracle === NONE ? undefined : context.contracts.oracleOf(args.oracle);
      return [
        terms(context, market, {
          form: 'category',
          label: args.label,
          loanToValueBps: args.ltv,
          liquidationThresholdBps: args.liquidationThreshold,
          liquidationBonusBps: bonusOfStoredBps(args.liquidationBonus),
          ...(args.oracle === NONE ? {} : { priceSource: args.oracle }),
          ...(oracle && { oracle }),
        }),
      ];
    }),
    on(e.assetCollateralInEModeChanged, ({ asset, categoryId, collateral }) =>
      member(asset, categoryId, { isCollateral: collateral }),
    ),
    on(e.assetBorrowableInEModeChanged, ({ asset, categoryId, borrowable }) =>
      member(asset, categoryId, { isBorrowable: borrowable }),
    ),
    on(e.assetLtvzeroInEModeChanged, ({ asset, categoryId, ltvzero }) =>
      member(asset, categoryId, { isLtvZero: ltvzero }),
    ),
  ];
}

/** Logs of AaveOracle: which feed prices an asset, and whether the base currency is the one assumed. */
export function oracleTable(context: DecodeContext): TopicTable {
  return new Map([
    on(oracleEvents.assetSourceUpdated, ({ asset, source }, log): Said[] => {
      if (source === NONE)
        return [quarantined(context, log, `${asset} lost its price source; its last one is kept`)];
      const oracle = { form: 'feed', feed: source } as const;
      return [
        terms(context, asset, { form: 'reserve', oracle }),
        ...context.contracts
          .categoriesPricedBy(asset)
          .map((market) => terms(context, market, { form: 'category', oracle })),
      ];
    }),
    on(oracleEvents.baseCurrencySet, ({ baseCurrencyUnit }, log) =>
      baseCurrencyUnit === USD_UNIT
        ? []
        : [
            quarantined(
              context,
              log,
              `base currency unit ${baseCurrencyUnit}: only USD with 8 decimals is modelled`,
            ),
          ],
    ),
  ]);
}

interface Initialized {
  readonly asset: Hex;
  readonly aToken: Hex;
  readonly stableDebtToken: Hex;
  readonly variableDebtToken: Hex;
}

/** State after `ConfiguratorLogic.executeInitReserve`; decimals and id are not in the log and come by `enrich`. */
function initialTerms(context: DecodeContext, args: Initialized): TermsPatch {
  const oracle = context.contracts.oracleOf(args.asset);
  return {
    form: 'reserve',
    asset: args.asset,
    collateralToken: args.aToken,
    debtToken: args.variableDebtToken,
    ...(args.stableDebtToken === NONE ? {} : { stableDebtToken: args.stableDebtToken }),
    loanToValueBps: 0n,
    liquidationThresholdBps: 0n,
    liquidationBonusBps: 0n,
    liquidationProtocolFeeBps: 0n,
    reserveFactorBps: 0n,
    isActive: true,
    isFrozen: false,
    isPaused: false,
    isBorrowable: false,
    category: 0,
    debtCeiling: 0n,
    ...(oracle && { oracle }),
  };
}

function terms(context: DecodeContext, market: string, patch: TermsPatch): Said {
  return { kind: 'TermsChanged', venue: context.deployment.id, market, patch };
}
