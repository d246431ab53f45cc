import type { Store } from '../frame/store.ts';
import { AS_IT_COMES } from './view.ts';
import { scrolledTo } from './window.ts';

/** The `aria-rowindex` of the first row below the heads. */
export const FIRST_INDEX = 2;

/** Keeps the rows of long tables that are in the page near to those that are seen. */
export function followScrolls(root: HTMLElement, { get, set }: Store): void {
  const follow = ({ target }: Event): void => {
    const id = target instanceof HTMLElement ? target.dataset['long'] : undefined;
    if (!(target instanceof HTMLElement) || id === undefined) return;
    const rows = target.querySelectorAll('tbody > [aria-rowindex]');
    const [first, last] = [rows[0]?.getBoundingClientRect(), rows[rows.length - 1]?.getBoundingClientRect()];
    if (!first || !last) return;
    const { tables } = get();
    const before = tables[id] ?? AS_IT_COMES;
    const after = scrolledTo(before, {
      from: Number(rows[0]?.getAttribute('aria-rowindex')) - FIRST_INDEX,
      past: target.getBoundingClientRect().top - first.top,
      measured: (last.bottom - first.top) / rows.length,
    });
    if (after !== before) set({ tables: { ...tables, [id]: { ...before, ...after } } });
  };
  // The event of a box that scrolls does not rise.
  root.addEventListener('scroll', follow, { capture: true, passive: true });
}
