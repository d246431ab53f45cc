import { loadOwner } from '../sections/account/load.ts';
import { loadAccounts } from '../sections/accounts/load.ts';
import { loadCascade, type Cascade } from '../sections/cascade/load.ts';
import { loadExposures, type Exposures } from '../sections/exposure/load.ts';
import { cellKey } from '../sections/heatmap/chart.ts';
import { loadHeatmap, type Heatmap } from '../sections/heatmap/load.ts';
import { MEASURE_IDS, MEASURES } from '../sections/heatmap/measure.ts';
import { loadHistory } from '../sections/history/load.ts';
import { loadIncidents } from '../sections/incidents/load.ts';
import { loadLiquidations } from '../sections/liquidations/load.ts';
import { loadMarkets } from '../sections/markets/load.ts';
import { loadReproduction } from '../sections/reproduction/load.ts';
import type { Move, Scenario } from '../scenario/scenario.ts';
import { loadStatus } from '../sections/status/load.ts';
import { loadVenues } from '../sections/venues/load.ts';
import { loadWhatIf } from '../sections/what-if/load.ts';
import { writeHash } from './address-bar.ts';
import { AT_BLOCK } from './loaded.ts';
import { placeOf } from './place-of.ts';
import { question, type Question } from './question.ts';
import { rounds, type Member } from './rounds.ts';
import type { State } from './state.ts';
import type { Store } from './store.ts';

/** The book is measured every few minutes, however often heads come. */
const HISTORY_SECONDS = 60;

export interface Questions {
  /** Asks anew for the scenario on screen: its cascade, and what its changes of terms do. */
  readonly restartScenario: () => void;
  readonly accounts: Question;
  /** Asks nothing while no address is looked up. */
  readonly owner: Question;
  /** Takes the screen on, as soon as it may, to a head that was heard of. */
  readonly hear: () => void;
  /** Asks what is live, and, while news do not arrive, everything again. */
  readonly refresh: () => void;
  /** Asks again everything that is read at the pinned block, or at the newest when none is. */
  readonly restartAtBlock: () => void;
}

/**
 * What the page asks the API, each answer put into the state. All that has a block is asked at one: the pinned one, or the head
 * that the screen stands at (`rounds`).
 */
export function questions(store: Store): Questions {
  const { get, set } = store;
  const place = () => placeOf(get());
  const block = () => place()?.block;
  /** A question of the screen: its answer is kept under its name, and may be the last that the screen waited for. */
  const onScreen = <Name extends (typeof AT_BLOCK)[number]>(
    name: Name,
    load: (signal: AbortSignal) => Promise<NonNullable<State[Name]['value']>>,
    then: (loaded: State[Name]) => void = () => undefined,
  ): Question =>
    question(
      load,
      (loaded) => {
        // What is kept under a name is what is loaded under it.
        set({ [name]: loaded } as Partial<State>);
        then(loaded as State[Name]);
        screen.look();
      },
      place,
    );
  const status = question(loadStatus, (loaded) => {
    set({ status: loaded });
    // Without a head to stand at the parts ask for the newest: they say themselves what is wrong.
    const hasNoHead = loaded.problem !== undefined || loaded.value?.head === null;
    if (hasNoHead && get().screen === undefined) for (const { one } of members()) one.refresh();
    else screen.look();
  });
  const cascade = onScreen(
    'cascade',
    (signal) => loadCascade(asked(get()), signal),
    (loaded) => {
      if (loaded.value && !loaded.isOpening && !loaded.problem) takeNames(store, loaded.value);
    },
  );
  let shownMap: Heatmap | undefined;
  const heatmap = onScreen(
    'heatmap',
    (signal) => loadHeatmap(block(), signal),
    ({ value }) => {
      if (!value || value === shownMap) return;
      set({ changed: changesOf(shownMap, value, get().changed.generation) });
      // The keyboard begins where the scenario is.
      if (!shownMap) set({ reachable: cellOf(value, get().moves ?? []) });
      shownMap = value;
    },
  );
  const whatIf = onScreen('whatIf', (signal) => loadWhatIf(asked(get()), signal));
  const restartScenario = (): void => {
    if (place() === undefined && get().status.value === undefined) return;
    cascade.restart();
    if (get().overrides.length > 0) whatIf.restart();
  };
  const accounts = onScreen('accounts', (signal) =>
    loadAccounts({ ...get().accountChoice, block: block() }, signal),
  );
  const owner = onScreen('owner', (signal) =>
    loadOwner({ owner: get().lookedUp ?? '', block: block() }, signal),
  );
  const venues = onScreen('venues', (signal) => loadVenues(block(), signal));
  const exposures = onScreen(
    'exposures',
    (signal) => loadExposures(block(), signal),
    ({ value }) => {
      const { moves: chosen, scenarioProblems } = get();
      const moves = chosen === undefined && scenarioProblems.length === 0 && value && worthShowing(value);
      if (!moves) return;
      const map = get().heatmap.value;
      set({ moves, ...(map && { reachable: cellOf(map, moves) }) });
      restartScenario();
    },
  );
  const reproduction = onScreen('reproduction', (signal) => loadReproduction(block(), signal));
  const markets = onScreen('markets', (signal) => loadMarkets(block(), signal));
  const liquidations = question(loadLiquidations, (loaded) => set({ liquidations: loaded }));
  /** When what was measured was last asked for, unix seconds: heads that come meanwhile do not ask again. */
  let measuredAt = 0;
  const history = question(loadHistory, (loaded) => set({ history: loaded }));
  const incidents = question(loadIncidents, (loaded) => set({ incidents: loaded }));

  const always = { exposures, accounts, venues, markets, reproduction, heatmap };
  const members = (): Member[] => {
    const { moves, overrides, lookedUp } = get();
    const asking: Partial<Record<(typeof AT_BLOCK)[number], Question>> = {
      ...(moves && { cascade }),
      ...(moves && overrides.length > 0 && { whatIf }),
      ...(lookedUp !== undefined && { owner }),
      ...always,
    };
    return AT_BLOCK.flatMap((name) => {
      const one = asking[name];
      return one ? [{ one, loaded: () => get()[name] }] : [];
    });
  };
  const screen = rounds(store, members);
  return {
    restartScenario,
    accounts,
    owner,
    hear: () => screen.look(),
    refresh() {
      for (const one of [status, liquidations, incidents]) one.refresh();
      const { connection, pinned, screen: stands } = get();
      if (Date.now() / 1000 - measuredAt >= HISTORY_SECONDS) {
        measuredAt = Date.now() / 1000;
        history.refresh();
      }
      // News take the screen on by themselves; what was read at a pinned block stays, unless it was never read.
      if (pinned === undefined ? stands === undefined || connection !== 'lost' : false) return;
      for (const { one, loaded } of members())
        if (pinned === undefined || loaded().value === undefined) one.refresh();
    },
    restartAtBlock: () => screen.restart(),
  };
}

