import { toHex, type Hex } from 'viem';
import type { AssetSymbol } from '../../deploy/listing.ts';
import { MAX_UINT256, ZERO_ADDRESS } from '../../deploy/site.ts';

/** A number with 18 decimals, exact to nine of them. */
export const wad = (value: number): bigint => BigInt(Math.round(value * 1e9)) * 10n ** 9n;

const HOUR = 3_600n;
const DAY = 24n * HOUR;
const WEEK = 7n * DAY;

/** Venue id. */
export const ID = 'lyra-avalon@devnet';

/** What options are written on. */
export const UNDERLYING: AssetSymbol = 'WETH';

/** Keys of the synthetic assets. */
export const QUOTE_KEY = bytes32('sUSD');
export const BASE_KEY = bytes32('sETH');

export function bytes32(text: string): Hex {
  return toHex(text, { size: 32 });
}

/** Who gets the security module's part of fees. */
export const SECURITY_MODULE = '0xefeefeefeefeefeefeefeefeefeefeefeefeefee';

/** Exchange fees of the synthetic assets. */
export const EXCHANGE_FEE = { baseToQuote: wad(0.0075), quoteToBase: wad(0.005) };

/** What the liquidity pool starts with, whole sUSD: several times what all planned options together may cost. */
export const POOL_DEPOSIT = 500_000_000;

/** Option boards that are listed: days to expiry, volatility, strikes and their skews. */
export const BOARDS = [
  { days: 28, baseIv: 0.9, strikes: [2_400, 2_700, 3_000, 3_300, 3_600] },
  { days: 77, baseIv: 0.8, strikes: [2_200, 2_600, 3_000, 3_400, 3_900] },
] as const;
export const SKEWS = [1.08, 1.03, 1, 1.02, 1.06] as const;

export const DAY_SECONDS = DAY;

/**
 * Parameters by contract and setter: those of the package's own tests (`test/utils/defaultParams`), but for a larger
 * standard size, because everybody opens within seconds here, a lower fee on spot and a lower least volatility.
 */
export const MARKET_PARAMETERS = {
  maxBoardExpiry: 48n * WEEK,
  securityModule: SECURITY_MODULE,
  feePortionReserved: wad(0.1),
  staticBaseSettlementFee: wad(0.0075),
};

export const POOL_PARAMETERS = {
  minDepositWithdraw: wad(1),
  depositDelay: WEEK,
  withdrawalDelay: WEEK,
  withdrawalFee: wad(0.01),
  liquidityCBThreshold: wad(0.01),
  liquidityCBTimeout: 3n * DAY,
  ivVarianceCBThreshold: wad(0.1),
  skewVarianceCBThreshold: wad(0.35),
  ivVarianceCBTimeout: 12n * HOUR,
  skewVarianceCBTimeout: 12n * HOUR,
  guardianMultisig: ZERO_ADDRESS,
  guardianDelay: 2n * WEEK,
  boardSettlementCBTimeout: 6n * HOUR,
  maxFeePaid: wad(0.01),
};

export const HEDGER_PARAMETERS = { interactionDelay: DAY, hedgeCap: MAX_UINT256 };

export const GREEK_CACHE_PARAMETERS = {
  maxStrikesPerBoard: 30n,
  acceptableSpotPricePercentMove: wad(0.05),
  staleUpdateDuration: 3n * HOUR,
  varianceIvGWAVPeriod: DAY,
  varianceSkewGWAVPeriod: 3n * DAY,
  optionValueIvGWAVPeriod: DAY,
  optionValueSkewGWAVPeriod: 3n * DAY,
  gwavSkewFloor: wad(0.5),
  gwavSkewCap: wad(2),
  rateAndCarry: wad(0.05),
};

export const MIN_COLLATERAL_PARAMETERS = {
  minStaticQuoteCollateral: wad(200),
  minStaticBaseCollateral: wad(0.2),
  shockVolA: wad(2.5),
  shockVolPointA: 2n * WEEK,
  shockVolB: wad(1.8),
  shockVolPointB: 8n * WEEK,
  callSpotPriceShock: wad(1.2),
  putSpotPriceShock: wad(0.8),
};

export const FORCE_CLOSE_PARAMETERS = {
  ivGWAVPeriod: 12n * HOUR,
  skewGWAVPeriod: DAY,
  shortVolShock: wad(1.2),
  shortPostCutoffVolShock: wad(1.4),
  longVolShock: wad(0.8),
  longPostCutoffVolShock: wad(0.5),
  liquidateVolShock: wad(1.3),
  liquidatePostCutoffVolShock: wad(1.6),
  shortSpotMin: wad(0.01),
  liquidateSpotMin: wad(0.02),
};

export const PRICING_PARAMETERS = {
  optionPriceFeeCoefficient: wad(0.01),
  optionPriceFee1xPoint: 6n * WEEK,
  optionPriceFee2xPoint: 16n * WEEK,
  spotPriceFeeCoefficient: wad(0.002),
  spotPriceFee1xPoint: 6n * WEEK,
  spotPriceFee2xPoint: 12n * WEEK,
  vegaFeeCoefficient: wad(100),
  standardSize: wad(20_000),
  skewAdjustmentFactor: wad(0.75),
};

export const TRADE_LIMIT_PARAMETERS = {
  minDelta: wad(0.05),
  minForceCloseDelta: wad(0.05),
  tradingCutoff: DAY / 2n,
  minBaseIV: wad(0.35),
  maxBaseIV: wad(2),
  minSkew: wad(0.5),
  maxSkew: wad(1.5),
  minVol: wad(0.45),
  maxVol: wad(3),
  absMinSkew: wad(0.15),
  absMaxSkew: wad(5),
  capSkewsToAbs: false,
};

export const VARIANCE_FEE_PARAMETERS = {
  defaultVarianceFeeCoefficient: wad(0.25),
  forceCloseVarianceFeeCoefficient: wad(0.25),
  skewAdjustmentCoefficient: wad(3),
  referenceSkew: wad(1),
  minimumStaticSkewAdjustment: wad(1),
  vegaCoefficient: wad(0.01),
  minimumStaticVega: 0n,
  ivVarianceCoefficient: wad(1.5),
  minimumStaticIvVariance: wad(1),
};

export const PARTIAL_COLLATERAL_PARAMETERS = {
  penaltyRatio: wad(0.2),
  liquidatorFeeRatio: wad(0.4),
  smFeeRatio: wad(0.3),
  minLiquidationFee: wad(15),
};
