import { parseEventLogs, toEventSelector, type Hex, type Log } from 'viem';
import { usdOfUnits } from '../../deploy/listing.ts';
import { encodeCall } from '../../evm/contract.ts';
import type { Claim, Offer } from '../../liquidator/offer.ts';
import type { CallDone, ClaimsAt, LiquidationDone, PricesUsd } from '../devnet-venue.ts';
import type { VenueScene } from '../venue-scene.ts';
import {
  healthOfMorphoPosition,
  morpho,
  ORACLE_PRICE_SCALE,
  readMorphoMarkets,
  readMorphoPositions,
  toAssetsDown,
  WAD,
  type MorphoPosition,
} from './accounts.ts';
import type { DeployedMorphoMarket } from './contracts.ts';

/** `LIQUIDATION_CURSOR`, `MAX_LIQUIDATION_INCENTIVE_FACTOR` of ConstantsLib, wad. */
const [LIQUIDATION_CURSOR, MAX_INCENTIVE] = [(3n * WAD) / 10n, (115n * WAD) / 100n];

/** Every position that is due: all of its debt, or all of its collateral when that does not cover the debt. */
export async function morphoClaims(devnet: VenueScene, { due, phase }: ClaimsAt): Promise<Claim[]> {
  if (phase === 1) return [];
  const claims: Claim[] = [];
  for (const state of await readMorphoMarkets(devnet)) {
    const here = due.filter(({ market }) => market === state.market.id);
    const owners = here.map(({ owner }) => owner);
    const positions = await readMorphoPositions(devnet, state, owners);
    for (const [index, account] of here.entries()) {
      const position = positions[index] as MorphoPosition;
      const healthFactor = healthOfMorphoPosition(position);
      claims.push({ account, accounts: [account], healthFactor, offers: [offerOf(devnet, position)] });
    }
  }
  return claims;
}

/** Words of `Morpho.liquidate` after the five of the market: the collateral that is seized, or the debt that is repaid. */
const [SEIZED_WORD, SHARES_WORD] = [6, 7];

function offerOf(devnet: VenueScene, { state, owner, borrowShares, collateral }: MorphoPosition): Offer {
  const { address: target, abi } = morpho(devnet);
  const { params, collateral: sold, loan } = state.market;
  const repaid = toAssetsDown(borrowShares, state);
  const bonus = (repaid * incentiveFactor(BigInt(params.lltv))) / WAD;
  const isCovered = (bonus * ORACLE_PRICE_SCALE) / state.price < collateral;
  const data = encodeCall(abi, 'liquidate', [params, owner, 0n, 0n, '0x']);
  return {
    calls: [{ target, data, word: isCovered ? SHARES_WORD : SEIZED_WORD }],
    goods: [{ symbol: sold }, { symbol: loan }],
    whole: isCovered ? borrowShares : collateral,
  };
}

/** min(1.15, 1 ÷ (1 − 0.3 (1 − LLTV))), wad (`Morpho.liquidate`). */
function incentiveFactor(lltvWad: bigint): bigint {
  const factor = (WAD * WAD) / (WAD - (LIQUIDATION_CURSOR * (WAD - lltvWad)) / WAD);
  return factor < MAX_INCENTIVE ? factor : MAX_INCENTIVE;
}

interface LiquidateEvent {
  readonly id: Hex;
  readonly borrower: Hex;
  readonly repaidAssets: bigint;
  readonly seizedAssets: bigint;
  readonly badDebtAssets: bigint;
}

export function readMorphoLiquidations(devnet: VenueScene, { receipt, prices }: CallDone): LiquidationDone[] {
  const logs = receipt.logs as unknown as Log[];
  const { abi } = devnet.artifacts.Morpho;
  return parseEventLogs({ abi, logs, eventName: 'Liquidate' }).map(({ args }) => {
    const { id, borrower, repaidAssets, seizedAssets } = args as unknown as LiquidateEvent;
    const { collateral, loan } = marketOf(devnet, id);
    return {
      ...{ venue: 'morpho-blue@devnet', owner: borrower.toLowerCase() as Hex, market: id },
      seizedUsd: usdOfUnits(collateral, seizedAssets, prices.get(collateral) ?? 0),
      repaidUsd: usdOfUnits(loan, repaidAssets, prices.get(loan) ?? 0),
      protocolFeeUsd: 0,
    };
  });
}

/** Debt that liquidations have written off against lenders so far, USD. The contract keeps no sum of it: its logs do. */
export async function writtenOffUsd(devnet: VenueScene, prices: PricesUsd): Promise<number> {
  const { address, abi } = morpho(devnet);
  const filter = { address, topics: [TOPIC], fromBlock: '0x0', toBlock: 'latest' };
  const logs = await devnet.chain.rpc<Log[]>('eth_getLogs', [filter]);
  return parseEventLogs({ abi, logs, eventName: 'Liquidate' }).reduce((sum, { args }) => {
    const { id, badDebtAssets } = args as unknown as LiquidateEvent;
    const { loan } = marketOf(devnet, id);
    return sum + usdOfUnits(loan, badDebtAssets, prices.get(loan) ?? 0);
  }, 0);
}

/** `EventsLib.Liquidate`. */
const TOPIC = toEventSelector('Liquidate(bytes32,address,address,uint256,uint256,uint256,uint256,uint256)');

function marketOf(devnet: VenueScene, id: Hex): DeployedMorphoMarket {
  const market = devnet.contracts.venues.morphoBlue.markets.find((candidate) => candidate.id === id);
  if (!market) throw new Error(`bug: Morpho liquidated in an unknown market ${id}`);
  return market;
}
