import { encodeCall, startDevnet, type Devnet, type Transaction } from '@undertow/devnet';
import {
  closingCost,
  optionLiquidation,
  type Address,
  type MarketId,
  type OptionPosition,
  type OptionType,
  type PoolVega,
} from '@undertow/market';
import { openOracle } from '@undertow/oracles';
import { openVenue, type LyraAvalonDeployment } from '@undertow/venues';
import { parseEventLogs, type Log } from 'viem';
import {
  answerScale,
  optionMarket,
  optionSeries,
  seriesState,
  seriesVolatility,
  type OptionSeries,
} from '../../libs/book/src/option/series.ts';
import { followChain, type FollowedChain } from './follow-chain.ts';

export type Owner = `0x${string}`;

/** A position as the folded ledger has it. */
export interface Held {
  readonly id: string;
  readonly owner: Owner;
  readonly market: MarketId;
  readonly position: OptionPosition;
}

/** An option market on a devnet, followed by its logs. */
export interface LyraScene {
  readonly devnet: Devnet;
  readonly chain: FollowedChain;
  readonly deployment: LyraAvalonDeployment;
  readonly contracts: ReturnType<typeof contractsOf>;
}

/** Starts a devnet with nothing but the option market, and follows it. */
export async function openScene(options: { seed: number; accounts: number }): Promise<LyraScene> {
  const devnet = await startDevnet({ ...options, venues: ['lyraAvalon'] });
  const { deployments } = devnet.network;
  const deployment = deployments.find(({ adapter }) => adapter === 'lyra-avalon') as LyraAvalonDeployment;
  const feeds = deployments.find((found) => found.adapter === 'chainlink')!;
  const chain = await followChain(devnet, [openVenue(deployment), openOracle(feeds)]);
  await chain.follow();
  return { devnet, chain, deployment, contracts: contractsOf(devnet, deployment) };
}

export const TYPE_NUMBER: Readonly<Record<OptionType, number>> = {
  'long-call': 0,
  'long-put': 1,
  'short-call-base': 2,
  'short-call-quote': 3,
  'short-put-quote': 4,
};

const ACTIVE = 1;

/** The contracts with their ABIs. */
function contractsOf({ artifacts }: Devnet, deployment: LyraAvalonDeployment) {
  return {
    market: { address: deployment.optionMarket, abi: artifacts.OptionMarket.abi },
    token: { address: deployment.optionToken, abi: artifacts.OptionToken.abi },
    greeks: { address: deployment.greekCache, abi: artifacts.OptionGreekCache.abi },
    quote: { address: deployment.quoteAsset, abi: artifacts.TestERC20Fail.abi },
    base: { address: deployment.baseAsset, abi: artifacts.TestERC20Fail.abi },
  };
}

export function heldPositions({ chain, deployment }: LyraScene): Held[] {
  const accounts = [...(chain.ledger.venues.get(deployment.id)?.accounts ?? [])];
  return accounts.flatMap(([owner, { positions }]) =>
    [...positions.values()].flatMap(({ market, name, position }) =>
      position.form === 'option' ? [{ id: name, owner, market, position }] : [],
    ),
  );
}

/** The written ones. */
export const shorts = (scene: LyraScene): Held[] =>
  heldPositions(scene).filter(({ position }) => position.type.startsWith('short'));

export function seriesOf({ chain: { ledger }, deployment }: LyraScene, id: MarketId): OptionSeries {
  const found = optionMarket(ledger, deployment.id);
  if ('reason' in found) throw new Error(found.reason);
  const series = optionSeries(ledger, { venue: deployment.id, id, market: found.market });
  if ('reason' in series) throw new Error(series.reason);
  return series;
}

/** Number of a series or board in the contracts. */
export const numberOf = (id: MarketId): bigint => BigInt(id.split(':')[1]!);

/** `OptionToken.OptionPosition` as the views take it. */
export const structOf = ({ id, market, position }: Held) => ({
  ...{ positionId: BigInt(id), strikeId: numberOf(market), optionType: TYPE_NUMBER[position.type] },
  ...{ amount: position.amountWad, collateral: position.collateral, state: ACTIVE },
});

export function spotOf({ chain, deployment }: LyraScene): bigint {
  return chain.ledger.prices.get(deployment.baseFeed)!.answer * answerScale(8);
}

export const callOf = (
  from: Owner,
  { address, abi }: { readonly address: Address; readonly abi: Parameters<typeof encodeCall>[0] },
  functionName: string,
  args: readonly unknown[],
): Transaction => ({ from, to: address, data: encodeCall(abi, functionName, args), gas: 8_000_000n });

/** What a liquidation at a time should do, from the ledger as it is now. */
export function predictLiquidation(scene: LyraScene, held: Held, by: { time: number; vega: PoolVega }) {
  const { ledger } = scene.chain;
  const series = seriesOf(scene, held.market);
  const { market } = series;
  const { type, amountWad, collateral } = held.position;
  const spotWad = spotOf(scene);
  const volatility = seriesVolatility(ledger, { venue: scene.deployment.id, series, time: by.time })!;
  const state = seriesState(series, { time: by.time, spotWad });
  const cost = closingCost({ type, amountWad, series: state, volatility, market, vega: by.vega });
  const split = optionLiquidation({
    ...{ type, collateral, costWad: cost.costWad, spotWad },
    ...{ penalty: market.penalty, exchangeFeeWad: market.exchangeFeeWad },
  });
  return { cost, split };
}

/** The trade in a receipt's logs. */
export interface TradeLog {
  readonly trade: { readonly totalCost: bigint };
  readonly tradeResults: readonly {
    readonly premium: bigint;
    readonly totalFee: bigint;
    readonly newSkew: bigint;
    readonly vegaUtilFee: {
      readonly preTradeAmmNetStdVega: bigint;
      readonly postTradeAmmNetStdVega: bigint;
      readonly NAV: bigint;
      readonly vegaUtilFee: bigint;
    };
  }[];
  readonly liquidation: Readonly<
    Record<
      'returnCollateral' | 'lpPremiums' | 'lpFee' | 'liquidatorFee' | 'smFee' | 'insolventAmount',
      bigint
    >
  >;
}

export function tradeIn({ devnet }: Pick<LyraScene, 'devnet'>, logs: unknown): TradeLog {
  const [found] = parseEventLogs({
    ...{ abi: devnet.artifacts.OptionMarket.abi, logs: logs as Log[], eventName: 'Trade' },
  });
  return found!.args as unknown as TradeLog;
}
