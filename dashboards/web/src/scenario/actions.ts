import { count } from '../format/number.ts';
import { cellSentence } from '../sections/heatmap/chart.ts';
import type { ActionTable } from '../frame/action-table.ts';
import { writeHash } from '../frame/address-bar.ts';
import type { Questions } from '../frame/questions.ts';
import type { Store } from '../frame/store.ts';
import { presets } from './assets.ts';
import { DEFAULT_SETTINGS, isMove, NO_MOVE, type Move, type Settings } from './scenario.ts';
import { readTypedMoves, withMoves } from './typed-moves.ts';

/** Choosing what moves, who acts how, and at which block. */
export function scenarioActions(store: Store, ask: Questions): ActionTable {
  const { get, set } = store;
  const rows = () => get().heatmap.value?.rows ?? [];

  const choose = (change: { moves?: readonly Move[]; settings?: Settings }, said: string): void => {
    set({
      moves: get().moves ?? [],
      ...change,
      isChosen: true,
      said,
      linkProblems: [],
      scenarioProblems: [],
      rejected: undefined,
    });
    writeHash(store);
    ask.restartScenario();
  };
  const reject = (at: string, text: string, why: string): void => set({ rejected: { at, text, why } });

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
      const at = { asset: Number(dataset['asset']), move: Number(dataset['move']) };
      const row = rows()[at.asset];
      const cell = row?.cells[at.move];
      if (!row || !cell) return;
      set({ reachable: at });
      choose({ moves: [{ what: row.name, move: cell.move }] }, cellSentence(row, cell));
    },
    preset: ({ dataset }) => {
      const chosen = presets(rows())[Number(dataset['preset'])];
      if (chosen) choose({ moves: chosen.moves }, chosen.name);
    },
    'type-moves': (target) => {
      const input = target.querySelector<HTMLInputElement>('input');
      const typed = readTypedMoves(input?.value ?? '');
      if ('problem' in typed) return reject('moves', input?.value ?? '', typed.problem);
      choose({ moves: withMoves(get().moves ?? [], typed.moves) }, '');
      if (input) input.value = '';
    },
    'remove-move': ({ dataset }) =>
      choose(
        { moves: (get().moves ?? []).filter(({ what }) => what !== dataset['what']) },
        `${dataset['what']} does not move`,
      ),
    shock: (target) => {
      const what = target.dataset['what'] ?? '';
      const move = percentOf(target);
      if (!isMove(move)) return reject(`shock ${what}`, textOf(target), noMove(what, move));
      choose({ moves: withMoves(get().moves ?? [], [{ what, move }]) }, '');
    },
    volatility: (target) => {
      const volatility = percentOf(target);
      if (!isMove(volatility)) return reject('volatility', textOf(target), noMove('volatility', volatility));
      choose({ settings: { ...get().settings, volatility } }, '');
    },
    setting: (target) => {
      if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
      const name = target.dataset['name'] as keyof Settings;
      const value = target instanceof HTMLSelectElement ? target.value : numberOf(target);
      const least = name === 'gasUsd' ? 0 : Number.MIN_VALUE;
      if (typeof value === 'number' && !(value >= least))
        return reject(
          `setting ${name}`,
          textOf(target),
          `it must be a number ${name === 'gasUsd' ? 'of at least' : 'above'} 0.`,
        );
      choose({ settings: { ...get().settings, [name]: value } }, '');
    },
    clear: () =>
      choose(
        { moves: [], settings: { ...get().settings, volatility: DEFAULT_SETTINGS.volatility } },
        'No price moves',
      ),
    pin: ({ dataset }) => pin(Number(dataset['block'])),
    unpin: () => pin(undefined),
  };
}

const noMove = (what: string, move: number) =>
  `a move of ${what} ${Number.isNaN(move) ? 'must be a number of percent' : NO_MOVE}.`;

/** What is written in a box; nothing where a number field holds none. */
const textOf = (target: HTMLElement | SVGElement) => (target instanceof HTMLInputElement ? target.value : '');

/** A number field; not a number when it is empty. */
const numberOf = ({ value }: HTMLInputElement) => (value === '' ? Number.NaN : Number(value));

const percentOf = (target: HTMLElement | SVGElement) =>
  target instanceof HTMLInputElement ? Number((numberOf(target) / 100).toFixed(6)) : Number.NaN;
