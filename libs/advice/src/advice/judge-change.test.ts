import { parseOverride } from '@undertow/book';
import { askedOf, placeOf, studiedBook } from '../fixtures/studied.ts';
import { marketFrontier } from '../search/market-frontier.ts';
import { openStudy } from '../study/study.ts';
import { adviseOne } from './advise-one.ts';
import { judgeChange } from './judge-change.ts';

const KEY = 'aave30 ETH liquidationThreshold';
const study = openStudy(studiedBook, askedOf(20_000));
const judged = (...texts: string[]) =>
  judgeChange(
    study,
    texts.map((text) => parseOverride(studiedBook, text)),
  );

describe('judgeChange', () => {
  it('finds of an advised value what the advice found, and that the next step exceeds', () => {
    const advice = adviseOne(study, placeOf(KEY));
    const value = advice.advised!.value;
    const held = judged(`${KEY}=${value}`);
    expect(held.verdict).toBe('within');
    expect(held.after).toEqual(advice.evidence!.after);
    expect(held.before).toEqual(advice.evidence!.before);
    expect(held.madeDue).toEqual(advice.evidence!.madeDue);
    expect(held.borrowingPower).toEqual(advice.evidence!.borrowingPower);
    expect(judged(`${KEY}=${value + 0.005}`).verdict).toBe('exceeds');
  });

  it('says loudly who becomes due, and what turns toxic', () => {
    const { words, toxicity, madeDue } = judged(`${KEY}=0.5`);
    expect(madeDue.accounts).toBeGreaterThan(0);
    expect(words.join(' ')).toContain(`WARNING: the change alone makes ${madeDue.accounts} accounts`);
    expect(toxicity).toMatchObject([{ threshold: 0.5, bonus: 0.05, isToxic: false }]);
    expect(judged(`${KEY}=0.952`).toxicity[0]!.isToxic).toBe(true);
  });

  it('judges several changes together, and no tolerance of one market then', () => {
    const two = [`${KEY}=0.75`, 'morpho wstETH liquidationThreshold=0.75'];
    expect(judged(...two).changes).toHaveLength(2);
    const share = askedOf(0, { tolerance: { most: { kind: 'share', share: 0.01 } } });
    const overrides = two.map((text) => parseOverride(studiedBook, text));
    expect(() => judgeChange(openStudy(studiedBook, share), overrides)).toThrow(
      /tolerance is one of a single market/,
    );
    expect(judgeChange(openStudy(studiedBook, share), overrides.slice(0, 1)).toleranceUsd).toBeGreaterThan(0);
  });

  it('says what is missing where there are no scenarios', () => {
    const none = openStudy(studiedBook, askedOf(0, { plan: undefined }));
    const { verdict, words, after } = judgeChange(none, [parseOverride(studiedBook, `${KEY}=0.7`)]);
    expect([verdict, after]).toEqual(['unknown', undefined]);
    expect(words[1]).toContain('no history of prices');
  });
});

describe('marketFrontier', () => {
  it('falls with the bonus, lies below the line that contracts check, and knows where the market stands', () => {
    const found = marketFrontier(study, placeOf(KEY))!;
    expect([found.threshold, found.bonus]).toEqual([0.8, 0.05]);
    for (const [at, { threshold }] of found.points.entries()) {
      expect(threshold).toBeLessThan(found.contract[at]!.threshold);
      if (at > 0) expect(threshold).toBeLessThan(found.points[at - 1]!.threshold);
    }
    expect(marketFrontier(study, placeOf('aave30 closeFactor'))).toBeUndefined();
  });
});
