import { addressOf, factsOfCalls, MAX_DECIMALS, readWords, textOf } from '@undertow/chain';
import type { CallReader, ReferencePart, Said, SnapshotPoint } from '@undertow/chain';
import { CDP_MARKET_ID } from '@undertow/market';
import type { Address, CdpTerms, Fact } from '@undertow/market';
import { encodeFunctionData } from 'viem/utils';
import { musdViews } from './abi.ts';
import { givenTerms } from './decode.ts';
import type { MusdDeployment } from './deployments.ts';

type ViewName = (typeof musdViews)[number]['name'];

/** A view of a contract, and its argument if it has one. */
type Ask = readonly [to: Address, view: ViewName, argument?: Address | bigint];

type Asker = (asks: readonly Ask[]) => Promise<readonly (readonly bigint[])[]>;

/** Words of the views' results; zeros where one reverted. */
function asker(reader: CallReader, block: number): Asker {
  const encode = ([to, functionName, argument]: Ask) => ({
    to,
    data: encodeFunctionData({
      abi: musdViews,
      functionName,
      args: argument === undefined ? [] : [argument],
    } as never),
  });
  return async (asks) => {
    const words = await readWords(reader, block, asks.map(encode));
    return words.map((found) => found ?? []);
  };
}

/**
 * Terms, totals, the stability pool and every open position, by calls at the end of a block, as facts from nothing. The
 * contract itself lists the owners.
 */
export async function snapshotMusd(
  deployment: MusdDeployment,
  reader: CallReader,
  at: SnapshotPoint,
): Promise<readonly Fact[]> {
  const ask = asker(reader, at.block);
  const { id: venue, musd, priceFeed, interestRateManager, stabilityPool } = deployment;
  const [oracle, rate, pool] = await ask([
    [priceFeed, 'oracle'],
    [interestRateManager, 'interestRate'],
    [stabilityPool, 'getTotalMUSDDeposits'],
  ]);
  const terms = {
    ...givenTerms(deployment, addressOf(oracle?.[0] ?? 0n)),
    ...(await readConstants(deployment, reader, at.block)),
    interestRateBps: rate?.[0] ?? 0n,
  };
  const said: Said[] = [
    { kind: 'TermsChanged', venue, market: CDP_MARKET_ID, patch: { form: 'cdp', ...terms } },
    { kind: 'FundMoved', venue, fund: 'stability-pool', asset: musd, amountDelta: pool?.[0] ?? 0n },
    await readTotals(deployment, ask),
    ...(await readPositions(deployment, ask)),
  ];
  return factsOfCalls(at, said);
}

/** Terms that are constants of the contracts, which no log carries. */
export async function readConstants(
  { troveManager }: MusdDeployment,
  reader: CallReader,
  block: number,
): Promise<Partial<CdpTerms>> {
  const [least, critical, reserve, divisor] = await asker(
    reader,
    block,
  )([
    [troveManager, 'MCR'],
    [troveManager, 'CCR'],
    [troveManager, 'MUSD_GAS_COMPENSATION'],
    [troveManager, 'PERCENT_DIVISOR'],
  ]);
  // What is missing shows as coverage.
  if (!least?.[0] || !critical?.[0] || reserve?.[0] === undefined || !divisor?.[0]) return {};
  return {
    ...{ leastRatioWad: least[0], criticalRatioWad: critical[0] },
    ...{ liquidationReserve: reserve[0], compensationDivisor: divisor[0] },
  };
}

