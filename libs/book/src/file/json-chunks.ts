/** Items of a list that are written in one piece. */
const AT_ONCE = 10_000;

/**
 * JSON text of a value in pieces that are never large, so that a book of millions of legs need not be one string. Typed arrays
 * are lists of numbers, integers decimal strings; undefined is not allowed. Equal values give equal text.
 */
export function* jsonChunks(value: unknown): Generator<string> {
  if (isList(value)) yield* listChunks(value);
  else if (typeof value === 'object' && value !== null) {
    let separator = '{';
    for (const [name, field] of Object.entries(value)) {
      yield `${separator}${JSON.stringify(name)}:`;
      yield* jsonChunks(field);
      separator = ',';
    }
    yield separator === '{' ? '{}' : '}';
  } else yield plainText(value);
}

function* listChunks(list: ArrayLike<unknown>): Generator<string> {
  yield '[';
  let text = '';
  for (let i = 0; i < list.length; i++) {
    const item = list[i];
    if (i > 0) text += ',';
    if (typeof item === 'object' && item !== null) {
      yield text;
      text = '';
      yield* jsonChunks(item);
    } else text += plainText(item);
    if (i % AT_ONCE === AT_ONCE - 1) {
      yield text;
      text = '';
    }
  }
  yield `${text}]`;
}

const isList = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);

const plainText = (value: unknown): string =>
  typeof value === 'bigint' ? `"${value}"` : JSON.stringify(value);
