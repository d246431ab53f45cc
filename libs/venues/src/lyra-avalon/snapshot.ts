import { factsOfCalls } from '@undertow/chain';
import type { CallReader, Said, SnapshotPoint } from '@undertow/chain';
import { OPTION_MARKET_ID, optionBoardId, optionSeriesId } from '@undertow/market';
import type { Address, Fact, OptionMarketTerms, VolatilityChange } from '@undertow/market';
import { decodeFunctionResult, encodeFunctionData } from 'viem/utils';
import type { AbiFunction } from 'viem';
import { lyraViews } from './abi.ts';
import { givenTerms } from './decode.ts';
import { ACTIVE, positionOf } from './decode-position.ts';
import type { LyraAvalonDeployment } from './deployments.ts';
import * as terms from './terms.ts';

/** Boards asked for at once; their ids count from 1. */
const BOARDS_AT_ONCE = 32n;

type ViewName = Extract<(typeof lyraViews)[number], { type: 'function' }>['name'];

interface Ask {
  readonly to: Address;
  readonly view: ViewName;
  readonly args?: readonly unknown[];
}

/**
 * Terms, series, volatilities and the positions of some owners, by calls at the end of a block, as facts from nothing.
 * No view gives the history that averages are made of: it starts as the averages that the views give for the periods
 * in use, so that they are right at this block and become exact as they are left behind.
 */
export async function snapshotLyra(
  deployment: LyraAvalonDeployment,
  reader: CallReader,
  at: SnapshotPoint,
  owners: readonly Address[],
): Promise<readonly Fact[]> {
  const ask = asker(reader, at.block);
  const market = await readMarket(deployment, ask);
  const boards = await readBoards(deployment, ask);
  const said: Said[] = [
    changedTerms(deployment, OPTION_MARKET_ID, { form: 'option-market', ...market }),
    ...(await poolFacts(deployment, reader, at.block)),
    ...boards.flatMap((board) => boardFacts(deployment, board)),
    ...(await volatilityFacts(deployment, ask, { boards, market })),
    ...(await positionFacts(deployment, ask, owners)),
  ];
  return factsOfCalls(at, said);
}

type Asker = ReturnType<typeof asker>;

/** Results of views, decoded; undefined where one reverted or gave something else. */
function asker(reader: CallReader, block: number) {
  return async <Result>(asks: readonly Ask[]): Promise<(Result | undefined)[]> => {
    if (asks.length === 0) return [];
    const calls = asks.map(({ to, view, args = [] }) => ({
      to,
      data: encodeFunctionData({ abi: lyraViews as readonly AbiFunction[], functionName: view, args }),
    }));
    const results = await reader.calls(calls, block);
    return results.map((data, i) => {
      if (data === undefined || data === '0x') return undefined;
      try {
        const functionName = asks[i]!.view;
        return decodeFunctionResult({
          abi: lyraViews as readonly AbiFunction[],
          functionName,
          data,
        }) as Result;
      } catch {
        // Not the contract that the deployment says: what hangs on it is missing, which shows as coverage.
        return undefined;
      }
    });
  };
}

/** Terms that no log carries from the start: the exchange's fee for base, and whether anything is paused. */
export async function readUnloggedTerms(
  deployment: LyraAvalonDeployment,
  reader: CallReader,
  block: number,
): Promise<Partial<OptionMarketTerms>> {
  return unloggedTerms(deployment, asker(reader, block));
}

async function unloggedTerms(
  { synthetixAdapter: to, optionMarket }: LyraAvalonDeployment,
  ask: Asker,
): Promise<Partial<OptionMarketTerms>> {
  const args = [optionMarket];
  const [exchange] = await ask<{ readonly baseQuoteFeeRate: bigint }>([
    { to, view: 'getExchangeParams', args },
  ]);
  const [isGlobalPaused = false, isMarketPaused = false] = await ask<boolean>([
    { to, view: 'isGlobalPaused' },
    { to, view: 'isMarketPaused', args },
  ]);
  const fee = exchange ? { exchangeFeeWad: exchange.baseQuoteFeeRate } : {};
  return { isGlobalPaused, isMarketPaused, ...fee };
}

/**
 * Value of the liquidity pool at the end of a block; undefined where the view reverts (before there is a market, while
 * the exchange gives no price, when the pool owes more than it has).
 */
export async function readPoolValueWad(
  { liquidityPool: to }: LyraAvalonDeployment,
  reader: CallReader,
  block: number,
): Promise<bigint | undefined> {
  const [value] = await asker(reader, block)<bigint>([{ to, view: 'getTotalPoolValueQuote' }]);
  return value;
}

async function poolFacts(
  deployment: LyraAvalonDeployment,
  reader: CallReader,
  block: number,
): Promise<Said[]> {
  const poolValueWad = await readPoolValueWad(deployment, reader, block);
  if (poolValueWad === undefined) return [];
  return [changedTerms(deployment, OPTION_MARKET_ID, { form: 'option-market', poolValueWad })];
}

