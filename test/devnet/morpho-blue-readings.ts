import { mechanisms, type ExactReading } from '@undertow/book';
import { encodeCall, type AssetSymbol, type Devnet } from '@undertow/devnet';
import type { Address, Hex } from '@undertow/market';
import { postPrices } from '../../libs/devnet/src/actions/post-prices.ts';
import type { FollowedChain } from './follow-chain.ts';

type DevnetMarket = Devnet['contracts']['venues']['morphoBlue']['markets'][number];

const VENUE = 'morpho-blue@devnet';

/** Figures of every position in every pair are what the views return; interest must be accrued at the head. */
export async function expectPairReadingsAsContract(devnet: Devnet, chain: FollowedChain): Promise<number> {
  let compared = 0;
  const { artifacts, contracts } = devnet;
  const { morpho, markets } = contracts.venues.morphoBlue;
  const contract = { address: morpho, abi: artifacts.Morpho.abi };
  for (const market of markets) {
    const total = await devnet.chain.read<readonly bigint[]>(contract, 'market', [market.id]);
    const oracle = { address: market.params.oracle, abi: artifacts.PairOracle.abi };
    const price = await devnet.chain.read<bigint>(oracle, 'price');
    for (const owner of devnet.owners) {
      const reading = readingOf(chain, market, { owner, time: chain.head().time });
      if (!reading) continue;
      const position = await devnet.chain.read<readonly bigint[]>(contract, 'position', [market.id, owner]);
      const [, borrowShares = 0n, collateral = 0n] = position;
      expect(reading.figures.map(({ value }) => value)).toEqual([
        ...[collateral, borrowShares, await owed(devnet, market, { owner, borrowShares })],
        ...[total[2], total[3], price],
      ]);
      compared += reading.figures.length;
    }
  }
  return compared;
}

/** What the whole debt costs: the contract says it when somebody repays. */
async function owed(
  devnet: Devnet,
  market: DevnetMarket,
  { owner, borrowShares }: { readonly owner: Address; readonly borrowShares: bigint },
): Promise<bigint> {
  if (borrowShares === 0n) return 0n;
  const { morpho } = devnet.contracts.venues.morphoBlue;
  const args = [paramsOf(market), 0n, borrowShares, owner, '0x'];
  const data = encodeCall(devnet.artifacts.Morpho.abi, 'repay', args);
  const result = await devnet.rpc<Hex>('eth_call', [
    { from: devnet.actors.bank, to: morpho, data },
    'latest',
  ]);
  return BigInt(result.slice(0, 66));
}

/** The liquidation prices of some positions: at the answer the contract lets anyone liquidate, one beside it does not. */
export async function expectPairLiquidationPrices(
  devnet: Devnet,
  chain: FollowedChain,
  most: number,
): Promise<number> {
  let tried = 0;
  const time = chain.head().time + 1;
  for (const market of devnet.contracts.venues.morphoBlue.markets) {
    for (const owner of devnet.owners) {
      const reading = readingOf(chain, market, { owner, time });
      for (const { feed, answer } of reading?.liquidationPrices ?? []) {
        if (tried >= most) return tried;
        const { symbol } = Object.values(devnet.contracts.assets).find(
          ({ feedProxy }) => feedProxy === feed,
        )!;
        const healthy = symbol === 'USDC' ? answer - 1n : answer + 1n;
        const isDue = (at: bigint) => isLiquidatable(devnet, market, { owner, symbol, answer: at, time });
        expect([owner, symbol, await isDue(answer), await isDue(healthy)]).toEqual([
          owner,
          symbol,
          true,
          false,
        ]);
        tried += 1;
      }
    }
  }
  return tried;
}

interface Posed {
  readonly owner: Address;
  readonly symbol: AssetSymbol;
  readonly answer: bigint;
  readonly time: number;
}

/** Whether one share may be liquidated if a feed answered so. The chain is left as it was. */
async function isLiquidatable(
  devnet: Devnet,
  market: DevnetMarket,
  { owner, symbol, answer, time }: Posed,
): Promise<boolean> {
  const snapshot = await devnet.rpc<Hex>('evm_snapshot');
  await devnet.rpc('evm_setNextBlockTimestamp', [time]);
  await postPrices(devnet, { [symbol]: answer });
  const { morpho } = devnet.contracts.venues.morphoBlue;
  const data = encodeCall(devnet.artifacts.Morpho.abi, 'liquidate', [
    ...[paramsOf(market), owner, 0n, 1n, '0x'],
  ]);
  const call = { from: devnet.actors.liquidator, to: morpho, data };
  const outcome = await devnet.rpc<Hex>('eth_call', [call, 'latest']).then(
    () => true,
    () => false,
  );
  await devnet.rpc('evm_revert', [snapshot]);
  return outcome;
}

function readingOf(
  chain: FollowedChain,
  market: DevnetMarket,
  at: { readonly owner: Address; readonly time: number },
): ExactReading | undefined {
  const readings = mechanisms['isolated-pair'].read(chain.ledger, { venue: VENUE, ...at });
  const reading = readings.find((candidate) => candidate.market === market.id);
  if (reading && 'reason' in reading) throw new Error(`${at.owner}: ${reading.reason}`);
  return reading;
}

const paramsOf = ({ params }: DevnetMarket) => ({ ...params, lltv: BigInt(params.lltv) });
