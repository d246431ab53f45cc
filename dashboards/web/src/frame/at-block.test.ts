import { atBlock } from './at-block.ts';

test('says live, pinned, pinned at a block that is not stored, and still the answer before', () => {
  expect(atBlock(374, undefined, true)).toBe('At block 374');
  expect(atBlock(375, 375, false)).toBe('Pinned at block 375');
  expect(atBlock(374, 375, false)).toBe('Pinned at block 374, the newest stored at or below 375');
  expect(atBlock(374, 375, true)).toBe('Still block 374, while block 375 is read');
});
