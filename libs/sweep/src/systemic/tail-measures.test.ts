import { openEngine, simulate, type Scenario } from '@undertow/cascade';
import { handMadeBook } from '../../../cascade/src/fixtures/hand-made-book.ts';
import { crowdBook } from '../../../cascade/src/fixtures/crowd-books.ts';
import { gridPlan, studentTPlan } from '../fixtures/plans.ts';
import { openPlan } from '../plan/open-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { sweepKey } from '../plan/plan-hash.ts';
import { summary } from '../summary/summary.ts';
import { runRange } from '../table/run-range.ts';
import { sweepShape } from '../table/sweep-shape.ts';
import { SweepTable } from '../table/sweep-table.ts';
import { equilibria } from './equilibria.ts';
import { tailMeasures, type TailMeasures } from './tail-measures.ts';
import { tailScenario } from './tail-scenario.ts';

function swept(book: ReturnType<typeof handMadeBook>, plan: Plan) {
  const opened = openPlan(plan, book);
  const shape = sweepShape(book, { key: sweepKey({ plan, book, engine: 'clear' }), count: opened.count });
  const table = new SweepTable(shape);
  table.putChunk(runRange({ engine: openEngine(book), opened, shape }, { from: 0, to: opened.count }));
  const run = (scenarios: readonly Scenario[]) =>
    Promise.all(scenarios.map((one) => tailScenario(book, one)));
  return { book, opened, table, run };
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

describe('tailMeasures', () => {
  const sweep = swept(crowdBook(), studentTPlan);
  const told: string[] = [];
  let tail: TailMeasures;
  beforeAll(async () => {
    tail = await tailMeasures(sweep, {
      level: 0.9,
      accounts: 3,
      told: (done, all) => told.push(`${done}/${all}`),
    });
  });

  it('splits the expected shortfall over accounts without rest', () => {
    const all = summary(sweep.table, studentTPlan, { levels: [0.9] }).lossUsd.atRisk[0]!.expectedShortfall;
    expect(tail.expectedShortfallUsd).toBeCloseTo(all, 6);
    expect(tail.accounts).toHaveLength(3);
    const parts = sum(tail.accounts.map(({ contributionUsd }) => contributionUsd)) + tail.otherAccountsUsd;
    expect(parts / tail.expectedShortfallUsd).toBeCloseTo(1, 9);
    expect(told.at(-1)).toBe(`${tail.scenarios}/${tail.scenarios}`);
    // Of the four beyond the level two lose something.
    expect(tail.scenarios).toBe(2);
  });

  it('says whose trades caused what, all of it', () => {
    const { causes, venues, shares, liquidatedUsd } = tail.crossVenue;
    expect(causes[0]).toBe('shock');
    expect(venues).toEqual(['aave30', 'morpho']);
    for (const column of venues.keys()) expect(sum(shares.map((row) => row[column]!))).toBeCloseTo(1, 9);
    expect(sum([...liquidatedUsd])).toBeGreaterThan(0);
  });

  it('needs a whole sweep', async () => {
    const part = { ...sweep, table: new SweepTable(sweep.table.shape) };
    await expect(tailMeasures(part)).rejects.toThrow('not whole');
    await expect(tailMeasures(sweep, { level: 99 })).rejects.toThrow('such as 0.99, but is 99');
  });
});

describe('cover-2', () => {
  const USDC = { symbol: 'USDC', priceUsd: 1, decimals: 6, tie: {} } as const;
  const ETH = { symbol: 'ETH', priceUsd: 1_000, decimals: 18 } as const;
  const loan = (owner: `0x${string}`, debt: number) => ({
    venue: 'morpho' as const,
    owner,
    legs: [
      { asset: 'ETH', amount: 1, threshold: 0.8, bonus: 0.05 },
      { asset: 'USDC', amount: -debt },
    ],
  });
  const axes = [{ what: 'ETH', moves: [-0.3, -0.5] }];
  const plan = { ...gridPlan, axes };
  const owed = [loan('0xa1', 700), loan('0xa2', 720), loan('0xa3', 790)];
  const covered = async (amount: number) => {
    const { coverTwo } = await tailMeasures(
      swept(
        handMadeBook([USDC, ETH], owed, {
          funds: [
            { venue: 'morpho', kind: 'reserves', asset: 'USDC', amount },
            { venue: 'morpho', kind: 'deficit', asset: 'USDC', amount: -1_000 },
          ],
        }),
        plan,
      ),
      { level: 0.01 },
    );
    return coverTwo;
  };

  it('holds the two owners who leave most, in the worst scenario, against the funds', async () => {
    // Nobody buys ETH: at 500 they are short of 200, 220 and 290.
    expect(await covered(509)).toEqual([
      {
        venue: 'morpho',
        index: 1,
        owners: [
          { owner: '0xa3', lossUsd: expect.closeTo(290, 6) },
          { owner: '0xa2', lossUsd: expect.closeTo(220, 6) },
        ],
        lossUsd: expect.closeTo(510, 6),
        fundUsd: 509,
        isCovered: false,
      },
    ]);
    const [enough] = await covered(511);
    expect(enough!.isCovered).toBe(true);
  });
});

describe('equilibria', () => {
  it('differ where it matters who acts how, and are those of the engine', () => {
    const book = crowdBook();
    const scenario = { moves: [{ kind: 'reference', symbol: 'ETH', move: -0.4 }] } as const;
    const { all, least, greatest, differ } = equilibria(openEngine(book), scenario);
    expect(all).toHaveLength(4);
    expect(differ).toBe(true);
    expect(greatest.lossUsd).toBeGreaterThan(least.lossUsd);
    const again = simulate(book, { ...scenario, policies: greatest.policies }, { band: false });
    expect(again.lossUsd).toBe(greatest.lossUsd);
  });

  it('are one where nobody is due', () => {
    const calm = equilibria(openEngine(crowdBook()), { moves: [] });
    expect([calm.differ, calm.least.lossUsd]).toEqual([false, calm.greatest.lossUsd]);
  });
});
