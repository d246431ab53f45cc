import type { Store } from './store.ts';

/** What needs the drawn page: the widths that charts fit into, and the place of the tooltip inside its plot. */
export function afterDraw(root: HTMLElement, { get, set }: Store): () => void {
  const watched = new Set<Element>();
  const note = (plot: Element, width: number): void => {
    const chart = plot.getAttribute('data-measure-width') ?? '';
    const { widths } = get();
    if (width > 0 && width !== widths[chart]) set({ widths: { ...widths, [chart]: width } });
  };
  const observer = new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) note(target, Math.floor(contentRect.width));
  });
  return () => {
    for (const gone of [...watched].filter((plot) => !plot.isConnected)) {
      observer.unobserve(gone);
      watched.delete(gone);
    }
    for (const plot of root.querySelectorAll('[data-measure-width]')) {
      if (watched.has(plot)) continue;
      watched.add(plot);
      // Known at once, a new chart is drawn before the window is painted, and pushes nothing down.
      note(plot, plot.clientWidth);
      observer.observe(plot);
    }
    placeTooltip(root);
  };
}

/** Under its cell, or above it where there is no room below in the window; never over the sides of the plot. */
function placeTooltip(root: HTMLElement): void {
  const tooltip = root.querySelector<HTMLElement>('.tooltip');
  const plot = tooltip?.parentElement;
  if (!tooltip || !plot) return;
  const scrolled = plot.querySelector('.plot-scroll')?.scrollLeft ?? 0;
  const [x, y] = [Number(tooltip.dataset['x']) - scrolled, Number(tooltip.dataset['y'])];
  const left = Math.max(0, Math.min(x - tooltip.offsetWidth / 2, plot.clientWidth - tooltip.offsetWidth));
  const isRoomBelow = plot.getBoundingClientRect().top + y + 8 + tooltip.offsetHeight < innerHeight;
  const above = y - 46 - tooltip.offsetHeight - 8;
  tooltip.style.left = `${left}px`;
  tooltip.style.top = `${isRoomBelow || plot.getBoundingClientRect().top + above < 0 ? y + 8 : above}px`;
}
