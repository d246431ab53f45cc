import type { Frame } from '../../frame/frame.ts';
import type { Section } from '../../frame/page.ts';
import { isTab, TABS } from '../../scenario/tabs.ts';
import { cascade } from '../cascade/asked.ts';
import { tabList } from './panel.ts';

/** The tabs of what a scenario does. */
export const tabsSection: Section = {
  key: 'tabs',
  asks: [cascade],
  view: tabList,
  actions: ({ set, write }) => ({
    tab: ({ dataset }) => {
      const tab = dataset['tab'] ?? '';
      if (!isTab(tab)) return;
      set({ tab: tab === TABS[0].id ? undefined : tab });
      write('same');
      if (dataset['to'] !== undefined) goTo(dataset['to']);
    },
  }),
  listen: walkTabs,
};

/** Brings whoever came from elsewhere on the page to the heading of the tab, after the drawing that puts it there. */
function goTo(id: string): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const title = document.querySelector<HTMLElement>(`#${id}-title`);
      title?.scrollIntoView({ block: 'center' });
      title?.focus({ preventScroll: true });
    }),
  );
}

/** Arrow keys, Home and End choose among the tabs. */
function walkTabs(root: HTMLElement, { set, write }: Frame): void {
  root.addEventListener('keydown', (event) => {
    const from = event.target instanceof Element ? event.target.closest<HTMLElement>('[role=tab]') : null;
    const at = TABS.findIndex(({ id }) => id === from?.dataset['tab']);
    if (at < 0) return;
    const steps: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 };
    const to = TABS.at((steps[event.key] ?? Number.NaN) % TABS.length);
    if (steps[event.key] === undefined || !to) return;
    event.preventDefault();
    set({ tab: to.id === TABS[0].id ? undefined : to.id });
    write('same');
    root.querySelector<HTMLElement>(`#tab-${to.id}`)?.focus();
  });
}
