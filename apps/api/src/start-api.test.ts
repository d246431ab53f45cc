import { jest } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  buildSchema,
  getIntrospectionQuery,
  getNamedType,
  isObjectType,
  type GraphQLObjectType,
} from 'graphql';
import { createClient } from 'graphql-ws';
import { pino } from 'pino';
import { MECHANISMS } from '@undertow/market';
import { MOST_OPEN } from './serve-sockets.ts';
import { startApi, type RunningApi } from './start-api.ts';
import { MemoryFacts, recordDevnet } from '../test-server/memory-facts.ts';

let api: RunningApi;
let source: MemoryFacts;
let page: string;
const logged: string[] = [];

beforeAll(async () => {
  source = new MemoryFacts(await recordDevnet(24));
  source.moveTo(source.newest);
  const { time } = (await source.stored())!;
  const market = { symbol: 'ETH/USD', base: 'ETH', quote: 'USD', asset: 'WETH', isCandle: false };
  const price = 1_700;
  source.said = ['gemini', 'kraken'].map((exchange) => ({
    ...{ ...market, exchange, price, volume: 1e12, time: time - 5, exchangeTime: time - 7 },
  }));
  page = mkdtempSync(join(tmpdir(), 'undertow-page-'));
  mkdirSync(join(page, 'static'));
  writeFileSync(join(page, 'index.html'), '<h1>the page</h1>');
  writeFileSync(join(page, 'graphiql.html'), '<h1>GraphiQL</h1>');
  writeFileSync(join(page, 'static', 'app-1a2b.js'), '1;'.repeat(4_000));
  const network = {
    chainId: source.chainId,
    name: 'devnet',
    explorer: 'https://explorer.example',
    finalityDepth: 64,
  };
  api = await startApi({
    network,
    source,
    pageFolder: page,
    port: 0,
    hosts: ['Undertow.example'],
    measureSeconds: 0,
    log: pino({ level: 'warn' }, { write: (line) => void logged.push(line) }),
  });
  await until(async () => (await fetch(`${api.url}/healthz`)).status === 200);
}, 120_000);

afterAll(async () => {
  await api.close();
  rmSync(page, { recursive: true });
});

/** What shows numbers of a book. */
const NUMBERS = [
  'heatmap { bookHash }',
  'markets { bookHash }',
  'asset(symbol: "WETH") { bookHash }',
  'accounts { bookHash }',
  'cascade(moves: []) { accounts }',
  'whatIf(moves: [], overrides: ["x"]) { bookHash }',
  'venues { bookHash }',
  'exposures { bookHash }',
  'account(owner: "0x0000000000000000000000000000000000000001") { address }',
];

/** Fails by the test's own time limit. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}

interface Answer {
  readonly data: Record<string, unknown> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly string[];
    readonly extensions: Record<string, unknown>;
  }[];
}

async function ask(query: string): Promise<Answer> {
  const response = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Answer;
}

interface ExactAccount {
  readonly mechanism: string;
  readonly reason: string | null;
  readonly summary: { readonly healthFactor: number } | null;
  readonly exact: {
    readonly healthFactorWad: string | null;
    readonly figures: readonly { readonly view: string; readonly value: string }[];
    readonly liquidationPrices: readonly {
      readonly answer: string;
      readonly presentAnswer: string;
      readonly move: number;
    }[];
  } | null;
}

interface Spread {
  readonly scenario: { readonly volatilityMove: number };
  readonly byVenue: readonly { readonly venue: string; readonly liquidatedUsd: number }[];
  readonly contagion: readonly {
    readonly cause: string;
    readonly venue: string;
    readonly liquidatedUsd: number;
  }[];
  readonly waterfall: readonly {
    readonly lossUsd: number;
    readonly fundUsd: number;
    readonly socialisedUsd: number;
    readonly leftUsd: number;
    readonly openUsd: number;
  }[];
  readonly flows: readonly { readonly soldUsd: number }[];
}

/** As an enum has them. */
const WORDS_OF_MECHANISMS = new Set(MECHANISMS.map((word) => word.replaceAll('-', '_')));

const codeOf = async (query: string) => (await ask(query)).errors?.[0]?.extensions['code'];
const messageOf = async (query: string) => (await ask(query)).errors?.[0]?.message;

