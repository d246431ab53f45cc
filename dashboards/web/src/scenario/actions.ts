import { count, move } from '../format/number.ts';
import { cellSentence } from '../heatmap/chart.ts';
import type { ActionTable } from '../page/action-table.ts';
import { writeHash } from '../page/address-bar.ts';
import type { Questions } from '../page/questions.ts';
import type { Store } from '../page/store.ts';
import { assetOf, linkName, presets } from './assets.ts';
import { isMove, LARGEST_RISE, type Shock } from './scenario.ts';

/** Choosing what moves, and at which block. */
export function scenarioActions(store: Store, ask: Questions): ActionTable {
  const { get, set } = store;
  const rows = () => get().heatmap.value?.rows ?? [];

  const choose = (shocks: readonly Shock[], said: string): void => {
    set({ shocks, isChosen: true, said, linkProblems: [] });
    writeHash(store);
    ask.cascade.restart();
  };

  const pin = (pinned: number | undefined): void => {
    set({
      pinned,
      isChosen: true,
      said: pinned === undefined ? 'Live again' : `Pinned at block ${count(pinned)}`,
    });
    writeHash(store);
    ask.restartAtBlock();
  };

  return {
    'choose-cell': ({ dataset }) => {
      const at = { asset: Number(dataset['asset']), drop: Number(dataset['drop']) };
      const row = rows()[at.asset];
      const cell = row?.cells[at.drop];
      if (!row || !cell) return;
      set({ reachable: at });
      choose([{ asset: linkName(row, rows()), ratio: -cell.drop }], cellSentence(row, cell));
    },
    preset: ({ dataset }) => {
      const chosen = presets(rows())[Number(dataset['preset'])];
      if (chosen) choose(chosen.shocks, chosen.name);
    },
    shock: (target) => {
      const row = rows().find(({ asset }) => asset === target.dataset['asset']);
      if (!row) return;
      const isFilled = target instanceof HTMLInputElement && target.value !== '';
      const ratio = isFilled ? Number((Number(target.value) / 100).toFixed(6)) : Number.NaN;
      if (!isMove(ratio)) {
        const text = `A move of ${row.symbol} must lie above −100 % and be at most ${move(LARGEST_RISE)}`;
        set({ said: text, notice: { text, until: get().now + 5 } });
        return;
      }
      const others = (get().shocks ?? []).filter((shock) => assetOf(shock, rows()) !== row);
      choose(ratio === 0 ? others : [...others, { asset: linkName(row, rows()), ratio }], '');
    },
    volatility: (target) => {
      const volatility =
        target instanceof HTMLInputElement ? Number((Number(target.value) / 100).toFixed(6)) : 0;
      if (!isMove(volatility)) {
        const text = `A move of volatility must lie above −100 % and be at most ${move(LARGEST_RISE)}`;
        set({ said: text, notice: { text, until: get().now + 5 } });
        return;
      }
      set({ volatility });
      choose(get().shocks ?? [], '');
    },
    clear: () => {
      set({ volatility: 0 });
      choose([], 'No price moves');
    },
    pin: ({ dataset }) => pin(Number(dataset['block'])),
    unpin: () => pin(undefined),
  };
}
