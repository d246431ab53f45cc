import type { ActionTable } from '../../frame/action-table.ts';
import type { Frame } from '../../frame/frame.ts';

/** Opening a feed, and closing it. */
export function feedActions({ get, set }: Frame): ActionTable {
  return {
    'open-feed': ({ dataset }) => {
      const feed = dataset['feed'];
      set({ openFeed: feed === get().openFeed ? undefined : feed });
    },
  };
}
