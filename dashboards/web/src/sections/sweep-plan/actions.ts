import type { ActionTable } from '../../frame/action-table.ts';
import { addressOf } from '../../frame/carried.ts';
import type { Frame } from '../../frame/frame.ts';
import { changedSettings } from '../../scenario/actions.ts';
import { doSweep } from '../sweep-run/actions.ts';
import { startSweep } from '../sweep-run/load.ts';
import { FIELDS_OF, PLAN_FIELDS, planOfTexts, textsOf, type PlanTexts } from './choice.ts';
import { PLAN_BOX } from './form.ts';
import { startEstimatedSweep } from './load.ts';
import { planOf, settingsInPlan } from './plan.ts';

/** Choosing a plan, and running it. */
export function planActions(frame: Frame): ActionTable {
  const { get, set, write, go } = frame;
  return {
    'choose-plan': (form) => {
      if (!(form instanceof HTMLFormElement)) return;
      const { sweep } = get();
      const plan = planOfTexts(textsIn(new FormData(form), sweep.plan), sweep.plan);
      if ('why' in plan) return set({ rejected: { at: PLAN_BOX, text: '', why: plan.why } });
      set({ sweep: { ...sweep, plan }, rejected: undefined, linkProblems: [], sweepDoing: undefined });
      write('same');
    },
    // Only who acts how: what moves on other pages stays as it is.
    setting: (target) => {
      const found = changedSettings(target, get().settings);
      if (found === undefined) return;
      set({ rejected: undefined, ...found });
      if ('settings' in found) write('same');
    },
    'start-sweep': () => {
      if (get().rejected !== undefined) return;
      doSweep(frame, 'start', async (signal) => {
        const { sweep, settings, pinned } = get();
        const plan = planOf(sweep.plan);
        const id =
          plan === undefined
            ? await startEstimatedSweep({ plan: sweep.plan, settings, block: pinned }, signal)
            : await startSweep({ ...plan, ...settingsInPlan(settings) }, pinned, signal);
        const path = `/sweep/${encodeURIComponent(id)}`;
        set({ said: 'The sweep is started' });
        go(addressOf({ ...get(), at: { ...get().at, path } }));
      });
    },
  };
}

/** The texts of the form; of what it does not show, those of the choice before. Another kind has other texts for what moves. */
function textsIn(fields: FormData, before: Parameters<typeof textsOf>[0]): PlanTexts {
  const kind = fields.get('plan');
  const isOther = kind !== before.kind;
  const usual = textsOf({ ...before, kind: kind as typeof before.kind });
  const texts = PLAN_FIELDS.map((name) => {
    const isShown = FIELDS_OF[before.kind].includes(name) && !(name === 'move' && isOther);
    const typed = fields.get(name);
    return [name, (isShown || name === 'plan') && typeof typed === 'string' ? typed : usual[name]] as const;
  });
  return Object.fromEntries(texts) as PlanTexts;
}
