import { MemoryFacts, recordDevnet } from '../../test-server/memory-facts.ts';
import { serveFacts, type ServedFacts } from '../../test-server/serve-facts.ts';

let api: ServedFacts;
let source: MemoryFacts;
const ask: ServedFacts['ask'] = (query) => api.ask(query);

beforeAll(async () => {
  source = new MemoryFacts(await recordDevnet(24));
  source.moveTo(source.newest);
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
