import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adviceSchema, type Advice } from '@undertow/advice';
import { exportBook, withTerms } from '@undertow/book';
import { EnginePool } from '@undertow/engine-pool';
import { ethPlan } from '../../../../libs/advice/src/fixtures/studied.ts';
import { walkedPrices } from '../../../../libs/advice/src/fixtures/walked-prices.ts';
import { bookOfAllMechanisms } from '../../../../libs/book/src/fixtures/book-of-all-mechanisms.ts';
import { UsageError } from '../explain-error.ts';
import { printed } from '../fixtures/printed.ts';
import { importTables } from '../import/import-tables.ts';
import { loans } from '../sweep/fixtures/loans.ts';
import { runAdvise, type AdviseOptions } from './run-advise.ts';

const folder = mkdtempSync(join(tmpdir(), 'advise-'));
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const { book: crowd } = await importTables([file('loans.csv', loans(30))]);
const book = file('book.json', exportBook(crowd));
const plan = file('plan.json', JSON.stringify(ethPlan));
const hours = [...Array(60).keys()];
const prices = file(
  'eth.csv',
  `time,close\n${hours.map((hour) => `${1.6e9 + hour * 3_600},${2_000 * (1 + 0.2 * Math.sin(hour / 5))}`).join('\n')}\n`,
);

