import { answerOf } from '../../frame/asked.ts';
import type { Frame } from '../../frame/frame.ts';
import { heatmapActions } from './actions.ts';
import { heatmap } from './asked.ts';
import type { CellPlace } from './chart.ts';
import { nextPlace } from './keys.ts';
import { heatmapLayout, placeOf } from './layout.ts';
import { reachableCell } from './panel.ts';

/** The pointer opens the tooltip of a cell, arrow keys walk the grid, Enter chooses. */
export function listenToCells(root: HTMLElement, frame: Frame): void {
  const { get, set } = frame;
  const choose = heatmapActions(frame)['choose-cell'];
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
      choose?.(cell);
      set({ hinted: undefined });
    } else if (!walk(event, frame, root)) return;
    event.preventDefault();
  });
}

/** Moves the keyboard's place in the grid; false when the key does not move it. */
function walk(event: KeyboardEvent, { get }: Frame, root: HTMLElement): boolean {
  const map = answerOf(get(), heatmap).value;
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
