import type { Hex } from 'viem';
import { readAnswers } from '../../actions/post-prices.ts';
import { FEED_DECIMALS } from '../../deploy/listing.ts';
import type { Contract } from '../../evm/contract.ts';
import type { VenueScene } from '../venue-scene.ts';
import { UNDERLYING } from './parameters.ts';
import { OPTION_TYPE } from './plan.ts';

/** A strike of a listed board, as the market stores it. */
export interface Series {
  readonly strikeId: bigint;
  readonly boardId: bigint;
  readonly strikePrice: bigint;
  readonly expiry: bigint;
}

/** `OptionToken.OptionPosition`. */
export interface OptionPosition {
  readonly positionId: bigint;
  readonly strikeId: bigint;
  readonly optionType: number;
  readonly amount: bigint;
  readonly collateral: bigint;
  readonly state: number;
}

export interface OwnedOption {
  readonly owner: Hex;
  readonly position: OptionPosition;
}

/** The contracts that are called, with their ABIs. */
export function lyra(devnet: Pick<VenueScene, 'contracts' | 'artifacts'>) {
  const { venues } = devnet.contracts;
  const { optionMarket, optionToken, greekCache, liquidityPool, quote, base } = venues.lyraAvalon;
  const { OptionMarket, OptionToken, OptionGreekCache, LiquidityPool, TestERC20Fail } = devnet.artifacts;
  return {
    optionMarket: { address: optionMarket, abi: OptionMarket.abi },
    optionToken: { address: optionToken, abi: OptionToken.abi },
    greekCache: { address: greekCache, abi: OptionGreekCache.abi },
    liquidityPool: { address: liquidityPool, abi: LiquidityPool.abi },
    quote: { address: quote, abi: TestERC20Fail.abi },
    base: { address: base, abi: TestERC20Fail.abi },
  } satisfies Record<string, Contract>;
}

interface BoardStruct {
  readonly id: bigint;
  readonly expiry: bigint;
  readonly frozen: boolean;
}

interface StrikeStruct {
  readonly id: bigint;
  readonly strikePrice: bigint;
}

/** The strikes of all boards that are listed and not expired, in the order of boards and strikes. */
export async function readSeries(
  devnet: Pick<VenueScene, 'chain' | 'contracts' | 'artifacts'>,
): Promise<Series[]> {
  const { optionMarket } = lyra(devnet);
  const { timestamp } = await devnet.chain.rpc<{ timestamp: Hex }>('eth_getBlockByNumber', ['latest', false]);
  const boardIds = await devnet.chain.read<readonly bigint[]>(optionMarket, 'getLiveBoards');
  const details = await devnet.chain.readMany<readonly [BoardStruct, readonly StrikeStruct[]]>(
    boardIds.map((id) => ({
      ...{ contract: optionMarket, functionName: 'getBoardAndStrikeDetails', args: [id] },
    })),
  );
  return details.flatMap((detail) => {
    if (!detail || detail[0].expiry <= BigInt(timestamp)) return [];
    const [{ id: boardId, expiry }, strikes] = detail;
    return strikes.map(({ id: strikeId, strikePrice }) => ({ strikeId, boardId, strikePrice, expiry }));
  });
}

/** All positions of some owners. */
export async function readPositions(devnet: VenueScene, owners: readonly Hex[]): Promise<OwnedOption[]> {
  const contract = lyra(devnet).optionToken;
  const found = await devnet.chain.readMany<readonly OptionPosition[]>(
    owners.map((owner) => ({ contract, functionName: 'getOwnerPositions', args: [owner] })),
  );
  return owners.flatMap((owner, index) => (found[index] ?? []).map((position) => ({ owner, position })));
}

export const isShort = ({ position }: OwnedOption): boolean =>
  position.optionType >= OPTION_TYPE.shortCallBase;

/** Which of some positions may be liquidated if the underlying cost this much (18 decimals), by the venue's own view. */
export async function areDue(
  devnet: VenueScene,
  owned: readonly OwnedOption[],
  spotPrice: bigint,
): Promise<boolean[]> {
  const contract = lyra(devnet).optionToken;
  const series = new Map((await readSeries(devnet)).map((found) => [found.strikeId, found]));
  const answers = await devnet.chain.readMany<boolean>(
    owned.map(({ position }) => {
      const { expiry = 0n, strikePrice = 0n } = series.get(position.strikeId) ?? {};
      return { contract, functionName: 'canLiquidate', args: [position, expiry, strikePrice, spotPrice] };
    }),
  );
  return owned.map(({ position }, index) => series.has(position.strikeId) && answers[index] === true);
}

/** Price of the underlying as the market sees it, 18 decimals. */
export async function readSpot(devnet: VenueScene): Promise<bigint> {
  const answer = (await readAnswers(devnet, [UNDERLYING])).get(UNDERLYING)?.answer ?? 0n;
  return answer * 10n ** BigInt(18 - FEED_DECIMALS);
}
