import { element } from '../../markup/element.ts';
import type { Page } from '../../frame/page.ts';
import { assetOf } from '../../sections/exposure/asset-of.ts';
import { assetSection } from '../../sections/asset/section.ts';
import { fallHistorySection } from '../../sections/history/section.ts';
import { depthSection, holdersSection } from '../../sections/holders/section.ts';
import { reproductionSection } from '../../sections/reproduction/section.ts';
import { backTo } from '../back-to.ts';

/** One asset over all venues. */
export const page: Page = {
  title: (state) => assetOf(state)?.asset.symbol ?? state.at.parts['symbol'] ?? '',
  lead: (state) => backTo(state, '/assets', 'All assets'),
  sections: [assetSection, holdersSection, depthSection, reproductionSection, fallHistorySection],
  layout: (show, state) =>
    assetOf(state)
      ? element(
          'div',
          { class: 'columns', key: 'both' },
          element('div', { class: 'stack', key: 'left' }, show(assetSection), show(holdersSection)),
          element(
            'div',
            { class: 'stack', key: 'right' },
            show(depthSection),
            show(reproductionSection),
            show(fallHistorySection),
          ),
        )
      : show(assetSection),
};
