import { answered } from '../../../test-server/draw-page.ts';
import { toHtml } from '../../markup/to-html.ts';
import { openingState, type State } from '../../frame/state.ts';
import type { Frame } from '../../frame/frame.ts';
import { timeActions } from './actions.ts';
import { storedBlocks } from './asked.ts';
import { timePanel } from './panel.ts';
import { placeOfBlock } from './words.ts';

const NOW = 1_795_175_400;
const blocks = [100, 150, 220, 300].map((block) => ({
  block,
  time: NOW - 12 * (300 - block),
  isFinal: block < 240,
}));
const known = answered(openingState(NOW), storedBlocks, blocks);

test('the slider stands at the pinned block, or at its right end while the page is live', () => {
  const live = toHtml(timePanel(known));
  expect(live).toContain('value="3"');
  expect(live).toContain('the newest block, live');
  const pinned = toHtml(timePanel({ ...known, pinned: 219 }));
  expect(pinned).toContain('value="1"');
  expect(pinned).toMatch(/block 150, /);
  expect(toHtml(timePanel(answered(known, storedBlocks, blocks.slice(0, 1))))).toContain('no earlier block');
});

test('a height between two stored blocks is answered by the lower one', () => {
  expect([99, 100, 149, 150, 1_000].map((height) => placeOfBlock(blocks, height))).toEqual([0, 0, 0, 1, 3]);
});

test('letting it go pins the block, and the right end goes live', () => {
  let state: State = known;
  const written: string[] = [];
  const frame = {
    get: () => state,
    set: (change: Partial<State>) => (state = { ...state, ...change }),
    write: (entry: string) => written.push(entry),
  } as unknown as Frame;
  const { 'go-to-time': go } = timeActions(frame);
  const at = (value: string) => Object.assign(Object.create(HTMLInputElementOfTests.prototype), { value });
  go!(at('1') as HTMLElement);
  expect(state.pinned).toBe(150);
  go!(at('3') as HTMLElement);
  expect(state.pinned).toBeUndefined();
  go!(at('9') as HTMLElement);
  expect(written).toEqual(['new', 'new']);
});

class HTMLInputElementOfTests {}
beforeAll(() => Object.assign(globalThis, { HTMLInputElement: HTMLInputElementOfTests }));
afterAll(() => Reflect.deleteProperty(globalThis, 'HTMLInputElement'));
