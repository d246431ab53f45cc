import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { toHtml } from '../../markup/to-html.ts';
import { EXAMPLE, programsPanel } from './panel.ts';

const schema = buildSchema(
  readFileSync(new URL('../../../../../apps/api/src/schema.graphql', import.meta.url), 'utf8'),
);

test('the example is one that the API answers, and a command that a shell takes', () => {
  expect(validate(schema, parse(EXAMPLE))).toEqual([]);
  const html = toHtml(programsPanel({ origin: 'http://127.0.0.1:4000', pinned: 7, screen: undefined }));
  expect(html).toContain('curl -s http://127.0.0.1:4000/graphql -H');
  expect(html).toContain('undertow export --block 7 --out book.json');
  // Within quotes of either kind.
  expect(EXAMPLE).not.toMatch(/['"\\]/);
});
