import type { Asked } from '../../frame/asked.ts';
import { loadLiquidations, type SeenLiquidation } from './load.ts';

/** The latest liquidations seen on chain: live, whatever is pinned. */
export const liquidations: Asked<readonly SeenLiquidation[]> = {
  key: 'liquidations',
  followsBlock: false,
  load: (_state, signal) => loadLiquidations(signal),
};
