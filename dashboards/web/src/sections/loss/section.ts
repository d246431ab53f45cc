import type { Section } from '../../frame/page.ts';
import { cascade } from '../cascade/asked.ts';
import { whatIf } from '../what-if/asked.ts';
import { lossPanel } from './panel.ts';

/** What is lost in the scenario, and under changed terms. */
export const lossSection: Section = {
  key: 'loss',
  asks: [cascade, whatIf],
  view: lossPanel,
};
