import { blockOf, type Asked } from '../../frame/asked.ts';
import { loadOracleStakes, type OracleStakes } from './load.ts';

/** What hangs on oracles that do not say what markets do, at the block of the screen. */
export const oracleStakes: Asked<OracleStakes> = {
  key: 'oracleStakes',
  followsBlock: true,
  load: (state, signal) => loadOracleStakes(blockOf(state), signal),
};