const schema = buildSchema(readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'));
const ARGUMENTS: Readonly<Record<string, string>> = {
  cascade: '(moves: [{ what: "WETH", move: -0.35 }])',
  whatIf:
    '(moves: [{ what: "WETH", move: -0.35 }], overrides: ["aave-v3@devnet WETH liquidationThreshold=0.5"])',
  account: '(owner: "0x0000000000000000000000000000000000000001")',
  asset: '(symbol: "WETH")',
  feedHistory: '(feed: "ETH / USD")',
  poolHistory: '(pool: "USDC/WETH 0.3 %")',
  exchangeHistory: '(exchange: "kraken", symbol: "ETH/USD")',
  indexHistory: '(venue: "aave-v3@devnet", market: "WETH")',
  legHistory: '(owner: "0x0000000000000000000000000000000000000001")',
  positionHistory: '(owner: "0x0000000000000000000000000000000000000001")',
  history: '(measure: "debtUsd")',
};

/** Selects every field of a type, to the leaves. */
function everything(type: GraphQLObjectType): string {
  const fields = Object.values(type.getFields()).map((field) => {
    const inner = getNamedType(field.type);
    return isObjectType(inner) ? `${field.name} ${everything(inner)}` : field.name;
  });
  return `{ ${fields.join(' ')} }`;
}

describe('GraphQL', () => {
  it.each(Object.keys(schema.getQueryType()!.getFields()))('answers every field of %s', async (name) => {
    const type = getNamedType(schema.getQueryType()!.getFields()[name]!.type) as GraphQLObjectType;
    const answer = await ask(`{ ${name}${ARGUMENTS[name] ?? ''} ${everything(type)} }`);
    expect(answer.errors).toBeUndefined();
    expect(answer.data?.[name]).toBeTruthy();
  });

  it('reads accounts, one address and markets at the block that is asked for', async () => {
    const block = source.newest - 6;
    const { data } = await ask(
      `{ now: accounts(first: 500) { head { block } nodes { owner debtUsd } }
         then: accounts(first: 500, block: ${block}) { head { block } nodes { owner debtUsd } }
         marketsNow: markets { nodes { debtUsd } } marketsThen: markets(block: ${block}) { nodes { debtUsd } } }`,
    );
    const { now, then, marketsNow, marketsThen } = data as unknown as Record<
      'now' | 'then',
      { head: { block: number }; nodes: { owner: string; debtUsd: number }[] }
    > &
      Record<'marketsNow' | 'marketsThen', { nodes: { debtUsd: number }[] }>;
    expect([now.head.block, then.head.block]).toEqual([source.newest, block]);
    expect(marketsThen.nodes).not.toEqual(marketsNow.nodes);
    const [first] = then.nodes.filter(({ owner, debtUsd }) =>
      now.nodes.some((one) => one.owner === owner && one.debtUsd !== debtUsd),
    );
    const account = async (at: string) =>
      (await ask(`{ account(owner: "${first?.owner}"${at}) { head { block } debtUsd } }`)).data?.[
        'account'
      ] as {
        head: { block: number };
        debtUsd: number;
      };
    const [old, fresh] = [await account(`, block: ${block}`), await account('')];
    expect([old.head.block, fresh.head.block]).toEqual([block, source.newest]);
    expect(old.debtUsd).not.toBe(fresh.debtUsd);
  });

  it('runs a cascade that liquidates, and a heatmap that agrees with it', async () => {
    const { data } = await ask(`{
      cascade(moves: [{ what: "WETH", move: -0.5 }]) { accounts lossUsd bookHash rounds { index }
        scenario { moves { what } } byAccount(first: 1) { firstRound } }
      heatmap(moves: [-0.5, 0.5]) { bookHash moves rows { kind name cells { move accounts lossUsd } } } }`);
    const { cascade, heatmap } = data as unknown as {
      cascade: {
        accounts: number;
        lossUsd: number;
        bookHash: string;
        scenario: { moves: { what: string }[] };
        byAccount: unknown[];
      };
      heatmap: {
        bookHash: string;
        moves: number[];
        rows: { kind: string; name: string; cells: { move: number; accounts: number; lossUsd: number }[] }[];
      };
    };
    expect(cascade.accounts).toBeGreaterThan(0);
    expect(cascade.byAccount).toHaveLength(1);
    expect(heatmap).toMatchObject({ bookHash: cascade.bookHash, moves: [-0.5, 0.5] });
    const row = heatmap.rows.find(({ name }) => name === cascade.scenario.moves[0]?.what);
    expect(row?.kind).toBe('reference');
    expect(row?.cells[0]).toEqual({ move: -0.5, accounts: cascade.accounts, lossUsd: cascade.lossUsd });
    expect(heatmap.rows.some(({ cells }) => cells[1]!.accounts > 0)).toBe(true);
  });

  it('says first who loses how much and what moved, by the names of the book', async () => {
    const { data } = await ask(`{ cascade(moves: [{ what: "WETH", move: -0.5 }], depthFactor: 0.5,
        policies: { liquidators: capital, capitalUsd: 1000, gasUsd: 5, oracles: within }) {
      headline lossUsd badDebtUsd shortfallUsd stuckUsd stuck { because debtUsd }
      scenario { moves { what move } depthFactor liquidators gasUsd capitalUsd oracles depositors }
      moves { asset { symbol } reference marketMove oracleMoves } band { between { lossUsd } within { lossUsd } } } }`);
    const { cascade } = data as unknown as {
      cascade: {
        headline: string;
        scenario: unknown;
        lossUsd: number;
        badDebtUsd: number;
        shortfallUsd: number;
        stuckUsd: number;
        stuck: { because: string; debtUsd: number }[];
        moves: { asset: { symbol: string }; reference: string; marketMove: number; oracleMoves: number[] }[];
        band: { within: { lossUsd: number } } | null;
      };
    };
    expect(cascade.headline).toMatch(/^(Lenders, funds and other traders lose|Nobody loses)/);
    expect(cascade.lossUsd).toBeCloseTo(cascade.badDebtUsd + cascade.shortfallUsd, 6);
    expect(cascade.band?.within.lossUsd).toBe(cascade.lossUsd);
    const weth = cascade.moves.find(({ asset }) => asset.symbol === 'WETH');
    expect(cascade.scenario).toEqual({
      moves: [{ what: weth?.reference, move: -0.5 }],
      ...{ depthFactor: 0.5, liquidators: 'capital', gasUsd: 5, capitalUsd: 1_000 },
      ...{ oracles: 'within', depositors: 'sell' },
    });
    // Money that is this scarce leaves debt that is due.
    expect(cascade.stuckUsd).toBeCloseTo(
      cascade.stuck.reduce((sum, { debtUsd }) => sum + debtUsd, 0),
      6,
    );
    expect(weth?.marketMove).toBeCloseTo(-0.5, 9);
    expect(cascade.moves.some(({ marketMove }) => marketMove === 0)).toBe(true);
  });

  it('holds every oracle against its market and every feed against its own rule', async () => {
    const { data } = await ask(`{
      oracles { head { block } bookHash debtUsd partlyAtOracleDebtUsd
        oracles { id asset { symbol } venues priceUsd marketPriceUsd deviation isConstant feeds pricedUsd warnings { kind severity } }
        feeds { id label answer ageSeconds answersKnown rule { threshold heartbeatSeconds clocks { periodSeconds } } }
        hidden { accounts debtUsd largest(first: 3) { venue healthAtOracle healthAtMarket } }
        phantom { accounts } }
      venues { nodes { id } } }`);
    const { oracles: report, venues } = data as unknown as {
      oracles: {
        debtUsd: number;
        partlyAtOracleDebtUsd: number;
        oracles: {
          venues: string[];
          priceUsd: number;
          marketPriceUsd: number | null;
          deviation: number | null;
          feeds: string[];
          pricedUsd: number;
        }[];
        feeds: { id: string; answersKnown: number; ageSeconds: number | null; answer: number }[];
        hidden: { accounts: number; largest: { healthAtOracle: number; healthAtMarket: number }[] };
      };
      venues: { nodes: { id: string }[] };
    };
    expect(report.oracles.length).toBeGreaterThan(5);
    for (const { priceUsd, marketPriceUsd, deviation, venues: by } of report.oracles) {
      expect(by.every((venue) => venues.nodes.some(({ id }) => id === venue))).toBe(true);
      if (marketPriceUsd === null) expect(deviation).toBeNull();
      else expect(deviation).toBeCloseTo(priceUsd / marketPriceUsd - 1, 12);
    }
    const sizes = report.oracles.map(({ pricedUsd }) => pricedUsd);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    const ids = new Set(report.oracles.flatMap(({ feeds }) => feeds));
    expect(new Set(report.feeds.map(({ id }) => id))).toEqual(ids);
    // Prices of a venue's own market are not answers: they have no rule and no age.
    const answering = report.feeds.filter(({ answersKnown }) => answersKnown > 0);
    expect(answering.length).toBeGreaterThan(5);
    for (const { ageSeconds } of answering) expect(ageSeconds).toBeGreaterThanOrEqual(0);
    for (const { healthAtOracle, healthAtMarket } of report.hidden.largest) {
      expect(healthAtOracle).toBeGreaterThanOrEqual(1);
      expect(healthAtMarket).toBeLessThan(1);
    }
    expect(report.partlyAtOracleDebtUsd).toBeLessThanOrEqual(report.debtUsd);
    const wrong = await ask(`{ oracles { hidden { largest(first: 0) { venue } } } }`);
    expect(wrong.errors?.[0]?.message).toMatch(/from 1 to 500/);
  });

  it('prices what exchanges say too, and says who stands behind a price and who does not', async () => {
    const { data } = await ask(`{ oracles { oracles { asset { symbol } marketPriceUsd market {
      of { symbol } counted spread
      sources { kind name symbol priceUsd weightUsd ageSeconds clockSeconds rejected } } } }
      exchangeMarkets { exchange symbol asset }
      exchangeHistory(exchange: "Kraken", symbol: "eth/usd", step: minute) { exchange points { close prices } } }`);
    const { oracles, ...said } = data as unknown as {
      oracles: { oracles: { asset: { symbol: string }; marketPriceUsd: number; market: unknown }[] };
    };
    const weth = oracles.oracles.find(({ asset }) => asset.symbol === 'WETH');
    const exchange = {
      kind: 'exchange',
      symbol: 'ETH/USD',
      priceUsd: 1_700,
      weightUsd: 1e12,
      rejected: null,
    };
    const heard = { ...exchange, ageSeconds: 5, clockSeconds: -2 };
    expect(weth).toMatchObject({
      marketPriceUsd: 1_700,
      market: {
        of: { symbol: 'WETH' },
        counted: 2,
        spread: 0,
        sources: [
          { kind: 'pools', ageSeconds: 0, clockSeconds: null, rejected: 'outlier' },
          { ...heard, name: 'gemini' },
          { ...heard, name: 'kraken' },
        ],
      },
    });
    expect(said).toEqual({
      exchangeMarkets: ['gemini', 'kraken'].map((name) => ({
        ...{ exchange: name, symbol: 'ETH/USD', asset: 'WETH' },
      })),
      exchangeHistory: { exchange: 'kraken', points: [{ close: 1_700, prices: 1 }] },
    });
    expect(await messageOf('{ exchangeHistory(exchange: "mtgox", symbol: "BTC/USD") { next } }')).toBe(
      'No exchange "mtgox" is watched. Known: gemini, kraken.',
    );
  });

  it('raises a flag where an oracle was measured far from its market twice, and lowers it again', async () => {
    const { data: standing } = await ask('{ status { head { block hash time } } }');
    const { status } = standing as { status: { head: { block: number; hash: string; time: number } } };
    const { block, hash, time } = status.head;
    const start = Math.floor(time / 60) * 60 - 600;
    for (const [minute, value] of [0.001, -0.03, -0.06, -0.03, 0.004, 0.002, 0.03].entries())
      await source.series.keep(
        { block: block - 10 + minute, hash: hash as `0x${string}`, time: start + minute * 60, bookHash: 'b' },
        [{ name: 'oracleDeviation', subject: 'WETH', value }],
      );
    const { data } = await ask(`{
      oracleFlags(asset: "WETH") { asset kind severity start raisedAt end peak peakTime }
      none: oracleFlags(asset: "NOTHING") { kind } }`);
    expect(data).toEqual({
      oracleFlags: [
        {
          asset: 'WETH',
          kind: 'deviating',
          severity: 'critical',
          start: start + 60,
          raisedAt: start + 120,
          end: start + 240,
          peak: 0.06,
          peakTime: start + 120,
        },
      ],
      none: [],
    });
  });

  it('shows a change of terms before and after, and whom it alone makes liquidatable', async () => {
    const { data } = await ask(`{
      whatIf(moves: [], overrides: ["aave-v3@devnet WETH liquidationThreshold=40%", "aave-v3@devnet WETH supplyCap=1"]) {
        overrides withoutEffect bookHash madeDueAccounts madeDueUsd
        madeDue(first: 1) { venue debtUsd healthBefore healthAfter }
        before { bookHash accounts } after { bookHash overrides accounts lossUsd } }
      cascade(moves: [], overrides: ["aave-v3@devnet WETH liquidationThreshold=0.4", "aave-v3@devnet WETH supplyCap=1"]) {
        bookHash accounts lossUsd }
      markets { nodes { venue name terms { field value } collateral { symbol } } }
      venues { nodes { id terms { field value } } } }`);
    const { whatIf, cascade, markets, venues } = data as unknown as {
      whatIf: {
        overrides: string[];
        withoutEffect: string[];
        bookHash: string;
        madeDueAccounts: number;
        madeDueUsd: number;
        madeDue: { venue: string; debtUsd: number; healthBefore: number; healthAfter: number }[];
        before: { bookHash: string; accounts: number };
        after: { bookHash: string; overrides: string[]; accounts: number; lossUsd: number };
      };
      cascade: { bookHash: string; accounts: number; lossUsd: number };
      markets: {
        nodes: { venue: string; name: string; terms: { field: string; value: number | null }[] }[];
      };
      venues: { nodes: { id: string; terms: { field: string; value: number }[] }[] };
    };
    const [threshold, cap] = [
      'aave-v3@devnet WETH liquidationThreshold=0.4',
      'aave-v3@devnet WETH supplyCap=1',
    ];
    expect(whatIf.overrides).toEqual([threshold, cap]);
    expect(whatIf.withoutEffect).toEqual([cap]);
    expect(whatIf.madeDueAccounts).toBeGreaterThan(0);
    expect(whatIf.madeDue).toHaveLength(1);
    const [first] = whatIf.madeDue;
    expect(first!.healthBefore).toBeGreaterThanOrEqual(1);
    expect(first!.healthAfter).toBeLessThan(1);
    expect(whatIf.madeDueUsd).toBeGreaterThanOrEqual(first!.debtUsd);
    expect(whatIf.bookHash).not.toBe(whatIf.before.bookHash);
    const { overrides, ...after } = whatIf.after;
    expect([overrides, after]).toEqual([whatIf.overrides, cascade]);
    expect(cascade.bookHash).toBe(whatIf.bookHash);
    const weth = markets.nodes.find(({ venue, name }) => venue === 'aave-v3@devnet' && name === 'WETH');
    expect(weth?.terms.find(({ field }) => field === 'liquidationThreshold')?.value).toBeGreaterThan(0.4);
    expect(venues.nodes.find(({ id }) => id === 'aave-v3@devnet')?.terms).toContainEqual({
      field: 'closeFactor',
      value: 0.5,
    });
  });

  it('finds an account by its address in any case', async () => {
    const { data } = await ask('{ accounts(first: 1) { totalCount nodes { owner healthFactor } } }');
    const { nodes: items } = data?.['accounts'] as { nodes: [{ owner: string }] };
    const upper = items[0].owner.replace(/[a-f]/g, (letter) => letter.toUpperCase());
    const found = await ask(`{ account(owner: "${upper}") { address accounts { summary { owner } } } }`);
    expect(found.data?.['account']).toMatchObject({
      address: items[0].owner,
      accounts: expect.arrayContaining([{ summary: { owner: items[0].owner } }]),
    });
  });

  it('lists venues of every mechanism whose accounts are those of the pages of accounts', async () => {
    const { data } = await ask(`{
      venues { nodes { id mechanism accounts collateralUsd debtUsd funds { kind } } }
      accounts(first: 500) { nodes { venue collateralUsd debtUsd } } }`);
    const { venues, accounts } = data as unknown as {
      venues: {
        nodes: { id: string; mechanism: string; accounts: number; collateralUsd: number; debtUsd: number }[];
      };
      accounts: { nodes: { venue: string; collateralUsd: number; debtUsd: number }[] };
    };
    expect(new Set(venues.nodes.map(({ mechanism }) => mechanism))).toEqual(WORDS_OF_MECHANISMS);
    for (const venue of venues.nodes) {
      const own = accounts.nodes.filter((account) => account.venue === venue.id);
      expect(venue.accounts).toBe(own.length);
      expect(venue.debtUsd).toBeCloseTo(
        own.reduce((sum, { debtUsd }) => sum + debtUsd, 0),
        2,
      );
    }
  });

  it('has one debt: of venues, markets, exposures and coverage alike', async () => {
    const { data } =
      await ask(`{ venues { nodes { debtUsd } } markets { nodes { debtUsd } } exposures { assets { debtUsd } }
      status { coverage { modelledDebtUsd knownDebtUsd share } } }`);
    const { venues, markets, exposures, status } = data as unknown as {
      venues: { nodes: { debtUsd: number }[] };
      markets: { nodes: { debtUsd: number }[] };
      exposures: { assets: { debtUsd: number }[] };
      status: { coverage: { modelledDebtUsd: number; knownDebtUsd: number; share: number } };
    };
    const { modelledDebtUsd, knownDebtUsd, share } = status.coverage;
    for (const rows of [venues.nodes, markets.nodes, exposures.assets]) {
      const sum = rows.reduce((total, { debtUsd }) => total + debtUsd, 0);
      expect(sum / modelledDebtUsd).toBeCloseTo(1, 9);
    }
    expect(knownDebtUsd).toBeGreaterThanOrEqual(modelledDebtUsd);
    expect(share).toBeCloseTo(modelledDebtUsd / knownDebtUsd, 9);
  });

  it('adds every leg of every account up to the exposures', async () => {
    const { data } = await ask(`{
      exposures { assets { asset { address symbol decimals } collateralUsd debtUsd netUsd } venues { venue cells { collateralUsd debtUsd } } }
      accounts(first: 500) { nodes { legs { asset { address } kind valueUsd } } } }`);
    const { exposures, accounts } = data as unknown as {
      exposures: {
        assets: {
          asset: { address: string; symbol: string; decimals: number };
          collateralUsd: number;
          debtUsd: number;
          netUsd: number;
        }[];
        venues: { cells: { collateralUsd: number; debtUsd: number }[] }[];
      };
      accounts: { nodes: { legs: { asset: { address: string }; kind: string; valueUsd: number }[] }[] };
    };
    const owing = ['debt', 'short', 'option_written'];
    const legs = accounts.nodes.flatMap((account) => account.legs).filter(({ kind }) => kind !== 'supply');
    expect(exposures.assets.length).toBeGreaterThan(4);
    const decimals = new Map(exposures.assets.map(({ asset }) => [asset.symbol, asset.decimals]));
    expect([decimals.get('WETH'), decimals.get('USDC')]).toEqual([18, 6]);
    exposures.assets.forEach(({ asset, collateralUsd, debtUsd, netUsd }, column) => {
      const sum = (owes: boolean) =>
        legs
          .filter((leg) => leg.asset.address === asset.address && owing.includes(leg.kind) === owes)
          .reduce((total, { valueUsd }) => total + valueUsd, 0);
      expect(collateralUsd / Math.max(1, sum(false))).toBeCloseTo(sum(false) > 1 ? 1 : collateralUsd, 9);
      expect(debtUsd / Math.max(1, sum(true))).toBeCloseTo(sum(true) > 1 ? 1 : debtUsd, 9);
      expect(netUsd).toBe(collateralUsd - debtUsd);
      const cells = exposures.venues.map((venue) => venue.cells[column]!.debtUsd);
      expect(cells.reduce((total, value) => total + value, 0)).toBeCloseTo(debtUsd, 2);
    });
  });

  it('gives the exact figures of every account, on the same side of the line as the engine has it', async () => {
    const { data } = await ask('{ accounts(first: 500) { nodes { owner } } }');
    const { nodes: items } = data?.['accounts'] as { nodes: { owner: string }[] };
    const kinds = new Set<string>();
    for (const owner of new Set(items.map((item) => item.owner))) {
      const answer = await ask(`{ account(owner: "${owner}") { accounts {
        venue market mechanism reason summary { healthFactor legs { kind instrument } }
        exact { healthFactorWad figures { view value decimals } liquidationPrices { answer presentAnswer move } } } } }`);
      const { accounts } = answer.data?.['account'] as { accounts: ExactAccount[] };
      for (const { mechanism, reason, summary, exact } of accounts) {
        if (!exact || !summary || exact.healthFactorWad === null) continue;
        expect(reason).toBeNull();
        kinds.add(mechanism);
        expect(exact.figures.length).toBeGreaterThan(1);
        const health = Number(exact.healthFactorWad) / 1e18;
        expect(health < 1).toBe(summary.healthFactor < 1);
        // A perpetual venue measures account value against required margin, the engine all that backs against all owed.
        if (mechanism !== 'perpetual') expect(health / summary.healthFactor).toBeCloseTo(1, 3);
        for (const { answer: at, presentAnswer, move } of exact.liquidationPrices)
          expect(move).toBeCloseTo(Number(at) / Number(presentAnswer) - 1, 9);
      }
    }
    expect(kinds).toEqual(WORDS_OF_MECHANISMS);
  }, 60_000);

  it('says who hurt whom and who bears the losses, in sums that are the totals of the cascade', async () => {
    const { data } = await ask(`{ cascade(moves: [{ what: "WETH", move: -0.5 }], volatilityMove: 0.3) {
      scenario { volatilityMove } liquidatedUsd badDebtUsd
      contagion { cause venue liquidatedUsd badDebtUsd }
      waterfall { lossUsd fundUsd socialisedUsd leftUsd openUsd }
      flows { soldUsd boughtUsd } funds { venue before after } byVenue { venue liquidatedUsd } } }`);
    const { cascade } = data as unknown as { cascade: Spread };
    expect(cascade.scenario.volatilityMove).toBe(0.3);
    for (const { venue, liquidatedUsd } of cascade.byVenue) {
      const rows = cascade.contagion.filter((row) => row.venue === venue);
      expect(rows.reduce((sum, row) => sum + row.liquidatedUsd, 0)).toBeCloseTo(liquidatedUsd, 2);
    }
    expect(cascade.contagion.some(({ cause }) => cause !== 'shock')).toBe(true);
    for (const { lossUsd, fundUsd, socialisedUsd, leftUsd, openUsd } of cascade.waterfall)
      expect(fundUsd + socialisedUsd + leftUsd + openUsd).toBeCloseTo(lossUsd, 6);
    expect(cascade.flows.some(({ soldUsd }) => soldUsd > 0)).toBe(true);
  });

  it.each([
    ['{ cascade(moves: [{ what: "FOO", move: -0.1 }]) { accounts } }', /Known: .*WETH/],
    ['{ cascade(moves: [{ what: "oracle:nowhere/WETH", move: -0.1 }]) { accounts } }', /no venue "nowhere"/],
    ['{ cascade(moves: [{ what: "feed:X / USD", move: -0.1 }]) { accounts } }', /no feed "X/],
    ['{ cascade(moves: [{ what: "USD", move: -0.1 }]) { accounts } }', /USD cannot move/],
    ['{ cascade(moves: [{ what: "WETH", move: -1 }]) { accounts } }', /move of "WETH" is -1.*above -1/],
    [
      '{ cascade(moves: [{ what: "WETH", move: -0.1 }, { what: "ETH", move: -0.2 }]) { accounts } }',
      /WETH and ETH are both W?ETH,/,
    ],
    ['{ cascade(moves: [], volatilityMove: -1) { accounts } }', /volatilityMove is -1/],
    ['{ cascade(moves: [], depthFactor: 0) { accounts } }', /depthFactor is 0; it must be above 0/],
    ['{ cascade(moves: [], policies: { liquidators: capital }) { accounts } }', /need capitalUsd/],
    ['{ cascade(moves: [], policies: { capitalUsd: 5 }) { accounts } }', /capitalUsd limits/],
    [
      '{ cascade(moves: [], policies: { liquidators: unlimited, gasUsd: 5 }) { accounts } }',
      /gasUsd changes nothing/,
    ],
    ['{ cascade(moves: [], policies: { gasUsd: -5 }) { accounts } }', /gasUsd is -5/],
    ['{ cascade(moves: [], overrides: ["nonsense"]) { accounts } }', /"nonsense" is not understood: write/],
    ['{ whatIf(moves: [], overrides: []) { bookHash } }', /overrides is empty/],
    [
      '{ whatIf(moves: [], overrides: ["aave-v3@devnet FOO supplyCap=1"]) { bookHash } }',
      /aave-v3@devnet has no market "FOO"; the book has .*WETH/,
    ],
    [
      '{ whatIf(moves: [], overrides: ["aave-v3@devnet WETH liquidationThreshold=1"]) { bookHash } }',
      /the contract would refuse/,
    ],
    ['{ heatmap(moves: [-1]) { bookHash } }', /above -1/],
    ['{ heatmap(moves: [0]) { bookHash } }', /nothing moves/],
    ['{ heatmap(moves: []) { bookHash } }', /at least one/],
    [`{ heatmap(moves: [${Array(41).fill(0.1).join(',')}]) { bookHash } }`, /at most 40/],
    ['{ reproduction(moves: [-0.99]) { bookHash } }', /outside -0\.98\.\.0/],
    ['{ reproduction(moves: [0.1]) { bookHash } }', /-0\.2 means 20 % down/],
    ['{ asset(symbol: "FOO") { bookHash } }', /Known: .*WETH/],
    ['{ blocks(first: 1) { oldest { block } } }', /2 to 500/],
    ['{ exposures(block: 100000000) { bookHash } }', /newest is/],
    ['{ heatmap(block: 100000000) { bookHash } }', /newest is/],
    ['{ accounts(first: 501) { totalCount } }', /1 to 500/],
    ['{ accounts(first: null) { totalCount } }', /1 to 500/],
    ['{ accounts(after: "here") { bookHash } }', /no cursor of this list: give endCursor/],
    ['{ liquidations(after: "here") { totalCount } }', /no cursor of this list/],
    ['{ incidents(after: "here") { totalCount } }', /no cursor of this list/],
    ['{ accounts(where: { venue: "x" }) { bookHash } }', /Known: .*aave-v3@devnet/],
    ['{ accounts(where: { venue: "" }) { bookHash } }', /Known: .*aave-v3@devnet/],
    ['{ accounts(where: { minDebtUsd: -1 }) { bookHash } }', /minDebtUsd is -1; it must be 0 or more/],
    ['{ accounts(where: { maxHealthFactor: 0 }) { bookHash } }', /must be above 0/],
    ['{ accounts(where: { asset: "FOO" }) { bookHash } }', /Known: .*WETH/],
    ['{ liquidations(where: { asset: "FOO" }) { totalCount } }', /Known: .*WETH/],
    ['{ liquidations(where: { venue: "x" }) { totalCount } }', /Known: .*aave-v3@devnet/],
  ])('refuses %s', async (query, message) => {
    expect(await messageOf(query)).toMatch(message);
    expect(await codeOf(query)).toBe('BAD_USER_INPUT');
  });

  it('answers the rest of a query of which a part cannot be answered', async () => {
    const { data, errors } =
      await ask(`{ good: markets { bookHash } wrong: accounts(first: 501) { totalCount }
      past: venues(block: 100000000) { bookHash } status { network explorer } }`);
    expect(data).toMatchObject({
      wrong: null,
      past: null,
      status: { network: 'devnet', explorer: 'https://explorer.example' },
    });
    expect(data?.['good']).toBeTruthy();
    expect(errors).toMatchObject([
      { path: ['wrong'], extensions: { code: 'BAD_USER_INPUT' } },
      { path: ['past'], extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });

  it('says of an address or a time that is none what would be right, before anything is answered', async () => {
    expect(await messageOf('{ account(owner: "0x12") { address } }')).toMatch(/40 hexadecimal digits/);
    expect(await messageOf('{ history(measure: "debtUsd", from: 1700000000000) { next } }')).toMatch(
      /milliseconds/,
    );
  });

  it('names the stored blocks that can be asked of, the newest first of which is final', async () => {
    const { data } = await ask(
      '{ blocks(first: 5) { oldest { block isFinal } newest { block hash isFinal } nodes { block } } }',
    );
    const { oldest, newest, nodes } = data?.['blocks'] as {
      oldest: { block: number; isFinal: boolean };
      newest: { block: number; isFinal: boolean };
      nodes: { block: number }[];
    };
    expect(nodes).toHaveLength(5);
    expect([nodes[0]?.block, nodes.at(-1)?.block]).toEqual([oldest.block, newest.block]);
    expect(newest).toMatchObject({ block: source.newest, isFinal: false });
    expect(oldest.isFinal).toBe(true);
    for (const { block } of nodes) {
      const { venues } = (await ask(`{ venues(block: ${block}) { head { block } } }`)).data as {
        venues: { head: { block: number } };
      };
      expect(venues.head.block).toBe(block);
    }
  });

  it('says of an asset who has it and what its market can absorb', async () => {
    const { data } = await ask(`{ asset(symbol: "weth") {
        asset { symbol } priceUsd collateralUsd holderAccounts concentration { top1 top5 top10 }
        holders(first: 2) { owner valueUsd share } depth { quote { symbol } toMove(moves: [-0.05, -0.1]) { move units usd } } }
      markets { nodes { label prices { asset { symbol } priceUsd isFixed } } }
      wrong: asset(symbol: "WETH") { depth { toMove(moves: [-1]) { usd } } } }`);
    const { asset, markets, wrong } = data as unknown as {
      asset: {
        priceUsd: number;
        collateralUsd: number;
        holderAccounts: number;
        concentration: { top1: number; top5: number; top10: number };
        holders: { valueUsd: number; share: number }[];
        depth: { quote: { symbol: string }; toMove: { units: number; usd: number }[] };
      };
      markets: {
        nodes: {
          label: string;
          prices: { asset: { symbol: string }; priceUsd: number; isFixed: boolean }[];
        }[];
      };
      wrong: unknown;
    };
    const [first, second] = asset.holders;
    expect(asset.holders).toHaveLength(2);
    expect(first!.valueUsd).toBeGreaterThanOrEqual(second!.valueUsd);
    expect(asset.concentration.top1).toBe(first!.share);
    expect(first!.share).toBeCloseTo(first!.valueUsd / asset.collateralUsd, 9);
    expect(asset.holderAccounts).toBeGreaterThan(10);
    expect(asset.concentration.top10).toBeLessThan(1);
    const [five, ten] = asset.depth.toMove;
    expect(ten!.usd).toBeGreaterThan(five!.usd);
    // Sold while the price falls by 5 %, at 97.5 % of it on the way; the market may stand a little off the oracle.
    expect(five!.usd / five!.units / asset.priceUsd).toBeCloseTo(0.975, 1);
    expect(wrong).toEqual({ depth: null });
    const weth = markets.nodes.flatMap(({ prices }) =>
      prices.filter((price) => price.asset.symbol === 'WETH' && !price.isFixed),
    );
    expect(weth.map(({ priceUsd }) => priceUsd)).toContain(asset.priceUsd);
  });

  it('says where a fall feeds itself by moves, as everything else', async () => {
    const { data } = await ask('{ reproduction(moves: [0, -0.2]) { moves lines { points { move } } } }');
    const { moves, lines } = data?.['reproduction'] as { moves: number[]; lines: { points: object[] }[] };
    expect(moves).toEqual([0, -0.2]);
    expect(lines[0]?.points).toEqual([{ move: 0 }, { move: -0.2 }]);
  });

  it('says of a query that is too large what is, with a code of its own', async () => {
    const columns = Array(40).fill(0.1).join(', ');
    const query = `{ a: heatmap(moves: [${columns}]) { bookHash } b: heatmap { bookHash } }`;
    expect(await codeOf(query)).toBe('QUERY_TOO_LARGE');
    expect(await messageOf(query)).toMatch(/cost is 53; at most 40/);
    const blocks = Array.from(
      { length: 40 },
      (_, i) => `b${i}: venues(block: ${source.newest - i}) { bookHash }`,
    );
    const folds = jest.spyOn(source, 'facts');
    expect(await codeOf(`{ ${blocks.join(' ')} }`)).toBe('QUERY_TOO_LARGE');
    expect(folds).not.toHaveBeenCalled();
    folds.mockRestore();
  });

  it('refuses a mutation as the client’s mistake', async () => {
    const before = logged.length;
    expect(await codeOf('mutation { status }')).toBe('BAD_REQUEST');
    expect(await messageOf('mutation { status }')).toMatch(/only reads/);
    expect(logged.slice(before)).toEqual([]);
  });

  it('never shows a stack', async () => {
    for (const query of ['{ nope }', '{', '{ heatmap(moves: [-2]) { bookHash } }'])
      expect(JSON.stringify(await ask(query))).not.toMatch(/stacktrace|\.ts:\d|node_modules/);
  });

  it('hides what went wrong inside, and says only that the database is away', async () => {
    const broken = jest.spyOn(source, 'stored').mockRejectedValue(new Error('password=hunter2'));
    expect(JSON.stringify(await ask('{ status { network } }'))).not.toContain('hunter2');
    expect(await codeOf('{ status { network } }')).toBe('INTERNAL_SERVER_ERROR');
    expect((await fetch(`${api.url}/healthz`)).status).toBe(503);
    broken.mockRestore();
  });

  it('answers with UNTRUSTED and the reason instead of numbers, and tells it in the status', async () => {
    source.distrust('the chain went back 70 blocks');
    for (const query of NUMBERS) {
      expect(await codeOf(`{ ${query} }`)).toBe('UNTRUSTED');
      expect(await messageOf(`{ ${query} }`)).toContain('went back 70 blocks');
    }
    const { data } = await ask('{ status { trusted reason } }');
    expect(data?.['status']).toEqual({ trusted: false, reason: 'the chain went back 70 blocks' });
    source.distrust(undefined);
  });

  it('answers with REORGANISED and when to ask again while the chain has gone back behind its head', async () => {
    source.goBack(source.newest - 3);
    for (const query of NUMBERS) {
      const { errors } = await ask(`{ ${query} }`);
      expect(errors).toMatchObject([
        {
          message: expect.stringContaining(`went back to block ${source.newest - 3}`),
          extensions: { code: 'REORGANISED', retryAfterMs: 1_000 },
        },
      ]);
    }
    const { data } = await ask('{ status { head { block } bookHash coverage { share } } }');
    expect(data?.['status']).toMatchObject({ head: null, bookHash: null });
    const health = await fetch(`${api.url}/healthz`);
    expect(health.status).toBe(503);
    expect(await health.json()).toMatchObject({ ready: false, reason: expect.stringContaining('went back') });
    source.moveTo(source.newest);
    await until(async () => (await fetch(`${api.url}/healthz`)).status === 200);
    expect(await codeOf(`{ ${NUMBERS[0]} }`)).toBeUndefined();
  });
});

describe('subscriptions', () => {
  it('are refused over HTTP by name, and leave nothing in the log', async () => {
    const before = logged.length;
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: 'subscription { heads { block } }' }),
    });
    const answer = (await response.json()) as Answer;
    expect(logged.slice(before)).toEqual([]);
    expect(response.status).toBe(400);
    expect(answer.errors).toMatchObject([
      {
        message: 'subscriptions go over WebSocket (graphql-transport-ws) at /graphql',
        extensions: { code: 'BAD_REQUEST' },
      },
    ]);
    expect(JSON.stringify(answer)).not.toContain('stacktrace');
  });

  const connect = (origin?: string) =>
    createClient({
      url: `${api.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: class extends WebSocket {
        constructor(url: string, protocols: string) {
          // Node's WebSocket takes headers, which the type of the browsers' does not say.
          super(url, { protocols, headers: origin === undefined ? {} : { origin } } as unknown as string);
        }
      },
      retryAttempts: 0,
    });

  it('pushes new heads, and says when the chain went back', async () => {
    const client = connect(api.url);
    const heads = client.iterate<{ heads: { block: number; reorg: boolean } }>({
      query: 'subscription { heads { chainId block hash time reorg } }',
    });
    const first = heads.next();
    // A subscription starts when the server has it: move until it is heard.
    let heard = false;
    void first.then(() => (heard = true));
    for (let block = source.newest - 1; !heard; block = block === source.newest ? block - 1 : source.newest) {
      source.moveTo(block);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await first).value?.data?.heads.block).toBeGreaterThan(0);
    source.fork(source.newest - 6, source.newest - 1);
    for await (const { data } of heads)
      if (data?.heads.reorg && data.heads.block === source.newest - 1) break;
    await client.dispose();
  });

  it('refuses a page of another origin', async () => {
    const client = connect('http://evil.example');
    const heads = client.iterate({ query: 'subscription { heads { block } }' });
    await expect(heads.next()).rejects.toMatchObject({ code: 4403 });
    await client.dispose();
  });

  it('refuses a socket under another host name, at another path, and what is not a page of ours', async () => {
    const status = async (host: string, path = '/graphql') => {
      const { hostname, port } = new URL(api.url);
      const headers = { host, connection: 'upgrade', upgrade: 'websocket' };
      const key = { 'sec-websocket-version': '13', 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' };
      const asked = request({ hostname, port, path, headers: { ...headers, ...key } }).end();
      const [answer] = (await Promise.race([once(asked, 'response'), once(asked, 'upgrade')])) as [
        IncomingMessage,
      ];
      answer.destroy();
      return answer.statusCode;
    };
    expect(await status(`localhost:${new URL(api.url).port}`)).toBe(101);
    expect(await status('undertow.example')).toBe(101);
    expect(await status('evil.example')).toBe(421);
    expect(await status('localhost', '/elsewhere')).toBe(404);
  });

  it('closes a socket whose message is larger than any query', async () => {
    const socket = new WebSocket(`${api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init', payload: { long: 'x'.repeat(100_000) } }));
    const [closed] = (await once(socket, 'close')) as [CloseEvent];
    expect([1006, 1009]).toContain(closed.code);
    expect((await ask('{ status { trusted } }')).errors).toBeUndefined();
  });

  it('opens no more operations than a page may need', async () => {
    const client = connect();
    const query = 'subscription { heads { block } }';
    const open = Array.from({ length: MOST_OPEN + 1 }, () => client.iterate({ query }));
    const refused = open.map((one) => one.next().catch((error: unknown) => error));
    expect(await Promise.race(refused)).toMatchObject([{ extensions: { code: 'TOO_MANY_OPEN' } }]);
    await client.dispose();
    await Promise.allSettled(refused);
  });

  it('holds queries over the socket to the same limits', async () => {
    const client = connect();
    const names = Array.from({ length: 6_000 }, () => '__typename').join(' ');
    await expect(client.iterate({ query: `{ ${names} }` }).next()).rejects.toMatchObject([
      { message: expect.stringContaining('tokens') },
    ]);
    const query = `{ ${['a', 'b', 'c', 'd'].map((name) => `${name}: heatmap { bookHash }`).join(' ')} }`;
    await expect(client.iterate({ query }).next()).rejects.toMatchObject([
      { extensions: { code: 'QUERY_TOO_LARGE' } },
    ]);
    await client.dispose();
  });
});

describe('HTTP', () => {
  it('answers under the names of this machine and those that were given, and no other', async () => {
    const status = async (host: string) => {
      const { hostname, port } = new URL(api.url);
      const [answer] = (await once(
        request({ hostname, port, path: '/healthz', headers: { host } }).end(),
        'response',
      )) as [IncomingMessage];
      answer.resume();
      return answer.statusCode;
    };
    const own = ['127.0.0.1', 'localhost:1234', '[::1]:9', 'undertow.example'];
    expect(await Promise.all(own.map(status))).toEqual([200, 200, 200, 200]);
    const others = ['evil.example', '127.0.0.1.evil.example', 'undertow.example.evil', 'a b'];
    for (const code of await Promise.all(others.map(status))) expect([400, 421]).toContain(code);
  });

  it('does not parse a query that is longer than any, nor give the schema a hundred times', async () => {
    const long = await ask(`{ ${Array.from({ length: 6_000 }, () => '__typename').join(' ')} }`);
    expect(long.errors).toMatchObject([
      { message: expect.stringContaining('tokens'), extensions: { code: 'GRAPHQL_PARSE_FAILED' } },
    ]);
    const many = Array.from({ length: 100 }, (_, i) => `a${i}: __schema { types { name } }`).join(' ');
    const refused = await ask(`{ ${many} }`);
    expect(refused.errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_LARGE' } }]);
    expect((await ask(getIntrospectionQuery())).errors).toBeUndefined();
  });

  it('serves the page with a strict policy, and hashed files for ever', async () => {
    const root = await fetch(api.url);
    expect(await root.text()).toContain('the page');
    expect(root.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(root.headers.get('cache-control')).toBe('no-cache');
    expect(root.headers.get('x-powered-by')).toBeNull();
    const asset = await fetch(`${api.url}/static/app-1a2b.js`);
    expect(asset.headers.get('cache-control')).toContain('immutable');
  });

  it.each(['/scenario?shock=ETH:-0.2', '/assets/WETH', '/venues/aave-v3.6@devnet/WETH%2FUSDC'])(
    'serves the page at %s to who asks for HTML, with the same policy',
    async (address) => {
      const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
      const answer = await fetch(api.url + address, { headers: { accept } });
      expect([answer.status, await answer.text()]).toEqual([200, '<h1>the page</h1>']);
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      expect(answer.headers.get('vary')).toMatch(/accept\b/i);
      for (const other of ['application/json', '*/*'])
        expect((await fetch(api.url + address, { headers: { accept: other } })).status).toBe(404);
      expect((await fetch(api.url + address, { method: 'POST', headers: { accept } })).status).toBe(404);
    },
  );

  it.each(['/static/app-9z9z.js', '/robots.txt', '/healthz/x'])(
    'has nothing at %s, also for who asks for HTML',
    async (path) => {
      expect((await fetch(api.url + path, { headers: { accept: 'text/html' } })).status).toBe(404);
    },
  );

  it('serves GraphiQL under a policy that allows it the fonts in its stylesheet, and nothing else', async () => {
    const graphiql = await fetch(`${api.url}/graphiql`);
    expect(await graphiql.text()).toContain('GraphiQL');
    const strict = (await fetch(api.url)).headers.get('content-security-policy')!;
    expect(strict).toContain("font-src 'self';");
    expect(graphiql.headers.get('content-security-policy')).toBe(
      strict.replace("font-src 'self'", "font-src 'self' data:"),
    );
  });

  it.each(['br', 'gzip', 'identity'])(
    'serves the page and GraphQL as %s to who takes that',
    async (encoding) => {
      const headers = { 'accept-encoding': encoding, 'content-type': 'application/json' };
      const body = JSON.stringify({ query: getIntrospectionQuery() });
      const answers = [
        await fetch(`${api.url}/static/app-1a2b.js`, { headers }),
        await fetch(`${api.url}/graphql`, { method: 'POST', headers, body }),
      ];
      for (const answer of answers) {
        expect(answer.headers.get('content-encoding')).toBe(encoding === 'identity' ? null : encoding);
        expect(answer.headers.get('vary')).toMatch(/accept-encoding/i);
        expect((await answer.text()).length).toBeGreaterThan(7_000);
      }
    },
  );

  it('says that it is ready, and 404 for what is not there', async () => {
    expect(await (await fetch(`${api.url}/healthz`)).json()).toMatchObject({ ready: true });
    expect((await fetch(`${api.url}/nothing`)).status).toBe(404);
    expect((await fetch(`${api.url}/..%2f..%2fetc/passwd`)).status).toBeGreaterThanOrEqual(400);
  });

  describe('by GET', () => {
    const get = (
      query: string,
      { headers = {}, variables = {} }: { headers?: object; variables?: object } = {},
    ) => {
      const parameters = new URLSearchParams({ query, variables: JSON.stringify(variables) });
      return fetch(`${api.url}/graphql?${parameters}`, {
        headers: { 'apollo-require-preflight': '1', ...headers },
      });
    };
    let final: number;
    beforeAll(async () => {
      const { data } = await ask('{ blocks { newest { block } } }');
      final = (data as { blocks: { newest: { block: number } } }).blocks.newest.block - 64;
    });
    const query = 'query Q($block: Int) { venues(block: $block) { head { block } bookHash } }';

    it('lets everybody keep what is pinned at a final block, by a tag that goes with its book', async () => {
      const first = await get(query, { variables: { block: final } });
      expect(first.status).toBe(200);
      expect(first.headers.get('cache-control')).toBe('public, max-age=86400, immutable');
      expect(first.headers.get('vary')).toMatch(/accept\b/i);
      const etag = first.headers.get('etag')!;
      // As a cache asks; fetch would add that it wants none.
      const again = request(first.url, {
        headers: { 'apollo-require-preflight': '1', 'if-none-match': etag },
      });
      const [unchanged] = (await once(again.end(), 'response')) as [IncomingMessage];
      unchanged.resume();
      expect(unchanged.statusCode).toBe(304);
      const other = await get(query, { variables: { block: final - 1 } });
      expect(other.headers.get('etag')).not.toBe(etag);
    });

    it('lets nobody keep what may change, or could not be answered', async () => {
      const answers = [
        await get(query),
        await get(query, { variables: { block: source.newest } }),
        await get(query, { variables: { block: final + 1 } }),
        await get(`{ venues(block: ${final}) { bookHash } status { network } }`),
        await get(`{ venues(block: ${final}) { bookHash } markets(block: 100000000) { bookHash } }`),
        await get('{ nope }'),
      ];
      for (const answer of answers) expect(answer.headers.get('cache-control')).toBe('no-store');
    });

    it('is refused to pages of other sites, which can send it without being asked', async () => {
      const simple = await fetch(`${api.url}/graphql?${new URLSearchParams({ query })}`);
      expect(simple.status).toBe(400);
      expect(await simple.text()).toMatch(/CSRF/);
    });
  });

  it('says what a query cost, and of how much', async () => {
    const { extensions } = (await ask(
      `{ heatmap(moves: [-0.1, 0.1]) { bookHash } a: venues(block: 7) { bookHash } b: venues(block: 8) { bookHash } }`,
    )) as Answer & { extensions: unknown };
    expect(extensions).toEqual({
      cost: { cost: 11, fields: 6, depth: 2, blocks: 2, most: { depth: 8, fields: 500, cost: 40 } },
    });
    const client = createClient({ url: `${api.url.replace('http', 'ws')}/graphql`, retryAttempts: 0 });
    const { value } = await client.iterate({ query: '{ status { network } }' }).next();
    expect(value).toMatchObject({
      data: { status: { network: 'devnet' } },
      extensions: { cost: { cost: 1 } },
    });
    await client.dispose();
  });

  it('keeps other sites from sending queries by a simple form', async () => {
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: '{}',
    });
    expect(response.status).toBe(400);
  });
});
