import { jest } from '@jest/globals';
import { printed } from '../fixtures/printed.ts';
import { row, type Comparison } from './compare.ts';
import { reportOf, runValidate } from './run-validate.ts';

const experiment = { seed: 1, accounts: 2, shock: -0.2 };
const good: Comparison = {
  firstRound: { predicted: 1, onChain: 1, missing: [], extra: [] },
  rows: [row('badDebtUsd a@test', 1_000, 1_000, { limit: 0.01 }), row('rounds', 3, 3)],
  beyond: [],
  notes: [],
};
const bad: Comparison = {
  ...good,
  rows: [row('badDebtUsd a@test', 1_020, 1_000, { limit: 0.01 })],
  beyond: ['badDebtUsd a@test: 2 % off, limit 1 % (predicted 1020.00, on chain 1000.00)'],
};

describe('reportOf', () => {
  it('has the limits beside the figures, and exits with 0 when all are within', () => {
    const { text, exitCode } = reportOf(experiment, good, false);
    expect(exitCode).toBe(0);
    expect(text).toMatch(/badDebtUsd a@test .*1,000 .*1,000 .*0 % .*1 %/);
    expect(text).toMatch(/rounds .*–/);
    expect(text).toMatch(/before funds/);
    expect(text).toMatch(/Every figure is within its limit\.\n$/);
  });

  it('says which figure is beyond which limit, and exits with 1', () => {
    const { text, exitCode } = reportOf(experiment, bad, false);
    expect(exitCode).toBe(1);
    expect(text).toMatch(/1 %: beyond/);
    expect(text).toMatch(/\nFirst deviation: badDebtUsd a@test: 2 % off, limit 1 % .*\n$/);
    expect(text).not.toMatch(/Every figure/);
  });

  it('gives the same as JSON', () => {
    const { text, exitCode } = reportOf(experiment, bad, true);
    expect(exitCode).toBe(1);
    expect(JSON.parse(text)).toMatchObject({ ...experiment, beyond: bad.beyond });
  });
});

/** One term of each venue that has calls for any. */
const SET = [
  ...['aave-v3@devnet WETH liquidationThreshold=0.70', 'aave-v3.6@devnet WETH liquidationBonus=0.2'],
  ...['venus-core@devnet closeFactor=1', 'perp-v2@devnet liquidationPenalty=0.05'],
];

describe('runValidate', () => {
  it('holds a prediction under other terms against a real crash after they were changed, and says that it holds', async () => {
    const progress = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    let exitCode: number | undefined;
    const text = await printed(async () => {
      exitCode = await runValidate({ seed: 4, accounts: 30, shock: -0.2, set: SET });
    });
    const said = progress.mock.calls.map(([message]) => String(message));
    progress.mockRestore();
    expect([exitCode, text.split('\n').at(-2)]).toEqual([0, 'Every figure is within its limit.']);
    expect(text).toMatch(/^Under aave-v3@devnet WETH liquidationThreshold=0\.70\.\n/);
    expect(said).toContainEqual(
      expect.stringMatching(/^Changed: configureReserveAsCollateral\(.*7000, 7000, 10500/),
    );
  }, 240_000);

  it('has no way to change what no admin call changes, and says so', async () => {
    const progress = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const set = ['aave-v3@devnet closeFactor=1'];
    await expect(runValidate({ seed: 4, accounts: 1, shock: -0.2, set })).rejects.toThrow(
      expect.objectContaining({ name: 'UsageError', message: expect.stringMatching(/constant of the code/) }),
    );
    progress.mockRestore();
  }, 240_000);
});