async function readMarket(deployment: LyraAvalonDeployment, ask: Asker): Promise<Partial<OptionMarketTerms>> {
  const { greekCache, pricer, optionToken } = deployment;
  type Params = Parameters<typeof terms.limitTerms>[0] & Readonly<Record<string, bigint>>;
  const [averaging, closing, margin, fees, limits, variance, penalty] = await ask<Params>([
    { to: greekCache, view: 'getGreekCacheParams' },
    { to: greekCache, view: 'getForceCloseParams' },
    { to: greekCache, view: 'getMinCollatParams' },
    { to: pricer, view: 'getPricingParams' },
    { to: pricer, view: 'getTradeLimitParams' },
    { to: pricer, view: 'getVarianceFeeParams' },
    { to: optionToken, view: 'getPartialCollatParams' },
  ]);
  return {
    ...givenTerms(deployment),
    ...(await unloggedTerms(deployment, ask)),
    ...(averaging ? { averaging: terms.averagingTerms(averaging as never) } : {}),
    ...(closing ? { closing: terms.closingTerms(closing as never) } : {}),
    ...(margin ? { margin: terms.marginTerms(margin as never) } : {}),
    ...(fees ? { fees: terms.feeTerms(fees as never) } : {}),
    ...(limits ? { limits: terms.limitTerms(limits) } : {}),
    ...(variance ? { varianceFee: terms.varianceFeeTerms(variance as never) } : {}),
    ...(penalty ? { penalty: terms.penaltyTerms(penalty as never) } : {}),
  };
}

interface Board {
  readonly id: bigint;
  readonly expiry: bigint;
  readonly iv: bigint;
  readonly frozen: boolean;
  readonly strikes: readonly { readonly id: bigint; readonly strikePrice: bigint; readonly skew: bigint }[];
  /** 0 while it is not settled. */
  readonly settlementPrice: bigint;
}

async function readBoards({ optionMarket }: LyraAvalonDeployment, ask: Asker): Promise<Board[]> {
  type Details = readonly [Omit<Board, 'strikes'>, Board['strikes'], readonly bigint[], bigint];
  const boards: Board[] = [];
  for (let from = 1n; ; from += BOARDS_AT_ONCE) {
    const ids = Array.from({ length: Number(BOARDS_AT_ONCE) }, (_, i) => from + BigInt(i));
    const found = await ask<Details>(
      ids.map((id) => ({ to: optionMarket, view: 'getBoardAndStrikeDetails', args: [id] })),
    );
    const here = found.filter((details): details is Details => details !== undefined && details[0].id !== 0n);
    boards.push(
      ...here.map(([board, strikes, , settlementPrice]) => ({ ...board, strikes, settlementPrice })),
    );
    if (here.length < ids.length) return boards;
  }
}

function boardFacts(deployment: LyraAvalonDeployment, board: Board): Said[] {
  const { id, expiry, frozen: isFrozen, settlementPrice } = board;
  const settled = settlementPrice === 0n ? {} : { settlementPriceWad: settlementPrice };
  const patch = { form: 'option-board', expiry: Number(expiry), isFrozen, ...settled } as const;
  return [
    changedTerms(deployment, optionBoardId(id), patch),
    ...board.strikes.map(({ id: strikeId, strikePrice }) =>
      changedTerms(deployment, optionSeriesId(strikeId), {
        ...{ form: 'option-series', board: optionBoardId(id), strikePriceWad: strikePrice },
      }),
    ),
  ];
}

async function volatilityFacts(
  { id: venue, greekCache }: LyraAvalonDeployment,
  ask: Asker,
  { boards, market }: { readonly boards: readonly Board[]; readonly market: Partial<OptionMarketTerms> },
): Promise<Said[]> {
  const { closing, averaging } = market;
  if (!closing || !averaging) return [];
  const live = boards.filter(({ settlementPrice }) => settlementPrice === 0n);
  const wanted = live.flatMap(({ id, iv, strikes }) => [
    {
      id,
      view: 'getIvGWAV',
      market: optionBoardId(id),
      value: iv,
      period: closing.volatilityPeriod,
    } as const,
    ...strikes.map(({ id: strike, skew }) => ({
      ...({ id: strike, view: 'getSkewGWAV', market: optionSeriesId(strike), value: skew } as const),
      period: closing.skewPeriod,
    })),
  ]);
  const averages = await ask<bigint>(
    wanted.map(({ id, view, period }) => ({ to: greekCache, view, args: [id, period] })),
  );
  return wanted.flatMap(({ market: of, view, value, period }, i): Said[] => {
    const averageWad = averages[i];
    if (!averageWad || value === 0n) return [];
    const capped = value < averaging.skewCapWad ? value : averaging.skewCapWad;
    const bounded = capped > averaging.skewFloorWad ? capped : averaging.skewFloorWad;
    const volatility: VolatilityChange = {
      ...{ form: 'option', valueWad: value, averagedWad: view === 'getIvGWAV' ? value : bounded },
      past: { averageWad, seconds: Number(period) },
    };
    return [{ kind: 'VolatilityPosted', venue, market: of, volatility }];
  });
}

async function positionFacts(
  { id: venue, optionToken }: LyraAvalonDeployment,
  ask: Asker,
  owners: readonly Address[],
): Promise<Said[]> {
  type Positions = readonly Parameters<typeof positionOf>[0][];
  const found = await ask<Positions>(
    owners.map((owner) => ({ to: optionToken, view: 'getOwnerPositions', args: [owner] })),
  );
  return owners.flatMap((owner, i) =>
    (found[i] ?? []).flatMap((struct): Said[] => {
      const change = positionOf(struct);
      if (!change || struct.state !== ACTIVE) return [];
      const named = { market: optionSeriesId(struct.strikeId), position: struct.positionId.toString() };
      return [{ kind: 'PositionChanged', venue, owner, ...named, change }];
    }),
  );
}

function changedTerms(
  { id: venue }: LyraAvalonDeployment,
  market: string,
  patch: Extract<Said, { kind: 'TermsChanged' }>['patch'],
): Said {
  return { kind: 'TermsChanged', venue, market, patch };
}
