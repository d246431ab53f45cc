import type { Hex } from 'viem';
import type { Transaction } from '../../evm/chain.ts';
import { encodeCall } from '../../evm/contract.ts';
import type { DueAccount } from '../../liquidator/due-account.ts';
import { noTermsCalls } from '../../terms/terms-change.ts';
import type { DevnetVenue } from '../devnet-venue.ts';
import type { VenueScene } from '../venue-scene.ts';
import { areDue, isShort, lyra, readPositions, readSeries, readSpot, type OwnedOption } from './accounts.ts';
import { actOnLyraAvalon } from './act.ts';
import type { LyraAvalonContracts } from './contracts.ts';
import { deployLyraAvalon } from './deploy.ts';
import { optionClaims, readOptionLiquidations } from './liquidate.ts';
import { openOptions } from './open-accounts.ts';
import { openOnLyraAvalon } from './open.ts';
import { ID } from './parameters.ts';
import { planLyraAvalon, saleableOnLyraAvalon, type LyraAvalonPlan } from './plan.ts';

/** Moves of the underlying after which a position that is due then counts as near its line now, per cent. */
const NEAR_MOVES = [-10n, 0n, 10n];

/** Lyra Avalon: options against a liquidity pool; shorts with too little collateral are closed at a penalty price. */
export const lyraAvalon: DevnetVenue<LyraAvalonContracts, LyraAvalonPlan> = {
  id: ID,
  deploy: (site, base) => deployLyraAvalon(site, base),
  plan: planLyraAvalon,
  saleableUsd: saleableOnLyraAvalon,
  open: openOnLyraAvalon,
  deployment: (contracts) => ({
    ...{ adapter: 'lyra-avalon', id: ID, version: '1.0' },
    optionMarket: contracts.optionMarket,
    optionToken: contracts.optionToken,
    greekCache: contracts.greekCache,
    pricer: contracts.pricer,
    liquidityPool: contracts.liquidityPool,
    synthetixAdapter: contracts.adapter,
    quoteAsset: contracts.quote,
    baseAsset: contracts.base,
    baseFollows: contracts.underlying,
    baseFeed: contracts.feed,
  }),
  borrowers: async (devnet) => ownersOf((await readPositions(devnet, devnet.owners)).filter(isShort)),
  async due(devnet, owners) {
    const shorts = (await readPositions(devnet, owners)).filter(isShort);
    const isDue = await areDue(devnet, shorts, await readSpot(devnet));
    return shorts
      .filter((_, index) => isDue[index])
      .map(({ owner, position }): DueAccount => ({
        venue: ID,
        owner,
        market: position.positionId.toString(),
      }));
  },
  async near(devnet, owners) {
    const shorts = (await readPositions(devnet, owners)).filter(isShort);
    const spot = await readSpot(devnet);
    const found: OwnedOption[] = [];
    for (const move of NEAR_MOVES) {
      const isDue = await areDue(devnet, shorts, (spot * (100n + move)) / 100n);
      found.push(...shorts.filter((_, index) => isDue[index]));
    }
    return ownersOf(found);
  },
  claims: optionClaims,
  readDone: async (devnet, _claim, done) => readOptionLiquidations(devnet, done),
  follow: updateGreeks,
  async losses(devnet) {
    const { liquidityPool } = lyra(devnet);
    const insolvent = await devnet.chain.read<bigint>(liquidityPool, 'liquidationInsolventAmount');
    return { badDebtUsd: Number(insolvent) / 1e18, fundsUsd: {} };
  },
  openAccounts: openOptions,
  termsCalls: noTermsCalls(
    'the collateral of its options follows from shocks of price and volatility, which no what-if names',
  ),
  act: actOnLyraAvalon,
};

const ownersOf = (owned: readonly OwnedOption[]): readonly Hex[] => [
  ...new Set(owned.map(({ owner }) => owner)),
];

/** Brings the cached values and sensitivities of every board to the new price: the pool is valued by them. */
async function updateGreeks(devnet: VenueScene): Promise<Transaction[]> {
  const { address, abi } = lyra(devnet).greekCache;
  const boards = new Set((await readSeries(devnet)).map(({ boardId }) => boardId));
  return [...boards].map((board) => ({
    ...{ from: devnet.actors.keeper, to: address, gas: 20_000_000n },
    data: encodeCall(abi, 'updateBoardCachedGreeks', [board]),
  }));
}
