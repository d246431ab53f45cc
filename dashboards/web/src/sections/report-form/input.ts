import type { State } from '../../frame/state.ts';
import { scenarioVariables } from '../../scenario/scenario.ts';
import { questionOf } from '../advice-form/question.ts';
import type { NotTaken } from '../sweep-plan/choice.ts';
import type { ReportInput } from './load.ts';

/** What the form asks of the state on screen; `why` says what is missing, or cannot be in a report. */
export function inputOf(state: State): { readonly input: ReportInput } | NotTaken {
  const { kind, sweep } = state.reports;
  switch (kind) {
    case 'state':
      return { input: {} };
    case 'scenario':
      return scenarioInput(state);
    case 'sweep':
      return sweep === ''
        ? { why: 'choose a sweep, or run one on the page of sweeps.' }
        : { input: { sweep } };
    case 'proposal':
      return proposalInput(state);
  }
}

function scenarioInput({
  moves = [],
  settings,
  overrides,
}: State): { readonly input: ReportInput } | NotTaken {
  if (overrides.length > 0)
    return { why: 'a report is of the terms that stand: take the changed terms out of the scenario.' };
  const { overrides: _, ...input } = scenarioVariables({ moves, settings, overrides });
  if (moves.length === 0 && input.volatilityMove === 0)
    return { why: 'nothing moves: choose a scenario first, on the page of scenarios.' };
  return { input };
}

function proposalInput({ advice: { texts } }: State): { readonly input: ReportInput } | NotTaken {
  if (texts.on.trim() !== '')
    return { why: 'a proposal is of whole venues: leave the market out of what is asked.' };
  const question = questionOf(texts);
  if ('why' in question) return question;
  const { venue, market: _, plan, horizonSeconds, count, ...rest } = question;
  return {
    input: {
      ...rest,
      plan,
      venues: venue === null ? null : [venue],
      // What a plan says by itself.
      horizonSeconds: plan === null ? horizonSeconds : null,
      count: plan === null ? count : null,
    },
  };
}
