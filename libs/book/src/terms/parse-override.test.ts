import { takeApart } from './parse-override.ts';

describe('takeApart', () => {
  it.each([
    ['aave-v3@devnet WETH liquidationThreshold=0.80', 'aave-v3@devnet WETH', 'liquidationThreshold', '0.80'],
    ['  musd@devnet   closeFactor = 1 ', 'musd@devnet', 'closeFactor', '1'],
    ['depth=0.5', '', 'depth', '0.5'],
    ['v WETH oracle=cap(1.04) ', 'v WETH', 'oracle', 'cap(1.04)'],
    ['v PT=1 oracle=market', 'v', 'PT', '1 oracle=market'],
    ['v a9=x WETH depth=2', 'v a9=x WETH', 'depth', '2'],
  ])('divides %s', (text, where, field, value) => {
    expect(takeApart(text)).toEqual({ where, field, value });
  });

  it.each(['', 'nonsense', '=1', 'depth=', 'a9=1', 'depth= '])('does not divide %j', (text) => {
    expect(takeApart(text)).toBeUndefined();
  });

  it('goes over a text once, however long its words or gaps: a million spaces once took a day', () => {
    for (const sign of [' ', 'a', '9']) expect(takeApart(`a${sign.repeat(1_000_000)}b`)).toBeUndefined();
  });
});
