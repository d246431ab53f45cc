import { openEngine, simulate, type Outcome } from '@undertow/cascade';
import { crowdBook } from '../../../cascade/src/fixtures/crowd-books.ts';
import { gridPlan } from '../fixtures/plans.ts';
import { openPlan } from '../plan/open-plan.ts';
import { sweepKey } from '../plan/plan-hash.ts';
import { FIGURES } from './columns.ts';
import { joinChunks } from './join-chunks.ts';
import { runRange } from './run-range.ts';
import { sweepShape } from './sweep-shape.ts';
import { SweepTable } from './sweep-table.ts';

const book = crowdBook();
const opened = openPlan(gridPlan, book);
const key = sweepKey({ plan: gridPlan, book, engine: 'clear' });
const shape = sweepShape(book, { key, count: opened.count });
const engine = openEngine(book);
const run = { engine, opened, shape };
const chunks = [
  { from: 0, to: 1 },
  { from: 1, to: 4 },
  { from: 4, to: 6 },
].map((range) => runRange(run, range));
const whole = new SweepTable(shape);
whole.putChunk(runRange(run, { from: 0, to: 6 }));

const same = (a: SweepTable, b: SweepTable) => {
  const all = { from: 0, to: a.shape.count };
  expect(a.chunk(all).hash).toBe(b.chunk(all).hash);
};

describe('SweepTable', () => {
  it('keeps what a run says', () => {
    const result = simulate(book, opened.scenario(4), { band: false });
    expect(whole.figure('lossUsd')[4]).toBe(result.lossUsd);
    expect(whole.figure('rounds')[4]).toBe(result.rounds.length);
    expect(whole.figure('isConverged')[4]).toBe(1);
    expect(whole.figure('firstRoundUsd')[4]).toBe(result.rounds[0]!.liquidatedUsd);
    const sum = (figure: 'venueLossUsd' | 'marketLossUsd', rows: number) =>
      Array.from({ length: rows }, (_, row) => whole.grouped(figure, row)[4]!).reduce((a, b) => a + b, 0);
    expect(result.lossUsd).toBeGreaterThan(0);
    expect(sum('venueLossUsd', shape.venues.length)).toBeCloseTo(result.lossUsd, 6);
    expect(sum('marketLossUsd', shape.markets.length)).toBeCloseTo(result.lossUsd, 6);
  });

  it('is the same bits whatever the chunks, their order, and how often they come', () => {
    const table = new SweepTable(shape);
    for (const at of [2, 0, 2, 1, 1]) table.putChunk(chunks[at]!);
    expect(table.done).toBe(6);
    same(table, whole);
    const single = new SweepTable(shape);
    const outcomes: Outcome[] = [];
    engine.run([...Array(6).keys()].map(opened.scenario), (outcome) => outcomes.push(outcome));
    for (const index of [5, 1, 0, 2, 3, 4, 3]) single.put(index, outcomes[index]!);
    same(single, whole);
  });

  it('is of chunks that were joined, which are those of one run', () => {
    const [first, second, third] = chunks;
    expect(joinChunks([third!, second!], { from: 1, to: 6 })).toEqual(whole.chunk({ from: 1, to: 6 }));
    expect(() => joinChunks([first!, third!], { from: 0, to: 6 })).toThrow('scenario 1 is missing');
    expect(() => joinChunks([second!, second!], { from: 1, to: 6 })).toThrow('or there twice');
    expect(() => joinChunks([first!, second!], { from: 0, to: 6 })).toThrow('end at 4, and not at 6');
    expect(() => joinChunks([first!, second!], { from: 0, to: 3 })).toThrow('end at 4, and not at 3');
    const damaged = { ...second!, hash: first!.hash };
    expect(() => joinChunks([first!, damaged], { from: 0, to: 4 })).toThrow('is damaged');
    const other = { ...run, shape: { ...shape, key: sweepKey({ plan: gridPlan, book, engine: 'fast' }) } };
    const strange = runRange(other, { from: 1, to: 4 });
    expect(() => joinChunks([first!, strange], { from: 0, to: 4 })).toThrow('of two sweeps');
  });

  it('knows what is missing', () => {
    const table = new SweepTable(shape);
    table.putChunk(chunks[1]!);
    expect(table.isComplete).toBe(false);
    expect(table.present()).toEqual([{ from: 1, to: 4 }]);
    expect(table.missing()).toEqual([
      { from: 0, to: 1 },
      { from: 4, to: 6 },
    ]);
    expect(table.missing(1)).toHaveLength(3);
    expect(() => table.chunk({ from: 0, to: 2 })).toThrow('scenario 0 has no result yet');
    expect(table.figure('lossUsd')[0]).toBe(0);
    expect(whole.missing()).toEqual([]);
  });

  it('refuses what is damaged, of another sweep, or another result', () => {
    const table = new SweepTable(shape);
    const [, chunk] = chunks;
    const damaged = { ...chunk!, buffer: chunk!.buffer.slice(0) };
    new Uint8Array(damaged.buffer)[200]! ^= 1;
    expect(() => table.putChunk(damaged)).toThrow('is damaged');
    expect(() => table.putChunk({ ...chunk!, from: 2 })).toThrow('another range or size');
    const other = { ...run, shape: { ...shape, key: sweepKey({ plan: gridPlan, book, engine: 'fast' }) } };
    expect(() => table.putChunk(runRange(other, { from: 0, to: 1 }))).toThrow('of another sweep');
    expect(table.done).toBe(0);
    const outcomes: Outcome[] = [];
    engine.run([opened.scenario(4), opened.scenario(0)], (outcome) => outcomes.push(outcome));
    table.put(4, outcomes[0]!);
    expect(() => table.put(4, outcomes[1]!)).toThrow('scenario 4 has two results that differ');
    expect(() => table.put(6, outcomes[0]!)).toThrow('none 6');
  });

  it('gives zeros of what never happens', () => {
    for (const figure of FIGURES) expect(whole.figure(figure)).toHaveLength(6);
    expect(whole.grouped('venueLossUsd', shape.venues.length - 1).every((value) => value === 0)).toBe(true);
  });
});
