import { isSamePlace } from './place.ts';
import { newestHead, pinnedAt } from './newest-head.ts';
import { placeOf } from './place-of.ts';
import { nothingLoaded } from './loaded.ts';
import { openingState } from './state.ts';

const head = (block: number) => ({ chainId: 1, block, hash: `0x${block}`, time: 0, reorg: false });
const state = openingState(0);

test('the pinned block goes before the head of the screen; another hash is another place', () => {
  const screen = { block: 7, hash: '0xa' };
  expect(placeOf({ pinned: undefined, screen })).toBe(screen);
  expect(placeOf({ pinned: 5, screen })).toEqual({ block: 5, hash: undefined });
  expect(isSamePlace(screen, { block: 7, hash: '0xb' })).toBe(false);
  expect(isSamePlace(undefined, undefined)).toBe(true);
});

test('the newest head is what is heard while news arrive, and what is asked when they do not', () => {
  const { reorg: _, ...asked } = head(9);
  const answers = { status: { ...nothingLoaded, value: { head: asked }, at: 20 } };
  expect(newestHead({ ...state, answers })?.block).toBe(9);
  expect(newestHead({ ...state, answers, connection: 'live', head: head(8), heardAt: 10 })?.block).toBe(8);
  expect(newestHead({ ...state, answers, connection: 'lost', head: head(8), heardAt: 10 })?.block).toBe(9);
  expect(newestHead(state)).toBeUndefined();
});

test('let go of a block, the screen is at the newest head; else it stays where it is', () => {
  const screen = { block: 7, hash: '0x7' };
  const live = { ...state, connection: 'live', head: head(9), screen } as const;
  expect(pinnedAt(live, 5)).toEqual({ pinned: 5, screen });
  expect(pinnedAt({ ...live, pinned: 5 }, undefined)).toEqual({
    pinned: undefined,
    screen: { block: 9, hash: '0x9' },
  });
  expect(pinnedAt(live, undefined)).toEqual({ pinned: undefined, screen });
});
