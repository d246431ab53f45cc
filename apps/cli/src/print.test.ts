import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { gathered } from './print.ts';
import { readableText } from './readable-text.ts';

test('small pieces are joined, and none is lost', () => {
  const pieces = Array.from({ length: 300 }, (_, i) => String(i % 10).repeat(10_000));
  const texts = [...gathered(pieces)];
  expect(texts).toHaveLength(3);
  expect(texts.join('') === pieces.join('')).toBe(true);
  expect([...gathered([])]).toEqual([]);
});

test('a terminal is given nothing to obey', () => {
  expect(readableText('a\u001b[31mb\u0007\u009b2J\rc\u202ed\ne\tf')).toBe('a[31mb2Jcd\nef');
});

test('a reader that has seen enough ends a long print quietly', () => {
  const print = join(import.meta.dirname, 'print.ts');
  const script = `
    import { printPieces } from ${JSON.stringify(print)};
    let made = 0;
    function* long() { for (; made < 1000; made++) yield 'x'.repeat(2 ** 20); }
    await printPieces(long());
    process.stderr.write(made < 900 ? 'ended early' : 'went on');`;
  const text = execFileSync(
    'sh',
    ['-c', '{ "$0" --input-type=module -e "$1" | head -c 9 >/dev/null; } 2>&1', process.execPath, script],
    { encoding: 'utf8' },
  );
  expect(text).toBe('ended early');
});
