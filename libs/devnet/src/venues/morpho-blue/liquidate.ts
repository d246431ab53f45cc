import { parseEventLogs, toEventSelector, type Hex, type Log } from 'viem';
import { usdOfUnits } from '../../deploy/listing.ts';
import type { Devnet } from '../../devnet.ts';
import type { Receipt, Transaction } from '../../evm/chain.ts';
import { encodeCall } from '../../evm/contract.ts';
import type { DueAccount, LiquidationDone, LiquidationOutcome, PricesUsd } from '../devnet-venue.ts';
import {
  morpho,
  ORACLE_PRICE_SCALE,
  readMorphoMarkets,
  readMorphoPositions,
  toAssetsDown,
  WAD,
  type MorphoPosition,
} from './accounts.ts';
import type { DeployedMorphoMarket } from './deploy.ts';

/** `LIQUIDATION_CURSOR`, `MAX_LIQUIDATION_INCENTIVE_FACTOR` of ConstantsLib, wad. */
const [LIQUIDATION_CURSOR, MAX_INCENTIVE] = [(3n * WAD) / 10n, (115n * WAD) / 100n];

/** Liquidates each position once. */
export async function liquidateMorpho(
  devnet: Devnet,
  due: readonly DueAccount[],
  prices: PricesUsd,
): Promise<LiquidationOutcome> {
  const positions: MorphoPosition[] = [];
  for (const state of await readMorphoMarkets(devnet)) {
    const here = due.filter(({ market }) => market === state.market.id);
    positions.push(
      ...(await readMorphoPositions(
        devnet,
        state,
        here.map(({ owner }) => owner),
      )),
    );
  }
  const calls = positions.map((position) => liquidationCall(devnet, position));
  const receipts = await devnet.chain.send(calls, { mayFail: true });
  const succeeded = receipts.filter(({ status }) => status === '0x1');
  return {
    done: succeeded.flatMap((receipt) => readLiquidations(devnet, receipt, prices)),
    failed: due.length - succeeded.length,
  };
}

/**
 * The call that a rational liquidator makes: all of the debt, or all of the collateral when it does not cover the debt
 * (the rest is then written off by the venue).
 */
function liquidationCall(devnet: Devnet, position: MorphoPosition): Transaction {
  const { state, owner, borrowShares, collateral } = position;
  const { address, abi } = morpho(devnet);
  const repaid = toAssetsDown(borrowShares, state);
  const bonus = (repaid * incentiveFactor(BigInt(state.market.params.lltv))) / WAD;
  const seized = (bonus * ORACLE_PRICE_SCALE) / state.price;
  const amounts = seized < collateral ? [0n, borrowShares] : [collateral, 0n];
  const data = encodeCall(abi, 'liquidate', [state.market.params, owner, ...amounts, '0x']);
  return { from: devnet.actors.liquidator, to: address, data };
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

function readLiquidations(devnet: Devnet, receipt: Receipt, prices: PricesUsd): LiquidationDone[] {
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
      inventory: new Map([
        [collateral, seizedAssets],
        [loan, -repaidAssets],
      ]),
    };
  });
}

/** Debt that liquidations have written off against lenders so far, USD. The contract keeps no sum of it: its logs do. */
export async function writtenOffUsd(devnet: Devnet, prices: PricesUsd): Promise<number> {
  const { address, abi } = morpho(devnet);
  const filter = { address, topics: [TOPIC], fromBlock: '0x0', toBlock: 'latest' };
  const logs = await devnet.rpc<Log[]>('eth_getLogs', [filter]);
  return parseEventLogs({ abi, logs, eventName: 'Liquidate' }).reduce((sum, { args }) => {
    const { id, badDebtAssets } = args as unknown as LiquidateEvent;
    const { loan } = marketOf(devnet, id);
    return sum + usdOfUnits(loan, badDebtAssets, prices.get(loan) ?? 0);
  }, 0);
}

/** `EventsLib.Liquidate`. */
const TOPIC = toEventSelector('Liquidate(bytes32,address,address,uint256,uint256,uint256,uint256,uint256)');

function marketOf(devnet: Devnet, id: Hex): DeployedMorphoMarket {
  const market = devnet.contracts.venues.morphoBlue.markets.find((candidate) => candidate.id === id);
  if (!market) throw new Error(`bug: Morpho liquidated in an unknown market ${id}`);
  return market;
}
