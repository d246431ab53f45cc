import { priceSeries } from '@undertow/lag';
import { hiddenOfEvenSpread, oracleHours } from './maker-hours.ts';

const HOUR = 3_600;
const market = priceSeries([
  { time: 0, price: 100 },
  { time: 1_800, price: 80 },
  { time: HOUR, price: 80 },
  { time: HOUR + 1_800, price: 100 },
]).series;
const answers = priceSeries([
  { time: 0, price: 100 },
  { time: HOUR, price: 80 },
]).series;
const auctions = [
  { lastBidAt: HOUR, lot: 50, bid: 0.5 },
  { lastBidAt: HOUR + 10, lot: 30, bid: 70 },
  { lastBidAt: 3 * HOUR, lot: 10, bid: 70 },
];

test('an hour has how far the oracle was too high, which vaults that hid, and what was auctioned in it', () => {
  const [first, second, ...more] = oracleHours({ answers, market, auctions }, 0, 4 * HOUR);
  expect(more).toEqual([]);
  expect(first).toEqual({
    time: 0,
    oracle: 100,
    market: 80,
    meanDeviation: 0.125,
    greatestDeviation: 0.25,
    hiddenBelowRatio: 1.875,
    auctions: 0,
    auctionedEth: 0,
    belowOneDaiEth: 0,
  });
  expect(hiddenOfEvenSpread(first!)).toBeCloseTo(0.25, 12);
  expect(second).toMatchObject({ hiddenBelowRatio: 1.5, auctions: 2, auctionedEth: 80, belowOneDaiEth: 50 });
  expect(second!.meanDeviation).toBeCloseTo(-0.1, 12);
  expect(hiddenOfEvenSpread(second!)).toBe(0);
});
