import { loadOwner } from '../account/load.ts';
import { loadAccounts } from '../accounts/load.ts';
import { loadCascade, type Cascade } from '../cascade/load.ts';
import { loadExposures, type Exposures } from '../exposure/load.ts';
import { cellKey } from '../heatmap/chart.ts';
import { loadHeatmap, type Heatmap } from '../heatmap/load.ts';
import { MEASURE_IDS, MEASURES } from '../heatmap/measure.ts';
import { loadHistory } from '../history/load.ts';
import { loadIncidents } from '../incidents/load.ts';
import { loadLiquidations } from '../liquidations/load.ts';
import { loadMarkets } from '../markets/load.ts';
import { loadReproduction } from '../reproduction/load.ts';
import type { Move, Scenario } from '../scenario/scenario.ts';
import { loadStatus } from '../status/load.ts';
import { loadVenues } from '../venues/load.ts';
import { loadWhatIf } from '../what-if/load.ts';
import { writeHash } from './address-bar.ts';
import { question, type Question } from './question.ts';
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
  /** Asks everything again that a new head may have changed. */
  readonly refresh: () => void;
  /** Asks again everything that is read at the pinned block, or at the newest when none is. */
  readonly restartAtBlock: () => void;
}

/**
 * What the page asks the API, each answer put into the state. All that has a block follows the pinned one. While none
 * is pinned the cascade is asked at the block of the heatmap, so that a cell and its cascade say the same.
 */
export function questions(store: Store): Questions {
  const { get, set } = store;
  const status = question(loadStatus, (loaded) => set({ status: loaded }));
  const cascade: Question = question(
    (signal) => loadCascade(asked(get()), signal),
    (loaded) => {
      set({ cascade: loaded });
      if (loaded.value && !loaded.isOpening && !loaded.problem) takeNames(store, loaded.value);
      const { heatmap: map, pinned } = get();
      // The first cascade of a link does not wait for the heatmap, and may be of a block before.
      const isBehind = (map.value?.head.block ?? 0) > (loaded.value?.head.block ?? 0);
      if (pinned === undefined && loaded.value && !loaded.isOpening && !loaded.problem && isBehind)
        cascade.refresh();
    },
  );
  const heatmap = question(
    (signal) => loadHeatmap(get().pinned, signal),
    (loaded) => {
      const before = get().heatmap.value;
      const { value } = loaded;
      if (value && value !== before) set({ changed: changesOf(before, value, get().changed.generation) });
      set({ heatmap: loaded });
      // The keyboard begins where the scenario is.
      if (value && !before) set({ reachable: cellOf(value, get().moves ?? []) });
      const { cascade: shown, pinned } = get();
      const isNew = value !== undefined && !loaded.isOpening && !loaded.problem;
      if (isNew && pinned === undefined && shown.value && isOfAnother(shown.value, value)) followScenario();
    },
  );
  const whatIf = question(
    (signal) => loadWhatIf(asked(get()), signal),
    (loaded) => set({ whatIf: loaded }),
  );
  const restartScenario = (): void => {
    cascade.restart();
    if (get().overrides.length > 0) whatIf.restart();
  };
  const followScenario = (): void => {
    cascade.follow();
    if (get().overrides.length > 0) whatIf.follow();
  };
  const accounts = question(
    (signal) => loadAccounts({ ...get().accountChoice, block: get().pinned }, signal),
    (loaded) => set({ accounts: loaded }),
  );
  const owner = question(
    (signal) => loadOwner({ owner: get().lookedUp ?? '', block: get().pinned }, signal),
    (loaded) => set({ owner: loaded }),
  );
  const venues = question(
    (signal) => loadVenues(get().pinned, signal),
    (loaded) => set({ venues: loaded }),
  );
  const exposures = question(
    (signal) => loadExposures(get().pinned, signal),
    (loaded) => {
      set({ exposures: loaded });
      const { moves: chosen, scenarioProblems } = get();
      const isOpen = chosen === undefined && scenarioProblems.length === 0;
      const moves = isOpen && loaded.value ? worthShowing(loaded.value) : undefined;
      if (!moves) return;
      const map = get().heatmap.value;
      set({ moves, ...(map && { reachable: cellOf(map, moves) }) });
      restartScenario();
    },
  );
  const reproduction = question(
    (signal) => loadReproduction(get().pinned, signal),
    (loaded) => set({ reproduction: loaded }),
  );
  const markets = question(
    (signal) => loadMarkets(get().pinned, signal),
    (loaded) => set({ markets: loaded }),
  );
  const liquidations = question(loadLiquidations, (loaded) => set({ liquidations: loaded }));
  const history = question(loadHistory, (loaded) => set({ history: loaded }));
  const incidents = question(loadIncidents, (loaded) => set({ incidents: loaded }));
  const atBlock = { heatmap, exposures, reproduction, accounts, venues, markets };
  return {
    restartScenario,
    accounts,
    owner,
    refresh() {
      const { pinned, moves, overrides, lookedUp, ...state } = get();
      for (const one of [status, liquidations, incidents]) one.refresh();
      if (state.now - (state.history.at ?? 0) >= HISTORY_SECONDS) history.refresh();
      // What was read at a pinned block stays, unless it was never read.
      const isOld = (name: keyof typeof atBlock | 'owner') =>
        pinned === undefined || state[name].value === undefined;
      for (const [name, one] of Object.entries(atBlock))
        if (isOld(name as keyof typeof atBlock)) one.refresh();
      if (lookedUp !== undefined && isOld('owner')) owner.refresh();
      // Without a heatmap that leads, the cascade asks by itself.
      const isAlone = pinned === undefined && state.heatmap.problem !== undefined;
      if (moves && (isAlone || state.cascade.value === undefined)) cascade.refresh();
      if (moves && overrides.length > 0 && (isAlone || state.whatIf.value === undefined)) whatIf.refresh();
    },
    restartAtBlock() {
      for (const one of Object.values(atBlock)) one.restart();
      if (get().moves) restartScenario();
      if (get().lookedUp !== undefined) owner.restart();
    },
  };
}

/** The scenario on screen, at the pinned block; at that of the heatmap while none is pinned. */
function asked({ moves = [], settings, overrides, pinned, heatmap: map }: State): Scenario & {
  readonly block: number | undefined;
} {
  const shown = map.problem ? undefined : map.value?.head.block;
  return { moves, settings, overrides, block: pinned ?? shown };
}

/** Whether a cascade is of another book than the heatmap; the book of changed terms always has a hash of its own. */
function isOfAnother({ overrides, bookHash, head }: Cascade, map: Heatmap): boolean {
  return overrides.length > 0 ? head.block !== map.head.block : bookHash !== map.bookHash;
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