async function readTotals(
  { id: venue, troveManager, activePool, defaultPool, interestRateManager }: MusdDeployment,
  ask: Asker,
): Promise<Said> {
  const words = await ask([
    ...(['L_Collateral', 'L_Principal', 'L_Interest'] as const).map((view): Ask => [troveManager, view]),
    ...(['totalStakesSnapshot', 'totalCollateralSnapshot'] as const).map((view): Ask => [troveManager, view]),
    ...[activePool, defaultPool].flatMap((to): Ask[] => [
      [to, 'getCollateralBalance'],
      [to, 'getPrincipal'],
      [to, 'getInterest'],
    ]),
    ...(['getAccruedInterest', 'interestNumerator', 'lastUpdatedTime'] as const).map((view): Ask => [
      interestRateManager,
      view,
    ]),
  ]);
  const [collateralWad, principalWad, interestWad, stakes, collateral, ...rest] = words.map(
    ([word = 0n]) => word,
  );
  const [activeCollateral, active, activeInterest, pendingCollateral, pending, pendingInterest] = rest;
  const [accrued = 0n, interestNumerator = 0n, accruedAt = 0n] = rest.slice(6);
  return {
    ...{ kind: 'GrowthAccrued', venue, market: CDP_MARKET_ID },
    growth: {
      form: 'cdp',
      perStake: { collateralWad: collateralWad!, principalWad: principalWad!, interestWad: interestWad! },
      ...{ stakesAtLiquidation: stakes!, collateralAtLiquidation: collateral! },
      ...{ activeCollateral: activeCollateral!, pendingCollateral: pendingCollateral! },
      // The view adds what has accrued since to what is stored.
      activeDebt: { principal: active!, interest: activeInterest! - accrued },
      pendingDebt: { principal: pending!, interest: pendingInterest! },
      ...{ interestNumerator, accruedAt: Number(accruedAt) },
    },
  };
}

async function readPositions({ id: venue, troveManager }: MusdDeployment, ask: Asker): Promise<Said[]> {
  const [count] = await ask([[troveManager, 'getTroveOwnersCount']]);
  const places = Array.from({ length: Number(count?.[0] ?? 0n) }, (_, place) => BigInt(place));
  const listed = await ask(places.map((place): Ask => [troveManager, 'getTroveFromTroveOwnersArray', place]));
  const owners = listed.map(([word = 0n]) => addressOf(word));
  const troves = await ask(owners.map((owner): Ask => [troveManager, 'Troves', owner]));
  const given = await ask(owners.map((owner): Ask => [troveManager, 'rewardSnapshots', owner]));
  return owners.flatMap((owner, i): Said[] => {
    const [collateral, principal, interestOwed, stake, , interestRateBps, accruedAt] = troves[i]!;
    const [collateralWad, principalWad, interestWad] = given[i]!;
    if (accruedAt === undefined || interestWad === undefined) return [];
    return [
      {
        ...{ kind: 'PositionChanged', venue, market: CDP_MARKET_ID, owner, position: '' },
        change: {
          ...{ form: 'cdp', collateral: collateral!, principal: principal!, interestOwed: interestOwed! },
          ...{ stake: stake!, interestRateBps: interestRateBps!, accruedAt: Number(accruedAt) },
          received: { collateralWad: collateralWad!, principalWad: principalWad!, interestWad },
        },
      },
    ];
  });
}

/** The venue's own row, its token, the native coin and its wrapped form; what gives no usable decimals is left out. */
export async function readReference(
  { id, version, troveManager, musd, nativeCoin }: MusdDeployment,
  reader: CallReader,
  { chainId, block }: { readonly chainId: number; readonly block: number },
): Promise<ReferencePart> {
  const tokens = [musd, nativeCoin.wrapped];
  const views = (functionName: 'symbol' | 'decimals') =>
    tokens.map((to) => ({ to, data: encodeFunctionData({ abi: musdViews, functionName }) }));
  const decimals = await readWords(reader, block, views('decimals'));
  const symbols = await reader.calls(views('symbol'), block);
  return {
    venues: [{ id, chainId, protocol: 'musd', version, mechanism: 'cdp', address: troveManager }],
    assets: [
      ...tokens.flatMap((address, i) => {
        const places = decimals[i]?.[0];
        if (places === undefined || places > BigInt(MAX_DECIMALS)) return [];
        const symbol = textOf(symbols[i]) ?? address.slice(0, 8);
        return [{ chainId, address, symbol, decimals: Number(places) }];
      }),
      { chainId, address: nativeCoin.address, symbol: nativeCoin.symbol, decimals: 18 },
    ],
  };
}
