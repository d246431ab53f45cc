import { readPrices } from '../../actions/post-prices.ts';
import { letPass } from '../../actions/time-travel.ts';
import type { Transaction } from '../../evm/chain.ts';
import { callWith } from '../../evm/call.ts';
import { encodeCall } from '../../evm/contract.ts';
import type { Moved } from '../devnet-venue.ts';
import type { VenueScene } from '../venue-scene.ts';
import { bringTo, readPerpPrices, tradeTowards } from './arbitrage.ts';

/** Over fewer seconds than ten the contract does not average: the mark price is the pool's. */
const AVERAGED_SECONDS = 15;

/**
 * Has the mark price average the pool over 15 seconds: then trades of a round, which takes no time, do not move it before the
 * round is over. The protocol averages over 30 minutes.
 */
export async function averageMarks({ chain, contracts, artifacts, actors }: VenueScene): Promise<void> {
  const config = {
    address: contracts.venues.perpV2.clearingHouseConfig,
    abi: artifacts.PerpClearingHouseConfig.abi,
  };
  const call = callWith();
  const set = (functionName: string) => call(actors.deployer, config, functionName, [AVERAGED_SECONDS]);
  await chain.send([set('setMarkPriceMarketTwapInterval'), set('setMarkPricePremiumInterval')]);
}

/**
 * After the index has moved, each pool is traded in proportion: its price ÷ index stays what it was. Without
 * waiting (the market agent) it is one trade per pool, which also takes back half of the distance that the pool has to its
 * index: arbitrage, but not without end.
 */
export async function followIndex(
  devnet: VenueScene,
  { moves, mayWait }: Moved,
): Promise<readonly Transaction[]> {
  const perp = devnet.contracts.venues.perpV2;
  if (mayWait) await devnet.chain.send(keepRounds(devnet), { mayFail: true });
  const prices = await readPerpPrices(devnet, perp.markets);
  const inProportion = perp.markets.map(
    ({ symbol }, index) => (prices[index] as number) * (moves.get(symbol) ?? 1),
  );
  if (mayWait) {
    await bringTo(devnet, perp, inProportion.map(nearestTick));
    // Until the averages have come to it.
    await letPass(devnet, AVERAGED_SECONDS + 1);
    await devnet.chain.rpc('evm_mine');
    return [];
  }
  const indices = await readPrices(devnet);
  const trades = perp.markets.flatMap((market, index) => {
    const price = prices[index] as number;
    const target = Math.sqrt((inProportion[index] as number) * (indices.get(market.symbol) ?? price));
    return Math.abs(price / target - 1) < 1e-9 ? [] : [tradeTowards(devnet, perp, market, { price, target })];
  });
  return [...keepRounds(devnet), ...trades];
}

/** Averages are of whole ticks: at one a pool and its average have the same price. A hair above, to be in it. */
function nearestTick(price: number): number {
  return 1.0001 ** Math.round(Math.log(price) / Math.log(1.0001)) * (1 + 1e-10);
}

/**
 * Has the price feeds keep the newest rounds, as the protocol's own keeper does: their averages underflow some seconds
 * after a fall that nobody has kept. A feed that has it already refuses.
 */
function keepRounds({ contracts, artifacts, actors }: VenueScene): Transaction[] {
  const data = encodeCall(artifacts.PerpPriceFeed.abi, 'update');
  return contracts.venues.perpV2.markets.map(({ priceFeed: to }) => ({ from: actors.keeper, to, data }));
}
