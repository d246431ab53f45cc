import type { Frame } from '../../frame/frame.ts';
import type { Section } from '../../frame/page.ts';
import type { State } from '../../frame/state.ts';
import { chooseScenario } from '../../scenario/actions.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { cascade } from '../cascade/asked.ts';
import { movable } from '../editor/asked.ts';
import { exposures } from '../exposure/asked.ts';
import { otherCascade } from './asked.ts';
import { comparePanel } from './panel.ts';

/** Two scenarios side by side. */
export const compareSection: Section = {
  key: 'compare',
  asks: [otherCascade, cascade, movable, exposures],
  view: comparePanel,
  actions: compareActions,
};

function compareActions(frame: Frame) {
  const { get, set, write } = frame;
  const keep = (other: State['other'], said: string): void => {
    set({ other, said });
    write('new');
  };
  return {
    'keep-as-other': () => keep(present(get()), 'Kept as B'),
    'no-other': () => keep(undefined, 'Nothing to compare with'),
    swap: () => {
      const { other } = get();
      if (!other) return;
      set({ other: present(get()) });
      chooseScenario(frame, { change: other, said: 'A and B swapped', entry: 'new' });
    },
  } satisfies ReturnType<NonNullable<Section['actions']>>;
}

const present = ({ moves = [], settings, overrides }: State): Scenario => ({ moves, settings, overrides });
