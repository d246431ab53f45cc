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
  /** Asks again everything that is read at the pinned block. */
  readonly restartAtBlock: () => void;
}

/** What the page asks the API, each answer put into the state. */
export function questions({ get, set }: Store): Questions {
  const status = question(loadStatus, (loaded) => set({ status: loaded }));
  const cascade = question(
    (signal) => {
      const { shocks = [], volatility, pinned: block } = get();
      return loadCascade({ shocks, volatility, block }, signal);
    },
    (loaded) => set({ cascade: loaded }),
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
    },
  );
  const accounts = question(
    (signal) => loadAccounts(get().accountChoice, signal),
    (loaded) => set({ accounts: loaded }),
  );
  const owner = question(
    (signal) => loadOwner(get().lookedUp ?? '', signal),
    (loaded) => set({ owner: loaded }),
  );
  const venues = question(loadVenues, (loaded) => set({ venues: loaded }));
  const exposures = question(
    (signal) => loadExposures(get().pinned, signal),
    (loaded) => set({ exposures: loaded }),
  );
  const reproduction = question(
    (signal) => loadReproduction(get().pinned, signal),
    (loaded) => set({ reproduction: loaded }),
  );
  const markets = question(loadMarkets, (loaded) => set({ markets: loaded }));
  const liquidations = question(loadLiquidations, (loaded) => set({ liquidations: loaded }));
  const incidents = question(loadIncidents, (loaded) => set({ incidents: loaded }));
  return {
    cascade,
    accounts,
    owner,
    refresh() {
      for (const one of [status, accounts, venues, markets, liquidations, incidents]) one.refresh();
      if (get().lookedUp !== undefined) owner.refresh();
      // What was read at a pinned block stays, unless it was never read.
      const isOpen = get().pinned === undefined;
      if (isOpen || get().heatmap.value === undefined) heatmap.refresh();
      if (isOpen || get().exposures.value === undefined) exposures.refresh();
      if (isOpen || get().reproduction.value === undefined) reproduction.refresh();
      if (get().shocks && (get().pinned === undefined || get().cascade.value === undefined))
        cascade.refresh();
    },
    restartAtBlock() {
      for (const one of [heatmap, exposures, reproduction]) one.restart();
      if (get().shocks) cascade.restart();
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
