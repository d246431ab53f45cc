import { ACCOUNTS, type AccountPage } from '../src/sections/accounts/load.ts';
import { CASCADE, type Cascade } from '../src/sections/cascade/load.ts';
import { EXPOSURES, type Exposures } from '../src/sections/exposure/load.ts';
import { MOVABLE } from '../src/sections/editor/load.ts';
import { HEATMAP, inFamilies, MOVES, type Heatmap } from '../src/sections/heatmap/load.ts';
import { INCIDENTS, type Incident } from '../src/sections/incidents/load.ts';
import { LIQUIDATIONS, type SeenLiquidation } from '../src/sections/liquidations/load.ts';
import { MARKETS } from '../src/sections/markets/load.ts';
import type { Loaded } from '../src/frame/loaded.ts';
import { openingState, type State } from '../src/frame/state.ts';
import { REPRODUCTION, REPRODUCTION_MOVES, type Reproduction } from '../src/sections/reproduction/load.ts';
import { DEFAULT_SETTINGS, scenarioVariables } from '../src/scenario/scenario.ts';
import { STATUS, type Status } from '../src/sections/status/load.ts';
import { VENUES } from '../src/sections/venues/load.ts';
import type { MarketsAnswer, MovableAnswer, VenuesAnswer } from '../src/graph/answers.ts';
import { listAt } from '../src/graph/list-at.ts';
import { toyAnswer } from './toy-answers.ts';

/** An answer as it stands on the page five seconds after it came. */
export const loadedAt = <Value>(value: Value, now: number): Loaded<Value> => ({
  ...{ value, at: now - 5, problem: undefined, isOpening: false },
});

/** A page on which everything is answered, for a fall of ETH by 20 %. */
export async function toyState(now: number): Promise<State> {
  const loaded = <Value>(value: Value) => loadedAt(value, now);
  const moves = [{ what: 'ETH', move: -0.2 }];
  const scenario = scenarioVariables({ moves, settings: DEFAULT_SETTINGS, overrides: [] });
  const accounts = { first: 25, orderBy: 'health', where: { maxHealthFactor: 1.25 } };
  return {
    ...openingState(now),
    ...{
      connection: 'live',
      pageIs: 'here',
      moves,
      widths: {
        heatmap: 760,
        history: 700,
        cascade: 560,
        flows: 700,
        exposure: 700,
        waterfall: 500,
        reproduction: 700,
      },
    },
    answers: {
      status: loaded((await toyAnswer<{ status: Status }>(STATUS)).status),
      heatmap: loaded((await toyAnswer<{ heatmap: Heatmap }>(HEATMAP, { moves: MOVES })).heatmap),
      movable: loaded(inFamilies((await toyAnswer<MovableAnswer>(MOVABLE)).heatmap.rows)),
      cascade: loaded(
        (await toyAnswer<{ cascade: Cascade }>(CASCADE, { ...scenario, accounts: 20 })).cascade,
      ),
      accounts: loaded((await toyAnswer<{ accounts: AccountPage }>(ACCOUNTS, accounts)).accounts),
      venues: loaded(listAt((await toyAnswer<VenuesAnswer>(VENUES)).venues)),
      exposures: loaded((await toyAnswer<{ exposures: Exposures }>(EXPOSURES)).exposures),
      reproduction: loaded(
        (await toyAnswer<{ reproduction: Reproduction }>(REPRODUCTION, { moves: REPRODUCTION_MOVES }))
          .reproduction,
      ),
      markets: loaded(listAt((await toyAnswer<MarketsAnswer>(MARKETS)).markets)),
      liquidations: loaded(
        (
          await toyAnswer<{ liquidations: { nodes: SeenLiquidation[] } }>(LIQUIDATIONS, {
            first: 25,
            where: {},
          })
        ).liquidations.nodes,
      ),
      history: loaded([
        {
          ...{ measure: 'lossUsd', subject: 'ETH=-0.3' },
          points: [{ time: now - 3_600, value: 4e5, least: 3e5, greatest: 5e5, blocks: 12 }],
        },
      ]),
      incidents: loaded(
        (await toyAnswer<{ incidents: { nodes: Incident[] } }>(INCIDENTS, { first: 20 })).incidents.nodes,
      ),
    },
  };
}
