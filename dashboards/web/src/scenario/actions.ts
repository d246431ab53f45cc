import type { ActionTable } from '../frame/action-table.ts';
import type { Frame } from '../frame/frame.ts';
import type { Rejected } from '../frame/rejected.ts';
import type { State } from '../frame/state.ts';
import { DEFAULT_SETTINGS, isMove, NO_MOVE, type Move, type Settings } from './scenario.ts';
import { readTypedMoves, withMoves } from './typed-moves.ts';

/** Choosing what moves, and who acts how. */
export function scenarioActions(frame: Frame): ActionTable {
  const { get, set } = frame;
  const choose = (change: { moves?: readonly Move[]; settings?: Settings }, said: string): void =>
    chooseScenario(frame, { change, said, entry: 'same' });
  const reject = (at: string, text: string, why: string): void => set({ rejected: { at, text, why } });

  return {
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
      const found = changedSettings(target, get().settings);
      if (found === undefined) return;
      if ('rejected' in found) return set(found);
      choose(found, '');
    },
    clear: () =>
      choose(
        { moves: [], settings: { ...get().settings, volatility: DEFAULT_SETTINGS.volatility } },
        'No price moves',
      ),
  };
}

/** The settings after one of them was changed in its box, or why it was not taken; undefined where it is no such box. */
export function changedSettings(
  target: HTMLElement | SVGElement,
  settings: Settings,
): { readonly settings: Settings } | { readonly rejected: Rejected } | undefined {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return undefined;
  const name = target.dataset['name'] as keyof Settings;
  const value = target instanceof HTMLSelectElement ? target.value : numberOf(target);
  const least = name === 'gasUsd' ? 0 : Number.MIN_VALUE;
  if (typeof value === 'string' || value >= least) return { settings: { ...settings, [name]: value } };
  const why = `it must be a number ${name === 'gasUsd' ? 'of at least' : 'above'} 0.`;
  return { rejected: { at: `setting ${name}`, text: textOf(target), why } };
}

/** Chooses another scenario, or a part of one; Back returns to the one before where that is a new entry of the history. */
export function chooseScenario(
  { get, set, write }: Frame,
  {
    change,
    said,
    entry,
  }: { readonly change: ScenarioChange; readonly said: string; readonly entry: 'new' | 'same' },
): void {
  set({
    ...{ moves: get().moves ?? [], isChosen: true, said },
    ...{ linkProblems: [], scenarioProblems: [], rejected: undefined },
    ...change,
  });
  write(entry);
}

type ScenarioChange = Partial<Pick<State, 'moves' | 'settings' | 'overrides'>>;

const noMove = (what: string, move: number) =>
  `a move of ${what} ${Number.isNaN(move) ? 'must be a number of percent' : NO_MOVE}.`;

/** What is written in a box; nothing where a number field holds none. */
const textOf = (target: HTMLElement | SVGElement) => (target instanceof HTMLInputElement ? target.value : '');

/** A number field; not a number when it is empty. */
const numberOf = ({ value }: HTMLInputElement) => (value === '' ? Number.NaN : Number(value));

const percentOf = (target: HTMLElement | SVGElement) =>
  target instanceof HTMLInputElement ? Number((numberOf(target) / 100).toFixed(6)) : Number.NaN;
