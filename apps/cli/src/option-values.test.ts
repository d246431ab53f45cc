import { InvalidArgumentError } from 'commander';
import { assetShock, endpointUrl, priceMove, wholeNumber } from './option-values.ts';

describe('option values', () => {
  it('reads whole numbers within their range', () => {
    expect(wholeNumber(1)('7')).toBe(7);
    for (const wrong of ['', '0', '-1', '1.5', '1e3', 'x', '99999999999999999999'])
      expect(() => wholeNumber(1)(wrong)).toThrow(InvalidArgumentError);
    expect(() => wholeNumber(0, 65_535)('65536')).toThrow('from 0 to 65535');
  });

  it('reads price moves above -1', () => {
    for (const [text, move] of [
      ['-0.2', -0.2],
      ['-.2', -0.2],
      ['+1.', 1],
      ['-1e-3', -0.001],
      ['1000', 1_000],
    ] as const)
      expect(priceMove(text)).toBe(move);
    for (const wrong of ['-1', '-2', '', ' ', 'NaN', '20%', '0x10', '1_0', '-', '.', '1000.1', '1e400'])
      expect(() => priceMove(wrong)).toThrow(InvalidArgumentError);
  });

  it('collects shocks, each asset once', () => {
    expect(assetShock('WBTC=-0.3', assetShock('WETH=-0.2'))).toEqual({ WETH: -0.2, WBTC: -0.3 });
    for (const wrong of ['WETH', '=1', 'WETH=', 'WETH=-1', 'a=b=c'])
      expect(() => assetShock(wrong)).toThrow(InvalidArgumentError);
    expect(() => assetShock('WETH=0', { WETH: -0.2 })).toThrow('twice');
  });

  it('takes only http endpoints', () => {
    expect(endpointUrl('https://b', endpointUrl('http://a'))).toEqual(['http://a', 'https://b']);
    for (const wrong of ['a', 'ws://a', 'file:///etc'])
      expect(() => endpointUrl(wrong)).toThrow(InvalidArgumentError);
  });
});
