import { ConfigError } from '@undertow/units';
import { KNOWN_EXCHANGES, parseExchanges } from './known-exchanges.ts';
import { DEFAULT_CODES, marketsToWatch, parseCodes } from './watched-codes.ts';

const listed = (...symbols: string[]) =>
  symbols.map((symbol) => {
    const [base = '', quote = ''] = symbol.split('/');
    return { symbol, base, quote };
  });
const symbolsOf = (codes: readonly string[], ...symbols: string[]) =>
  marketsToWatch(
    listed(...symbols),
    codes.map((code) => ({ code, asset: code })),
  ).map(({ symbol }) => symbol);

describe('markets that are watched', () => {
  it('are the one in USD of each code, else in a dollar token, and all between dollars', () => {
    expect(symbolsOf(['ETH'], 'ETH/USDC', 'ETH/USDT', 'ETH/USD', 'ETH/BTC')).toEqual(['ETH/USD']);
    expect(symbolsOf(['ETH', 'LINK', 'XYZ'], 'ETH/USDC', 'ETH/USDT', 'LINK/USDC', 'XYZ/EUR')).toEqual([
      'ETH/USDT',
      'LINK/USDC',
    ]);
    expect(symbolsOf(['USDC', 'USDT'], 'USDC/USD', 'USDC/USDT', 'USDT/USD')).toEqual([
      ...['USDC/USD', 'USDC/USDT', 'USDT/USD'],
    ]);
  });

  it('are spot markets that are open', () => {
    const [eth] = listed('ETH/USD');
    const codes = [{ code: 'ETH', asset: 'WETH' }];
    expect(marketsToWatch([{ ...eth!, spot: false }], codes)).toEqual([]);
    expect(marketsToWatch([{ ...eth!, active: false }], codes)).toEqual([]);
    expect(marketsToWatch([{ ...eth!, spot: true, active: true }], codes)).toEqual([
      { code: 'ETH', asset: 'WETH', quote: 'USD', symbol: 'ETH/USD' },
    ]);
  });
});

describe('what a person names', () => {
  it('is added to what is watched anyway, and counts where it differs', () => {
    const codes = parseCodes('sol, ETH=wstETH');
    expect(codes).toHaveLength(DEFAULT_CODES.length + 1);
    expect(codes).toContainEqual({ code: 'SOL', asset: 'sol', isAsked: true });
    expect(codes).toContainEqual({ code: 'ETH', asset: 'wstETH', isAsked: true });
    expect(codes).toContainEqual({ code: 'LINK', asset: 'LINK' });
    expect(() => parseCodes('ETH:WETH')).toThrow(/"ETH:WETH" is not what an exchange calls.*ETH=WETH/);
    expect(() => parseCodes('ETH:WETH')).toThrow(ConfigError);
    expect(() => parseCodes('')).toThrow(/is not what an exchange calls/);
  });

  it('is an exchange that can be watched, in any case and once, else all that can be are named', () => {
    expect(parseExchanges('Kraken, binance,kraken')).toEqual(['kraken', 'binance']);
    expect(() => parseExchanges('mtgox')).toThrow(
      `No exchange "mtgox" can be watched. Known: ${KNOWN_EXCHANGES.join(', ')}.`,
    );
    expect(() => parseExchanges(' , ')).toThrow(/No exchange is named/);
    expect(() => parseExchanges('mtgox')).toThrow(ConfigError);
  });
});
