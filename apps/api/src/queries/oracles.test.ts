import { DEFAULT_RULES, MEASURES } from '@undertow/lag';
import type { StoredFlagChange } from '@undertow/store';
import { exchangesSay } from '../../test-server/exchange-prices.ts';
import type { MemoryFacts } from '../../test-server/memory-facts.ts';
import { serveDevnet, type ServedFacts } from '../../test-server/serve-facts.ts';

let api: ServedFacts;
let source: MemoryFacts;
const ask: ServedFacts['ask'] = (query) => api.ask(query);

beforeAll(async () => {
  ({ api, source } = await serveDevnet((chain) => exchangesSay(chain, 1_700)));
}, 120_000);

afterAll(() => api.close());

describe('oracles', () => {
  it('holds every oracle against its market and every feed against its own rule', async () => {
    const { data } = await ask(`{
      oracles { head { block } bookHash debtUsd partlyAtOracleDebtUsd
        oracles { id asset { symbol } venues priceUsd marketPriceUsd deviation isConstant feeds pricedUsd warnings { kind severity } }
        feeds { id label answer ageSeconds answersKnown rule { threshold heartbeatSeconds clocks { periodSeconds } }
          day { since marketSince came missed missedUnknown jumps jumpCoverage coverageUnknown } }
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
        feeds: {
          id: string;
          answersKnown: number;
          ageSeconds: number | null;
          answer: number;
          day: { came: number; missed: number | null; missedUnknown: string | null; coverageUnknown: string };
        }[];
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
    // The local chain is too young for a rule, and a reason stands for what cannot be told.
    for (const { answersKnown, day } of report.feeds)
      expect(day).toMatchObject({
        ...{ missed: null, jumpCoverage: null, came: answersKnown },
        ...(answersKnown === 0
          ? { since: null, missedUnknown: 'no_answers', coverageUnknown: 'no_answers' }
          : { missedUnknown: 'rule_unknown', coverageUnknown: 'rule_unknown' }),
      });
    for (const { healthAtOracle, healthAtMarket } of report.hidden.largest) {
      expect(healthAtOracle).toBeGreaterThanOrEqual(1);
      expect(healthAtMarket).toBeLessThan(1);
    }
    expect(report.partlyAtOracleDebtUsd).toBeLessThanOrEqual(report.debtUsd);
    const [{ id } = { id: '' }] = report.feeds;
    const one = await ask(`{ oracles { feeds(ids: ["${id}"]) { id delay { seconds } } } }`);
    expect(one.data?.['oracles']).toEqual({ feeds: [{ id, delay: null }] });
    expect(await api.messageOf('{ oracles { feeds(ids: ["0xno"]) { id } } }')).toBe(
      'No oracle is made of a feed "0xno" at this block: feeds without ids lists those that are.',
    );
    const wrong = await ask(`{ oracles { hidden { largest(first: 0) { venue } } } }`);
    expect(wrong.errors?.[0]?.message).toMatch(/from 1 to 500/);
    expect(await api.messageOf('{ oracleStakes(gasUsd: -1) { gasUsd } }')).toBe(
      'gasUsd is -1; it must be 0 or more.',
    );
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
    expect(await api.messageOf('{ exchangeHistory(exchange: "mtgox", symbol: "BTC/USD") { next } }')).toBe(
      'No exchange "mtgox" is watched. Known: gemini, kraken.',
    );
  });

  it('measures collateral against debt, and assets that have several prices, as the oracles are', async () => {
    const { data } = await ask(`{ oracles {
      oracles { id asset { symbol } venues priceUsd marketPriceUsd }
      feeds { id answeredAt }
      pairs { venue market label collateral { symbol } debt { symbol } collateralFeeds debtFeeds accounts debtUsd splitLegs apartSeconds }
      assets { asset { symbol } oracles { id venues priceUsd } leastUsd greatestUsd disagreement pricedUsd } } }`);
    const { oracles: report } = data as unknown as {
      oracles: {
        oracles: {
          id: string;
          asset: { symbol: string };
          venues: string[];
          priceUsd: number;
          marketPriceUsd: number | null;
        }[];
        feeds: { id: string; answeredAt: number | null }[];
        pairs: {
          venue: string;
          market: string;
          label: string;
          collateral: { symbol: string };
          debt: { symbol: string };
          collateralFeeds: string[];
          debtFeeds: string[];
          debtUsd: number;
          splitLegs: number | null;
          apartSeconds: number | null;
        }[];
        assets: {
          asset: { symbol: string };
          oracles: { priceUsd: number }[];
          leastUsd: number;
          greatestUsd: number;
          disagreement: number;
        }[];
      };
    };
    expect(report.pairs.length).toBeGreaterThan(1);
    const order = report.pairs.map(({ splitLegs, debtUsd }) => (splitLegs === null ? 0 : 1e15) + debtUsd);
    expect(order).toEqual(order.toSorted((a, b) => b - a));
    expect(report.pairs.some(({ splitLegs }) => splitLegs !== null)).toBe(true);
    const known = new Set(report.feeds.map(({ id }) => id));
    for (const pair of report.pairs) {
      const { venue, collateral, debt, collateralFeeds, debtFeeds, splitLegs } = pair;
      for (const id of [...collateralFeeds, ...debtFeeds]) expect(known).toContain(id);
      expect(collateralFeeds.some((id) => debtFeeds.includes(id))).toBe(false);
      // At a venue that has one oracle for each of the two, the pair is the ratio of what is said of them.
      const [held, owed] = [collateral, debt].map(({ symbol }) =>
        report.oracles.filter((one) => one.asset.symbol === symbol && one.venues.includes(venue)),
      );
      if (held?.length !== 1 || owed?.length !== 1) continue;
      const ratio = (of: 'priceUsd' | 'marketPriceUsd') => held[0]![of]! / owed[0]![of]!;
      if (splitLegs !== null)
        expect(splitLegs).toBeCloseTo(Math.abs(ratio('priceUsd') / ratio('marketPriceUsd') - 1), 9);
    }
    for (const { asset, oracles, leastUsd, greatestUsd, disagreement } of report.assets) {
      const prices = report.oracles.flatMap((one) => (one.asset.symbol === asset.symbol ? one.priceUsd : []));
      expect(oracles.map(({ priceUsd }) => priceUsd)).toEqual(prices);
      expect([leastUsd, greatestUsd]).toEqual([Math.min(...prices), Math.max(...prices)]);
      expect(disagreement).toBeCloseTo(greatestUsd / leastUsd - 1, 12);
    }
  });
});

describe('flags', () => {
  const at = (back: number) => source.newest - back;
  const flag = (more: Partial<StoredFlagChange>): StoredFlagChange => ({
    ...{ kind: 'stuck', severity: 'warning', change: 'raised', subject: 'feed x', label: 'ETH / USD' },
    ...{ assets: ['WETH'], venues: ['aave-v3@devnet'], atStakeUsd: 5e6 },
    ...{ start: 1_000, raisedAt: 1_300, end: undefined, peak: 1.6, peakTime: 1_300 },
    ...more,
  });

  beforeAll(async () => {
    const keep = (block: number, ...flags: StoredFlagChange[]) =>
      source.series.keep({ block, hash: '0x', time: block, bookHash: 'b' }, [], flags);
    await keep(at(9), flag({}));
    await keep(at(6), flag({ change: 'worsened', severity: 'critical', peak: 3.2, peakTime: 2_000 }));
    const capped = { kind: 'capped', subject: 'oracle y', label: 'WBTC', assets: ['WBTC'], peak: 0.004 };
    await keep(at(6), flag({ ...capped, start: 1_700, raisedAt: 2_000, peakTime: 2_000 }));
    await keep(
      at(3),
      flag({ change: 'ended', severity: 'critical', peak: 3.2, peakTime: 2_000, end: 2_600 }),
    );
  });

  const kindsIn = async (given: string) => {
    const { data, errors } = await ask(`{ oracleFlags${given} { head { block } nodes { kind } } }`);
    expect(errors).toBeUndefined();
    const { nodes } = data?.['oracleFlags'] as { nodes: { kind: string }[] };
    return nodes.map(({ kind }) => kind);
  };

  it('say what was measured of what, how bad it came to be, and from when to when', async () => {
    const { data } = await ask(`{ oracleFlags { head { block } nodes {
      kind measure severity reason subject label assets venues atStakeUsd start raisedAt end peak peakTime } } }`);
    expect(data).toEqual({
      oracleFlags: {
        head: { block: source.newest },
        nodes: [
          expect.objectContaining({ kind: 'capped', measure: 'capHeadroom', end: null }),
          {
            ...{ kind: 'stuck', measure: 'ageOfHeartbeat', severity: 'critical' },
            reason: 'Age ÷ heartbeat: 3.2. Raised from 1.5 on, critical from 2.',
            ...{ subject: 'feed x', label: 'ETH / USD', assets: ['WETH'], venues: ['aave-v3@devnet'] },
            ...{ atStakeUsd: 5e6, start: 1_000, raisedAt: 1_300, end: 2_600, peak: 3.2, peakTime: 2_000 },
          },
        ],
      },
    });
  });

  it('are found by asset, measure, severity, subject and time, and as they stood at a block', async () => {
    expect(await kindsIn('(where: { isOpen: true })')).toEqual(['capped']);
    expect(await kindsIn('(where: { asset: "weth" })')).toEqual(['stuck']);
    expect(await kindsIn('(where: { measure: capHeadroom })')).toEqual(['capped']);
    expect(await kindsIn('(where: { severity: critical })')).toEqual(['stuck']);
    expect(await kindsIn('(where: { subject: "oracle y" })')).toEqual(['capped']);
    expect(await kindsIn('(where: { from: 2600 })')).toEqual(['capped']);
    expect(await kindsIn('(where: { to: 1700 })')).toEqual(['stuck']);
    expect(await kindsIn('(first: 1)')).toEqual(['capped']);
    expect(await kindsIn(`(block: ${at(9)}, where: { isOpen: true })`)).toEqual(['stuck']);
    expect(await kindsIn(`(block: ${at(10)})`)).toEqual([]);
    expect(await api.messageOf('{ oracleFlags(where: { asset: "FOO" }) { nodes { kind } } }')).toMatch(
      /Known: .*WETH/,
    );
    expect(await api.messageOf('{ oracleFlags(first: 0) { nodes { kind } } }')).toMatch(/from 1 to 500/);
  });

  it('have rules that anybody can check them by', async () => {
    const { data } = await ask(
      '{ flagRules { kind measure words bad raiseAt criticalAt clearAt readings endsWhenAbsent } }',
    );
    expect(data?.['flagRules']).toEqual(
      DEFAULT_RULES.map((rule) => ({
        ...rule,
        kind: rule.kind.replaceAll('-', '_'),
        words: MEASURES[rule.measure],
      })),
    );
    const { data: schema } = await ask('{ __type(name: "OracleMeasure") { enumValues { name } } }');
    const { enumValues } = schema?.['__type'] as { enumValues: { name: string }[] };
    expect(enumValues.map(({ name }) => name).sort()).toEqual(Object.keys(MEASURES).sort());
  });
});
