import { SchedulerRegistry } from '@nestjs/schedule';
import { EnginePool } from '@undertow/engine-pool';
import { watchedOf } from '@undertow/lag';
import { MemoryFacts } from '../test-server/memory-facts.ts';
import { recordDevnet, type Recording } from '../test-server/record-devnet.ts';
import { LiveBook } from './live-book.ts';
import { OracleReports } from './oracle-reports.ts';
import { MeasureSchedule } from './measure-schedule.ts';
import { heatmapRows } from './sweep-answers.ts';

let recording: Recording;
beforeAll(async () => (recording = await recordDevnet(24)), 180_000);

it('measures a block once, and keeps what the book, its heatmap and its oracles say', async () => {
  const source = new MemoryFacts(recording);
  const live = new LiveBook(source);
  const pool = new EnginePool({ threads: 1 });
  const report = (cause: unknown) => {
    throw cause;
  };
  const reports = new OracleReports(source, live);
  let told = 0;
  const parts = {
    ...{ live, pool, reports, series: source.series, report, everySeconds: 0 },
    tellFlags: async () => void (told += 1),
  };
  const schedule = new MeasureSchedule(parts, new SchedulerRegistry());
  expect(await schedule.measure()).toBe(0);
  source.moveTo(source.newest);
  const { time } = (await source.stored())!;
  const market = { symbol: 'ETH/USD', base: 'ETH', quote: 'USD', asset: 'WETH', isCandle: false };
  source.said = ['gemini', 'kraken'].map((exchange) => ({
    ...{ ...market, exchange, price: 1_000, volume: 1e12, time, exchangeTime: undefined },
  }));
  await live.update();
  expect(await schedule.measure()).toBeGreaterThan(20);
  expect(await schedule.measure()).toBe(0);
  expect(told).toBe(1);
  const { book, head } = await live.at();
  const wanted = { from: 0, to: head.time + 1, step: 'day', name: 'lossUsd' } as const;
  const rows = await heatmapRows(book, [-0.3], (names) => pool.cells({ book }, names));
  await pool.close();
  for (const { name, cells } of rows) {
    const { points } = await source.series.measure({ ...wanted, subject: `${name}=-0.3` });
    expect(points.map(({ value }) => value)).toEqual([cells[0]!.lossUsd]);
  }
  expect(rows.length).toBeGreaterThan(2);
  // All that the rules of flags look at and that has a value, of every feed, oracle, pair and asset.
  const { report: oracles } = await reports.at();
  const names = await source.series.measureNames();
  for (const { subject, values } of watchedOf(book, oracles))
    for (const [name, value] of Object.entries(values)) {
      expect(names).toContainEqual({ name, subject });
      const { points } = await source.series.measure({ ...wanted, name, subject });
      expect(points.map((point) => point.value)).toEqual([value]);
    }
  const measured = new Set(names.map(({ name }) => name));
  for (const name of ['deviation', 'disagreement', 'splitLegs']) expect(measured).toContain(name);
  const deviation = { ...wanted, name: 'oracleDeviation', subject: 'WETH' };
  const [weth] = (await source.series.measure(deviation)).points;
  const { oraclePriceUsd } = book.assets.find(({ symbol }) => symbol === 'WETH')!;
  expect(weth?.value).toBeCloseTo(oraclePriceUsd / 1_000 - 1, 9);
});
