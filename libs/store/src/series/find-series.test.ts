import type { Reference } from '@undertow/market';
import { findFeed, findMarket, findPool, poolName } from './find-series.ts';

const asset = (address: `0x${string}`, symbol: string, decimals: number) => ({
  chainId: 1,
  address,
  symbol,
  decimals,
});
const feed = (id: string, description: string) =>
  ({ chainId: 1, id, description, decimals: 8 }) as Reference['feeds'][number];
const pool = (address: `0x${string}`, token1: `0x${string}`, feePips: number) => ({
  ...{ chainId: 1, address, token0: '0x01' as const, token1, feePips, tickSpacing: 10 },
});
const REFERENCE: Reference = {
  venues: [
    { chainId: 1, id: 'v', protocol: 'p', version: '1', mechanism: 'cdp', address: '0x09' },
  ] as Reference['venues'],
  assets: [
    asset('0x01', 'WETH', 18),
    asset('0x02', 'USDC', 6),
    asset('0x03', 'USDC', 18),
    asset('0x01', 'WETH', 18),
  ],
  feeds: [feed('0xf1', 'ETH / USD'), feed('0xf2', 'BTC / USD'), feed('0xf3', 'BTC / USD')],
  pools: [pool('0xa1', '0x02', 500), pool('0xa2', '0x02', 3_000), pool('0xa3', '0x04', 500)],
};

it('finds feeds, pools and markets by the names that people have for them', () => {
  expect(findFeed(REFERENCE, 'eth  / usd').id).toBe('0xf1');
  expect(findFeed(REFERENCE, '0xF2').id).toBe('0xf2');
  expect(() => findFeed(REFERENCE, 'BTC / USD')).toThrow(/Several feeds.*0xf2, 0xf3/);
  expect(() => findFeed(REFERENCE, 'x')).toThrow(/No feed "x" is known. Known: BTC \/ USD, ETH \/ USD\./);
  expect(findPool(REFERENCE, 'weth/usdc 0.05 %')).toMatchObject({
    address: '0xa1',
    decimals0: 18,
    decimals1: 6,
  });
  expect(poolName(findPool(REFERENCE, '0xA2'))).toBe('WETH/USDC 0.3 %');
  expect(() => findPool(REFERENCE, '0xa3')).toThrow(
    /No pool "0xa3" is known. Known: WETH\/USDC 0.05 %, WETH\/USDC 0.3 %/,
  );
  expect(findMarket(REFERENCE, { venue: 'v', market: 'weth' })).toBe('0x01');
  expect(findMarket(REFERENCE, { venue: 'v', market: '0xabc' })).toBe('0xabc');
  expect(() => findMarket(REFERENCE, { venue: 'v', market: 'USDC' })).toThrow(/Several assets.*0x02, 0x03/);
  expect(() => findMarket(REFERENCE, { venue: 'w', market: 'WETH' })).toThrow(
    /Venue "w" is not watched. Known: v\./,
  );
});
