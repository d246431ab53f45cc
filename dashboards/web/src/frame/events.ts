import { nextPlace } from '../sections/heatmap/keys.ts';
import { heatmapLayout, placeOf } from '../sections/heatmap/layout.ts';
import { reachableCell } from '../sections/heatmap/panel.ts';
import type { CellPlace } from '../sections/heatmap/chart.ts';
import type { Actions } from './actions.ts';
import type { Store } from './store.ts';

/** Which of the things that carry `data-act` answer to a change rather than a click. */
const FORM_TAGS = new Set(['INPUT', 'SELECT', 'FORM']);

/** Listens once, at the root, for all that a person does. */
export function listenAt(root: HTMLElement, store: Store, { on }: Actions): void {
  const { get, set } = store;

  const act = (event: Event, isForm: boolean): void => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-act]') : null;
    if (target && FORM_TAGS.has(target.tagName) === isForm) on[target.dataset['act'] ?? '']?.(target);
  };
  root.addEventListener('click', (event) => act(event, false));
  root.addEventListener('change', (event) => act(event, true));
  root.addEventListener('submit', (event) => {
    event.preventDefault();
    act(event, true);
  });
  // While a slider is dragged only the number beside it follows; the question is asked when it is let go.
  root.addEventListener('input', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.type !== 'range') return;
    const twin = target.parentElement?.querySelector<HTMLInputElement>('input[type=number]');
    if (twin) twin.value = target.value;
  });

  const hint = (event: Event): void => {
    // A finger would have it over the map that it taps; the answer stands under the map then.
    if (event instanceof PointerEvent && event.pointerType === 'touch') return;
    const hinted = cellOf(event.target);
    const before = get().hinted;
    if (hinted?.asset !== before?.asset || hinted?.move !== before?.move) set({ hinted });
  };
  root.addEventListener('pointerover', hint);
  root.addEventListener('focusin', (event) => {
    const reachable = cellOf(event.target);
    if (reachable) set({ reachable });
    if (event.target instanceof Element && event.target.matches(':focus-visible')) hint(event);
  });
  document.addEventListener('pointerleave', () => set({ hinted: undefined }));

  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && get().hinted) set({ hinted: undefined });
    const cell = event.target instanceof Element ? event.target.closest<SVGElement>('[role=gridcell]') : null;
    if (!cell) return;
    if (event.key === 'Enter' || event.key === ' ') {
      on['choose-cell']?.(cell);
      set({ hinted: undefined });
    } else if (!walk(event, store, root)) return;
    event.preventDefault();
  });
}

/** Moves the keyboard's place in the grid; false when the key does not move it. */
function walk(event: KeyboardEvent, { get }: Store, root: HTMLElement): boolean {
  const map = get().heatmap.value;
  if (!map || event.altKey || event.metaKey) return false;
  const layout = heatmapLayout(map.rows.length, map.moves, get().widths['heatmap'] ?? 0);
  const from = reachableCell(get());
  const next = nextPlace(event.key, event.ctrlKey, placeOf(layout, from.asset, from.move), layout);
  if (!next) return false;
  const { row: asset, column: move } = placeOf(layout, next.row, next.column);
  root.querySelector<SVGElement>(`[role=gridcell][data-asset="${asset}"][data-move="${move}"]`)?.focus();
  return true;
}

function cellOf(target: EventTarget | null): CellPlace | undefined {
  const cell = target instanceof Element ? target.closest<SVGElement>('[role=gridcell]') : null;
  return cell ? { asset: Number(cell.dataset['asset']), move: Number(cell.dataset['move']) } : undefined;
}
