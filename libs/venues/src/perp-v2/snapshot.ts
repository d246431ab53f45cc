import { factsOfCalls, readWords } from '@undertow/chain';
import type { CallReader, Read, Said, SnapshotPoint, Words } from '@undertow/chain';
import { initialSettlementTerms } from '@undertow/market';
import type { Address, Fact, Hex, MakerOrder, PerpetualChange, TermsPatch } from '@undertow/market';
import { encodeFunctionData } from 'viem/utils';
import { perpViews } from './abi.ts';
import { collateralPatch, perpetualPatch, settlementPatch } from './decode-terms.ts';
import type { PerpV2Deployment } from './deployments.ts';

/**
 * Terms, margin accounts and the insurance fund by calls at the end of a block, as facts from nothing. No view gives a
 * market's accrued premium, nor where its pool and its index stood before: without logs, funding is not known.
 */
export async function snapshotPerp(
  deployment: PerpV2Deployment,
  reader: CallReader,
  at: SnapshotPoint,
  owners: readonly Address[],
): Promise<readonly Fact[]> {
  const read = (reads: readonly Read[]) => readWords(reader, at.block, reads);
  const all = [...new Set([...owners, deployment.insuranceFund])];
  const said = [
    ...(await termsFacts(deployment, read)),
    ...deployment.markets.map(({ baseToken }): Said => ({
      ...{ kind: 'GrowthAccrued', venue: deployment.id, market: baseToken },
      growth: { form: 'perpetual', event: 'unknown' },
    })),
    ...(await cashFacts(deployment, read, all)),
    ...(await collateralFacts(deployment, read, all)),
    ...(await exposureFacts(deployment, read, all)),
  ];
  return factsOfCalls(at, said);
}

type ReadAll = (reads: readonly Read[]) => Promise<readonly Words[]>;
type View = (typeof perpViews)[number]['name'];

const view = (to: Address, functionName: View, ...args: readonly (Address | Hex)[]): Read => ({
  to,
  data: encodeFunctionData({ abi: perpViews, functionName, args } as Parameters<
    typeof encodeFunctionData
  >[0]),
});

const signed = (word: bigint) => BigInt.asIntN(256, word);

async function termsFacts(deployment: PerpV2Deployment, read: ReadAll): Promise<Said[]> {
  const { id: venue, clearingHouseConfig: config, collateralManager: manager } = deployment;
  const { collaterals, markets, marketRegistry, settlementToken } = deployment;
  const accounts = await read([
    ...(
      ['getLiquidationPenaltyRatio', 'getMaxFundingRate', 'getTwapInterval', 'getMarkPriceConfig'] as const
    ).map((name) => view(config, name)),
    ...(
      [
        'getMmRatioBuffer',
        'getDebtNonSettlementTokenValueRatio',
        'getDebtThreshold',
        'getLiquidationRatio',
        'getCollateralValueDust',
        'getCLInsuranceFundFeeRatio',
      ] as const
    ).map((name) => view(manager, name)),
  ]);
  const configs = await read(collaterals.map(({ token }) => view(manager, 'getCollateralConfig', token)));
  const infos = await read(markets.map(({ baseToken }) => view(marketRegistry, 'getMarketInfo', baseToken)));
  const states = await read(
    markets.flatMap(({ baseToken }) => [view(baseToken, 'isOpen'), view(baseToken, 'isPaused')]),
  );
  const terms = (market: Address, patch: TermsPatch): Said => ({
    kind: 'TermsChanged',
    venue,
    market,
    patch,
  });
  const settlement = settlementOf(deployment, accounts);
  return [
    ...(settlement ? [terms(settlementToken, settlement)] : []),
    ...collaterals.flatMap((known, i) => {
      const [, ratio, discount] = configs[i] ?? [];
      if (ratio === undefined || discount === undefined) return [];
      const patch = collateralPatch(known, Number(ratio), Number(discount));
      return [terms(known.token, { form: 'margin-collateral', ...patch })];
    }),
    ...markets.flatMap((known, i) => {
      const [, exchangeFeeE6, , insuranceFundFeeE6] = infos[i] ?? [];
      if (exchangeFeeE6 === undefined || insuranceFundFeeE6 === undefined) return [];
      const [isOpen, isPaused] = [states[2 * i]?.[0] === 1n, states[2 * i + 1]?.[0] === 1n];
      const status = isOpen ? 'open' : isPaused ? 'paused' : 'closed';
      return [terms(known.baseToken, perpetualPatch(known, { exchangeFeeE6, insuranceFundFeeE6, status }))];
    }),
  ];
}

/** What still is as it was initialised is left out, as no log says it either. */
function settlementOf(deployment: PerpV2Deployment, words: readonly Words[]): TermsPatch | undefined {
  const [penalty, rate, window, mark, buffer, debtRatio, threshold, share, dust, fee] = words;
  if (words.some((result) => result === undefined)) return undefined;
  const first = (result: Words) => result![0]!;
  const changeable = {
    liquidationPenaltyE6: first(penalty),
    maxFundingRateE6: first(rate),
    fundingWindowSeconds: Number(first(window)),
    markWindowSeconds: Number(first(mark)),
    premiumWindowSeconds: Number(mark![1]!),
  };
  const changed = Object.entries(changeable).filter(
    ([name, value]) => initialSettlementTerms[name as keyof typeof changeable] !== value,
  );
  return settlementPatch(deployment, {
    ...Object.fromEntries(changed),
    collateralMarginBufferE6: first(buffer),
    debtToCollateralE6: first(debtRatio),
    debtThreshold: first(threshold),
    collateralLiquidationE6: first(share),
    collateralDust: first(dust),
    collateralFundFeeE6: first(fee),
  });
}

