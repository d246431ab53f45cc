import { existsSync } from 'node:fs';
import { join } from 'node:path';
import LongestFirst, { LONGEST } from '../../scripts/longest-first.mjs';

const root = join(import.meta.dirname, '../..');
const sequencer = new LongestFirst({ globalConfig: { rootDir: root } });
const tests = (...files: string[]) => files.map((file) => ({ path: join(root, file) }));

test('every file that is known to take long is there', () => {
  expect(LONGEST.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

test('what takes longest begins first, then what is large', () => {
  const [first, second] = LONGEST as [string, string];
  const [large, small] = ['ARCHITECTURE.md', 'LICENSE'];
  expect(sequencer.sort(tests(small, second, large, first))).toEqual(tests(first, second, large, small));
});

test('shards have every file once', () => {
  const all = tests('a', 'b', 'c', 'd', 'e');
  const parts = [1, 2].map((shardIndex) => sequencer.shard(all, { shardIndex, shardCount: 2 }));
  expect(parts.flat().sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual(all);
});
