/** Pixels between a popover and what opened it, and between it and the edges of the window. */
const GAP = 6;

/**
 * Puts what pops over the page beside what opened it, as far as it fits, and keeps it there while the page moves under it; out
 * of the window it closes. What has a place of its own (a dialog in the middle of the window) has not the class `menu`.
 *
 * @returns places what is open anew: after a drawing it may be of another size.
 */
export function placePopovers(root: HTMLElement): () => void {
  let opener: Element | null = null;
  const place = (): void => {
    const popover = root.querySelector<HTMLElement>('.menu:popover-open');
    if (!popover || !opener) return;
    const box = opener.getBoundingClientRect();
    if (box.bottom < 0 || box.top > innerHeight) popover.hidePopover();
    else placeBeside(popover, box);
  };
  root.addEventListener(
    'click',
    ({ target }) => {
      const pressed = target instanceof Element ? target.closest('[popovertarget]') : null;
      if (!pressed) return;
      opener = pressed;
      // It is open by then, and nobody has seen it yet.
      requestAnimationFrame(place);
    },
    { capture: true },
  );
  addEventListener('scroll', place, { capture: true, passive: true });
  addEventListener('resize', place);
  return place;
}

function placeBeside(popover: HTMLElement, { left, right, top, bottom }: DOMRect): void {
  const { offsetWidth: width, offsetHeight: height } = popover;
  // From what is right of the middle it hangs to the left.
  const start = (left + right) / 2 > innerWidth / 2 ? right - width : left;
  const isRoomBelow = bottom + GAP + height <= innerHeight || top - GAP - height < 0;
  const wanted = isRoomBelow ? bottom + GAP : top - GAP - height;
  popover.style.left = `${Math.max(GAP, Math.min(start, innerWidth - width - GAP))}px`;
  popover.style.top = `${Math.max(GAP, Math.min(wanted, innerHeight - height - GAP))}px`;
}
