import { exchangesSay } from '../../test-server/exchange-prices.ts';
import { MemoryFacts, recordDevnet } from '../../test-server/memory-facts.ts';
import { serveFacts, type ServedFacts } from '../../test-server/serve-facts.ts';

let api: ServedFacts;
let source: MemoryFacts;
const ask: ServedFacts['ask'] = (query) => api.ask(query);

beforeAll(async () => {
  source = new MemoryFacts(await recordDevnet(24));
  source.moveTo(source.newest);
  await exchangesSay(source, 1_700);
  api = await serveFacts(source);
}, 120_000);

afterAll(() => api.close());

describe('oracles', () => {
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
    expect(await api.messageOf('{ exchangeHistory(exchange: "mtgox", symbol: "BTC/USD") { next } }')).toBe(
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
});
