import type { Section } from '../../frame/page.ts';
import { owner } from '../account/asked.ts';
import { margins } from './asked.ts';
import { marginsPanel } from './panel.ts';

/** What the address in the path has and must have, and how far it is from its lines. */
export const marginsSection: Section = {
  key: 'margins',
  asks: [owner, margins],
  view: marginsPanel,
};
