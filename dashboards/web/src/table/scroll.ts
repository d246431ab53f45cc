import type { Store } from '../frame/store.ts';
import { AS_IT_COMES } from './view.ts';
import { scrolledTo } from './window.ts';

/** The `aria-rowindex` of the first row below the heads. */
export const FIRST_INDEX = 2;

/**
 * Keeps the rows of long tables that are in the page near to those that are seen: a table scrolls in its box, or, as a list of
 * cards, with the page.
 */
export function followScrolls(root: HTMLElement, { get, set }: Store): void {
  const follow = (box: HTMLElement): void => {
    const id = box.dataset['long'] ?? '';
    const rows = box.querySelectorAll('tbody > [aria-rowindex]');
    const [first, last] = [rows[0]?.getBoundingClientRect(), rows[rows.length - 1]?.getBoundingClientRect()];
    if (!first || !last) return;
    const { tables } = get();
    const before = tables[id] ?? AS_IT_COMES;
    const after = scrolledTo(before, {
      from: Number(rows[0]?.getAttribute('aria-rowindex')) - FIRST_INDEX,
      // What scrolls with the page is seen from the top of the window on.
      past: Math.max(box.getBoundingClientRect().top, 0) - first.top,
      measured: (last.bottom - first.top) / rows.length,
    });
    if (after !== before) set({ tables: { ...tables, [id]: { ...before, ...after } } });
  };
  // The event of a box that scrolls does not rise.
  addEventListener(
    'scroll',
    ({ target }) => {
      if (target instanceof HTMLElement && target.dataset['long'] !== undefined) follow(target);
      if (target === document)
        for (const box of root.querySelectorAll<HTMLElement>('[data-long]')) follow(box);
    },
    { capture: true, passive: true },
  );
}
