import { element } from '../../markup/element.ts';
import type { Page } from '../../frame/page.ts';
import { answerOf } from '../../frame/asked.ts';
import { exposures } from '../../sections/exposure/asked.ts';
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
  layout(show, state) {
    // Of an asset that nobody knows there is nothing to show but which there are.
    if (answerOf(state, exposures).value && !assetOf(state)) return show(assetSection);
    return element(
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
    );
  },
};
