import {
  filteredPlan,
  historicalPlan,
  jointReturns,
  priceTable,
  studentTPlan,
  type PriceRow,
  type PriceTable,
} from '@undertow/sweep';
import { describeWithData, rowsOf } from './real-file.ts';

const FOLDER = 'prices-hourly-binance-2021-2025';
const HOUR = 3_600;
const DAY = 24 * HOUR;

const hourly = (symbol: string): PriceRow[] =>
  rowsOf(`${FOLDER}/${symbol}USDT_1h_close.csv.gz`).map((row) => ({
    symbol,
    time: Date.parse(`${row['open_time']!.replace(' ', 'T')}Z`) / 1_000,
    price: Number(row['close']),
  }));

describeWithData(FOLDER, () => {
  let known: PriceTable | undefined;
  const table = () => (known ??= priceTable([...hourly('ETH'), ...hourly('BTC')], HOUR));
  const days = () => jointReturns(table(), { horizonSeconds: DAY });

  it('has every day of four and a half years, with the worst of May 2021 among them', () => {
    const plan = historicalPlan(days());
    expect(plan.factors).toEqual(['ETH', 'BTC']);
    expect(plan.windows.length).toBeGreaterThan(38_900);
    const worst = plan.windows.toSorted((a, b) => a.logReturns[0]! - b.logReturns[0]!)[0]!;
    expect(new Date(worst.start * 1_000).toISOString()).toMatch(/^2021-05-1[89]/);
    expect(Math.expm1(worst.logReturns[0]!)).toBeLessThan(-0.33);
    expect(worst.logReturns[1]!).toBeLessThan(-0.15);
  });

  it('is far from normal, and falls together', () => {
    const { model } = studentTPlan(days(), { count: 1, seed: 1 });
    if (model.kind !== 'student-t') throw new Error('another model');
    expect(model.degreesOfFreedom).toBeGreaterThan(2.5);
    expect(model.degreesOfFreedom).toBeLessThan(5);
    const [[eth, both], [, btc]] = model.covariance as unknown as [[number, number], [number, number]];
    expect(both / Math.sqrt(eth * btc)).toBeGreaterThan(0.75);
    expect(both / Math.sqrt(eth * btc)).toBeLessThan(0.9);
  });

  it('has the GARCH of ETH that scipy finds', () => {
    const returns = jointReturns(table(), { horizonSeconds: HOUR, wanted: ['ETH'] });
    const { model } = filteredPlan(returns, { count: 1, seed: 1, steps: 24, filter: { kind: 'garch' } });
    if (model.kind !== 'filtered-historical') throw new Error('another model');
    const [filter] = model.filters;
    // scipy 1.17.1, minimize(method='Nelder-Mead') of the same likelihood over the same returns, to the ends of its digits.
    expect(filter!.omega * 1e7).toBeCloseTo(7.787, 1);
    expect(filter!.alpha).toBeCloseTo(0.0914, 3);
    expect(filter!.beta).toBeCloseTo(0.906, 3);
  });
});
