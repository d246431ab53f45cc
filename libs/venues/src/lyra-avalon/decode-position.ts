import { unreadable, type Said } from '@undertow/chain';
import type { EventArgs, RawLog } from '@undertow/chain';
import { OPTION_TYPES, optionSeriesId } from '@undertow/market';
import type { Address, OptionChange, OptionPosition } from '@undertow/market';
import type { optionMarketEvents, optionTokenEvents } from './abi.ts';
import type { LyraAvalonDeployment } from './deployments.ts';
import type { Learned } from './learned.ts';

/** `OptionToken.PositionState.ACTIVE`. */
export const ACTIVE = 1;
/** `OptionToken.PositionUpdatedType.TRANSFER`. */
const TRANSFERRED = 9;
/** `OptionMarket.TradeDirection.LIQUIDATE`. */
const LIQUIDATED = 2;
const NOBODY = '0x0000000000000000000000000000000000000000';

interface Decoding {
  readonly deployment: LyraAvalonDeployment;
  readonly learned: Learned;
}

/** `OptionToken.OptionPosition`. */
export interface PositionStruct {
  readonly positionId: bigint;
  readonly strikeId: bigint;
  readonly optionType: number;
  readonly amount: bigint;
  readonly collateral: bigint;
  readonly state: number;
}

/** A position as facts hold it; undefined for a type that the contract does not have. */
export function positionOf({ optionType, amount, collateral }: PositionStruct): OptionPosition | undefined {
  const type = OPTION_TYPES[optionType];
  return type && { form: 'option', type, amountWad: amount, collateral };
}

type PositionUpdated = EventArgs<(typeof optionTokenEvents)[1]>;

/** The position as its owner has it now, or that it is gone. */
export function decodePosition(
  { deployment, learned }: Decoding,
  { positionId, owner, updatedType, position }: PositionUpdated,
  log: RawLog,
): readonly Said[] {
  const market = optionSeriesId(position.strikeId);
  const state = positionOf(position);
  if (!state) return [unreadable(deployment.id, log, `an option of type ${position.optionType}`)];
  if (updatedType === TRANSFERRED) learned.transfer = { positionId, market, to: owner };
  const change: OptionChange = position.state === ACTIVE ? state : { form: 'option', closed: true };
  return [changed(deployment, { market, owner, positionId }, change)];
}

type Transfer = EventArgs<(typeof optionTokenEvents)[2]>;

/** A position leaves the owner who gave it away; minting and burning come with a log of the position. */
export function decodeTransfer(
  { deployment, learned }: Decoding,
  { from, to, tokenId }: Transfer,
  log: RawLog,
): readonly Said[] {
  if (from === NOBODY || to === NOBODY || from === to) return [];
  const { transfer } = learned;
  if (transfer?.positionId !== tokenId || transfer.to !== to)
    return [unreadable(deployment.id, log, 'a transfer of a position whose own log was not read')];
  const change = { form: 'option', closed: true } as const;
  return [changed(deployment, { market: transfer.market, owner: from, positionId: tokenId }, change)];
}

function changed(
  { id: venue }: LyraAvalonDeployment,
  of: { readonly market: string; readonly owner: Address; readonly positionId: bigint },
  change: OptionChange,
): Said {
  const { market, owner, positionId } = of;
  return { kind: 'PositionChanged', venue, market, owner, position: positionId.toString(), change };
}

type Trade = EventArgs<(typeof optionMarketEvents)[3]>;

/**
 * The liquidation in a trade: repaid is what closing cost (quote), seized what was taken off the collateral. The
 * position's end is a fact of its own.
 */
export function decodeLiquidation(
  { id: venue, quoteAsset, baseAsset }: LyraAvalonDeployment,
  { trader, strikeId, trade, liquidation }: Trade,
): readonly Said[] {
  if (trade.tradeDirection !== LIQUIDATED) return [];
  const { lpPremiums, lpFee, liquidatorFee, smFee, insolventAmount } = liquidation;
  const collateralAsset = OPTION_TYPES[trade.optionType] === 'short-call-base' ? baseAsset : quoteAsset;
  return [
    {
      ...{ kind: 'Liquidated', venue, market: optionSeriesId(strikeId), owner: trader },
      ...{ liquidator: liquidation.caller, collateralAsset, debtAsset: quoteAsset },
      repaid: trade.totalCost,
      seized: lpPremiums + lpFee + liquidatorFee + smFee,
      badDebt: insolventAmount,
    },
  ];
}
