import type { Address } from '@undertow/market';

/**
 * Proxies of the feeds that say whether the sequencer of a rollup runs, by chain id. Source: docs.chain.link, "L2 Sequencer Uptime
 * Feeds"; the same three are in `deploy-price-oracle-sentinel` of aave/aave-v3-deploy (2026-11).
 */
export const knownSequencerFeeds: ReadonlyMap<number, Address> = new Map([
  [10, '0x371ead81c9102c9bf4874a9075ffff170f2ee389'],
  [8_453, '0xbcf85224fc0756b9fa45aa7892530b47e10b6433'],
  [42_161, '0xfdb631f5ee196f0ed6faa767959853a9f217697d'],
]);
