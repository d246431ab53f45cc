import type { Section } from '../../frame/page.ts';
import { adviceRun } from '../advice-run/asked.ts';
import { oneAdvice } from '../advice-one/asked.ts';
import { backtestPanel } from './panel.ts';

/** Whether the chosen advice would have held over the past. */
export const backtestSection: Section = {
  key: 'advice-backtest',
  asks: [adviceRun, oneAdvice],
  view: backtestPanel,
};
