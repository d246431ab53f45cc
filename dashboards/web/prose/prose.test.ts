import { readFileSync } from 'node:fs';
import { MEANINGS } from '../src/glossary/meanings.ts';
import { WORDS } from '../src/glossary/words.ts';
import { plainText } from '../src/prose/prose.ts';
import { ASSUMPTIONS } from '../src/sections/assumptions/text.ts';
import { readBlocks, readGlossary } from './read-markdown.ts';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const glossary = read('GLOSSARY.md');

test('what the page shows is what the texts say now; else run npx node dashboards/web/prose/generate.ts', () => {
  expect(MEANINGS).toEqual(readGlossary(glossary));
  expect(WORDS).toEqual(MEANINGS.flatMap(({ words }) => words));
  expect(ASSUMPTIONS).toEqual(readBlocks(read('libs/cascade/ASSUMPTIONS.md')));
});

test('every row of the glossary is there, word by word', () => {
  const rows = glossary
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2);
  expect(MEANINGS).toHaveLength(rows.length);
  rows.forEach((row, i) => {
    const [, word, meaning] = row.split('|').map((cell) => cell.trim());
    expect(MEANINGS[i]!.words.join(', ')).toBe(word);
    expect(plainText(MEANINGS[i]!.text)).toBe(meaning!.replaceAll(/[`_]/g, ''));
  });
});

test('no word is there twice', () => {
  expect(new Set(WORDS).size).toBe(WORDS.length);
});

test('marks of a sentence are read; what a text cannot hold is refused', () => {
  expect(readBlocks('# Head\n\nA **bold** _word_ and `code`.\n\n- one\n- two `2`\n')).toEqual([
    { heading: 'Head', level: 1 },
    { paragraph: ['A ', { stress: 'bold' }, ' ', { stress: 'word' }, ' and ', { code: 'code' }, '.'] },
    { items: [['one'], ['two ', { code: '2' }]] },
  ]);
  expect(() => readBlocks('<script>alert(1)</script>')).toThrow('cannot hold a html');
  expect(() => readGlossary('no table')).toThrow('no table of words');
});
