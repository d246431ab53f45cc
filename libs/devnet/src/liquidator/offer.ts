import type { Hex } from 'viem';
import { ZERO_ADDRESS } from '../deploy/site.ts';
import type { AssetSymbol } from '../deploy/listing.ts';
import type { Receipt } from '../evm/chain.ts';
import { encodeCall, type Contract } from '../evm/contract.ts';
import type { Scene } from '../scene.ts';
import type { DueAccount } from './due-account.ts';

/** A call that the liquidator makes of a venue. */
export interface VenueCall {
  readonly target: Hex;
  readonly data: Hex;
  /** The word of the arguments, from 0, that is filled in: the size, or all that it holds of `amountOf`. Absent = none. */
  readonly word?: number;
  readonly amountOf?: Hex;
  readonly isNegative?: boolean;
}

/** A listed asset that a call brings or takes, and what counts as it. */
export interface Good {
  readonly symbol: AssetSymbol;
  /** Beside the asset's own token: raw units of the form per raw unit of the asset. */
  readonly forms?: readonly { readonly token: Hex; readonly scale: bigint }[];
}

/** The chain's own coin as a form of a good. */
export const OWN_COIN: Hex = ZERO_ADDRESS;

/** A position that a call hands over, and its market at the venue that closes it. */
export interface HandedOver {
  readonly clearingHouse: Hex;
  readonly accountBalance: Hex;
  readonly baseToken: Hex;
  readonly pool: Hex;
  /** What the venue charges, millionths. */
  readonly fee: number;
}

/** One way to liquidate an account, as `Liquidator.sol` has it. */
export interface Offer {
  readonly calls: readonly VenueCall[];
  /** What it trades, beside cash. */
  readonly goods: readonly Good[];
  /** What counts as cash beside it. */
  readonly cash?: Good['forms'];
  /** Size of the largest call; the venue may cut it down. */
  readonly whole: bigint;
  /** The most that a smaller call may have. Default: `whole`. */
  readonly most?: bigint;
  /** The asset in which sizes count, where the venue cuts `whole` down. */
  readonly sizeIn?: AssetSymbol;
  /** A position that comes with it and is closed at its own venue. */
  readonly perpetual?: HandedOver;
  /** Nothing is handed over for it. Default false. */
  readonly isFree?: boolean;
}

/** Something that liquidators can go for: an account that is due, or a venue's batch of them. */
export interface Claim {
  /** The account that names it, and all that it is about. */
  readonly account: DueAccount;
  readonly accounts: readonly DueAccount[];
  /** Lowest goes first among those that pay alike. */
  readonly healthFactor: number;
  readonly offers: readonly Offer[];
  /** What others do at once when it has been acted on: depositors who sell what came to them. */
  readonly afterwards?: (receipt: Receipt) => Promise<void>;
}

/** How offers are weighed: the contract's own words. */
export interface Weighed {
  readonly isFound: boolean;
  /** USD, 18 decimals. */
  readonly profit: bigint;
}

export function liquidator({ actors, artifacts }: Pick<Scene, 'actors' | 'artifacts'>): Contract {
  return { address: actors.liquidator, abi: artifacts.Liquidator.abi };
}

/** Call data of `Liquidator.act` or `Liquidator.best`. */
export function encodeOffers(
  scene: Scene,
  functionName: 'act' | 'best',
  { offers, mustPay }: { readonly offers: readonly Offer[]; readonly mustPay: boolean },
): Hex {
  const { assets, uniswap } = scene.contracts;
  const desk = { router: uniswap.router, cash: assets.USDC.token, fee: feePips(scene) };
  const { abi } = scene.artifacts.Liquidator;
  return encodeCall(abi, functionName, [desk, offers.map((offer) => offerArgument(scene, offer)), mustPay]);
}

/** All pools of the local chain charge the same. */
function feePips({ contracts }: Scene): number {
  return Object.values(contracts.assets).find(({ pool }) => pool)?.pool?.feePips ?? 0;
}

const NO_PERPETUAL: HandedOver = {
  ...{ clearingHouse: ZERO_ADDRESS, accountBalance: ZERO_ADDRESS, baseToken: ZERO_ADDRESS },
  ...{ pool: ZERO_ADDRESS, fee: 0 },
};

function offerArgument({ contracts }: Scene, offer: Offer) {
  const { calls, cash = [], whole, most = whole, sizeIn, perpetual = NO_PERPETUAL, isFree = false } = offer;
  const goods: Good[] = [{ symbol: 'USDC', forms: cash }];
  for (const good of offer.goods) {
    if (goods.every(({ symbol }) => symbol !== good.symbol)) goods.push(good);
  }
  return {
    calls: calls.map(({ target, data, word, amountOf = ZERO_ADDRESS, isNegative = false }) => ({
      ...{ target, data, amountAt: word === undefined ? 0 : 4 + 32 * word, amountOf, isNegative },
    })),
    goods: goods.map(({ symbol, forms = [] }) => {
      const { token, pool } = contracts.assets[symbol];
      return {
        token: pool || symbol === 'USDC' ? token : ZERO_ADDRESS,
        forms: [{ token, scale: 1n }, ...forms],
      };
    }),
    ...{ perpetual, whole, most, isFree },
    sizeGood: sizeIn === undefined ? 0 : goods.findIndex(({ symbol }) => symbol === sizeIn) + 1,
  };
}
