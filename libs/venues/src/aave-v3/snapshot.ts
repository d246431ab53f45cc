import {
  factsOfCalls,
  readTokens,
  type CallReader,
  type ReferencePart,
  type Said,
  type SnapshotPoint,
} from '@undertow/chain';
import {
  categoryMarketId,
  memberMarketId,
  type Address,
  type Fact,
  type OracleRef,
  type TermsPatch,
} from '@undertow/market';
import { bonusOfStoredBps } from './decode-terms.ts';
import type { AaveV3Deployment } from './deployments.ts';
import { venueRow } from './enrich.ts';
import { readMany } from './read-calls.ts';
import { readDeficits } from './read-deficits.ts';
import { readReserves, type SnapshotReserve } from './read-reserves.ts';
import { readConfiguration } from './reserve-configuration.ts';
import { revisionGap } from './revision-gap.ts';
import { readAccounts, type OwnersWanted } from './snapshot-accounts.ts';

const NONE: Address = `0x${'0'.repeat(40)}`;

/** E-mode categories are numbered in one byte, and which exist is not listed anywhere. */
const CATEGORIES = Array.from({ length: 255 }, (_none, i) => i + 1);

/** The state of a deployment at the end of a block, read by calls; see `LogSource.snapshot`. */
export async function snapshotAaveV3(
  deployment: AaveV3Deployment,
  reader: CallReader,
  at: SnapshotPoint,
  wanted: OwnersWanted,
): Promise<{ facts: readonly Fact[]; reference: ReferencePart }> {
  const reserves = await readReserves(deployment, reader, at);
  const categories = await readCategories(deployment, reader, at, reserves);
  const priceSources = categories.flatMap(({ priceSource }) => priceSource ?? []);
  const priced = [...new Set([...reserves.map(({ asset }) => asset), ...priceSources])];
  const oracles = await readOracles(deployment, reader, at, priced);
  const bodies: Said[] = [
    ...(await revisionGap(deployment, reader, at)),
    ...reserves.flatMap((reserve) => reserveBodies(deployment, reserve, oracles.get(reserve.asset))),
    ...categories.flatMap(({ priceSource, bodies: of }) => of(priceSource && oracles.get(priceSource))),
    ...(await readDeficits(deployment, reader, at, reserves)),
    ...(await readAccounts(deployment, reader, { at, reserves, ...wanted })),
  ];
  const tokens = reserves.map(({ asset, data }) => ({
    address: asset,
    decimals: readConfiguration(data.configuration).decimals,
  }));
  return {
    facts: factsOfCalls(at, bodies),
    reference: {
      venues: [venueRow(deployment, at.chainId)],
      assets: await readTokens(reader, at, tokens),
    },
  };
}

async function readOracles(
  deployment: AaveV3Deployment,
  reader: CallReader,
  at: SnapshotPoint,
  assets: readonly Address[],
): Promise<ReadonlyMap<Address, OracleRef>> {
  const targets = assets.map((asset) => [deployment.oracle, asset] as const);
  const sources = (await readMany(reader, at.block, 'getSourceOfAsset', targets)).map(lower);
  return new Map(
    assets.flatMap((asset, i): [Address, OracleRef][] => {
      const feed = sources[i];
      return feed === undefined || feed === NONE ? [] : [[asset, { form: 'feed', feed }]];
    }),
  );
}

