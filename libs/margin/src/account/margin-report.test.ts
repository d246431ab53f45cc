import { priceTable, type PriceRow } from '@undertow/sweep';
import { bookOfAllMechanisms } from '../../../book/src/fixtures/book-of-all-mechanisms.ts';
import { garchReturns } from '../../../sweep/src/fixtures/garch-returns.ts';
import { marginReport, type MarginReportWanted } from './margin-report.ts';

const book = bookOfAllMechanisms();
const OWNER = `0x${'5'.repeat(40)}`;
const HOUR = 3_600;
const walk = garchReturns({ count: 600, omega: 1e-5, alpha: 0.05, beta: 0.85 });

function rows(symbol: string, scale: number): PriceRow[] {
  let log = 0;
  return Array.from(walk, (value, at) => {
    log += scale * value;
    return { time: at * HOUR, symbol, price: 100 * Math.exp(log) };
  });
}

const prices = priceTable([...rows('ETH', 1), ...rows('WETH', 1), ...rows('SOL', 2)], HOUR);
const wanted: MarginReportWanted = {
  prices,
  method: 'historical',
  horizonSeconds: HOUR,
  level: 0.99,
  count: 500,
  seed: 1,
};
const report = (changed: Partial<MarginReportWanted> = {}) =>
  marginReport(book, OWNER, { ...wanted, ...changed });

describe('marginReport', () => {
  it('takes what the accounts hang on from the prices, each thing once, and tells its deviation', () => {
    const { factors, withoutPrices, margin, distances } = report();
    // WETH is the same as ETH, and nobody has SOL.
    expect(factors).toEqual([{ name: 'ETH', deviation: expect.any(Number) }]);
    expect(factors[0]!.deviation).toBeCloseTo(0.01, 3);
    expect(withoutPrices).toEqual([]);
    expect(distances).toHaveLength(6);
    const [line] = distances[0]!;
    expect(line!.deviations).toBeCloseTo(Math.log(2_000 / 625) / factors[0]!.deviation, 4);
    expect(margin.portfolio!.tail).toMatchObject({ method: 'historical', scenarios: 599 });
    expect(margin.portfolio!.worst!.scenario.moves).toHaveLength(1);
  });

  it.each(['ewma', 'garch', 'student-t', 'normal'] as const)(
    'tells it by %s, over several steps',
    (method) => {
      const { tail } = report({ method, horizonSeconds: 4 * HOUR }).margin.portfolio!;
      expect(tail).toMatchObject({ method, horizonSeconds: 4 * HOUR, scenarios: 500, level: 0.99 });
      const oneStep = report({ method }).margin.portfolio!.tail!;
      const ratio = tail!.deviationUsd / oneStep.deviationUsd;
      expect(ratio).toBeGreaterThan(1.6);
      expect(ratio).toBeLessThan(2.4);
    },
  );

  it('says what moves the accounts a little, and what much', () => {
    const { sensitivities, grid } = report();
    // Three accounts with two WETH each and a money market's, one with three, and a written call that is worth 1,009 ÷ 3,000 USD more a USD.
    const units = 4 * 2 + 3 - 1_009 / 3_000;
    const [eth] = sensitivities.prices;
    expect(eth!.factor).toBe('ETH');
    expect(eth!.deltaUsd).toBeCloseTo(units * 20, 6);
    expect(eth!.gammaUsd).toBeCloseTo(0, 6);
    expect(sensitivities.vegaUsd).toBe(0);
    const still = grid.gainsUsd[1]!;
    expect(still[grid.moves.indexOf(0)]).toBe(0);
    expect(still[grid.moves.indexOf(-0.5)]).toBeCloseTo(-units * 1_000, 6);
    expect(grid.gainsUsd).toHaveLength(3);
  });

  it('has the Greeks and the scenario margin of options and perpetuals', () => {
    const [eth, ...others] = report().derivatives;
    expect(others).toEqual([]);
    expect(eth!.reference).toBe('ETH');
    // One WETH long of a perpetual, and a call that was written: it takes a little of delta, and lives on time.
    const { gamma, vegaUsd, thetaUsd, collateralDelta } = eth!.greeks;
    const delta = eth!.greeks.delta - collateralDelta;
    expect(delta).toBeGreaterThan(0.9);
    expect(delta).toBeLessThan(1);
    expect(gamma).toBeLessThan(0);
    expect(vegaUsd).toBeLessThan(0);
    expect(thetaUsd).toBeGreaterThan(0);
    expect(eth!.left).toEqual([]);
    const table = { ...book.instruments[0]!, valueUsd: Float64Array.of(1_500, 0) };
    const untold = marginReport({ ...book, instruments: [table, table] }, OWNER, wanted).derivatives[0]!;
    expect(untold.greeks).toMatchObject({ perpetualDelta: 1, gamma: 0, vegaUsd: 0, thetaUsd: 0 });
    expect(untold.left).toHaveLength(1);
    expect(eth!.grid.maintenanceUsd).toBeGreaterThan(0);
    expect(eth!.grid.initialUsd).toBeGreaterThan(eth!.grid.maintenanceUsd);
    const { scenarios, binding } = eth!.grid;
    expect(scenarios).toHaveLength(23);
    expect(scenarios[binding!]!.changeUsd).toBe(Math.min(...scenarios.map(({ changeUsd }) => changeUsd)));
    expect(scenarios[binding!]!.changeUsd).toBeLessThan(0);
  });

  it('has margins and no value at risk without prices, and says whose are missing', () => {
    for (const none of [undefined, priceTable(rows('SOL', 1), HOUR)]) {
      const { margin, factors, withoutPrices, distances } = report({ prices: none });
      expect(margin.portfolio).toBeUndefined();
      expect([factors, withoutPrices]).toEqual([[], ['ETH']]);
      expect(distances[0]![0]).toMatchObject({ lineUsd: expect.closeTo(625, 4), deviations: undefined });
    }
  });

  it('says of prices that are too few what they lack, and tells the rest', () => {
    const few = priceTable(rows('ETH', 1).slice(0, 9), HOUR);
    const short = report({ prices: few });
    expect(short.missing).toEqual([
      'ETH: 8 windows have prices at both ends, of the 10 that it takes; taken to stand still.',
    ]);
    expect([short.margin.portfolio, short.withoutPrices]).toEqual([undefined, ['ETH']]);
    expect(short.distances[0]![0]!.lineUsd).toBeCloseTo(625, 4);
    const still = report({ prices: priceTable(rows('ETH', 0), HOUR), method: 'ewma' });
    expect(still.missing).toEqual(['ETH: its prices never move; taken to stand still.']);
    // A dollar coin whose prices begin late is left out, so that those of ETH still count.
    const late = rows('USDC', 0.1).slice(-12);
    const both = report({ prices: priceTable([...rows('ETH', 1), ...late], HOUR) });
    expect(both.factors.map(({ name }) => name)).toEqual(['ETH']);
    expect(both.missing).toEqual([
      'USDC: 11 windows have prices at both ends, of the 15 that it takes; taken to stand still.',
    ]);
  });

  it('refuses what cannot be told', () => {
    expect(() => marginReport(book, '0xabc', wanted)).toThrow('0xabc has no account');
    expect(() => report({ method: 'ewma', horizonSeconds: 5_000 })).toThrow('whole steps');
    expect(() => report({ level: 2 })).toThrow('between 0 and 1');
  });
});
