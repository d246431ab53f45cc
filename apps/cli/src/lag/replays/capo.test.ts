import { playCapo, playedCascade, PUBLISHED, rebuiltCap } from './capo.ts';
import type { Figure } from '../replayed.ts';
import type { Flag } from '@undertow/lag';

describe('the cap of 2026-03-10, rebuilt', () => {
  it('has room until the update lands, which a dry run says will bind by 2.82 %', () => {
    const { dryRun } = rebuiltCap();
    expect(dryRun.isHeldBack).toBe(true);
    expect(dryRun.headroomBefore).toBeGreaterThan(0.03);
    expect(dryRun.headroomAfter).toBeCloseTo(PUBLISHED.cappedRatio / PUBLISHED.marketRatio - 1, 6);
    expect(dryRun.headroomAfter).toBeCloseTo(PUBLISHED.deviation, 3);
  });

  it('is flagged before the cap binds, and as capped once it does', async () => {
    const { found } = await playCapo();
    const { flags } = found as { flags: readonly Flag[] };
    const [pending, capped] = ['cap-pending', 'capped'].map((kind) =>
      flags.find((one) => one.kind === kind)!,
    );
    expect(pending).toMatchObject({ severity: 'critical', end: capped!.start });
    expect(capped!.start - pending!.raisedAt).toBe(3_600);
    expect(capped).toMatchObject({ severity: 'critical', end: undefined });
  });

  it('liquidates phantoms at a market that stands, as many and as much as was published, and nobody loses', async () => {
    const { result, atDeviation, phantoms, hidden } = await playedCascade();
    expect(phantoms).toBe(PUBLISHED.accounts);
    expect(hidden).toBe(0);
    expect(result.accounts).toBe(PUBLISHED.accounts);
    const wsteth = result.byAsset.find(({ symbol }) => symbol === 'wstETH')!;
    expect(wsteth.seized).toBeCloseTo(PUBLISHED.seizedWsteth, 0);
    const valueUsd = wsteth.seized * wsteth.marketBeforeUsd;
    const [least, most] = PUBLISHED.liquidatedUsd;
    expect(valueUsd).toBeGreaterThan(least);
    expect(valueUsd).toBeLessThan(most);
    expect(result.badDebtUsd).toBe(0);
    expect(result.lossUsd).toBe(0);
    expect(result.moves.find(({ symbol }) => symbol === 'wstETH')).toMatchObject({ marketMove: 0 });
    expect(Math.abs(wsteth.marketAfterUsd / wsteth.marketBeforeUsd - 1)).toBeLessThan(0.003);
    // 499 ETH were published. Nothing of the book was chosen for it.
    const ethUsd = wsteth.marketBeforeUsd / PUBLISHED.marketRatio;
    const earned = atDeviation.liquidatorProfitUsd / ethUsd;
    expect(earned).toBeGreaterThan(0.95 * PUBLISHED.profitEth);
    expect(earned).toBeLessThan(1.02 * PUBLISHED.profitEth);
  });

  it('says of every figure where it is from', async () => {
    const { found, text, pictures } = await playCapo();
    const { figures } = found as { figures: readonly Figure[] };
    const origins = new Set(figures.map(({ origin }) => origin));
    expect([...origins].sort()).toEqual(['assumed', 'computed', 'published', 'rebuilt']);
    for (const { what } of figures) expect(text).toContain(what);
    expect(pictures[0]!.shaded.map(({ kind }) => kind)).toContain('cap-pending');
  });
});
