import type { ActionTable } from '../../frame/action-table.ts';
import type { Frame } from '../../frame/frame.ts';
import type { Section } from '../../frame/page.ts';
import { exposures } from '../exposure/asked.ts';
import { markets } from '../markets/asked.ts';
import { venues } from '../venues/asked.ts';
import { foundIn, searchBox } from './box.ts';
import { whyNothing } from './found.ts';

/** The search box of the frame. What it finds is asked for while somebody searches. */
export const searchSection: Section = {
  key: 'search',
  asks: [venues, markets, exposures],
  view: searchBox,
  actions: searchActions,
  listen: listenToSearch,
};

function searchActions(frame: Frame): ActionTable {
  return {
    search: () => choose(frame, frame.get().search?.at ?? 0),
    found: ({ dataset }) => leadTo(frame, dataset['path'] ?? ''),
  };
}

/** Leads to one of those found, or says why there is none. */
function choose(frame: Frame, at: number): void {
  const { get, set } = frame;
  const found = foundIn(get());
  const one = found[Math.min(at, found.length - 1)];
  if (one) return leadTo(frame, one.path);
  const text = get().search?.text ?? '';
  set({ rejected: { at: 'search', text, why: whyNothing(text) } });
}

function leadTo({ set, go }: Frame, path: string): void {
  set({ search: undefined, rejected: undefined });
  go(path);
}

/** Opens with the first letter, is walked by arrows, and closes when somebody leaves it. */
function listenToSearch(root: HTMLElement, { get, set }: Frame): void {
  const boxOf = ({ target }: Event) =>
    target instanceof HTMLInputElement && target.id === 'search' ? target : undefined;
  root.addEventListener('input', (event) => {
    const box = boxOf(event);
    if (box) set({ search: { text: box.value, at: 0 }, rejected: undefined });
  });
  root.addEventListener('focusin', (event) => {
    const box = boxOf(event);
    if (box && get().search === undefined) set({ search: { text: box.value, at: 0 } });
  });
  root.addEventListener('focusout', (event) => {
    if (boxOf(event)) set({ search: undefined });
  });
  // A press on one of those found must not take the focus from the box, which would close it first.
  root.addEventListener('pointerdown', (event) => {
    if (event.target instanceof Element && event.target.closest('.found')) event.preventDefault();
  });
  root.addEventListener('keydown', (event) => {
    const { search } = get();
    if (!boxOf(event) || !search) return;
    const many = foundIn(get()).length;
    if (event.key === 'Escape') return set({ search: { text: '', at: 0 } });
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || many === 0) return;
    event.preventDefault();
    set({ search: { ...search, at: (search.at + step + many) % many } });
  });
}
