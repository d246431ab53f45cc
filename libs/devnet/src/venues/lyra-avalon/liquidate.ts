import { parseEventLogs, type Log } from 'viem';
import { encodeCall } from '../../evm/contract.ts';
import type { Claim, Offer } from '../../liquidator/offer.ts';
import type { DueAccount } from '../../liquidator/due-account.ts';
import type { CallDone, ClaimsAt, LiquidationDone } from '../devnet-venue.ts';
import type { VenueScene } from '../venue-scene.ts';
import { lyra } from './accounts.ts';
import { ID, UNDERLYING } from './parameters.ts';
import { OPTION_TYPE } from './plan.ts';

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

/**
 * Each position that is due. The venue closes it against its pool; only the liquidator's fee reaches a market. Nothing is
 * handed over for it, so that it pays whatever the position's health.
 */
export async function optionClaims(devnet: VenueScene, { due, phase }: ClaimsAt): Promise<Claim[]> {
  if (phase === 1) return [];
  const { optionMarket, quote, base } = lyra(devnet);
  return due.map((account): Claim => {
    const args = [BigInt(account.market), devnet.actors.liquidator];
    const offer: Offer = {
      calls: [
        { target: optionMarket.address, data: encodeCall(optionMarket.abi, 'liquidatePosition', args) },
      ],
      cash: [{ token: quote.address, scale: QUOTE_PER_CASH }],
      goods: [{ symbol: UNDERLYING, forms: [{ token: base.address, scale: 1n }] }],
      ...{ whole: 0n, isFree: true },
    };
    return { account, accounts: [account], healthFactor: 1, offers: [offer] };
  });
}

/** Raw units of the venue's quote (18 decimals) that are one of USDC. */
const QUOTE_PER_CASH = 10n ** 12n;

/** What a call of the liquidator did, from its logs. */
export function readOptionLiquidations(devnet: VenueScene, { receipt, prices }: CallDone): LiquidationDone[] {
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
    };
  });
}
