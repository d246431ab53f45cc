import { addressOf, factsOfCalls, readWords } from '@undertow/chain';
import type { CallReader, Read, Said, SnapshotPoint, Words } from '@undertow/chain';
import type { Address, Fact, IndexAccrued, MarketId, OracleRatio } from '@undertow/market';
import { encodeFunctionData } from 'viem/utils';
import { morphoViews } from './abi.ts';
import { rateModelOf } from './decode.ts';
import type { MorphoBlueDeployment } from './deployments.ts';
import { readOracles } from './oracle-composition.ts';

/** What to read: the markets, and whose accounts in them; see `LogSource.snapshot`. */
export interface MorphoSnapshotWanted {
  readonly markets: readonly MarketId[];
  readonly owners: readonly Address[];
  readonly marketsOf: ((owner: Address) => readonly MarketId[]) | undefined;
}

/**
 * Terms and totals of every known market and the positions of some owners, by calls at the end of a block, as facts
 * from nothing. Facts about totals say until when the market had accrued, which may be before the block.
 */
export async function snapshotMorpho(
  deployment: MorphoBlueDeployment,
  reader: CallReader,
  at: SnapshotPoint,
  wanted: MorphoSnapshotWanted,
): Promise<readonly Fact[]> {
  const snapshot: Snapshot = { deployment, reader, at };
  const said = [...(await marketFacts(snapshot, wanted.markets)), ...(await positionFacts(snapshot, wanted))];
  return factsOfCalls(at, said);
}

interface Snapshot {
  readonly deployment: MorphoBlueDeployment;
  readonly reader: CallReader;
  readonly at: SnapshotPoint;
}

async function marketFacts(snapshot: Snapshot, markets: readonly MarketId[]): Promise<readonly Said[]> {
  const { deployment, reader, at } = snapshot;
  const { morpho, adaptiveCurveIrm } = deployment;
  const params = await readWords(
    reader,
    at.block,
    markets.map((id) => view(morpho, 'idToMarketParams', id)),
  );
  const totals = await readWords(
    reader,
    at.block,
    markets.map((id) => view(morpho, 'market', id)),
  );
  const rates = adaptiveCurveIrm
    ? await readWords(
        reader,
        at.block,
        markets.map((id) => view(adaptiveCurveIrm, 'rateAtTarget', id)),
      )
    : [];
  const oracles = await readOracles(
    reader,
    at.block,
    deployment.id,
    params.flatMap((words) => (words ? [addressOf(words[2]!)] : [])),
  );
  return markets.flatMap((market, i) => [
    ...termsFacts(snapshot, market, params[i], oracles),
    ...totalsFacts(snapshot, market, totals[i], rates[i]?.[0]),
  ]);
}

function termsFacts(
  { deployment }: Snapshot,
  market: MarketId,
  params: Words,
  oracles: ReadonlyMap<Address, OracleRatio>,
): readonly Said[] {
  const [loanToken, collateralToken, oracleWord, irm, lltv] = params ?? [];
  const oracle = oracleWord === undefined ? undefined : oracles.get(addressOf(oracleWord));
  if (
    loanToken === undefined ||
    collateralToken === undefined ||
    irm === undefined ||
    lltv === undefined ||
    !oracle
  )
    return [];
  const patch = {
    form: 'pair',
    collateralAsset: addressOf(collateralToken),
    debtAsset: addressOf(loanToken),
    liquidationThresholdWad: lltv,
    oracle,
    rateModel: rateModelOf(deployment, addressOf(irm)),
  } as const;
  return [{ kind: 'TermsChanged', venue: deployment.id, market, patch }];
}

function totalsFacts(
  { deployment }: Snapshot,
  market: MarketId,
  totals: Words,
  rateAtTarget: bigint | undefined,
): readonly Said[] {
  const [supplyAssets, supplyShares, debtAssets, debtShares, lastUpdate, feeWad] = totals ?? [];
  if (supplyAssets === undefined || supplyShares === undefined || debtAssets === undefined) return [];
  if (debtShares === undefined || lastUpdate === undefined || feeWad === undefined) return [];
  const said = (accrual: IndexAccrued['accrual']): Said => ({
    kind: 'IndexAccrued',
    venue: deployment.id,
    market,
    accrual,
    accruedAt: Number(lastUpdate),
  });
  const side = { form: 'totals', accrued: true } as const;
  return [
    said({ ...side, side: 'supply', assetsDelta: supplyAssets, sharesDelta: supplyShares }),
    said({ ...side, side: 'debt', assetsDelta: debtAssets, sharesDelta: debtShares }),
    ...(feeWad === 0n ? [] : [said({ form: 'fee', feeWad })]),
    ...(rateAtTarget ? [said({ form: 'rateAtTarget', rateAtTargetWad: rateAtTarget })] : []),
  ];
}

async function positionFacts(
  { deployment, reader, at }: Snapshot,
  { markets, owners, marketsOf }: MorphoSnapshotWanted,
): Promise<readonly Said[]> {
  const positions = owners.flatMap((owner) =>
    (marketsOf?.(owner) ?? markets).map((market) => ({ owner, market })),
  );
  const results = await readWords(
    reader,
    at.block,
    positions.map(({ owner, market }) => positionRead(deployment.morpho, market, owner)),
  );
  return positions.flatMap(({ owner, market }, i): Said[] => {
    const [, debtShares = 0n, collateral = 0n] = results[i] ?? [];
    const leg = { kind: 'LegChanged', venue: deployment.id, market, owner } as const;
    return [
      ...(collateral === 0n ? [] : [{ ...leg, side: 'collateral', sharesDelta: collateral } as const]),
      ...(debtShares === 0n ? [] : [{ ...leg, side: 'debt', sharesDelta: debtShares } as const]),
    ];
  });
}

function view(
  to: Address,
  functionName: 'market' | 'idToMarketParams' | 'rateAtTarget',
  market: MarketId,
): Read {
  return { to, data: encodeFunctionData({ abi: morphoViews, functionName, args: [market as Address] }) };
}

function positionRead(to: Address, market: MarketId, owner: Address): Read {
  const args = [market as Address, owner] as const;
  return { to, data: encodeFunctionData({ abi: morphoViews, functionName: 'position', args }) };
}
