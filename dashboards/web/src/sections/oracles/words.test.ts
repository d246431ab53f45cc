import type { MarketSource, Oracle } from './load.ts';
import { sourceRows } from './sources-table.ts';
import { ageWords, leftOutWords, sequencerWords, sourcesWords, tradingWords } from './words.ts';

const pools: MarketSource = {
  kind: 'pools',
  name: 'pool 0x12',
  symbol: null,
  priceUsd: 2_000,
  weightUsd: 1e6,
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
const market = (sources: readonly MarketSource[], spread: number | null = 0.0012, of = 'WETH') => ({
  of: { symbol: of, address: `0x${of}` },
  counted: sources.filter(({ rejected }) => rejected === null).length,
  spread,
  sources,
});

describe('who stands behind a price', () => {
  it('is counted, and so is who does not', () => {
    expect(sourcesWords(null)).toBeUndefined();
    expect(sourcesWords(market([pools], 0))).toBe('pools alone');
    expect(sourcesWords(market([pools, exchange('kraken')]))).toMatch(/^2 sources within 0\.12\s%$/);
    expect(sourcesWords(market([exchange('kraken')], 0))).toBe('1 source');
    const out = [
      exchange('liar', { rejected: 'outlier' }),
      exchange('usdt', { rejected: 'not_convertible' }),
    ];
    expect(sourcesWords(market([exchange('kraken'), ...out], 0))).toBe('1 source, 2 left out');
    expect(sourcesWords(market([exchange('kraken', { rejected: 'old' })], null))).toBe(
      '0 sources, 1 left out',
    );
    expect(leftOutWords([pools, ...out])).toBe(
      'liar ETH/USD: it is far from the others; usdt ETH/USD: nobody says what it is quoted in is worth',
    );
    expect(leftOutWords([pools])).toBeUndefined();
  });

  it('has an age, and a clock where that is off', () => {
    const words = (more: Partial<MarketSource>) =>
      ageWords(exchange('kraken', more)).replaceAll('\u202f', ' ');
    expect(ageWords(pools)).toBe('stands');
    expect(words({ clockSeconds: 2 })).toBe('10 s');
    expect(words({ clockSeconds: -3_600 })).toBe('10 s, its clock 60 min behind');
  });

  it('is listed once for each asset, and not at all while only pools are asked', () => {
    const oracles = (...markets: Oracle['market'][]) => markets.map((one) => ({ market: one }) as Oracle);
    const weth = market([pools, exchange('kraken')]);
    const rows = sourceRows(oracles(weth, weth, null, market([pools], 0, 'LINK')));
    expect(rows.map(({ symbolOfAsset, name }) => [symbolOfAsset, name])).toEqual([
      ['WETH', 'pool 0x12'],
      ['WETH', 'kraken'],
      ['LINK', 'pool 0x12'],
    ]);
    expect(sourceRows(oracles(market([pools], 0), null))).toEqual([]);
  });
});

describe('what stands still for a reason', () => {
  const since = Date.UTC(2026, 10, 30, 12) / 1_000;

  it('is a market outside of its hours, until it opens', () => {
    const closed = { isOpen: false, changesAt: since, by: 'configured' } as const;
    const words = (trading: Parameters<typeof tradingWords>[0]['trading'], isClosingUnknown = false) =>
      tradingWords({ trading, isClosingUnknown });
    expect(words(closed)).toMatch(/^its market is closed until 2026-11-30 12:00/);
    expect(words({ ...closed, by: 'precious_metals' })).toMatch(/^metals are closed until/);
    expect(words({ isOpen: true, changesAt: null, by: 'configured' })).toBe('its market is open');
    expect(words(null)).toBeUndefined();
    expect(words(null, true)).toBe('its market closes, nobody says when');
  });

  it('is a sequencer that is down, or that has only just come back', () => {
    const up = { state: 'up', since, isSinceKnown: false, graceEndsAt: null } as const;
    expect(sequencerWords(up)).toMatch(/^The sequencer runs, at least since 2026-11-30 12:00/);
    expect(sequencerWords({ ...up, state: 'down', isSinceKnown: true })).toMatch(/stood still since 2026/);
    expect(sequencerWords({ ...up, state: 'grace', graceEndsAt: since + 3_600 })).toMatch(
      /until 2026-11-30 13:00.* prices may be old/,
    );
  });
});
