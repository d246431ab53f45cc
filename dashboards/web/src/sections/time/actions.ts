import type { ActionTable } from '../../frame/action-table.ts';
import type { Frame } from '../../frame/frame.ts';
import { answerOf } from '../../frame/asked.ts';
import { pinnedAt } from '../../frame/newest-head.ts';
import { storedBlocks } from './asked.ts';
import { blockWords } from './words.ts';

/** Going to the block at which the slider was let go; its right end is the newest, and follows it. */
export function timeActions({ get, set, write }: Frame): ActionTable {
  return {
    'go-to-time': (target) => {
      const blocks = answerOf(get(), storedBlocks).value ?? [];
      const place = Number(target instanceof HTMLInputElement ? target.value : Number.NaN);
      const chosen = blocks[place];
      if (!chosen) return;
      const isNewest = place === blocks.length - 1;
      const said = isNewest ? 'Live again' : `Pinned at ${blockWords(chosen)}`;
      set({ ...pinnedAt(get(), isNewest ? undefined : chosen.block), said });
      write('new');
    },
  };
}
