import type { Advice } from '../advice/advice.ts';
import { adviseAll, together } from '../advice/advise-all.ts';
import { askedOf, placeOf, studiedBook } from '../fixtures/studied.ts';
import { openStudy } from '../study/study.ts';
import { forumPost } from './forum-post.ts';
import { specification } from './specification.ts';

const study = openStudy(studiedBook, askedOf(20_000));
const keys = [
  'aave30 ETH liquidationThreshold',
  'morpho wstETH liquidationThreshold',
  'morpho wstETH liquidationBonus',
  'aave30 closeFactor',
];
const places = keys.map((key) => {
  const [venue, market, kind] = key.split(' ');
  return placeOf(kind === undefined ? `${venue} ${market}` : key);
});
const limits = {
  name: 'a steward',
  source: 'a test',
  fields: { liquidationThreshold: { largestChange: 0.03, isRelative: false, leastDelaySeconds: 3 * 86_400 } },
};
const advices = [...adviseAll(study, { places, path: { limits, start: 1_700_000_000 } })].map(
  ({ advice }) => advice,
);

describe('the specification table', () => {
  it('has the present and the recommended value of each market', () => {
    expect(specification(advices).split('\n')).toEqual([
      '| Instance | Asset | Current Liquidation Threshold | Recommended Liquidation Threshold | Current Close Factor | Recommended Close Factor |',
      '| --- | --- | --- | --- | --- | --- |',
      '| aave30 | ETH | 80 % | 73.5 % |  |  |',
      '| morpho | wstETH | 80 % | none found |  |  |',
      '| aave30 | all |  |  | 50 % | none found |',
    ]);
    expect(specification([])).toBe('');
  });

  it('shows what stays as a dash, and lets no label break it', () => {
    const kept: Advice = {
      ...advices[0]!,
      verdict: 'keep',
      parameter: { kind: 'supplyCap', venue: 'v', market: 'm', label: 'a|b\nc' },
      current: { value: 1_500_000, unit: 'units' },
    };
    expect(specification([kept]).split('\n').at(-1)).toBe('| v | a\\|b c | 1,500,000 | – |');
  });

  it('takes the words of strangers as text: no link, no tag, nobody is notified', () => {
    const label = '[free](https://evil.example) <b> @everyone ![x](y)';
    const hostile: Advice = {
      ...advices[0]!,
      parameter: { kind: 'supplyCap', venue: 'v', market: 'm', label },
    };
    for (const text of [specification([hostile]), forumPost({ advices: [hostile], time: 0 })]) {
      expect(text).not.toMatch(/(?<!\\)[<[]|@everyone|https:\/\//);
      expect(text).toContain('\\[free\\]\\(https\\:');
    }
  });
});

describe('the post', () => {
  const post = forumPost({ advices, together: together(study, advices), time: 1_700_000_000 });

  it('begins with plain words, and has the evidence of what changes', () => {
    expect(post).toMatch(
      /^# Parameter recommendations, 2023-11-14\n\n## Summary\n\n- Lower the liquidation threshold of ETH/,
    );
    expect(post).toContain('## Liquidation Threshold of ETH, aave30');
    expect(post).toContain('| Expected shortfall | 35,560 USD | 19,953 USD |');
    expect(post).toContain('Steps: 2023-11-14: 77 %; 2023-11-17: 74 %; 2023-11-20: 73.5 %.');
    expect(post).toContain('- There is one change of terms: it is as advised.');
    expect(post).toContain('It was not backtested.');
  });

  it('says what is missing and by what it can be checked', () => {
    expect(post).toContain(
      '- oracle-lag of ETH: it is not given; the toxicity line takes the oracle to be on time.',
    );
    expect(post).toContain(`- Book: \`${studiedBook.hash}\``);
    for (const { adviceHash } of advices) expect(post).toContain(adviceHash);
  });
});
