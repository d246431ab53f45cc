import { mkdtempSync, rmSync } from 'node:fs';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema, getNamedType, type GraphQLObjectType } from 'graphql';
import { pino } from 'pino';
import {
  migrate,
  openStore,
  rollUp,
  writeExchangeMarkets,
  writeExchangePrices,
  writeFacts,
  type Store,
} from '@undertow/store';
import { openTestDatabase, type TestDatabase } from '../../../libs/store/src/fixtures/test-database.ts';
import { exchangesSay } from '../test-server/exchange-prices.ts';
import { everything } from '../test-server/everything.ts';
import { MemoryFacts } from '../test-server/memory-facts.ts';
import { recordDevnet, type Recording } from '../test-server/record-devnet.ts';
import { openFactSource } from './open-fact-source.ts';
import { LiveBook } from './live-book.ts';
import { readOracles } from './oracle-reading.ts';
import { OracleReports, type ReportAtHead } from './oracle-reports.ts';
import { startApi, type RunningApi } from './start-api.ts';

// The same chain served from memory and from a database, plain PostgreSQL or TimescaleDB: every answer must be the same.

let recording: Recording;
let database: TestDatabase;
let store: Store;
let page: string;
let stored: { readonly api: RunningApi; readonly source: Awaited<ReturnType<typeof openFactSource>> };
let inMemory: RunningApi;
let memory: MemoryFacts;

const serve = (source: Parameters<typeof startApi>[0]['source']) =>
  startApi({
    ...{
      source,
      pageFolder: page,
      port: 0,
      hosts: [],
      measureSeconds: 0,
      adviseSeconds: 0,
      reportSeconds: 0,
      threads: 1,
      log: pino({ level: 'silent' }),
    },
    network: { chainId: recording.chainId, name: 'devnet', finalityDepth: 64 },
  });

beforeAll(async () => {
  [recording, database] = await Promise.all([recordDevnet(24), openTestDatabase()]);
  page = mkdtempSync(join(tmpdir(), 'undertow-page-'));
  store = await openStore(database.connectionString);
  await migrate(store);
  const { chainId, facts, reference, blocks } = recording;
  const head = blocks.at(-1)!;
  await writeFacts(store, {
    ...{ chainId, facts, reference },
    blocks: blocks.map(({ block, hash, time }) => ({
      ...{ number: block, time, hash: hash as `0x${string}`, parentHash: '0x00' },
    })),
    checkpoint: { block: head.block, hash: head.hash as `0x${string}`, time: head.time },
  });
  memory = new MemoryFacts(recording);
  memory.moveTo(memory.newest);
  await exchangesSay(memory, 1_700);
  await writeExchangeMarkets(store, memory.said);
  await writeExchangePrices(store, memory.said);
  const source = await openFactSource(database.connectionString, chainId);
  stored = { source, api: await serve(source) };
  inMemory = await serve(memory);
}, 120_000);

afterAll(async () => {
  await inMemory?.close();
  await stored?.api.close();
  await stored?.source.close();
  await store?.close();
  await database?.close();
  rmSync(page, { recursive: true, force: true });
});

async function ask({ url }: RunningApi, query: string): Promise<unknown> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

