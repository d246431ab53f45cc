import { DEFAULT_POLICIES, type Move } from '@undertow/cascade';
import { UsageError } from '../explain-error.ts';
import { namedShock, type NamedShock } from '../option-values.ts';
import { crowdBook } from '../../../../libs/cascade/src/fixtures/crowd-books.ts';
import { checkPolicies, scenarioOf, type ScenarioOptions } from './scenario-of.ts';

const book = crowdBook();
const addressOf = (symbol: string) => book.assets.find((asset) => asset.symbol === symbol)!.address;

const shocks = (...texts: string[]): readonly NamedShock[] =>
  texts.reduce<readonly NamedShock[]>((before, text) => namedShock(text, before), []);
const movesOf = (...texts: string[]) => scenarioOf(book, { shock: shocks(...texts) }).moves;

describe('scenarioOf', () => {
  it('acts as the engine does by itself when nothing is said', () => {
    expect(scenarioOf(book, { shock: [] })).toEqual({
      moves: [],
      volatilityMove: 0,
      depthFactor: 1,
      policies: DEFAULT_POLICIES,
    });
  });

  it('takes every option', () => {
    const options: ScenarioOptions = {
      shock: [],
      volatility: 0.5,
      liquidators: 'capital',
      gas: 20,
      capital: 5e6,
      oracles: 'within',
      depositors: 'hold',
      depth: 0.5,
      maxRounds: 3,
    };
    expect(scenarioOf(book, options)).toEqual({
      moves: [],
      volatilityMove: 0.5,
      depthFactor: 0.5,
      maxRounds: 3,
      policies: {
        liquidators: { kind: 'capital', gasUsd: 20, capitalUsd: 5e6 },
        oracles: 'within',
        depositors: 'hold',
      },
    });
  });

  it('lets what lands go to what exchanges say too, where they are known, and nothing else', () => {
    const quotes = ['kraken', 'gemini', 'binanceus'].map((exchange) => ({
      ...{ exchange, symbol: 'ETH/USD', base: 'ETH', quote: 'USD', asset: 'ETH', time: book.time },
      ...{ price: 2_000, volume: 1e6, exchangeTime: undefined },
    }));
    const landsAt = (text: string, said = quotes) =>
      scenarioOf(book, { shock: shocks(text) }, said).landsAtUsd?.[addressOf('ETH')];
    expect(landsAt('landed=100%')).toBe(2_000);
    expect([landsAt('landed=100%', []), landsAt('ETH=-10%')]).toEqual([undefined, undefined]);
  });

  it('reads every way to name what moves', () => {
    const wsteth = addressOf('wstETH');
    const expected: Move[] = [
      { kind: 'reference', symbol: 'ETH', move: -0.3 },
      { kind: 'asset', asset: wsteth, move: -0.1 },
      { kind: 'market', asset: addressOf('CRV'), move: -0.4 },
      { kind: 'rate', asset: wsteth, move: -0.05 },
      { kind: 'oracle', asset: wsteth, move: -0.03 },
      { kind: 'feed', feed: 'ETH', move: 0.02 },
    ];
    const texts = ['ETH=-30%', `${wsteth.toUpperCase().replace('0X', '0x')}=-10%`, 'market:CRV=-0.4'];
    const others = ['rate:wstETH=-5%', 'oracle:wstETH=-3%', 'feed:ETH / USD=+2%'];
    expect(movesOf(...texts, ...others)).toEqual(expected);
    expect(movesOf('oracle:morpho/wstETH=-3%')).toEqual([
      { kind: 'oracle', asset: wsteth, venue: 'morpho', move: -0.03 },
    ]);
  });

  it('takes one thing that is named twice with the same move once', () => {
    expect(movesOf('ETH=-30%', `${addressOf('ETH')}=-0.3`)).toHaveLength(1);
    expect(movesOf('oracle:wstETH=-3%', `oracle:${addressOf('wstETH')}=-3%`)).toHaveLength(1);
  });

  it.each([
    [['FOO=-0.1'], /Asset "FOO" is not in the book. Known: .*wstETH.*write a reference or asset/],
    [['oracle:nowhere@x/ETH=-0.1'], /no venue "nowhere@x"; it has .*aave30/],
    [['feed:BTC / USD=-0.1'], /no feed "BTC \/ USD"; it has .*ETH \/ USD/],
    [['market:=-0.1'], /names nothing that could move/],
    [['\u001b[31m=-0.1'], /Asset "\\u001b\[31m" is not in the book/],
    [['ETH=-30%', '0x0000000000000000000000000000000000000002=-20%'], /are both ETH.*different amounts/],
    [['feed:ETH=-1%', 'feed:ETH / USD=-2%'], /are both feed:ETH \/ USD/],
    [['oracle:wstETH=-3%', 'oracle:morpho/wstETH=-3%'], /is one of oracle:wstETH.*by itself/],
  ])('refuses %j', (texts, message) => {
    expect(() => movesOf(...texts)).toThrow(UsageError);
    expect(() => movesOf(...texts)).toThrow(message);
  });
});

describe('checkPolicies', () => {
  it.each<[Partial<ScenarioOptions>, RegExp]>([
    [{ liquidators: 'capital' }, /needs --capital <usd>/],
    [{ capital: 5 }, /add that, or leave out --capital/],
    [{ capital: 5, liquidators: 'rational' }, /add that, or leave out --capital/],
    [{ capital: 5, liquidators: 'unlimited' }, /add that, or leave out --capital/],
    [{ gas: 5, liquidators: 'unlimited' }, /--gas changes nothing: leave out one of them/],
  ])('refuses %j', (options, message) => {
    expect(() => checkPolicies({ shock: [], ...options })).toThrow(UsageError);
    expect(() => checkPolicies({ shock: [], ...options })).toThrow(message);
  });

  it('lets gas stand alone', () => {
    expect(() => checkPolicies({ shock: [], gas: 5 })).not.toThrow();
  });
});
