import { InvalidArgumentError } from 'commander';
import {
  decimalNumber,
  eachText,
  endpointUrl,
  moment,
  namedShock,
  priceMove,
  wholeNumber,
} from './option-values.ts';

describe('option values', () => {
  it('reads whole numbers within their range', () => {
    expect(wholeNumber(1)('7')).toBe(7);
    for (const wrong of ['', '0', '-1', '1.5', '1e3', 'x', '99999999999999999999'])
      expect(() => wholeNumber(1)(wrong)).toThrow(InvalidArgumentError);
    expect(() => wholeNumber(0, 65_535)('65536')).toThrow('from 0 to 65535');
  });

  it('reads moves above -1, as ratios and in percent', () => {
    for (const [text, move] of [
      ['-0.2', -0.2],
      ['-.2', -0.2],
      ['+1.', 1],
      ['-1e-3', -0.001],
      ['1000', 1_000],
      ['-30%', -0.3],
      ['-12.5 %', -0.125],
      ['−30 %', -0.3],
      [' 5% ', 0.05],
      ['-99.9%', -0.999],
    ] as const)
      expect(priceMove(text)).toBe(move);
    for (const wrong of [
      ...[
        '-1',
        '-2',
        '',
        ' ',
        'NaN',
        'Infinity',
        '0x10',
        '1_0',
        '-',
        '.',
        '1000.1',
        '1e400',
        '-100%',
        '-101%',
      ],
      ...['%', '30%%', '−−1', '1e', '-1e999', '1,5'],
    ])
      expect(() => priceMove(wrong)).toThrow(InvalidArgumentError);
  });

  it('says what was meant where a percent sign is missing', () => {
    expect(() => priceMove('-30')).toThrow('for 30 % down write -30%');
    expect(() => priceMove('-200%')).toThrow(/above -1 \(-100 %\).*all of its price or more\.$/);
  });

  it('collects shocks, split at the last equals sign, each name once', () => {
    expect(namedShock('WBTC=-0.3', namedShock('ETH=-20%'))).toEqual([
      { what: 'ETH', move: -0.2 },
      { what: 'WBTC', move: -0.3 },
    ]);
    expect(namedShock('feed:ETH / USD = -10%')).toEqual([{ what: 'feed:ETH / USD', move: -0.1 }]);
    expect(namedShock('a=b=0.5')).toEqual([{ what: 'a=b', move: 0.5 }]);
    for (const wrong of ['ETH', '=1', ' = 1', 'ETH=', 'ETH=-1', 'ETH=NaN', '-0.2'])
      expect(() => namedShock(wrong)).toThrow(InvalidArgumentError);
    expect(() => namedShock('ETH=0', namedShock('ETH=-0.2'))).toThrow('ETH is given twice');
  });

  it('collects texts', () => {
    expect(eachText('b', eachText('a'))).toEqual(['a', 'b']);
  });

  it('reads plain numbers', () => {
    expect(decimalNumber('Gas')('0')).toBe(0);
    expect(decimalNumber('Capital', { isAbove0: true })('5e6')).toBe(5_000_000);
    for (const wrong of ['-1', '', 'x', '1e400', '0x1', 'Infinity', '1 000'])
      expect(() => decimalNumber('Gas')(wrong)).toThrow('Gas must be a number of at least 0');
    expect(() => decimalNumber('Depth', { isAbove0: true })('0')).toThrow('Depth must be a number above 0');
  });

  it('takes only http endpoints', () => {
    expect(endpointUrl('https://b', endpointUrl('http://a'))).toEqual(['http://a', 'https://b']);
    for (const wrong of ['a', 'ws://a', 'file:///etc'])
      expect(() => endpointUrl(wrong)).toThrow(InvalidArgumentError);
  });

  it('reads moments: dates in UTC, with another zone where one is given, and unix seconds', () => {
    for (const [text, seconds] of [
      ['2024-01-01', 1_704_067_200],
      ['2024-01-01 06:30', 1_704_090_600],
      ['2024-01-01T06:30:05Z', 1_704_090_605],
      ['2024-01-01T06:30+02:00', 1_704_083_400],
      ['1704067200', 1_704_067_200],
    ] as const)
      expect(moment(text)).toBe(seconds);
    for (const wrong of ['', 'now', '2024-13-01', '2024-01-01T25:00', '-1', '2024-01-01T06', '999999999999'])
      expect(() => moment(wrong)).toThrow(InvalidArgumentError);
  });
});
