import type { Section } from '../../frame/page.ts';
import { cascade } from '../cascade/asked.ts';
import { exposures } from '../exposure/asked.ts';
import { venues } from '../venues/asked.ts';
import { contagionPanel } from './panel.ts';

/** The scenario between venues. */
export const contagionSection: Section = {
  key: 'contagion',
  asks: [cascade, venues, exposures],
  view: contagionPanel,
};
