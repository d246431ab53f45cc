import { BadDataError } from '@undertow/units';
import type { z } from 'zod';
import { JsonNumbers } from './json-reader.ts';

/** A value from JSON text. @throws BadDataError when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BadDataError(
      `the book is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

/** What a schema makes of a value. @throws BadDataError that names the first field at fault, what it must be, and what it is. */
export function readBy<T>(schema: z.ZodType<T>, value: unknown, name: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const path = issue.path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}.${String(part)}`),
    name,
  );
  if (issue.code === 'unrecognized_keys')
    throw new BadDataError(`${path} must not have the field ${issue.keys[0]}, which no book has`);
  const found = issue.path.reduce<unknown>(
    (at, part) => Reflect.get(at instanceof JsonNumbers ? at.values : Object(at), part),
    value,
  );
  if (found === undefined) throw new BadDataError(`${path} is missing`);
  throw new BadDataError(`${path} must be ${expectedOf(issue)}, but is ${shown(found)}`);
}

type Issue = z.core.$ZodIssue;

function expectedOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPE_WORDS[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return issue.values.length === 1
        ? JSON.stringify(issue.values[0])
        : `one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      // The schema has unions by a named field only, of which the issue says what it may be.
      return `one of ${('options' in issue ? (issue.options as readonly unknown[]) : []).map(String).join(', ')}`;
    case 'too_small':
      return `at least ${issue.minimum}`;
    case 'too_big':
      return issue.origin === 'string' ? issue.message : `at most ${issue.maximum}`;
    default:
      return issue.message;
  }
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'an integer',
  number: 'a number',
  object: 'an object',
  string: 'a string',
};

function shown(value: unknown): string {
  // JSON has no word for it.
  if (value === Infinity || value === -Infinity) return 'beyond the greatest float';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
