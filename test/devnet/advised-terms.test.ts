import { startDevnet, type Devnet, type VenueKey } from '@undertow/devnet';
import { crashAdvised, tenDays, type AdvisedCrash } from './advised-crash.ts';

// One of the seeds of bench/advice.bench.ts with fewer owners, and a hundred moves over ten days, of which the worst is the tail. More of them:
// SEEDS=1,2,3 ACCOUNTS=60 npm test -- test/devnet/advised-terms
const SEEDS = (process.env['SEEDS'] ?? '3').split(',').map(Number);
const ACCOUNTS = Number(process.env['ACCOUNTS'] ?? 20);
/** Two that sell into the same pools are enough here; the bench has all. */
const VENUES: readonly VenueKey[] = ['aaveV3', 'venusCore'];

describe.each(SEEDS)('the advised threshold of seed %p', (seed) => {
  let devnet: Devnet;
  let found: AdvisedCrash;
  let head: unknown;

  beforeAll(async () => {
    devnet = await startDevnet({ seed, accounts: ACCOUNTS, venues: VENUES });
    head = await devnet.rpc('eth_getBlockByNumber', ['latest', false]);
    found = await crashAdvised(devnet, { plan: tenDays(100), confidence: 0.99, toleratedShare: 0.02 });
  }, 300_000);

  afterAll(() => devnet?.stop());

  test('is lower, and keeps the loss of the worst move within the tolerance on the EVM, which the present one misses', () => {
    const { advice, toleranceUsd, present, advised } = found;
    expect(advice.verdict).toBe('lower');
    expect(present.onChainUsd).toBeGreaterThan(toleranceUsd);
    expect(advised.onChainUsd).toBeLessThanOrEqual(toleranceUsd);
    expect(advised.onChainUsd).toBeGreaterThan(0);
  });

  test('loses on the EVM what the advice said, before and after, to a thousandth of the tolerance', () => {
    const { advice, present, advised, toleranceUsd } = found;
    const { before, after } = advice.evidence!;
    expect(Math.abs(present.onChainUsd - before.expectedShortfallUsd)).toBeLessThan(1e-3 * toleranceUsd);
    expect(Math.abs(advised.onChainUsd - after!.expectedShortfallUsd)).toBeLessThan(1e-3 * toleranceUsd);
    expect(present.predictedUsd).toBeCloseTo(before.expectedShortfallUsd, 3);
    expect(advised.predictedUsd).toBeCloseTo(after!.expectedShortfallUsd, 3);
  });

  test('keeps it on this chain too if no owner pays back, and liquidators act at present prices before the fall', () => {
    expect(found.leftToLiquidatorsUsd).toBeLessThanOrEqual(found.toleranceUsd);
  });

  test('is another where nobody is to pay back, which then keeps the tolerance by what liquidators do alone', () => {
    const { unpaid, toleranceUsd, present } = found;
    expect(unpaid!.onChainUsd).toBeLessThanOrEqual(toleranceUsd);
    expect(unpaid!.onChainUsd).toBeLessThan(present.onChainUsd);
    expect(Math.abs(unpaid!.onChainUsd - unpaid!.predictedUsd)).toBeLessThan(0.05 * toleranceUsd);
  });

  test('leaves the chain as it was', async () => {
    expect(await devnet.rpc('eth_getBlockByNumber', ['latest', false])).toEqual(head);
  });
});
