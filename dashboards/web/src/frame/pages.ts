import type { Page } from './page.ts';
import type { At } from './router.ts';
import type { Store } from './store.ts';

/** The pages whose code is here, and those that can be loaded. */
export interface Pages {
  /** The page on screen; undefined while its code is on its way, or where there is none. */
  now(): Page | undefined;
  /** Loads the code of a page where it is not here yet. */
  load(at: At): void;
}

/** @param loaders of each page, by the name of its folder. */
export function pages(store: Store, loaders: Readonly<Record<string, () => Promise<Page>>>): Pages {
  const { get, set } = store;
  const here = new Map<string, Page>();
  return {
    now: () => here.get(get().at.page ?? ''),
    load({ page: name }) {
      const load = name === undefined ? undefined : loaders[name];
      if (name === undefined || load === undefined || here.has(name)) return set({ pageIs: 'here' });
      set({ pageIs: 'loading' });
      load().then(
        (page) => {
          here.set(name, page);
          if (get().at.page === name) set({ pageIs: 'here' });
        },
        () => {
          if (get().at.page === name) set({ pageIs: 'failed' });
        },
      );
    },
  };
}