async function cashFacts(
  deployment: PerpV2Deployment,
  read: ReadAll,
  owners: readonly Address[],
): Promise<Said[]> {
  const { id: venue, vault, accountBalance, insuranceFund, settlementToken, quoteToken } = deployment;
  const balances = await read(owners.map((owner) => view(vault, 'getBalance', owner)));
  const owed = await read(owners.map((owner) => view(accountBalance, 'getPnlAndPendingFee', owner)));
  return owners.flatMap((owner, i): Said[] => {
    const balanceDelta = signed(balances[i]?.[0] ?? 0n);
    const owedDeltaWad = signed(owed[i]?.[0] ?? 0n);
    if (balanceDelta === 0n && owedDeltaWad === 0n) return [];
    const moved = { form: 'perpetual', part: 'cash', event: 'moved', balanceDelta, owedDeltaWad } as const;
    const held: readonly (readonly [Address, bigint])[] = [
      [settlementToken, balanceDelta],
      [quoteToken, owedDeltaWad],
    ];
    const funds = held.flatMap(([asset, amountDelta]): Said[] =>
      amountDelta === 0n ? [] : [{ kind: 'FundMoved', venue, fund: 'insurance-fund', asset, amountDelta }],
    );
    return [
      { kind: 'PositionChanged', venue, market: settlementToken, owner, position: '', change: moved },
      ...(owner === insuranceFund ? funds : []),
    ];
  });
}

async function collateralFacts(
  { id: venue, vault, collaterals }: PerpV2Deployment,
  read: ReadAll,
  owners: readonly Address[],
): Promise<Said[]> {
  const pairs = owners.flatMap((owner) => collaterals.map(({ token }) => ({ owner, token })));
  const held = await read(pairs.map(({ owner, token }) => view(vault, 'getBalanceByToken', owner, token)));
  return pairs.flatMap(({ owner, token }, i): Said[] => {
    const sharesDelta = signed(held[i]?.[0] ?? 0n);
    if (sharesDelta === 0n) return [];
    return [{ kind: 'LegChanged', venue, market: token, owner, side: 'collateral', sharesDelta }];
  });
}

async function exposureFacts(
  { id: venue, accountBalance, orderBook, markets }: PerpV2Deployment,
  read: ReadAll,
  owners: readonly Address[],
): Promise<Said[]> {
  const pairs = owners.flatMap((owner) => markets.map(({ baseToken }) => ({ owner, baseToken })));
  const infos = await read(
    pairs.map(({ owner, baseToken }) => view(accountBalance, 'getAccountInfo', owner, baseToken)),
  );
  const ids = await read(
    pairs.map(({ owner, baseToken }) => view(orderBook, 'getOpenOrderIds', owner, baseToken)),
  );
  const orders = await Promise.all(ids.map((words) => ordersOf(orderBook, read, words)));
  return pairs.flatMap(({ owner, baseToken }, i): Said[] => {
    const [size, openNotional, premium] = infos[i] ?? [];
    if (size === undefined || openNotional === undefined || premium === undefined) return [];
    const change: PerpetualChange = {
      ...{ form: 'perpetual', part: 'exposure', event: 'read' },
      ...{ sizeWad: signed(size), openNotionalWad: signed(openNotional), premiumX96: signed(premium) },
      orders: orders[i] ?? [],
    };
    if (change.sizeWad === 0n && change.openNotionalWad === 0n && change.orders.length === 0) return [];
    return [{ kind: 'PositionChanged', venue, market: baseToken, owner, position: '', change }];
  });
}

/** Orders by their ids: the words of a `bytes32[]`. */
async function ordersOf(orderBook: Address, read: ReadAll, words: Words): Promise<readonly MakerOrder[]> {
  const ids = words?.slice(2) ?? [];
  if (ids.length === 0) return [];
  const found = await read(
    ids.map((id) => view(orderBook, 'getOpenOrderById', `0x${id.toString(16).padStart(64, '0')}`)),
  );
  const orders = found.flatMap((order): MakerOrder[] => {
    if (!order || order.length < 9) return [];
    const [liquidity, lower, upper, fee, inside, below, bySqrt, baseDebtWad, quoteDebtWad] = order;
    return [
      {
        ...{ liquidity: liquidity!, lowerTick: Number(signed(lower!)), upperTick: Number(signed(upper!)) },
        ...{ baseDebtWad: baseDebtWad!, quoteDebtWad: quoteDebtWad!, feeInsideX128: signed(fee!) },
        ...{ premiumInsideX96: signed(inside!), premiumBelowX96: signed(below!) },
        premiumBySqrtInsideX96: signed(bySqrt!),
      },
    ];
  });
  return orders.toSorted((a, b) => a.lowerTick - b.lowerTick || a.upperTick - b.upperTick);
}
