import { BadDataError } from '@undertow/units';

/** A value read from JSON, with the path to it for error messages. Every reader throws BadDataError at the wrong kind. */
export interface Field {
  at(name: string): Field;
  list<T>(read: (item: Field) => T): T[];
  text(): string;
  /** A finite number. */
  number(): number;
  /** Null becomes undefined. */
  optionalNumber(): number | undefined;
  /** An integer that a float holds exactly. */
  integer(): number;
  /** An integer from `least` to `most`. */
  integerWithin(least: number, most: number): number;
  truth(): boolean;
  isNull(): boolean;
  error(expected: string): BadDataError;
}

/** Wraps a parsed value; `path` names it in messages. */
export function readField(value: unknown, path: string): Field {
  const error = (expected: string) => new BadDataError(`${path} must be ${expected}, but is ${shown(value)}`);
  const number = () => {
    if (typeof value !== 'number' || !Number.isFinite(value)) throw error('a number');
    return value;
  };
  return {
    at(name) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw error('an object');
      const inner: unknown = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
      if (inner === undefined) throw new BadDataError(`${path}.${name} is missing`);
      return readField(inner, `${path}.${name}`);
    },
    list(read) {
      if (!Array.isArray(value)) throw error('a list');
      return value.map((item: unknown, i) => read(readField(item, `${path}[${i}]`)));
    },
    text() {
      if (typeof value !== 'string') throw error('a string');
      return value;
    },
    number,
    optionalNumber: () => (value === null ? undefined : number()),
    integer() {
      if (!Number.isSafeInteger(number())) throw error('an integer');
      return number();
    },
    integerWithin(least, most) {
      const integer = number();
      if (!Number.isSafeInteger(integer) || integer < least || integer > most)
        throw error(`an integer from ${least} to ${most}`);
      return integer;
    },
    truth() {
      if (typeof value !== 'boolean') throw error('true or false');
      return value;
    },
    isNull: () => value === null,
    error,
  };
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
