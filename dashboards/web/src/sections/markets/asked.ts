import { blockOf, type Asked } from '../../frame/asked.ts';
import { loadMarkets, type Market } from './load.ts';

/** The watched markets, at the block of the screen. */
export const markets: Asked<readonly Market[]> = {
  key: 'markets',
  followsBlock: true,
  load: (state, signal) => loadMarkets(blockOf(state), signal),
};
