import { calculateHealthFactorFromBalances, formatUserSummary } from '@aave/math-utils';
import { AccrualPosition, Market } from '@morpho-org/blue-sdk';
import type { Book } from '../../libs/book/src/index.ts';
import { rateOf } from './rate.ts';

/** Accounts per second of a library, with the health factors that it gave. */
export interface SdkRate {
  readonly perSecond: number;
  /** By account row. */
  readonly healthFactor: ReadonlyMap<number, number>;
}

/** Accounts that are asked for: a library of hundreds of microseconds an account needs no more to be measured. */
const MOST = 2_000;

const RAY = String(10n ** 27n);
const TIME = 1_700_000_000;

const legsOf = ({ accounts }: Book, row: number) =>
  Array.from({ length: accounts.legStart[row + 1]! - accounts.legStart[row]! }, (_, i) => {
    return accounts.legStart[row]! + i;
  });

/** The first accounts of the venues of a mechanism. */
function rowsOf({ accounts, venues }: Book, mechanism: string): number[] {
  const rows: number[] = [];
  for (let row = 0; row < accounts.count && rows.length < MOST; row++)
    if (venues[accounts.venue[row]!]!.mechanism === mechanism) rows.push(row);
  return rows;
}

/** The reserve that an asset is, with the threshold that a leg has: each account of the made-up book has the same for an asset. */
function reserveOf(book: Book, leg: number) {
  const { address, decimals, oraclePriceUsd } = book.assets[book.legs.asset[leg]!]!;
  const thresholdBps = String(book.exact.threshold[leg]!);
  return {
    underlyingAsset: address,
    decimals,
    priceInMarketReferenceCurrency: String(Math.round(oraclePriceUsd * 1e8)),
    liquidityIndex: RAY,
    liquidityRate: '0',
    variableBorrowIndex: RAY,
    variableBorrowRate: '0',
    lastUpdateTimestamp: TIME,
    baseLTVasCollateral: thresholdBps,
    reserveLiquidationThreshold: thresholdBps,
    debtCeiling: '0',
    debtCeilingDecimals: 2,
    isolationModeTotalDebt: '0',
    eModes: [],
  };
}

/** `formatUserSummary` of `@aave/math-utils`: what an Aave page shows of a user, made of raw integers. */
export function aaveSummaries(book: Book): SdkRate {
  const rows = rowsOf(book, 'pooled-lending');
  const given = rows.map((row) => {
    const legs = legsOf(book, row);
    return {
      currentTimestamp: TIME,
      marketReferencePriceInUsd: String(10n ** 8n),
      marketReferenceCurrencyDecimals: 8,
      userEmodeCategoryId: 0,
      formattedReserves: legs.map((leg) => reserveOf(book, leg)),
      userReserves: legs.map((leg) => {
        const isDebt = book.legs.side[leg] === -1;
        const units = String(book.exact.amount[leg]!);
        return {
          underlyingAsset: book.assets[book.legs.asset[leg]!]!.address,
          scaledATokenBalance: isDebt ? '0' : units,
          scaledVariableDebt: isDebt ? units : '0',
          usageAsCollateralEnabledOnUser: !isDebt,
        };
      }),
    };
  });
  const healthFactor = new Map<number, number>();
  const perSecond = rateOf(rows.length, () => {
    for (const [i, row] of rows.entries())
      healthFactor.set(row, Number(formatUserSummary(given[i]! as never).healthFactor));
  });
  return { perSecond, healthFactor };
}

/** `calculateHealthFactorFromBalances` of `@aave/math-utils`, of sums that somebody else has made. */
export function aaveBalances(book: Book): SdkRate {
  const rows = rowsOf(book, 'pooled-lending');
  const given = rows.map((row) => {
    let [collateral, weighted, debt] = [0, 0, 0];
    for (const leg of legsOf(book, row)) {
      const usd = book.legs.amount[leg]! * book.assets[book.legs.asset[leg]!]!.oraclePriceUsd;
      if (book.legs.side[leg] === -1) debt += usd;
      else [collateral, weighted] = [collateral + usd, weighted + usd * book.legs.liquidationThreshold[leg]!];
    }
    return {
      collateralBalanceMarketReferenceCurrency: String(Math.round(collateral * 1e8)),
      borrowBalanceMarketReferenceCurrency: String(Math.round(debt * 1e8)),
      currentLiquidationThreshold: String(Math.floor((weighted / collateral) * 1e4 + 1e-9)),
    };
  });
  const healthFactor = new Map<number, number>();
  const perSecond = rateOf(rows.length, () => {
    for (const [i, row] of rows.entries())
      healthFactor.set(row, calculateHealthFactorFromBalances(given[i]!).toNumber());
  });
  return { perSecond, healthFactor };
}

/** Health of positions by `@morpho-org/blue-sdk`, whose markets and positions were made before. */
export function morphoPositions(book: Book): SdkRate {
  const rows = rowsOf(book, 'isolated-pair');
  const positions = rows.map((row) => {
    const [held, owed] = legsOf(book, row) as [number, number];
    const { exact, legs, assets, oracles } = book;
    const [scale] = exact.marketState[legs.market[owed]!] as [bigint];
    const [base, quote] = [legs.oracle[held]!, legs.oracle[owed]!].map((oracle) =>
      BigInt(Math.round(oracles[oracle]!.priceUsd * 1e8)),
    ) as [bigint, bigint];
    const market = new Market({
      params: {
        loanToken: assets[legs.asset[owed]!]!.address,
        collateralToken: assets[legs.asset[held]!]!.address,
        oracle: assets[0]!.address,
        irm: assets[0]!.address,
        lltv: exact.threshold[held]!,
      } as never,
      totalSupplyAssets: 10n ** 30n,
      totalSupplyShares: 10n ** 36n,
      totalBorrowAssets: 10n ** 29n,
      totalBorrowShares: 10n ** 35n,
      lastUpdate: BigInt(TIME),
      fee: 0n,
      price: (scale * base) / quote,
    });
    const debt = exact.amount[owed]!;
    return new AccrualPosition(
      {
        user: book.accounts.owner[row]!,
        supplyShares: 0n,
        borrowShares: debt * 10n ** 6n,
        collateral: exact.amount[held]!,
      },
      market,
    );
  });
  const healthFactor = new Map<number, number>();
  const perSecond = rateOf(rows.length, () => {
    for (const [i, row] of rows.entries()) healthFactor.set(row, Number(positions[i]!.healthFactor) / 1e18);
  });
  return { perSecond, healthFactor };
}