describe('undertow advise', () => {
  const one = new EnginePool({ threads: 1 });
  const two = new EnginePool({ threads: 2 });
  const advised = (options: Partial<AdviseOptions>, pool = two) =>
    printed(() =>
      runAdvise({ book, data: folder, ...options }, { signal: new AbortController().signal, pool }),
    );
  const asked = { plan, confidence: 0.95, tolerance: { kind: 'usd', usd: 20_000 }, confirm: 'wide' } as const;
  const line = { venue: 'loans', asset: 'ETH', parameter: ['liquidationThreshold'] };

  afterAll(async () => {
    await one.close();
    await two.close();
    rmSync(folder, { recursive: true });
  });

  it('prints the same for one thread and for two', async () => {
    const options = { ...asked, venue: 'loans', json: true };
    const text = await advised(options, one);
    expect(await advised(options, two)).toBe(text);
    const { advices } = JSON.parse(text) as { readonly advices: readonly Advice[] };
    for (const advice of advices) adviceSchema.parse(advice);
    expect(advices.map(({ parameter }) => parameter.kind)).toContain('liquidationThreshold');
  });

  it('begins with what to change in a plain sentence, and has the evidence of it', async () => {
    const text = await advised({
      ...asked,
      ...line,
      confirm: 'all',
      limits: 'aave-v3-agrs',
      start: 1_700_000_000,
    });
    expect(text).toMatch(/^(!! WARNING[^!]*\n)*\n?Lower the liquidation threshold of ETH/);
    for (const part of [
      'Bound by',
      '95 % interval',
      'Path',
      '2023-11-14 22:13',
      'SmartLTV',
      'Scenarios that bind',
    ])
      expect(text).toContain(part);
    expect(text).toContain('oracle-lag of ETH: it is not given');
    expect(text.replaceAll(/\s+/g, ' ')).toContain('Nothing was backtested. Nothing is sent.');
  });

  it('judges a change that is typed, and says loudly whom it hits', async () => {
    const set = ['loans ETH/USDC liquidationThreshold=0.6'];
    const text = await advised({ ...asked, set });
    expect(text).toMatch(/^!! WARNING: the change alone makes \d+ accounts/);
    expect(text).toContain('keeps the loss within the tolerance');
    expect(text).toContain('Made liquidatable, largest debt first');
    const judged = JSON.parse(await advised({ ...asked, set, json: true }, one)) as {
      readonly verdict: string;
    };
    expect(judged).toMatchObject({ verdict: 'within', changes: set });
  });

  it('writes a post and calldata, and says why a call cannot be written', async () => {
    expect(await advised({ ...asked, ...line, markdown: true })).toContain('| loans | ETH/USDC | 83 % |');
    const [refused] = JSON.parse(await advised({ ...asked, ...line, calldata: true })) as [
      { readonly refused: readonly { readonly why: string }[] },
    ];
    expect(refused.refused[0]!.why).toBe('no steward of loans is known: name a target with --call');
    const [{ calls }] = JSON.parse(
      await advised({ ...asked, ...line, calldata: true, call: 'setLine(uint256 bps)' }),
    ) as [{ readonly calls: readonly { readonly data: string }[] }];
    expect(BigInt(`0x${calls[0]!.data.slice(10)}`)).toBeGreaterThan(6_000n);
    await expect(advised({ ...asked, ...line, calldata: true, call: 'setLine(nonsense(' })).rejects.toThrow(
      /is no signature/,
    );
  });

  it('takes volatilities and hourly falls from prices, and what a person says before them', async () => {
    const options = { ...line, prices: [`ETH=${prices}`], confidence: 0.9, json: true } as const;
    const { advices } = JSON.parse(
      await advised({ ...options, horizon: 3_600, given: ['realised-volatility ETH=0.5'] }),
    ) as { readonly advices: readonly Advice[] };
    const { inputs, checks } = advices[0]!;
    expect(inputs.filter(({ name }) => name === 'realised-volatility of ETH')).toMatchObject([
      { value: 0.5, source: 'said' },
    ]);
    expect(inputs.find(({ name }) => name === 'hourly-returns of ETH')).toMatchObject({ value: 58 });
    expect(checks.map(({ name }) => name)).toContain('SmartLTV');
  });

  it('holds an advised threshold against the prices of the past, or says why not', async () => {
    const { prices: found, start, stepSeconds } = walkedPrices(1_300, 3_600);
    const rows = [...found.get('COIN')!].map((price, at) => `${start + at * stepSeconds},${price}`);
    const past = `ETH=${file('past.csv', ['time,close', ...rows].join('\n'))}`;
    const options = { venue: 'loans', asset: 'ETH', prices: [past], horizon: 3_600, backtest: true } as const;
    const asked = { confidence: 0.95, tolerance: { kind: 'usd', usd: 20_000 }, confirm: 'wide' } as const;
    const text = await advised({ ...options, ...asked, parameter: ['liquidationThreshold'] });
    expect(text.replaceAll(/\s+/g, ' ')).toContain('The standalone line of ETH at 95.0 % over 1 hour');
    expect(text).toMatch(/this advice +199 +\d+/);
    expect(text.replaceAll(/\s+/g, ' ')).toContain('1 of 1 were backtested. Nothing is sent.');
    const { advices } = JSON.parse(
      await advised({ ...options, ...asked, parameter: ['liquidationThreshold', 'loanToValue'], json: true }),
    ) as { readonly advices: readonly Advice[] };
    for (const advice of advices) adviceSchema.parse(advice);
    expect(advices.map(({ backtest }) => backtest!.of)).toContain('standalone-line');
  });

  it('makes the advice itself again at dates of the past, and says on which book', async () => {
    const { prices: walked, ...grid } = walkedPrices(120, 3_600);
    const rows = [...walked.get('COIN')!].map((price, at) => `${grid.start + at * 3_600},${price}`);
    const past = `ETH=${file('past-days.csv', `time,close\n${rows.join('\n')}\n`)}`;
    const options = {
      ...line,
      prices: [past],
      horizon: 3_600,
      backtestCascade: 3,
      confidence: 0.95,
    } as const;
    const text = await advised({ ...options, tolerance: { kind: 'usd', usd: 20_000 }, stepBps: 200 });
    const told = text.replaceAll(/\s+/g, ' ');
    expect(told).toContain('Advised through the cascade at 3 dates, each from the 59 windows before it');
    expect(told).toContain('One book stands for all dates');
    expect(text).toMatch(/present +\d+\.\d % +\d of 3/);
    expect(told).toContain('1 of 1 were backtested.');
  });

  it('says what moved since an earlier book, and nothing where nothing did', async () => {
    const asset = crowd.assets.find(({ symbol }) => symbol === 'ETH')!.address;
    const shallow = withTerms(crowd, [{ kind: 'depth', asset, factor: 0.02 }]);
    const since = file('earlier.json', exportBook(shallow));
    const text = await advised({ ...asked, ...line, since });
    expect(text.replaceAll(/\s+/g, ' ')).toMatch(
      /Since the advice at block \d+ the value went from [\d.]+ % to [\d.]+ %: depth [+−][\d.]+ points\. By themselves these move nothing: accounts and prices\./,
    );
    const same = await advised({ ...asked, ...line, since: book });
    expect(same).not.toContain('Since the advice at block');
  });

  it('says what is missing where there are no prices', async () => {
    const text = await advised(line);
    expect(text).toContain('No value can be advised: there is no plan: no history of prices to make one of.');
    const all = await advised({ book: file('all.json', exportBook(bookOfAllMechanisms())) });
    expect(all).toContain('cannot be advised, because something is missing');
  });

  it.each<[Partial<AdviseOptions>, RegExp]>([
    [{ venue: 'nowhere', plan }, /there is no venue nowhere/],
    [{ asset: 'DOGE', plan }, /there is no market DOGE/],
    [{ parameter: ['nonsense'], plan }, /There is no parameter nonsense; there are liquidationThreshold/],
    [{ json: true, markdown: true }, /Give one of --json/],
    [{ call: 'f(uint256 bps)' }, /--call only changes something with --calldata/],
    [{ start: 5 }, /--start only changes something with --limits/],
    [{ backtest: true, plan }, /--backtest goes over prices of the past: add --prices/],
    [{ backtest: true, prices: ['x.csv'], calldata: true }, /--backtest is of advices/],
    [{ backtestCascade: 5, ...{ plan } }, /--backtest-cascade goes over prices of the past/],
    [{ backtestCascade: 5, prices: ['x.csv'] }, /name which with --parameter/],
    [{ since: 'none.json', plan }, /Cannot read none\.json/],
    [{ since: 'none.json', plan, calldata: true }, /--since is of advices/],
    [{ limits: 'none.json' }, /There are no limits none\.json.*aave-v3-agrs/],
    [{ limits: plan, plan }, /plan\.json: limits/],
    [{ given: ['nonsense'] }, /--given must look like "oracle-lag ETH=3600"/],
    [{ set: ['loans ETH/USDC nonsense=1'], plan }, /there is no term "nonsense"/],
    [{ grid: [{ what: 'ETH', moves: [-0.1] }] }, /A grid has no probabilities/],
  ])('says what is wrong: %#', async (options, words) => {
    const error: unknown = await advised(options).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).toMatch(words);
  });
});
