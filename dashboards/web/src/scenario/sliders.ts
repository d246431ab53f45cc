/** While a slider is dragged only the number beside it follows; the question is asked when it is let go. */
export function listenToSliders(root: HTMLElement): void {
  root.addEventListener('input', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.type !== 'range') return;
    const twin = target.parentElement?.querySelector<HTMLInputElement>('input[type=number]');
    if (twin) twin.value = target.value;
  });
}
