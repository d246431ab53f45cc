import type { Hex } from 'viem';
import {
  chooseAction,
  newPositionUsd,
  type Circumstances,
  type OwnerAction,
  type OwnerActionKind,
} from '../../agent/owner-action.ts';
import { listingOf } from '../../deploy/listing.ts';
import { MAX_UINT256 } from '../../deploy/site.ts';
import type { Transaction } from '../../evm/chain.ts';
import type { Contract } from '../../evm/contract.ts';
import { isShort, lyra, readPositions, readSeries, type OwnedOption, type Series } from './accounts.ts';
import { call, tradeOf } from './open.ts';
import { UNDERLYING, wad } from './parameters.ts';
import { OPTION_TYPE, type OptionKind } from './plan.ts';

const NEW_KINDS: readonly OptionKind[] = ['shortPutQuote', 'shortCallQuote', 'shortCallBase', 'longCall'];

/** What an owner does with one of its short positions, or opens when it has none. The deployer mints what it pays in. */
export async function actOnLyraAvalon(
  circumstances: Circumstances,
  owner: Hex,
): Promise<OwnerAction | undefined> {
  const { devnet, random } = circumstances;
  const series = await readSeries(devnet);
  const shorts = (await readPositions(devnet, [owner])).filter(
    (owned) => isShort(owned) && series.some(({ strikeId }) => strikeId === owned.position.strikeId),
  );
  const owned = shorts[Math.floor(random.uniform() * shorts.length)];
  if (!owned) {
    const chosen = series[Math.floor(random.uniform() * series.length)];
    const kind = chosen && chooseAction(Infinity, 0, random);
    return chosen && kind ? { kind, owner, transactions: openNew(circumstances, owner, chosen) } : undefined;
  }
  const spot = circumstances.pricesUsd.get(UNDERLYING) ?? listingOf(UNDERLYING).priceUsd;
  const { strikePrice, expiry } = series.find(({ strikeId }) => strikeId === owned.position.strikeId)!;
  const { optionType, amount, collateral } = owned.position;
  const least = await devnet.chain.read<bigint>(lyra(devnet).greekCache, 'getMinCollateral', [
    ...[optionType, strikePrice, expiry, wad(spot), amount],
  ]);
  const valueUsd = (Number(collateral) / 1e18) * (inBase(owned) ? spot : 1);
  const kind = chooseAction(Number(collateral) / Number(least), valueUsd, random);
  if (!kind || kind === 'open') return undefined;
  return { kind, owner, transactions: adjust(circumstances, owned)[kind]() };
}

const inBase = ({ position }: OwnedOption) => position.optionType === OPTION_TYPE.shortCallBase;

function adjust(
  { devnet, random }: Circumstances,
  owned: OwnedOption,
): Record<Exclude<OwnerActionKind, 'open'>, () => Transaction[]> {
  const { owner, position } = owned;
  const { strikeId, positionId, optionType, amount, collateral } = position;
  const { optionMarket, quote, base } = lyra(devnet);
  const part = (whole: bigint) => (whole * BigInt(Math.round(50 + 200 * random.uniform()))) / 1_000n + 1n;
  const trade = (of: { readonly amount: bigint; readonly setCollateralTo: bigint }) => ({
    ...{ strikeId, positionId, iterations: 1n, optionType, minTotalCost: 0n, maxTotalCost: MAX_UINT256 },
    ...of,
  });
  // A base-collateralised call is bought back with the owner's own quote.
  const cash = inBase(owned) ? give(devnet, owner, quote, amount * 10_000n) : [];
  return {
    topUp: () => {
      const more = part(collateral);
      return [
        ...give(devnet, owner, inBase(owned) ? base : quote, more),
        call(owner, optionMarket, 'addCollateral', [positionId, more]),
      ];
    },
    borrow: () => [
      call(owner, optionMarket, 'openPosition', [
        trade({ amount: 0n, setCollateralTo: collateral - part(collateral) / 2n }),
      ]),
    ],
    repay: () => [
      ...cash,
      call(owner, optionMarket, 'closePosition', [
        trade({ amount: part(amount), setCollateralTo: collateral }),
      ]),
    ],
    close: () => [
      ...cash,
      call(owner, optionMarket, 'closePosition', [trade({ amount, setCollateralTo: 0n })]),
    ],
  };
}

/** A new position with collateral somewhere between the value of what it is written on and a third of that. */
function openNew(circumstances: Circumstances, owner: Hex, series: Series): Transaction[] {
  const { devnet, random, pricesUsd } = circumstances;
  const { optionMarket, quote, base } = lyra(devnet);
  const kind = NEW_KINDS[Math.floor(random.uniform() * NEW_KINDS.length)]!;
  const spot = pricesUsd.get(UNDERLYING) ?? listingOf(UNDERLYING).priceUsd;
  const collateralUsd = newPositionUsd(random);
  const amount = wad(collateralUsd / spot / (0.34 + 0.66 * random.uniform()));
  const isBase = kind === 'shortCallBase';
  const collateral = kind === 'longCall' ? 0n : wad(collateralUsd / (isBase ? spot : 1));
  const paid = kind === 'longCall' ? wad(collateralUsd * 4) : collateral;
  return [
    ...give(devnet, owner, isBase ? base : quote, paid),
    call(owner, optionMarket, 'openPosition', [tradeOf(kind, series, { amount, collateral })]),
  ];
}

function give(devnet: Circumstances['devnet'], owner: Hex, token: Contract, amount: bigint): Transaction[] {
  return [
    call(devnet.actors.deployer, token, 'mint', [owner, amount]),
    call(owner, token, 'approve', [lyra(devnet).optionMarket.address, MAX_UINT256]),
  ];
}
