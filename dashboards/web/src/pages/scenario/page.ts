import { element } from '../../markup/element.ts';
import type { Page, Section } from '../../frame/page.ts';
import type { Tab } from '../../scenario/tabs.ts';
import { cascadeSection } from '../../sections/cascade/section.ts';
import { compareSection } from '../../sections/compare/section.ts';
import { contagionSection } from '../../sections/contagion/section.ts';
import { editorSection } from '../../sections/editor/section.ts';
import { heatmapSection } from '../../sections/heatmap/section.ts';
import { hitSection } from '../../sections/hit/section.ts';
import { lossSection, resultSection } from '../../sections/loss/section.ts';
import { tabOf } from '../../sections/tabs/panel.ts';
import { tabsSection } from '../../sections/tabs/section.ts';

const BEHIND: Readonly<Record<Tab, Section>> = {
  result: resultSection,
  rounds: cascadeSection,
  between: contagionSection,
  hit: hitSection,
  compare: compareSection,
};

/** What a scenario does: chosen on the map or in the form, and told from the loss down to the single account. */
export const page: Page = {
  title: () => 'Scenario',
  sections: [lossSection, heatmapSection, editorSection, tabsSection, ...Object.values(BEHIND)],
  layout: (show, state) =>
    element(
      'div',
      { class: 'with-editor', key: 'all' },
      show(lossSection),
      show(heatmapSection),
      show(editorSection),
      element(
        'div',
        { class: 'answers', key: 'answers' },
        show(tabsSection),
        element(
          'div',
          { id: 'tab-panel', role: 'tabpanel', 'aria-labelledby': `tab-${tabOf(state)}`, key: tabOf(state) },
          show(BEHIND[tabOf(state)]),
        ),
      ),
    ),
};
