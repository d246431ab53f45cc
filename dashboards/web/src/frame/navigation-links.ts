import type { PageAddress } from './page-address.ts';
import type { Router } from './router.ts';

/** A page that the navigation leads to. */
export interface NavigationLink {
  /** The folders of the page, and of those within it: on any of them it is marked. */
  readonly pages: readonly string[];
  readonly path: string;
  readonly name: string;
}

/** What the navigation leads to, from left to right. */
export function navigationLinks(
  addresses: Readonly<Record<string, PageAddress>>,
  router: Router,
): readonly NavigationLink[] {
  const all = Object.entries(addresses);
  return all
    .flatMap(([page, { inNavigation }]) => (inNavigation ? [{ page, ...inNavigation }] : []))
    .sort((a, b) => a.order - b.order)
    .map(({ page, name }) => {
      const inside = all.flatMap(([other, { within }]) => (within === page ? [other] : []));
      return { pages: [page, ...inside], name, path: router.pathOf(page) };
    });
}
