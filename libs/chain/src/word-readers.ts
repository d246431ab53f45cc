import type { Address } from '@undertow/market';

/** Reads the value of the word at an offset of a hexadecimal text; undefined when the word does not fit the type. */
export type Read = (text: string, at: number) => unknown;

/** Characters of a word. */
export const WORD = 64;

/** How a plain value of a type is read; undefined when it is not one word that holds the value itself. */
export function readerOf(type: string): Read | undefined {
  if (type === 'address') return readAddress;
  if (type === 'bool') return readBool;
  const sized = /^(u?int|bytes)(\d*)$/.exec(type);
  if (sized === null) return undefined;
  const size = sized[2] === '' ? undefined : Number(sized[2]);
  if (sized[1] === 'bytes') return size === undefined ? undefined : bytesReader(size);
  const integer = { bits: size ?? 256, signed: sized[1] === 'int' };
  if (integer.bits === 256) return integer.signed ? readInt : readUint;
  return integer.bits <= 48 ? smallReader(integer) : bigReader(integer);
}

function readAddress(text: string, at: number): Address {
  return `0x${text.slice(at + 24, at + WORD).toLowerCase()}`;
}

function readBool(text: string, at: number): boolean | undefined {
  const value = readUint(text, at);
  return value > 1n ? undefined : value === 1n;
}

export function readUint(text: string, at: number): bigint {
  return BigInt(`0x${text.slice(at, at + WORD)}`);
}

function readInt(text: string, at: number): bigint {
  return BigInt.asIntN(256, readUint(text, at));
}

interface Sized {
  readonly bits: number;
  readonly signed: boolean;
}

function bigReader({ bits, signed }: Sized): (text: string, at: number) => bigint | undefined {
  const most = 1n << BigInt(signed ? bits - 1 : bits);
  if (!signed)
    return (text, at) => {
      const value = readUint(text, at);
      return value < most ? value : undefined;
    };
  return (text, at) => {
    const value = readInt(text, at);
    return value < most && value >= -most ? value : undefined;
  };
}

function smallReader(sized: Sized): Read {
  const read = bigReader(sized);
  return (text, at) => {
    const value = read(text, at);
    return value === undefined ? undefined : Number(value);
  };
}

function bytesReader(size: number): Read {
  return (text, at) => `0x${text.slice(at, at + 2 * size).toLowerCase()}`;
}
