import type { Asked } from '../../frame/asked.ts';
import { scenarioAt, scenarioText } from '../../scenario/asked-scenario.ts';
import { loadWhatIf, type WhatIf } from './load.ts';

/** The scenario under the terms in force and under the changed ones; nothing while none are changed. */
export const whatIf: Asked<WhatIf> = {
  key: 'whatIf',
  followsBlock: true,
  isToldBeside: true,
  isAsked: ({ moves, overrides }) => moves !== undefined && overrides.length > 0,
  about: scenarioText,
  load: (state, signal) => loadWhatIf(scenarioAt(state), signal),
};
