import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { EnginePool } from '@undertow/engine-pool';
import { filteredPlan, studentTPlan } from '../../../../libs/sweep/src/fixtures/plans.ts';
import { UsageError } from '../explain-error.ts';
import { printed } from '../fixtures/printed.ts';
import { loans } from '../sweep/fixtures/loans.ts';
import { runStress, type StressOptions } from './run-stress.ts';

const folder = mkdtempSync(join(tmpdir(), 'undertow-stress-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const tables = [file('loans.csv', loans(30))];
const plan = file('plan.json', JSON.stringify(studentTPlan));
const going = new AbortController().signal;
const pool = new EnginePool({ threads: 1 });
afterAll(() => pool.close());
const stress = (options: Partial<StressOptions>) =>
  printed(() => runStress({ tables, data: folder, ...options }, { signal: going, pool }));

describe('undertow stress', () => {
  it('finds the nearest move with a loss, for all and for each venue', async () => {
    const asked = { reverse: true, loss: 200_000, plan };
    const text = await stress(asked);
    expect(text).toMatch(
      /The nearest move with which all venues together lose 200K USD is \d\.\d\d standard\s+deviations/,
    );
    expect(text).toMatch(/Tried were\s[\d,]+\smoves/);
    expect(text).toMatch(/^Deviations +\w+ +\w+ +Loss$/m);
    const json = JSON.parse(await stress({ ...asked, eachVenue: true, json: true, engine: 'clear' }));
    expect(json.reverse.map(({ venue }: { venue: string | null }) => venue)).toEqual([null, 'loans']);
    const [all, one] = json.reverse;
    expect(one.nearest).toEqual(all.nearest);
    expect(all.nearest.lossUsd).toBeGreaterThanOrEqual(200_000);
    expect(all.nearest.moves.map(({ name }: { name: string }) => name).sort()).toEqual(['CRV', 'ETH']);
    expect(await stress({ ...asked, loss: 1e12, farthest: 3 })).toMatch(
      /No move was found with which all venues[^]*The greatest\sloss\sthat\swas\sfound\sis\s[\d.]+[KM] USD/,
    );
  });

  it('says how strongly falls feed themselves', async () => {
    const text = await stress({ reproduction: true });
    expect(text).toMatch(/The reproduction number of the whole book is \d\.\d\d now\./);
    expect(text).toMatch(/^−20 % +\d\.\d\d/m);
    const json = JSON.parse(await stress({ reproduction: true, json: true }));
    expect(json.reproduction).toHaveLength(11);
  });

  it('finds the same with any number of threads', async () => {
    const asked = { reverse: true, reproduction: true, loss: 200_000, plan, json: true };
    const two = { ...asked, tables, data: folder, threads: 2 };
    expect(await printed(() => runStress(two, { signal: going }))).toBe(await stress(asked));
  });

  it('prints what it has found when it is stopped', async () => {
    const told = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
    const stopped = new AbortController();
    const { wholeReproduction } = EnginePool.prototype;
    // The answer of reverse stress is there by then.
    const stopping = jest.spyOn(EnginePool.prototype, 'wholeReproduction').mockImplementation(function (
      this: EnginePool,
      ...asked
    ) {
      stopped.abort();
      return wholeReproduction.apply(this, asked);
    });
    const options = {
      // Another book, of which the threads have no answers yet.
      tables: [file('loans-more.csv', loans(31))],
      data: folder,
      reverse: true,
      reproduction: true,
      loss: 200_000,
      plan,
    };
    const text = await printed(() => runStress(options, { signal: stopped.signal, pool }));
    stopping.mockRestore();
    expect(process.exitCode).toBe(130);
    process.exitCode = undefined;
    expect(text).toContain('The nearest move with which all venues together lose');
    expect(text).not.toContain('reproduction number');
    expect(told.mock.calls.join('')).toContain('Stopped. What was not found yet is not kept');
    told.mockRestore();
  });

  it('estimates the covariance from prices', async () => {
    const hours = [...Array(60).keys()];
    const price = (hour: number) => 2_000 * (1 + 0.1 * Math.sin(hour * hour));
    const rows = hours.map((hour) => `${1.6e9 + hour * 3_600},${price(hour)}`);
    const prices = [`ETH=${file('eth.csv', `time,price\n${rows.join('\n')}\n`)}`];
    const text = await stress({ reverse: true, loss: 100_000, prices, horizon: 3_600 });
    expect(text).toMatch(/standard deviations away: ETH\s−\d/);
  });

  const filtered = file('filtered.json', JSON.stringify(filteredPlan));
  it.each<[Partial<StressOptions>, RegExp]>([
    [{}, /give --reverse with --loss <usd>, or --reproduction/],
    [{ reverse: true, plan }, /--reverse needs --loss/],
    [{ reverse: true, loss: 1 }, /give --prices <files>, or --plan <file>/],
    [{ reverse: true, loss: 1, plan: filtered }, /has no Student-t model/],
    [{ reverse: true, loss: 1, plan, venue: ['aave'] }, /no venue "aave"; it has loans/],
    [{ reproduction: true, eachVenue: true }, /--each-venue only changes something with --reverse/],
  ])('says what is wrong: %#', async (options, words) => {
    const error: unknown = await stress(options).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).toMatch(words);
  });
});
