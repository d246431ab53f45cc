import { between, priceAt, type PriceSeries } from '@undertow/lag';

/** One auction of ETH, as the public file has it. */
export interface Auction {
  /** When its last bid stood on the chain, unix seconds. */
  readonly lastBidAt: number;
  /** ETH that the last bid was for. */
  readonly lot: number;
  /** DAI a unit. */
  readonly bid: number;
}

/** What one hour was like for those who looked at the oracle. */
export interface OracleHour {
  /** Start, unix seconds. */
  readonly time: number;
  /** At the end of the hour. */
  readonly oracle: number;
  readonly market: number;
  /** Oracle ÷ market − 1 over the hour: its mean and its greatest. Below 0 the oracle was too low. */
  readonly meanDeviation: number;
  readonly greatestDeviation: number;
  /**
   * The greatest collateral ratio at the oracle's price of a vault that was due at the market's: vaults from the least ratio up to here
   * were hidden. It is the least ratio itself where the oracle was not too high.
   */
  readonly hiddenBelowRatio: number;
  /** Auctions whose last bid was in the hour: data of what the oracle had let through by then. */
  readonly auctions: number;
  readonly auctionedEth: number;
  readonly belowOneDaiEth: number;
}

/** Collateral ratio below which a vault of ETH-A was liquidated in March 2020. */
export const LEAST_RATIO = 1.5;
const HOUR = 3_600;

/** An oracle hour by hour, against its market and the auctions. Hours without a market price are left out. */
export function oracleHours(
  { answers, market, auctions }: { answers: PriceSeries; market: PriceSeries; auctions: readonly Auction[] },
  from: number,
  to: number,
): OracleHour[] {
  const hours: OracleHour[] = [];
  for (let time = from; time < to; time += HOUR) {
    const traded = between(market, time, time + HOUR);
    const deviations = [...traded.times].flatMap((at, row) => {
      const answer = priceAt(answers, at);
      return answer === undefined ? [] : [answer / traded.prices[row]! - 1];
    });
    const oracle = priceAt(answers, time + HOUR - 1);
    if (deviations.length === 0 || oracle === undefined) continue;
    const greatest = Math.max(...deviations);
    const sold = auctions.filter(({ lastBidAt }) => lastBidAt >= time && lastBidAt < time + HOUR);
    const eth = (some: readonly Auction[]) => some.reduce((sum, { lot }) => sum + lot, 0);
    hours.push({
      time,
      oracle,
      market: traded.prices.at(-1)!,
      meanDeviation: deviations.reduce((sum, one) => sum + one, 0) / deviations.length,
      greatestDeviation: greatest,
      hiddenBelowRatio: LEAST_RATIO * (1 + Math.max(0, greatest)),
      auctions: sold.length,
      auctionedEth: eth(sold),
      belowOneDaiEth: eth(sold.filter(({ bid }) => bid < 1)),
    });
  }
  return hours;
}

/** Collateral ratios of the assumed spread: even from the least one up to here. */
export const SPREAD_TO = 3;

/** What share of vaults that are spread evenly from the least ratio to `SPREAD_TO` was hidden: an assumption, not Maker's vaults. */
export const hiddenOfEvenSpread = ({ hiddenBelowRatio }: Pick<OracleHour, 'hiddenBelowRatio'>): number =>
  Math.min(1, (hiddenBelowRatio - LEAST_RATIO) / (SPREAD_TO - LEAST_RATIO));
