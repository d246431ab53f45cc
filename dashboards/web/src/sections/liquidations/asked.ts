import type { Asked } from '../../frame/asked.ts';
import type { State } from '../../frame/state.ts';
import { isMarketKnown } from '../markets/market-of.ts';
import { venueIdOf } from '../venues/venue-of.ts';
import { loadLiquidations, type LiquidationPlace, type SeenLiquidation } from './load.ts';

/** Where they happened: on the page of a market those of it. */
const placeOf = ({ at }: Pick<State, 'at'>): LiquidationPlace => ({
  venue: venueIdOf({ at }) ?? null,
  market: at.parts['market'] ?? null,
});

/** The latest liquidations seen on chain: live, whatever is pinned. */
export const liquidations: Asked<readonly SeenLiquidation[]> = {
  key: 'liquidations',
  followsBlock: false,
  isAsked: isMarketKnown,
  about: (state) => JSON.stringify(placeOf(state)),
  forgets: true,
  load: (state, signal) => loadLiquidations(placeOf(state), signal),
};
