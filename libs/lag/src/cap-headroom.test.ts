import { capHeadroom, secondsToBind } from './cap-headroom.ts';

const WAD = 10n ** 18n;
const DAY = 86_400;
const YEAR = 31_536_000;
/** 10 % a year from a rate of 1.2 at time 0. */
const cap = {
  rate: (12n * WAD) / 10n,
  since: 0n,
  growthPerSecond: (12n * WAD) / 100n / BigInt(YEAR),
  growthScale: 1n,
};

describe('the room below a cap', () => {
  it('is what the cap allows above the rate, and below 0 where it binds', () => {
    expect(capHeadroom({ rate: (12n * WAD) / 10n, cap }, 0)).toBe(0);
    expect(capHeadroom({ rate: (12n * WAD) / 10n, cap }, YEAR)).toBeCloseTo(0.1, 9);
    expect(capHeadroom({ rate: (14n * WAD) / 10n, cap }, YEAR)).toBeCloseTo(1.32 / 1.4 - 1, 9);
  });

  it('is not told of a rate of nothing, or before the time that the cap counts from', () => {
    expect(capHeadroom({ rate: 0n, cap }, YEAR)).toBeUndefined();
    expect(capHeadroom({ rate: WAD, cap: { ...cap, since: 10n } }, 9)).toBeUndefined();
  });

  it('ends when a rate that grows faster has reached the cap', () => {
    const rate = (12n * WAD) / 10n;
    const time = 30 * DAY;
    const seconds = secondsToBind({ rate, cap }, time, 0.2)!;
    const then = BigInt(Math.round(seconds));
    const grown = rate + (rate * 2n * then) / 10n / BigInt(YEAR);
    expect(capHeadroom({ rate: grown, cap }, time + Number(then))).toBeCloseTo(0, 6);
    expect(secondsToBind({ rate, cap }, time, 0.05)).toBeUndefined();
    expect(secondsToBind({ rate: 2n * WAD, cap }, time, 0.05)).toBe(0);
  });
});
