import { answerOf, blockOf, type Asked } from '../../frame/asked.ts';
import type { Move } from '../../scenario/scenario.ts';
import { cellOf, heatmap } from '../heatmap/asked.ts';
import { loadExposures, type Exposures } from './load.ts';

/** Venue by asset, at the block of the screen. Where nobody chose a scenario, it says which is worth showing. */
export const exposures: Asked<Exposures> = {
  key: 'exposures',
  followsBlock: true,
  load: (state, signal) => loadExposures(blockOf(state), signal),
  then({ value }, { get, set }) {
    const state = get();
    const most = value && mainReference(value);
    if (most === undefined || most === state.suggested?.[0]?.what) return;
    const suggested: readonly Move[] = [{ what: most, move: QUOTED }];
    set({ suggested });
    if (state.moves !== undefined || state.scenarioProblems.length > 0) return;
    const map = answerOf(state, heatmap).value;
    set({ moves: suggested, ...(map && { reachable: cellOf(map, suggested) }) });
  },
};

/** The move that risk desks quote. */
export const QUOTED = -0.2;

/** What most of the money hangs on. It does not wait for the heatmap, which takes many cascades. */
export function mainReference({ assets }: Exposures): string | undefined {
  const size = (reference: string) =>
    assets.reduce((sum, one) => sum + (one.reference === reference ? one.collateralUsd + one.debtUsd : 0), 0);
  const references = new Set(assets.map(({ reference }) => reference).filter((symbol) => symbol !== 'USD'));
  return [...references].sort((a, b) => size(b) - size(a))[0];
}
