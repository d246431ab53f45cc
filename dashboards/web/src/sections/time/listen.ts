/** While the slider is dragged only the words beside it follow; the page goes there when it is let go. */
export function listenToTime(root: HTMLElement): void {
  root.addEventListener('input', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.dataset['act'] !== 'go-to-time') return;
    const words = target.closest('.time-slider')?.querySelector('output');
    const option = target.list?.options[Number(target.value)];
    if (words && option) words.textContent = option.label;
    if (option) target.setAttribute('aria-valuetext', option.label);
  });
}
