import type { AdviceLosses } from './advice.ts';
import { powerSentences } from './words.ts';

const losses = (expectedShortfallUsd: number): AdviceLosses => ({
  expectedShortfallUsd,
  valueAtRiskUsd: 0,
  meanUsd: 0,
  greatestUsd: 2 * expectedShortfallUsd,
  scenarios: 100,
  of: 100,
  isLowerBound: false,
});

describe('powerSentences', () => {
  const told = (ifNobodyActsUsd: number) =>
    powerSentences({ after: losses(50), afterIfNobodyActs: losses(ifNobodyActsUsd), toleranceUsd: 100 });

  it('warns where the tolerance is kept only if owners follow the new terms', () => {
    expect(told(101).at(-1)).toMatch(/^WARNING: it rests on owners who follow the new terms/);
    expect(told(100).join(' ')).not.toContain('WARNING');
  });
});