const schema = buildSchema(readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'));

/** Queries that say something on the chain that was recorded; those that are not named here need no arguments. */
function argumentsOf(): Readonly<Record<string, readonly string[]>> {
  const { facts, blocks } = recording;
  const owners = [
    ...new Set(facts.flatMap((fact) => (fact.kind === 'LegChanged' ? [fact.owner] : []))),
  ].slice(0, 3);
  const holders = [
    ...new Set(facts.flatMap((fact) => (fact.kind === 'PositionChanged' ? [fact.owner] : []))),
  ].slice(0, 3);
  const feeds = [...new Set(facts.flatMap((fact) => (fact.kind === 'PricePosted' ? [fact.feed] : [])))].slice(
    0,
    3,
  );
  const markets = facts.flatMap((fact) =>
    fact.kind === 'IndexAccrued' ? [`venue: "${fact.venue}", market: "${fact.market}"`] : [],
  );
  const whole = `from: ${blocks[0]!.time}, to: ${blocks.at(-1)!.time + 1}, first: 1000`;
  const steps = ['minute', 'hour', 'day'].map((step) => `${whole}, step: ${step}`);
  const each = (of: readonly string[]) => of.flatMap((one) => steps.map((part) => `(${one}, ${part})`));
  return {
    cascade: ['(moves: [{ what: "ETH", move: -0.35 }])'],
    whatIf: [
      '(moves: [{ what: "ETH", move: -0.3 }], overrides: ["aave-v3@devnet WETH liquidationThreshold=0.5"])',
    ],
    capUpdate: ['(oracle: "capped stweth / weth / usd", ratio: 0.8, time: 1700000900)'],
    account: owners.map((owner) => `(owner: "${owner}")`),
    margins: owners.slice(0, 1).map((owner) => `(owner: "${owner}")`),
    asset: ['(symbol: "WETH")'],
    blocks: ['', '(from: 3, first: 7)'],
    liquidations: ['', '(where: { asset: "WETH" })', '(first: 1, block: 40)'],
    accounts: ['', `(block: ${blocks.at(-1)!.block - 4})`],
    feedHistory: each(feeds.map((feed) => `feed: "${feed}"`)),
    poolHistory: each(['pool: "USDC/WETH 0.3 %"']),
    indexHistory: each(
      [...new Set(markets)].flatMap((market) => [`${market}, side: debt`, `${market}, side: collateral`]),
    ),
    exchangeHistory: each(['exchange: "kraken", symbol: "ETH/USD"']),
    legHistory: each(owners.map((owner) => `owner: "${owner}"`)),
    positionHistory: each(holders.map((owner) => `owner: "${owner}"`)),
    liquidationHistory: steps.map((part) => `(${part})`),
    history: ['(measure: "debtUsd")'],
    wholeReproduction: ['(moves: [0, -0.2])'],
  };
}

describe('answers from a database', () => {
  const others = [
    'advices',
    'adviceRun',
    'adviceRuns',
    'compareReports',
    'judgement',
    'report',
    'reportRun',
    'toxicityFrontier',
    'incidents',
    'sweep',
    'sweeps',
    'sweepTail',
    'reverseStress',
    'reverseStressByVenue',
  ];
  const names = Object.keys(schema.getQueryType()!.getFields()).filter((name) => !others.includes(name));

  it.each(names)('are those from memory: %s', async (name) => {
    const type = getNamedType(schema.getQueryType()!.getFields()[name]!.type) as GraphQLObjectType;
    const queries = (argumentsOf()[name] ?? ['']).map((given) => `{ ${name}${given} ${everything(type)} }`);
    expect(queries.length).toBeGreaterThan(0);
    for (const query of queries) {
      const expected = await ask(inMemory, query);
      expect(expected).not.toHaveProperty('errors');
      expect(await ask(stored.api, query)).toEqual(expected);
    }
  });

  it('say something: prices, indices, legs and positions over time', async () => {
    for (const name of ['feedHistory', 'poolHistory', 'indexHistory', 'legHistory', 'positionHistory']) {
      const queries = argumentsOf()[name]!.map((given) => `{ ${name}${given} { points { time } } }`);
      const answers = await Promise.all(queries.map((query) => ask(stored.api, query)));
      expect(JSON.stringify(answers)).toContain('"time":');
    }
  });

  it('are the same when aggregates are kept', async () => {
    const query = `{ feedHistory(feed: "ETH / USD", from: 0, step: day) { points { time open high low close answers } } }`;
    const before = await ask(stored.api, query);
    await rollUp(store, recording.chainId);
    expect(await ask(stored.api, query)).toEqual(before);
  });

  it('are the same of a sweep, which the database keeps, and of a reverse stress on its book', async () => {
    const plan =
      '{ version: 1, kind: "monte-carlo", count: 2, seed: 1, factors: ["ETH"], model: { kind: "student-t", degreesOfFreedom: 4, covariance: [[0.04]] } }';
    const typeOf = (name: string) => everything(schema.getType(name) as GraphQLObjectType);
    const swept = [];
    const stressed = [];
    const tails = [];
    for (const api of [inMemory, stored.api]) {
      const begun = (await ask(api, `mutation { startSweep(plan: ${plan}) { id } }`)) as {
        readonly data: { readonly startSweep: { readonly id: string } };
      };
      const query = `{ sweep(id: "${begun.data.startSweep.id}") ${typeOf('Sweep')} }`;
      let sweep: { readonly state: string } | undefined;
      while (sweep?.state !== 'done')
        sweep = ((await ask(api, query)) as { data: { sweep: { state: string } } }).data.sweep;
      swept.push({ ...sweep, startedAt: 0, endedAt: 0 });
      const of = `sweep: "${begun.data.startSweep.id}", lossUsd: 1000`;
      stressed.push(await ask(api, `{ reverseStress(${of}) ${typeOf('ReverseStress')} }`));
      const tail = `sweep: "${begun.data.startSweep.id}", level: 0.5`;
      tails.push(await ask(api, `{ sweepTail(${tail}) ${typeOf('SweepTail')} }`));
    }
    expect(stressed[0]).toMatchObject({ data: { reverseStress: { nearest: { moves: [{ what: 'ETH' }] } } } });
    expect(stressed[1]).toEqual(stressed[0]);
    expect(tails[0]).toMatchObject({ data: { sweepTail: { level: 0.5 } } });
    expect(tails[1]).toEqual(tails[0]);
    expect(swept[0]).toMatchObject({ done: 2, kind: 'monte_carlo', reason: null, summary: { count: 2 } });
    expect(swept[1]).toEqual(swept[0]);
  });

  it('are the same of oracles that are read again and again, and of the flags that this raises and ends', async () => {
    const live = new LiveBook(memory);
    await live.update();
    const { at, report } = await new OracleReports(memory, live).at();
    const [feed] = report.feeds;
    /** The report as of a block at which one feed is so many heartbeats old. */
    const readAt = (back: number, ageOfHeartbeat: number): ReportAtHead => {
      const { block, hash, time } = recording.blocks.at(-1 - back)!;
      const feeds = report.feeds.map((one) => (one === feed ? { ...one, values: { ageOfHeartbeat } } : one));
      return { at: { ...at, head: { ...at.head, block, hash, time } }, report: { ...report, feeds } };
    };
    const changes: string[] = [];
    for (const [i, age] of [1.6, 1.7, 2.5, 2.4, 0.1, 0.1, 1.5, 1.5].entries()) {
      const reported = readAt(20 - i, age);
      const { block, hash, time } = reported.at.head;
      const readings = [];
      for (const { series } of [memory, stored.source]) {
        const reading = await readOracles(reported, series);
        const of = { block, hash: hash as `0x${string}`, time, bookHash: 'b' };
        await series.keep(of, reading.measures, reading.flags);
        readings.push(reading);
      }
      expect(readings[1]).toEqual(readings[0]);
      const own = readings[0]!.flags.filter(({ subject }) => subject === `feed ${feed!.id}`);
      changes.push(...own.map(({ change }) => change));
    }
    expect(changes).toEqual(['raised', 'worsened', 'ended', 'raised']);
    const newest = recording.blocks.at(-1)!;
    for (const given of [
      ...['', '(where: { isOpen: true })', '(where: { isOpen: false, severity: critical })', '(first: 1)'],
      ...[`(block: ${newest.block - 17})`, `(where: { subject: "feed ${feed!.id}" })`],
      ...['(where: { measure: ageOfHeartbeat })', '(where: { measure: jump })', '(where: { asset: "WETH" })'],
      ...[`(where: { from: ${newest.time - 1} })`, `(where: { to: ${recording.blocks.at(-20)!.time} })`],
    ]) {
      const query = `{ oracleFlags${given} { head { block } nodes { kind severity reason subject label start raisedAt end peak peakTime } } }`;
      const expected = await ask(inMemory, query);
      expect(expected).not.toHaveProperty('errors');
      expect([given, await ask(stored.api, query)]).toEqual([given, expected]);
    }
  });
});
