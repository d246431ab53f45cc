import { isSamePlace } from './place.ts';
import { newestHead, placeOf } from './place-of.ts';
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
  const status = { ...state.status, value: { head: asked }, at: 20 } as never;
  expect(newestHead({ ...state, status })?.block).toBe(9);
  expect(newestHead({ ...state, status, connection: 'live', head: head(8), heardAt: 10 })?.block).toBe(8);
  expect(newestHead({ ...state, status, connection: 'lost', head: head(8), heardAt: 10 })?.block).toBe(9);
  expect(newestHead(state)).toBeUndefined();
});
