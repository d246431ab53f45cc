import { wanderingMarket } from '../fixtures/market-path.ts';
import { between, priceAt, priceSeries } from '../series/price-series.ts';
import { feedDelay } from './feed-delay.ts';

const DAY = 86_400;
const MINUTE = 60;
const END = 2 * DAY;

/** A market that is read every five minutes, and a feed that says every quarter of an hour what it was so long ago. */
function playedWith(delaySeconds: number, seed: number, everySeconds = 900) {
  const market = wanderingMarket(END / MINUTE + 1, { seed, perMinute: 0.001 });
  const sampled = (step: number, shift: number) =>
    priceSeries(
      Array.from({ length: (END - DAY / 2) / step + 1 }, (_, row) => DAY / 2 + row * step).map((time) => ({
        time,
        price: priceAt(market, time - shift)!,
      })),
    ).series;
  return { answers: sampled(everySeconds, delaySeconds), market: sampled(300, 0) };
}

it.each([0, 1_800, 5_400])(
  'a feed that runs %d seconds behind is found to, within the time between two readings',
  (late) => {
    for (const seed of [1, 2, 3]) {
      const { answers, market } = playedWith(late, seed);
      const { delaySeconds, bandSeconds, error, errorWithoutDelay } = feedDelay(answers, market, END)!;
      expect(Math.abs(delaySeconds - late)).toBeLessThanOrEqual(300);
      expect(bandSeconds[0]).toBeLessThanOrEqual(late + 300);
      expect(bandSeconds[1]).toBeGreaterThanOrEqual(late - 300);
      if (late > 0) expect(error).toBeLessThan(errorWithoutDelay!);
    }
  },
);

it('of the day before alone, and not where a feed answers too seldom or its market is not known', () => {
  const { answers, market } = playedWith(3_600, 4);
  const now = feedDelay(answers, market, END);
  const sooner = between(answers, DAY, Infinity);
  expect(feedDelay(sooner, market, END)).toEqual(now);
  expect(feedDelay(playedWith(0, 4, 10_800).answers, market, END)).toBeUndefined();
  expect(feedDelay(answers, priceSeries([]).series, END)).toBeUndefined();
});
