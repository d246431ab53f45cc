import { element } from '../../markup/element.ts';
import type { Page } from '../../frame/page.ts';
import { cascadeSection } from '../../sections/cascade/section.ts';
import { contagionSection } from '../../sections/contagion/section.ts';
import { editorSection } from '../../sections/editor/section.ts';
import { heatmapSection } from '../../sections/heatmap/section.ts';
import { lossSection } from '../../sections/loss/section.ts';

/** What a scenario does: chosen on the map or in the form, and told from the loss down to the single account. */
export const page: Page = {
  title: () => 'Scenario',
  sections: [lossSection, editorSection, heatmapSection, cascadeSection, contagionSection],
  layout: (show) => [
    element('div', { class: 'columns first', key: 'first' }, show(lossSection), show(editorSection)),
    element('div', { class: 'columns', key: 'upper' }, show(heatmapSection), show(cascadeSection)),
    show(contagionSection),
  ],
};
