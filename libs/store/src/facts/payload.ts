import { textCell } from './cell.ts';

/**
 * A fact's nested payload as JSON and back, whatever its shape: raw integers (`bigint`) at any depth become
 * `{"int": "123"}`, so a new form of terms or positions needs no edit here. Fields that are `undefined` are left out.
 *
 * A value that JSON has no place for (NaN, an infinity, a function, a class's instance) is a bug and throws.
 */
export function payloadToJson(payload: unknown): string {
  return JSON.stringify(encode(payload));
}

/** The payload that `payloadToJson` wrote; whoever asks knows its type. */
export function payloadFromJson<T>(json: string): T {
  return decode(JSON.parse(json)) as T;
}

function encode(value: unknown): unknown {
  switch (typeof value) {
    case 'bigint':
      return { int: value.toString() };
    case 'string':
      return textCell(value);
    case 'boolean':
      return value;
    case 'number':
      if (Number.isFinite(value)) return value;
      break;
    case 'object':
      if (value === null) return value;
      if (Array.isArray(value)) return value.map(encode);
      if (isPlain(value)) return encodeObject(value);
  }
  throw new Error(`bug: ${String(value)} cannot be stored in a fact`);
}

/** An object that has the very look of an integer is wrapped, so that it comes back as an object. */
function encodeObject(object: object): object {
  const fields = Object.entries(object).filter(([, value]) => value !== undefined);
  const encoded = Object.fromEntries(fields.map(([field, value]) => [textCell(field), encode(value)]));
  return onlyInt(encoded) === undefined ? encoded : { int: encoded };
}

function decode(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(decode);
  const int = onlyInt(value);
  if (typeof int === 'string') return BigInt(int);
  const fields = int === undefined ? value : (int as object);
  return Object.fromEntries(Object.entries(fields).map(([field, inner]) => [field, decode(inner)]));
}

/** What `{ int: … }` holds when `int` is its one and only field. */
function onlyInt(object: object): unknown {
  return 'int' in object && Object.keys(object).length === 1 ? object.int : undefined;
}

function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === Object.prototype || prototype === null;
}
