import { element } from '../../markup/element.ts';
import type { Page } from '../../frame/page.ts';
import { backtestSection } from '../../sections/advice-backtest/section.ts';
import { formSection } from '../../sections/advice-form/section.ts';
import { oneSection } from '../../sections/advice-one/section.ts';
import { runIdOf } from '../../sections/advice-run/asked.ts';
import { adviceRunsSection } from '../../sections/advice-run/list.ts';
import { adviceRunSection } from '../../sections/advice-run/section.ts';
import { advicesSection } from '../../sections/advices/section.ts';
import { judgementSection } from '../../sections/judgement/section.ts';
import { frontierSection } from '../../sections/toxicity-frontier/section.ts';
import { hasFrontier } from '../../sections/toxicity-frontier/asked.ts';

/** What parameters should be: the newest advices, what each rests on, and a form that computes others. */
export const page: Page = {
  title: () => 'Advice',
  lead: () =>
    'The value of each parameter at which no more is lost than is tolerated, and what that rests on.',
  sections: [
    ...[formSection, adviceRunSection, oneSection, backtestSection, frontierSection],
    ...[advicesSection, adviceRunsSection, judgementSection],
  ],
  layout: (show, state) =>
    element(
      'div',
      { class: 'with-editor', key: 'all' },
      element(
        'div',
        { class: 'answers stack', key: 'answers' },
        runIdOf(state) !== undefined && show(adviceRunSection),
        state.advice.chosen !== undefined && [show(oneSection), show(backtestSection)],
        hasFrontier(state) && show(frontierSection),
        show(advicesSection),
        show(adviceRunsSection),
        show(judgementSection),
      ),
      show(formSection),
    ),
};
