import { element } from '../../markup/element.ts';
import type { Page } from '../../frame/page.ts';
import { reproductionSection } from '../../sections/reproduction/section.ts';
import { reverseSection } from '../../sections/reverse-stress/section.ts';
import { lossSection } from '../../sections/sweep-loss/section.ts';
import { partsSection } from '../../sections/sweep-parts/section.ts';
import { planSection } from '../../sections/sweep-plan/section.ts';
import { sweepIdOf } from '../../sections/sweep-run/asked.ts';
import { runSection } from '../../sections/sweep-run/section.ts';
import { byVenueSection } from '../../sections/stress-by-venue/section.ts';
import { tailSection } from '../../sections/sweep-tail/section.ts';
import { sweepsSection } from '../../sections/sweeps/section.ts';
import { worstSection } from '../../sections/sweep-worst/section.ts';
import { wholeReproductionSection } from '../../sections/whole-reproduction/section.ts';

/** Many scenarios on one book: how much is lost how often, where, in which of them, and what it takes to lose so much. */
export const page: Page = {
  title: () => 'Sweep',
  lead: () => 'Many scenarios on one book: how much is lost how often, where, and in which of them.',
  sections: [
    ...[planSection, runSection, lossSection, partsSection, worstSection, tailSection, reverseSection],
    ...[byVenueSection, wholeReproductionSection, reproductionSection, sweepsSection],
  ],
  layout: (show, state) => {
    const isRun = sweepIdOf(state) !== undefined;
    return element(
      'div',
      { class: 'with-editor', key: 'all' },
      // Beside the rest where there is room; else what came of a sweep is read before another is chosen.
      isRun ? show(runSection) : show(planSection),
      element(
        'div',
        { class: 'answers stack', key: 'answers' },
        isRun && [
          show(lossSection),
          show(partsSection),
          show(worstSection),
          show(tailSection),
          show(reverseSection),
          show(byVenueSection),
          show(wholeReproductionSection),
        ],
        show(reproductionSection),
        show(sweepsSection),
      ),
      isRun && show(planSection),
    );
  },
};
