import { sourceList, sourcesWords } from './words.ts';
import type { MarketSource, Oracle } from './load.ts';

const pools: MarketSource = {
  kind: 'pools',
  name: 'pool 0x12',
  symbol: null,
  priceUsd: 2_000,
  ageSeconds: 0,
  clockSeconds: null,
  rejected: null,
};
const exchange = (name: string, more: Partial<MarketSource> = {}): MarketSource => ({
  ...pools,
  kind: 'exchange',
  name,
  symbol: 'ETH/USD',
  ageSeconds: 10,
  ...more,
});
const market = (sources: readonly MarketSource[], spread: number | null = 0.0012): Oracle['market'] => ({
  counted: sources.filter(({ rejected }) => rejected === null).length,
  spread,
  sources: [...sources],
});

describe('who stands behind a price', () => {
  it('is counted, and who does not is named with the reason', () => {
    expect(sourcesWords(null)).toBeUndefined();
    expect(sourcesWords(market([pools], 0))).toBe('pools alone');
    expect(sourcesWords(market([pools, exchange('kraken')]))).toMatch(/^2 sources within 0\.12\s%$/);
    expect(sourcesWords(market([exchange('kraken')], 0))).toBe('1 source');
    const out = [
      exchange('liar', { rejected: 'outlier' }),
      exchange('usdt', { rejected: 'not_convertible' }),
    ];
    expect(sourcesWords(market([exchange('kraken'), ...out], 0))).toBe(
      '1 source; left out: liar (far from the others), usdt (in a currency of which nobody gives the price)',
    );
    expect(sourcesWords(market([exchange('kraken', { rejected: 'old' })], null))).toBe(
      '0 sources; left out: kraken (old)',
    );
  });

  it('is listed with what each says, how long ago, and a clock that is off', () => {
    const sources = [
      exchange('kraken', { clockSeconds: 2 }),
      exchange('binance', { priceUsd: null, clockSeconds: -3_600 }),
    ];
    expect(sourceList(market([pools, ...sources]))?.replaceAll('\u202f', ' ')).toBe(
      'pools: 2000; kraken ETH/USD: 2000, 10 s old; binance ETH/USD: no price in USD, 10 s old, its clock 60 min behind',
    );
  });
});
