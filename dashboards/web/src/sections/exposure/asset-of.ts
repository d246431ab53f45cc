import { answerOf } from '../../frame/asked.ts';
import type { State } from '../../frame/state.ts';
import { exposures } from './asked.ts';
import type { ExposureAsset } from './load.ts';

/** The asset in the path, by its symbol or its address, in any case; undefined where none is known by it. */
export function assetOf(state: Pick<State, 'at' | 'answers'>): ExposureAsset | undefined {
  const named = state.at.parts['symbol']?.toLowerCase();
  const assets = answerOf(state, exposures).value?.assets ?? [];
  return assets.find(
    ({ asset }) => asset.symbol.toLowerCase() === named || asset.address.toLowerCase() === named,
  );
}
