import { wanderingMarket } from '../fixtures/market-path.ts';
import { priceAt, priceSeries } from '../series/price-series.ts';
import { delaySkill } from './delay-skill.ts';

const DAY = 86_400;
const market = wanderingMarket(20 * 1_440);
/** Every quarter of an hour the price of some seconds before. */
const oracleOf = (delaySeconds: number) =>
  priceSeries(
    Array.from({ length: 20 * 96 - 8 }, (_, row) => {
      const time = (row + 8) * 900;
      return { time, price: priceAt(market, time - delaySeconds)! };
    }),
  ).series;
const options = {
  from: 0,
  to: 20 * DAY,
  partSeconds: 5 * DAY,
  shiftsSeconds: Array.from({ length: 13 }, (_, row) => row * 600),
};

describe('a delay where it was not learned', () => {
  it('of an oracle that is late has skill, in every part that is left out', () => {
    const found = delaySkill(oracleOf(3_600), market, options)!;
    expect(found.parts).toHaveLength(4);
    for (const part of found.parts) {
      expect(Math.abs(part.delaySeconds - 3_600)).toBeLessThan(300);
      expect(part.error).toBeLessThan(part.errorWithoutDelay);
    }
    expect(found.skill).toBeGreaterThan(0.5);
  });

  it('of an oracle in time has none to gain', () => {
    const found = delaySkill(oracleOf(0), market, options)!;
    expect(found.errorWithoutDelay).toBe(0);
    expect(found.skill).toBeUndefined();
  });

  it('is not told where nothing can be left out', () => {
    expect(delaySkill(oracleOf(3_600), market, { ...options, partSeconds: 40 * DAY })).toBeUndefined();
    expect(delaySkill(priceSeries([]).series, market, options)).toBeUndefined();
  });
});
