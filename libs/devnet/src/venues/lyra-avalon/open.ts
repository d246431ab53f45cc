import type { Hex } from 'viem';
import { listingOf } from '../../deploy/listing.ts';
import { MAX_UINT256, type Site } from '../../deploy/site.ts';
import { callWith } from '../../evm/call.ts';
import type { Transaction } from '../../evm/chain.ts';
import type { Planned } from '../devnet-venue.ts';
import type { DevnetContracts } from '../venue-scene.ts';
import { lyra, readSeries, type Series } from './accounts.ts';
import { BOARDS, UNDERLYING, wad } from './parameters.ts';
import { OPTION_TYPE, type LyraAvalonPlan, type PlannedOption } from './plan.ts';

/** With the gas of a trade: the pricing model alone takes a million. */
export const call = callWith(6_000_000n);

/** Contracts that margins are asked for at: enough that the least collateral of a position does not bind. */
const SAMPLE = 1_000n;

/** Opens the planned positions: each owner gets the collateral, and opens them itself. */
export async function openOnLyraAvalon(
  site: Site,
  contracts: DevnetContracts,
  plan: readonly Planned<LyraAvalonPlan>[],
): Promise<void> {
  const { quote, base, optionMarket } = lyra({ ...site, contracts });
  const wanted = await asTrades(site, contracts, plan);
  const { deployer } = site.actors;
  const funding: Transaction[] = wanted.flatMap(({ owner, token, needed }) => [
    call(deployer, token === 'base' ? base : quote, 'mint', [owner, needed]),
    call(owner, token === 'base' ? base : quote, 'approve', [optionMarket.address, MAX_UINT256]),
  ]);
  const trades = wanted.map(({ owner, trade }) => call(owner, optionMarket, 'openPosition', [trade]));
  await site.bundles.send([...funding, ...trades]);
}

interface Wanted {
  readonly owner: Hex;
  readonly trade: ReturnType<typeof tradeOf>;
  readonly token: 'quote' | 'base';
  /** Raw units of the token that the owner must have. */
  readonly needed: bigint;
}

async function asTrades(
  site: Site,
  contracts: DevnetContracts,
  plan: readonly Planned<LyraAvalonPlan>[],
): Promise<Wanted[]> {
  const series = await readSeries({ ...site, contracts });
  const { greekCache } = lyra({ ...site, contracts });
  const spot = wad(listingOf(UNDERLYING).priceUsd);
  const wanted = plan.flatMap(({ owner, plan: options }) => options.map((option) => ({ owner, option })));
  const perSeries = BOARDS[0].strikes.length;
  const seriesOf = ({ board, strike }: PlannedOption) => series[board * perSeries + strike] as Series;
  const minCollateral = async (of: readonly { option: PlannedOption; amount: bigint }[]) => {
    const views = of.map(({ option, amount }) => {
      const { strikePrice, expiry } = seriesOf(option);
      const args = [OPTION_TYPE[option.kind], strikePrice, expiry, spot, amount];
      return { contract: greekCache, functionName: 'getMinCollateral', args };
    });
    return site.chain.readMany<bigint>(views);
  };
  const shorts = wanted.filter(({ option }) => !option.kind.startsWith('long'));
  const samples = await minCollateral(shorts.map(({ option }) => ({ option, amount: wad(1) * SAMPLE })));
  const sized = shorts.map(({ owner, option }, index) => {
    const unitUsd = option.kind === 'shortCallBase' ? listingOf(UNDERLYING).priceUsd : 1;
    const marginUsd = (Number((samples[index] ?? 0n) / SAMPLE) / 1e18) * unitUsd;
    return { owner, option, amount: wad(option.sizeUsd / option.health / marginUsd) };
  });
  const margins = await minCollateral(sized);
  const opened = sized.map(({ owner, option, amount }, index): Wanted => {
    const collateral = ((margins[index] ?? 0n) * wad(option.health)) / wad(1);
    const trade = tradeOf(option.kind, seriesOf(option), { amount, collateral });
    return { owner, trade, token: option.kind === 'shortCallBase' ? 'base' : 'quote', needed: collateral };
  });
  const longs = wanted.filter(({ option }) => option.kind.startsWith('long'));
  const bought = longs.map(({ owner, option }): Wanted => {
    const amount = wad(option.sizeUsd / listingOf(UNDERLYING).priceUsd);
    const trade = tradeOf(option.kind, seriesOf(option), { amount, collateral: 0n });
    // A call is never worth more than what it is written on, a put never more than its strike.
    return {
      owner,
      trade,
      token: 'quote',
      needed: (amount * (spot + seriesOf(option).strikePrice)) / wad(1),
    };
  });
  return [...opened, ...bought];
}

/** `OptionMarket.TradeInputParameters` of a new position. */
export function tradeOf(
  kind: PlannedOption['kind'],
  { strikeId }: Series,
  { amount, collateral }: { readonly amount: bigint; readonly collateral: bigint },
) {
  return {
    ...{ strikeId, positionId: 0n, iterations: 1n, optionType: OPTION_TYPE[kind], amount },
    ...{ setCollateralTo: collateral, minTotalCost: 0n, maxTotalCost: MAX_UINT256 },
  };
}
