import { readFileSync } from 'node:fs';
import { buildSchema, getNamedType, type GraphQLObjectType } from 'graphql';
import { MECHANISMS } from '@undertow/market';
import { everything } from '../../test-server/everything.ts';
import { exchangesSay, krakenSaid } from '../../test-server/exchange-prices.ts';
import type { MemoryFacts } from '../../test-server/memory-facts.ts';
import { serveDevnet, type ServedFacts } from '../../test-server/serve-facts.ts';

let api: ServedFacts;
let source: MemoryFacts;
const ask: ServedFacts['ask'] = (query) => api.ask(query);

beforeAll(async () => {
  ({ api, source } = await serveDevnet(async (chain) => {
    await exchangesSay(chain, 1_700);
    await krakenSaid(chain, 400);
  }));
}, 120_000);

afterAll(() => api.close());

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

interface Margins {
  readonly missing: readonly string[];
  readonly report: {
    readonly portfolio: unknown;
    readonly factors: readonly { readonly name: string }[];
    readonly accounts: readonly { readonly distances: readonly unknown[] }[];
  };
}

/** As an enum has them. */
const WORDS_OF_MECHANISMS = new Set(MECHANISMS.map((word) => word.replaceAll('-', '_')));

const schema = buildSchema(readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'));
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
  toxicityFrontier: '(venue: "aave-v3@devnet", market: "WETH")',
  judgement:
    '(overrides: ["aave-v3@devnet WETH liquidationThreshold=0.5"], confidence: 0.9, toleranceUsd: 1000, plan: { version: 1, kind: "monte-carlo", count: 20, seed: 1, factors: ["ETH"], model: { kind: "student-t", degreesOfFreedom: 4, covariance: [[0.04]] } })',
  margins: '(owner: "0x0000000000000000000000000000000000000001")',
  capUpdate: '(oracle: "Capped stWETH / WETH / USD", ratio: 1.1, time: 1700000900)',
};

describe('what a book says', () => {
  // These have to be begun first: sweeps.test.ts, advice.test.ts and reports.test.ts do.
  const ofRuns = [
    ...['adviceRun', 'sweep', 'sweepTail', 'reverseStress', 'reverseStressByVenue'],
    ...['compareReports', 'report', 'reportRun'],
  ];
  const names = Object.keys(schema.getQueryType()!.getFields()).filter((name) => !ofRuns.includes(name));

  it.each(names)('answers every field of %s', async (name) => {
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

  it('says what there must be behind an owner of loans, perpetuals and options, and what prices do not tell', async () => {
    const { data } = await ask('{ accounts(first: 500) { nodes { owner legs { kind } } } }');
    const { nodes } = data?.['accounts'] as { nodes: { owner: string; legs: { kind: string }[] }[] };
    const kindsOf = (owner: string) =>
      new Set(nodes.filter((one) => one.owner === owner).flatMap(({ legs }) => legs.map(({ kind }) => kind)));
    const owner = nodes.map((one) => one.owner).toSorted((a, b) => kindsOf(b).size - kindsOf(a).size)[0]!;
    const type = getNamedType(schema.getQueryType()!.getFields()['margins']!.type) as GraphQLObjectType;
    const margins = async (more: string) =>
      (await ask(`{ margins(owner: "${owner}"${more}) ${everything(type)} }`)).data!['margins'] as Margins;
    const few = await margins(', method: historical, horizonSeconds: 2592000');
    expect(few.missing.join(' ')).toMatch(/ETH: 0 windows have prices at both ends, of the 10 that it takes/);
    expect(few.report.portfolio).toBeNull();
    expect(few.report.accounts.flatMap(({ distances }) => distances).length).toBeGreaterThan(0);

    const { report } = await margins(', level: 0.95, method: student_t');
    expect(report.factors.map(({ name }) => name)).toContain('ETH');
    expect(report.portfolio).toMatchObject({ tail: { method: 'student_t', level: 0.95, scenarios: 5_000 } });
    expect(report.accounts.flatMap(({ distances }) => distances)).toContainEqual(
      expect.objectContaining({ reference: 'ETH', deviations: expect.any(Number) }),
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
});