function reserveBodies(
  deployment: AaveV3Deployment,
  reserve: SnapshotReserve,
  oracle: OracleRef | undefined,
): Said[] {
  const { asset: market, data, debtShares } = reserve;
  const stableDebtToken = lower(data.stableDebtTokenAddress);
  const venue = deployment.id;
  const patch: TermsPatch = {
    form: 'reserve',
    asset: market,
    reserveId: data.id,
    collateralToken: lower(data.aTokenAddress),
    debtToken: lower(data.variableDebtTokenAddress),
    ...(stableDebtToken === NONE ? {} : { stableDebtToken }),
    ...readConfiguration(data.configuration),
    ...(oracle && { oracle }),
  };
  const accruedAt = data.lastUpdateTimestamp;
  const accrued = { kind: 'IndexAccrued', venue, market, accruedAt } as const;
  const totals = {
    form: 'totals',
    side: 'debt',
    assetsDelta: 0n,
    sharesDelta: debtShares,
    accrued: false,
  } as const;
  return [
    { kind: 'TermsChanged', venue, market, patch },
    { ...accrued, accrual: totals },
    {
      ...accrued,
      accrual: {
        form: 'ray',
        side: 'collateral',
        indexRay: data.liquidityIndex,
        ratePerYearRay: data.currentLiquidityRate,
      },
    },
    {
      ...accrued,
      accrual: {
        form: 'ray',
        side: 'debt',
        indexRay: data.variableBorrowIndex,
        ratePerYearRay: data.currentVariableBorrowRate,
      },
    },
  ];
}

interface SnapshotCategory {
  readonly priceSource: Address | undefined;
  bodies(oracle: OracleRef | undefined): Said[];
}

async function readCategories(
  deployment: AaveV3Deployment,
  reader: CallReader,
  at: SnapshotPoint,
  reserves: readonly SnapshotReserve[],
): Promise<readonly SnapshotCategory[]> {
  const { pool, id: venue } = deployment;
  const data = await readMany(
    reader,
    at.block,
    'getEModeCategoryData',
    CATEGORIES.map((id) => [pool, id] as const),
  );
  const used = CATEGORIES.flatMap((id, i) => (data[i]?.liquidationThreshold ? [{ id, data: data[i] }] : []));
  const members =
    deployment.version === '3.0'
      ? []
      : await readMembers(deployment, reader, at, { reserves, categories: used.map(({ id }) => id) });
  return used.map(({ id, data: category }): SnapshotCategory => {
    const source = lower(category.priceSource);
    const priceSource = deployment.version !== '3.0' || source === NONE ? undefined : source;
    return {
      priceSource,
      bodies: (oracle) => [
        {
          kind: 'TermsChanged',
          venue,
          market: categoryMarketId(id),
          patch: {
            form: 'category',
            label: category.label,
            loanToValueBps: BigInt(category.ltv),
            liquidationThresholdBps: BigInt(category.liquidationThreshold),
            liquidationBonusBps: bonusOfStoredBps(BigInt(category.liquidationBonus)),
            ...(priceSource && { priceSource }),
            ...(oracle && { oracle }),
          },
        },
        ...members.filter(({ category: of }) => of === id).map(({ body }) => body),
      ],
    };
  });
}

/** Source: `Pool.getEModeCategoryCollateralBitmap` and its two siblings of 3.6. */
async function readMembers(
  { pool, id: venue }: AaveV3Deployment,
  reader: CallReader,
  at: SnapshotPoint,
  of: { readonly reserves: readonly SnapshotReserve[]; readonly categories: readonly number[] },
): Promise<readonly { readonly category: number; readonly body: Said }[]> {
  const targets = of.categories.map((id) => [pool, id] as const);
  const collateral = await readMany(reader, at.block, 'getEModeCategoryCollateralBitmap', targets);
  const borrowable = await readMany(reader, at.block, 'getEModeCategoryBorrowableBitmap', targets);
  const ltvZero = await readMany(reader, at.block, 'getEModeCategoryLtvzeroBitmap', targets);
  const has = (bitmap: bigint | undefined, bit: number) => (((bitmap ?? 0n) >> BigInt(bit)) & 1n) === 1n;
  return of.categories.flatMap((category, i) =>
    of.reserves.flatMap(({ asset, data }) => {
      const isCollateral = has(collateral[i], data.id);
      const isBorrowable = has(borrowable[i], data.id);
      const isLtvZero = has(ltvZero[i], data.id);
      if (!isCollateral && !isBorrowable && !isLtvZero) return [];
      const patch: TermsPatch = { form: 'member', category, asset, isCollateral, isBorrowable, isLtvZero };
      const market = memberMarketId(category, asset);
      return [{ category, body: { kind: 'TermsChanged', venue, market, patch } as const }];
    }),
  );
}

const lower = (address: string): Address => address.toLowerCase() as Address;