/** The scenario on screen, where the screen stands. */
function asked(state: State): Scenario & { readonly block: number | undefined } {
  const { moves = [], settings, overrides } = state;
  return { moves, settings, overrides, block: placeOf(state)?.block };
}

/** Takes over the names that the book has for what was typed, so that the form and the link have them too. */
function takeNames(store: Store, { scenario, overrides }: Cascade): void {
  const { moves, overrides: before, isChosen } = store.get();
  const isSame =
    JSON.stringify(moves) === JSON.stringify(scenario.moves) &&
    JSON.stringify(before) === JSON.stringify(overrides);
  if (isSame) return;
  store.set({ moves: scenario.moves, overrides });
  if (isChosen) writeHash(store);
}

/** Cells whose numbers differ as they are printed (interest changes all of them a little); none on the first answer. */
function changesOf(before: Heatmap | undefined, after: Heatmap, generation: number): State['changed'] {
  const keys = new Set<string>();
  for (const row of before ? after.rows : []) {
    const old = before?.rows.find(({ name }) => name === row.name);
    for (const cell of row.cells) {
      const twin = old?.cells.find(({ move }) => move === cell.move);
      const isSame = MEASURE_IDS.every((id) => {
        const { value, format } = MEASURES[id];
        return twin !== undefined && format(value(twin)) === format(value(cell));
      });
      if (!isSame) keys.add(cellKey(row.name, cell.move));
    }
  }
  return { keys, generation: generation + 1 };
}

/** The move that risk desks quote. */
const QUOTED = -0.2;

/** What to open with: a fall of what most of the money hangs on. It does not wait for the heatmap, which takes many cascades. */
function worthShowing({ assets }: Exposures): readonly Move[] | undefined {
  const size = (reference: string) =>
    assets.reduce((sum, one) => sum + (one.reference === reference ? one.collateralUsd + one.debtUsd : 0), 0);
  const references = new Set(assets.map(({ reference }) => reference).filter((symbol) => symbol !== 'USD'));
  const [most] = [...references].sort((a, b) => size(b) - size(a));
  return most === undefined ? undefined : [{ what: most, move: QUOTED }];
}

function cellOf({ rows, moves: columns }: Heatmap, [first]: readonly Move[]): State['reachable'] {
  const asset = rows.findIndex(({ name }) => name === first?.what);
  return { asset: Math.max(0, asset), move: Math.max(0, columns.indexOf(first?.move ?? 0)) };
}
