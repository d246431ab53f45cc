import type { Router } from './router.ts';

/** Follows links within the page without loading it anew; what a browser does with a modified click stays its own. */
export function followLinks(root: HTMLElement, router: Router, go: (address: string) => void): void {
  root.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    // In a drawing a link is an element of SVG, of which the address is not whole.
    if (!link || link.hasAttribute('target') || link.hasAttribute('download')) return;
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const { origin, pathname, search, hash } = new URL(link.getAttribute('href') ?? '', location.href);
    if (origin !== location.origin || router.at(pathname).page === undefined) return;
    event.preventDefault();
    go(pathname + search + hash);
  });
}
