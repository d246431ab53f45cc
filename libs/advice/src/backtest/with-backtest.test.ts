import { adviceSchema } from '../advice/advice.ts';
import { adviseOne } from '../advice/advise-one.ts';
import { askedOf, placeOf, studiedBook } from '../fixtures/studied.ts';
import { walkedPrices } from '../fixtures/walked-prices.ts';
import { incentiveFactor } from '../published/incentive-factor.ts';
import { openStudy } from '../study/study.ts';
import type { AdviceBacktest } from './advice-backtest.ts';
import { backtestFor, withBacktest } from './with-backtest.ts';

const DAY = 86_400;
const { prices, ...grid } = walkedPrices(600);
const table = { ...grid, prices: new Map([['ETH', prices.get('COIN')!]]) };
const study = openStudy(studiedBook, askedOf(60_000, { confidence: 0.99, horizonSeconds: DAY }));
const place = placeOf('aave30 ETH liquidationThreshold');
const history = { table };

describe('withBacktest', () => {
  const advice = adviseOne(study, place);

  it('puts a backtest with the market’s own terms in place of the sentence that there is none', () => {
    const found = backtestFor(study, place, { advice, history }) as AdviceBacktest;
    expect(found.terms).toMatchObject({
      horizonSeconds: DAY,
      confidence: 0.99,
      bonus: expect.closeTo(0.05, 9),
    });
    expect(found.terms.slippage.whole).toBeGreaterThan(1);
    const backed = withBacktest(advice, found);
    expect(adviceSchema.parse(JSON.parse(JSON.stringify(backed)))).toEqual(backed);
    expect(backed.backtest).toMatchObject({ of: 'standalone-line', symbol: 'ETH', from: 351 * DAY });
    expect(backed.backtest!.lines.map(({ name }) => name)).toEqual([
      ...found.held.slice(0, 6).map(({ name }) => name),
      'present',
      'this advice',
    ]);
    const { least, greatest } = backed.backtest!.lines.at(-1)!;
    expect([least, greatest]).toEqual([advice.advised!.value, advice.advised!.value]);
    expect(advice.words.at(-1)).toBe('It was not backtested.');
    expect(backed.words.at(-1)).toContain('held in');
    expect(backed.words.at(-1)).toMatch(
      /The advised \d\d\.\d %, held all the time, would have been exceeded in \d+ of 249/,
    );
    expect(backed.adviceHash).not.toBe(advice.adviceHash);
  });

  it('prices a token by what it follows where it has no price of its own', () => {
    const staked = placeOf('morpho wstETH liquidationThreshold');
    expect(backtestFor(study, staked, { advice, history })).toMatchObject({
      symbol: 'ETH',
      // Of a pair the bonus follows from the threshold of 80 %.
      terms: { bonus: expect.closeTo(incentiveFactor(0.8) - 1, 9) },
    });
  });

  it('says why there is none', () => {
    const why = (of: Partial<Parameters<typeof backtestFor>[2]>, at = place, asked = study) =>
      backtestFor(asked, at, { advice, history, ...of });
    expect(why({}, placeOf('aave30 ETH loanToValue'))).toContain('of liquidation thresholds');
    expect(why({}, place, openStudy(studiedBook, askedOf(100)))).toContain('there is no horizon');
    const other = { table: { ...grid, prices: new Map([['BTC', prices.get('COIN')!]]) } };
    expect(why({ history: other })).toContain('there is no price of ETH in the history');
    const short = { table, choice: { memory: 700 } };
    const backed = withBacktest(advice, why({ history: short }));
    expect(backed.backtest).toMatchObject({ of: 'none', lines: [] });
    expect(backed.words.at(-1)).toMatch(
      /^The standalone line of ETH .* was not backtested: the history has 599 windows/,
    );
    expect(withBacktest(advice, 'no reason').words.at(-1)).toBe('It was not backtested: no reason.');
  });
});
