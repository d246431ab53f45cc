import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bookOfAllMechanisms } from '../fixtures/book-of-all-mechanisms.ts';
import { bookJsonSchema } from './book-schema.ts';
import { exportBook } from './canonical.ts';

type Schema = { readonly [name: string]: unknown };

const committed = join(import.meta.dirname, '../../book.schema.json');

/** Paths of a JSON value for which a schema has no words, as far as objects and lists go. */
function unsaid(value: unknown, schema: Schema, path: string): string[] {
  const one = (schema['anyOf'] ?? schema['oneOf']) as Schema[] | undefined;
  if (one) {
    const found = one.map((option) => unsaid(value, option, path));
    return found.find((paths) => paths.length === 0) ?? found[0]!;
  }
  if (Array.isArray(value)) {
    if (schema['type'] !== 'array') return [path];
    return value.flatMap((item, i) => unsaid(item, schema['items'] as Schema, `${path}[${i}]`));
  }
  if (typeof value === 'object' && value !== null) {
    const fields = schema['properties'] as Record<string, Schema> | undefined;
    if (!fields) return [path];
    const missing = Object.keys(fields).filter(
      (name) => !(name in value) && (schema['required'] as string[]).includes(name),
    );
    const kind = Object.entries(fields).find(
      ([name, { const: only }]) => only !== undefined && Reflect.get(value, name) !== only,
    );
    if (missing.length > 0 || kind) return [path];
    return Object.entries(value).flatMap(([name, field]) =>
      unsaid(field, fields[name] ?? {}, `${path}.${name}`),
    );
  }
  const isOne = schema['const'] === value || (schema['enum'] as unknown[] | undefined)?.includes(value);
  return isOne || [schema['type']].flat().some((type) => typeOf(value).includes(type as string))
    ? []
    : [path];
}

const typeOf = (value: unknown): string[] =>
  value === null ? ['null'] : typeof value === 'number' ? ['number', 'integer'] : [typeof value];

describe('bookJsonSchema', () => {
  test('is what is committed: after a change, run scripts/write-book-schema.ts', () => {
    expect(JSON.parse(readFileSync(committed, 'utf8'))).toEqual(JSON.parse(JSON.stringify(bookJsonSchema())));
  });

  test('has words for every field of a book, and none for a field that is not one', () => {
    const file = JSON.parse(exportBook(bookOfAllMechanisms())) as { content: Record<string, unknown> };
    expect(unsaid(file, bookJsonSchema() as Schema, 'book')).toEqual([]);
    file.content['colour'] = 'red';
    expect(unsaid(file, bookJsonSchema() as Schema, 'book')).toEqual(['book.content.colour']);
  });
});
