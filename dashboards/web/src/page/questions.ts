import { loadOwner } from '../account/load.ts';
import { loadAccounts } from '../accounts/load.ts';
import { loadCascade } from '../cascade/load.ts';
import { loadExposures } from '../exposure/load.ts';
import { usd } from '../format/number.ts';
import { cellKey } from '../heatmap/chart.ts';
import { loadHeatmap, type Heatmap } from '../heatmap/load.ts';
import { loadIncidents } from '../incidents/load.ts';
import { loadLiquidations } from '../liquidations/load.ts';
import { loadMarkets } from '../markets/load.ts';
import { loadReproduction } from '../reproduction/load.ts';
import { linkName } from '../scenario/assets.ts';
import type { Shock } from '../scenario/scenario.ts';
import { loadStatus } from '../status/load.ts';
import { loadVenues } from '../venues/load.ts';
import { question, type Question } from './question.ts';
import type { State } from './state.ts';
import type { Store } from './store.ts';

export interface Questions {
  readonly cascade: Question;
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
export function questions({ get, set }: Store): Questions {
  const status = question(loadStatus, (loaded) => set({ status: loaded }));
  const cascade: Question = question(
    (signal) => {
      const { shocks = [], volatility, pinned, heatmap: map } = get();
      const shown = map.problem ? undefined : map.value?.head.block;
      return loadCascade({ shocks, volatility, block: pinned ?? shown }, signal);
    },
    (loaded) => {
      set({ cascade: loaded });
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
      if (value && get().shocks === undefined) {
        const shocks = worthShowing(value);
        if (shocks) {
          set({ shocks, reachable: cellOf(value, shocks) });
          cascade.restart();
        }
      }
      const { cascade: shown, pinned } = get();
      const isNew = value !== undefined && !loaded.isOpening && !loaded.problem;
      if (isNew && pinned === undefined && shown.value && shown.value.bookHash !== value.bookHash)
        cascade.follow();
    },
  );
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
    (loaded) => set({ exposures: loaded }),
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
  const incidents = question(loadIncidents, (loaded) => set({ incidents: loaded }));
  const atBlock = { heatmap, exposures, reproduction, accounts, venues, markets };
  return {
    cascade,
    accounts,
    owner,
    refresh() {
      const { pinned, shocks, lookedUp, ...state } = get();
      for (const one of [status, liquidations, incidents]) one.refresh();
      // What was read at a pinned block stays, unless it was never read.
      const isOld = (name: keyof typeof atBlock | 'owner') =>
        pinned === undefined || state[name].value === undefined;
      for (const [name, one] of Object.entries(atBlock))
        if (isOld(name as keyof typeof atBlock)) one.refresh();
      if (lookedUp !== undefined && isOld('owner')) owner.refresh();
      // Without a heatmap that leads, the cascade asks by itself.
      const isAlone = pinned === undefined && state.heatmap.problem !== undefined;
      if (shocks && (isAlone || state.cascade.value === undefined)) cascade.refresh();
    },
    restartAtBlock() {
      for (const one of Object.values(atBlock)) one.restart();
      if (get().shocks) cascade.restart();
      if (get().lookedUp !== undefined) owner.restart();
    },
  };
}

/** Cells whose numbers differ as they are printed (interest changes all of them a little); none on the first answer. */
function changesOf(before: Heatmap | undefined, after: Heatmap, generation: number): State['changed'] {
  const keys = new Set<string>();
  for (const row of before ? after.rows : []) {
    const old = before?.rows.find(({ asset }) => asset === row.asset);
    for (const cell of row.cells) {
      const twin = old?.cells.find(({ drop }) => drop === cell.drop);
      const isSame =
        usd(twin?.liquidatedUsd) === usd(cell.liquidatedUsd) &&
        usd(twin?.badDebtUsd) === usd(cell.badDebtUsd);
      if (!isSame) keys.add(cellKey(row.asset, cell.drop));
    }
  }
  return { keys, generation: generation + 1 };
}

/** The cell to open with: the asset that liquidates most at the drop that risk desks quote, 20 %. */
function worthShowing({ rows, drops }: Heatmap): readonly Shock[] | undefined {
  const drop = drops.indexOf(0.2) >= 0 ? drops.indexOf(0.2) : 0;
  const liquidated = (row: Heatmap['rows'][number]) => row.cells[drop]?.liquidatedUsd ?? 0;
  const most = [...rows].sort((a, b) => liquidated(b) - liquidated(a))[0];
  const ratio = drops[drop];
  return most && ratio !== undefined ? [{ asset: linkName(most, rows), ratio: -ratio }] : undefined;
}

function cellOf({ rows, drops }: Heatmap, shocks: readonly Shock[]): State['reachable'] {
  const shock = shocks[0];
  const asset = rows.findIndex((row) => linkName(row, rows) === shock?.asset);
  return { asset: Math.max(0, asset), drop: Math.max(0, drops.indexOf(-(shock?.ratio ?? 0))) };
}
