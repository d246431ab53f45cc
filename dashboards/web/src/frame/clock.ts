import { ago } from '../format/time.ts';

/** Writes how long ago each moment on the page is now; nothing else of the page depends on the clock. Unix seconds. */
export function tellTime(root: ParentNode, now: number): void {
  for (const node of root.querySelectorAll('time')) {
    const said = ago(Date.parse(node.dateTime) / 1_000, now);
    if (node.textContent !== said) node.textContent = said;
  }
}
