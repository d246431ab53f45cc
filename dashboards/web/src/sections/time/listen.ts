/**
 * While the slider is dragged only the words beside it follow; the page goes there when it is let go. What each place is called
 * stands in a list that is not the slider's own: hundreds of marks under it would tell nothing.
 */
export function listenToTime(root: HTMLElement): void {
  root.addEventListener('input', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.dataset['act'] !== 'go-to-time') return;
    const words = target.closest('.time-slider')?.querySelector('output');
    const places = document.getElementById(target.dataset['places'] ?? '');
    const option = places instanceof HTMLDataListElement ? places.options[Number(target.value)] : undefined;
    if (words && option) words.textContent = option.label;
    if (option) target.setAttribute('aria-valuetext', option.label);
  });
}
