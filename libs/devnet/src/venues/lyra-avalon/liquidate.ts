import { parseEventLogs, type Log } from 'viem';
import type { Devnet } from '../../devnet.ts';
import type { Receipt } from '../../evm/chain.ts';
import { encodeCall } from '../../evm/contract.ts';
import type { DueAccount, LiquidationDone, LiquidationOutcome, PricesUsd } from '../devnet-venue.ts';
import { lyra } from './accounts.ts';
import { ID, UNDERLYING } from './parameters.ts';
import { OPTION_TYPE } from './plan.ts';

const LIQUIDATE_GAS = 8_000_000n;
const PER_BLOCK = 200;

/** `OptionMarket.LiquidationEventData` and what is needed of the rest of the `Trade` event. */
interface TradeEvent {
  readonly trader: string;
  readonly positionId: bigint;
  readonly trade: { readonly optionType: number };
  readonly liquidation: {
    readonly lpPremiums: bigint;
    readonly lpFee: bigint;
    readonly liquidatorFee: bigint;
    readonly smFee: bigint;
  };
}

/** Liquidates each position. The venue closes it against its pool; only the liquidator's fee reaches a market. */
export async function liquidateOptions(
  devnet: Devnet,
  due: readonly DueAccount[],
  prices: PricesUsd,
): Promise<LiquidationOutcome> {
  const { address, abi } = lyra(devnet).optionMarket;
  const { liquidator } = devnet.actors;
  const calls = due.map(({ market }) => ({
    ...{ from: liquidator, to: address, gas: LIQUIDATE_GAS },
    data: encodeCall(abi, 'liquidatePosition', [BigInt(market), liquidator]),
  }));
  const receipts = await devnet.chain.send(calls, { mayFail: true, perBlock: PER_BLOCK });
  const succeeded = receipts.filter(({ status }) => status === '0x1');
  return {
    done: succeeded.flatMap((receipt) => readLiquidation(devnet, receipt, prices)),
    failed: due.length - succeeded.length,
  };
}

function readLiquidation(devnet: Devnet, receipt: Receipt, prices: PricesUsd): LiquidationDone[] {
  const logs = receipt.logs as unknown as Log[];
  const { abi } = lyra(devnet).optionMarket;
  return parseEventLogs({ abi, logs, eventName: 'Trade' }).map(({ args }) => {
    const { trader, positionId, trade, liquidation } = args as unknown as TradeEvent;
    const inBase = trade.optionType === OPTION_TYPE.shortCallBase;
    const usd = (amount: bigint) => (Number(amount) / 1e18) * (inBase ? (prices.get(UNDERLYING) ?? 0) : 1);
    const { lpPremiums, lpFee, liquidatorFee, smFee } = liquidation;
    return {
      ...{ venue: ID, owner: trader.toLowerCase() as DueAccount['owner'], market: positionId.toString() },
      seizedUsd: usd(lpPremiums + lpFee + liquidatorFee + smFee),
      repaidUsd: 0,
      protocolFeeUsd: usd(smFee),
      inventory: new Map(inBase ? [[UNDERLYING, liquidatorFee]] : []),
    };
  });
}
