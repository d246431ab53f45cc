import fc from 'fast-check';
import { capHeadroom } from './cap-headroom.ts';
import { dryRunCapUpdate } from './cap-update.ts';

const WAD = 10n ** 18n;
const DAY = 86_400;
const NOW = 1_773_100_800;
const SCALE = 10n ** 6n;
/** A cap of a rate that may grow by 9.68 % of it a year. */
const capOf = (rate: bigint, daysAgo: number) => ({
  rate,
  since: BigInt(NOW - daysAgo * DAY),
  growthPerSecond: (rate * 968n * SCALE) / 10_000n / 31_536_000n,
  growthScale: SCALE,
});

describe('a dry run of a cap’s update', () => {
  it('finds a rate that is held back under a time that is not, and the latest time that would have done', () => {
    const rate = (12_285n * WAD) / 10_000n;
    const capped = { rate, cap: capOf((11_570n * WAD) / 10_000n, 365) };
    const update = { rate, since: BigInt(NOW - 7 * DAY) };
    const found = dryRunCapUpdate(capped, update, { mostChangeBps: 300n, time: NOW });
    expect(found.isHeldBack).toBe(true);
    expect(found.headroomBefore).toBeGreaterThan(0.03);
    expect(found.headroomAfter).toBeCloseTo((1.157 * 1.03 * (1 + (0.0968 * 7) / 365)) / 1.2285 - 1, 6);
    // The cap needs 117 days of its growth to reach the rate.
    expect((NOW - found.latestSince!) / DAY).toBeCloseTo(((1.2285 / (1.157 * 1.03) - 1) / 0.0968) * 365, 2);
    const inTime = dryRunCapUpdate(
      capped,
      { rate, since: BigInt(found.latestSince!) },
      { mostChangeBps: 300n, time: NOW },
    );
    expect(inTime.headroomAfter).toBeGreaterThanOrEqual(0);
    // Less than a second of growth.
    expect(inTime.headroomAfter).toBeLessThan(0.0968 / 31_536_000);
  });

  it('lets an update within its limits through as it is', () => {
    const rate = (12n * WAD) / 10n;
    const capped = { rate, cap: capOf((1_195n * WAD) / 1_000n, 30) };
    const found = dryRunCapUpdate(capped, { rate, since: BigInt(NOW) }, { mostChangeBps: 300n, time: NOW });
    expect(found).toMatchObject({ isHeldBack: false, headroomAfter: 0 });
  });

  it('holds a fall back as it does a rise, and never moves a rate by more than its limit', () => {
    const positive = fc.bigInt({ min: WAD / 2n, max: 4n * WAD });
    fc.assert(
      fc.property(positive, positive, fc.bigInt({ min: 0n, max: 2_000n }), (old, wanted, mostChangeBps) => {
        const cap = capOf(old, 100);
        const update = { rate: wanted, since: BigInt(NOW) };
        const found = dryRunCapUpdate({ rate: wanted, cap }, update, { mostChangeBps, time: NOW });
        const moved = found.cap.rate > old ? found.cap.rate - old : old - found.cap.rate;
        expect(moved * 10_000n <= old * mostChangeBps).toBe(true);
        expect(found.isHeldBack).toBe(found.cap.rate !== wanted);
        expect(found.headroomAfter).toBe(capHeadroom({ rate: wanted, cap: found.cap }, NOW));
      }),
    );
  });

  it('knows no time that would do for a cap that does not grow', () => {
    const still = { rate: WAD, since: 0n, growthPerSecond: 0n, growthScale: 1n };
    const found = dryRunCapUpdate(
      { rate: 2n * WAD, cap: still },
      { rate: 2n * WAD, since: 0n },
      { mostChangeBps: 100n, time: NOW },
    );
    expect(found.latestSince).toBeUndefined();
  });
});
