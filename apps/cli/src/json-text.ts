/** Deeper than this a value is written in one piece. */
const DEEPEST = 4;

/** Characters that a terminal would obey and that JSON may have as they are. */
const UNREADABLE = /(?!\n)[\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * A value as indented JSON and a line break, in pieces: a result over millions of accounts is longer than a string can be.
 * Integers beyond a float are strings, as in the API; what there is not, and what is no number, is null.
 */
export function* jsonPieces(value: unknown): Generator<string> {
  yield* partsOf(value, '');
  yield '\n';
}

/** The same as one text. */
export const jsonText = (value: unknown): string => [...jsonPieces(value)].join('');

function* partsOf(value: unknown, indent: string): Generator<string> {
  const isList = Array.isArray(value);
  const isOpen = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  if (!isOpen || indent.length >= 2 * DEEPEST) {
    yield wholeText(value).replaceAll('\n', `\n${indent}`);
    return;
  }
  const inner = `${indent}  `;
  let separator = isList ? '[\n' : '{\n';
  for (const [name, part] of Object.entries(value)) {
    yield `${separator}${inner}${isList ? '' : `${wholeText(name)}: `}`;
    yield* partsOf(part, inner);
    separator = ',\n';
  }
  yield `\n${indent}${isList ? ']' : '}'}`;
}

function wholeText(value: unknown): string {
  const text = JSON.stringify(
    value ?? null,
    (_key, part: unknown) => (typeof part === 'bigint' ? String(part) : (part ?? null)),
    2,
  );
  return text.replaceAll(UNREADABLE, escaped);
}

const escaped = (character: string) =>
  [...Array(character.length).keys()]
    .map((i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`)
    .join('');
