import type { ActionTable } from './action-table.ts';

/** Which of the things that carry `data-act` answer to a change rather than a click. */
const FORM_TAGS = new Set(['INPUT', 'SELECT', 'FORM']);

/** Listens once, at the root, for all that a person does; `on` gives what can be done on the page on screen. */
export function listenAt(root: HTMLElement, on: () => ActionTable): void {
  const act = (event: Event, isForm: boolean): void => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-act]') : null;
    if (target && FORM_TAGS.has(target.tagName) === isForm) on()[target.dataset['act'] ?? '']?.(target);
  };
  root.addEventListener('click', (event) => act(event, false));
  root.addEventListener('change', (event) => act(event, true));
  root.addEventListener('submit', (event) => {
    event.preventDefault();
    act(event, true);
  });
}
