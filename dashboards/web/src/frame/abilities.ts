import type { ActionTable } from './action-table.ts';
import { frameActions } from './frame-actions.ts';
import type { Frame } from './frame.ts';
import type { Page, Section } from './page.ts';

/**
 * What a person can do on a page, by `data-act`; a section that is new on screen begins to listen. `more` can be done on every
 * page, beside what the frame offers.
 */
export function abilities(
  root: HTMLElement,
  frame: Frame,
  more: ActionTable,
): (page: Page | undefined) => ActionTable {
  const always = { ...frameActions(frame), ...more };
  const byPage = new Map<Page, ActionTable>();
  const listening = new Set<NonNullable<Section['listen']>>();
  return (page) => {
    if (!page) return always;
    const known = byPage.get(page);
    if (known) return known;
    const table: Record<string, ActionTable[string]> = { ...always };
    for (const { actions, listen } of page.sections) {
      Object.assign(table, actions?.(frame));
      if (!listen || listening.has(listen)) continue;
      listening.add(listen);
      listen(root, frame);
    }
    byPage.set(page, table);
    return table;
  };
}
