import { readPrices } from '../../actions/post-prices.ts';
import { letPass } from '../../actions/time-travel.ts';
import type { Transaction } from '../../evm/chain.ts';
import { encodeCall } from '../../evm/contract.ts';
import type { Moved } from '../devnet-venue.ts';
import type { VenueScene } from '../venue-scene.ts';
import { bringTo, readMarkPrices, readPerpPrices, tradeTowards } from './arbitrage.ts';
import { MARK_WINDOW_SECONDS } from './markets.ts';

/** Averages are of whole ticks: a pool at its mark price stands at the beginning of one. A hair above, to be in it. */
const HAIR = 1e-10;

/**
 * Brings each pool to its mark price, wherever it stood beside it: a shock moves the market from there, as it moves the others from
 * what their oracles say.
 */
export async function bringToMarks(devnet: VenueScene): Promise<void> {
  const perp = devnet.contracts.venues.perpV2;
  const marks = await readMarkPrices(devnet, perp.markets);
  await bringTo(
    devnet,
    perp,
    marks.map((mark) => mark * (1 + HAIR)),
  );
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
    await bringTo(devnet, perp, inProportion);
    // Until the averages have come to it.
    await letPass(devnet, MARK_WINDOW_SECONDS + 1);
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

/**
 * Has the price feeds keep the newest rounds, as the protocol's own keeper does: their averages underflow some seconds
 * after a fall that nobody has kept. A feed that has it already refuses.
 */
function keepRounds({ contracts, artifacts, actors }: VenueScene): Transaction[] {
  const data = encodeCall(artifacts.PerpPriceFeed.abi, 'update');
  return contracts.venues.perpV2.markets.map(({ priceFeed: to }) => ({ from: actors.keeper, to, data }));
}
