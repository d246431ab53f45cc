import type { Section } from '../../frame/page.ts';
import { exposures } from '../exposure/asked.ts';
import { assetPanel } from './panel.ts';

/** The asset in the path. */
export const assetSection: Section = { key: 'asset', asks: [exposures], view: assetPanel };
