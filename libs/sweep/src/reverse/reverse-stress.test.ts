import { openEngine, simulate, type Scenario } from '@undertow/cascade';
import { handMadeBook } from '../../../cascade/src/fixtures/hand-made-book.ts';
import { studentTPlan } from '../fixtures/plans.ts';
import { normalAt } from '../random/draws.ts';
import { openReverseStress } from './reverse-stress.ts';
import { lossesBy } from './scenario-losses.ts';

const USDC = { symbol: 'USDC', priceUsd: 1, decimals: 6, tie: {} } as const;
/** Nobody is known to buy either: whoever is under water stays so, and loses debt less collateral. */
const ETH = { symbol: 'ETH', priceUsd: 2_000, decimals: 18 } as const;
const CRV = { symbol: 'CRV', priceUsd: 0.5, decimals: 18 } as const;
const loan = (venue: 'aave30' | 'morpho', asset: string, amount: number) => ({
  venue,
  legs: [
    { asset, amount, threshold: 0.8, bonus: 0.05 },
    { asset: 'USDC', amount: -600_000 },
  ],
});
const book = handMadeBook([USDC, ETH, CRV], [loan('aave30', 'ETH', 500), loan('morpho', 'CRV', 2_000_000)]);
const engine = openEngine(book);
const lossesOf = lossesBy(engine);
const stress = openReverseStress({ book, plan: studentTPlan, lossesOf });
const venue = (id: string) => book.venues.findIndex((one) => one.id === id);

describe('openReverseStress', () => {
  it('finds the known fall that makes one loan lose so much', async () => {
    // 500 × 2,000 × eˣ = 600,000 − 100,000, at a deviation of 20 %.
    const { nearest, venue: id, searched } = await stress({ lossUsd: 100_000, venue: venue('aave30') });
    const truth = -Math.log(0.5) / 0.2;
    expect(nearest!.distance).toBeGreaterThanOrEqual(truth);
    expect(nearest!.distance / truth).toBeLessThan(1.002);
    expect(nearest!.moves[0]).toMatchObject({ symbol: 'ETH', move: expect.closeTo(-0.5, 2) });
    // The likeliest way: CRV falls along, by covariance ÷ variance of ETH.
    expect(Math.log1p(nearest!.moves[1]!.move) / Math.log1p(nearest!.moves[0]!.move)).toBeCloseTo(0.75, 1);
    expect([id, searched.seed]).toEqual(['aave30', 1]);
  });

  it('finds the nearest of all falls that lose so much together, by a fine grid', async () => {
    const { nearest } = await stress({ lossUsd: 150_000 });
    const lossAt = (eth: number, crv: number) =>
      Math.max(0, 600_000 - 1e6 * Math.exp(eth)) + Math.max(0, 600_000 - 1e6 * Math.exp(crv));
    // Σ⁻¹ of [[0.04, 0.03], [0.03, 0.09]].
    const distanceAt = (a: number, b: number) =>
      Math.sqrt((0.09 * a * a - 0.06 * a * b + 0.04 * b * b) / 0.0027);
    let truth = Infinity;
    for (let a = -1.2; a <= 0.2; a += 0.004)
      for (let b = -1.2; b <= 0.2; b += 0.004)
        if (lossAt(a, b) >= 150_000) truth = Math.min(truth, distanceAt(a, b));
    expect(nearest!.distance / truth).toBeGreaterThan(0.98);
    expect(nearest!.distance / truth).toBeLessThan(1.005);
    const [eth, crv] = nearest!.moves.map(({ move }) => Math.log1p(move));
    expect(distanceAt(eth!, crv!)).toBeCloseTo(nearest!.distance, 9);
    expect(simulate(book, { moves: nearest!.moves }, { band: false }).lossUsd).toBeCloseTo(
      nearest!.lossUsd,
      6,
    );
  });

  it('has no point nearer that loses so much, of many that are drawn', async () => {
    const { nearest } = await stress({ lossUsd: 150_000 });
    const root = [
      [0.2, 0],
      [0.15, Math.sqrt(0.0675)],
    ] as const;
    for (let index = 0; index < 400; index++) {
      const z = [0, 1].map((dimension) => normalAt({ seed: 5, index, dimension })) as [number, number];
      const scale = (nearest!.distance * 0.99 * Math.sqrt((index + 1) / 400)) / Math.hypot(...z);
      const moves = (['ETH', 'CRV'] as const).map((symbol, row) => ({
        kind: 'reference' as const,
        symbol,
        move: Math.expm1(scale * (root[row]![0] * z[0] + root[row]![1] * z[1])),
      }));
      expect(simulate(book, { moves }, { band: false }).lossUsd).toBeLessThan(150_000);
    }
  });

  it('tells the way to it', async () => {
    const { path, lossUsd, distance } = (await stress({ lossUsd: 150_000 })).nearest!;
    expect(path).toHaveLength(21);
    expect(path[0]).toMatchObject({ distance: 0, lossUsd: 0 });
    expect(path.at(-1)).toMatchObject({ distance, lossUsd });
    expect(path[10]!.distance).toBeCloseTo(distance / 2, 9);
  });

  it('runs no point again for another venue', async () => {
    let runs = 0;
    const counted = (scenarios: readonly Scenario[]) => {
      runs += scenarios.length;
      return lossesOf(scenarios);
    };
    const ask = openReverseStress({ book, plan: studentTPlan, lossesOf: counted });
    const first = await ask({ lossUsd: 1e5, venue: venue('aave30') });
    const ran = runs;
    expect(await ask({ lossUsd: 1e5, venue: venue('aave30') })).toEqual(first);
    expect(runs).toBe(ran);
    const { nearest } = await ask({ lossUsd: 1e9, greatestDistance: 3 });
    expect(nearest).toBeUndefined();
  });

  it('says what cannot be', async () => {
    await expect(stress({ lossUsd: 0 })).rejects.toThrow('must be above 0 USD, but is 0');
    const model = { kind: 'filtered-historical', steps: 1, filters: [], residuals: [[]] } as const;
    expect(() => openReverseStress({ book, lossesOf, plan: { ...studentTPlan, model } })).toThrow(
      'needs a covariance',
    );
  });
});
