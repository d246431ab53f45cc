import type { Address, Hex } from '@undertow/market';
import { decodeEventLog, toEventSelector } from 'viem/utils';
import type { AbiEvent, AbiParameter, DecodeEventLogReturnType } from 'viem';

/** Arguments of an event by name (by position when one has no name), addresses lower case. */
export type EventArgs<Event extends AbiEvent> = NonNullable<
  DecodeEventLogReturnType<readonly [Event]>['args']
>;

/** Decodes one log, or says `undefined` when the log is not a whole log of the event. */
export type EventDecoder<Event extends AbiEvent> = (log: EncodedLog) => EventArgs<Event> | undefined;

export interface EncodedLog {
  readonly topics: readonly Hex[];
  readonly data: Hex;
}

/** First topic of an event's logs. */
export function eventTopic(event: AbiEvent): Hex {
  return toEventSelector(event);
}

/**
 * A decoder for the logs of one event that slices words at offsets known from the ABI. It gives what viem's strict
 * `decodeEventLog` gives, but addresses in lower case, `{}` for an event without inputs, and `undefined` where viem
 * throws: another first topic, missing topics, short data, a bool beyond 1. Like viem it ignores extra topics, trailing
 * data, and the bits of a word above an address or after a `bytesN`. Unlike viem it refuses an integer that does not fit
 * its type (no contract can emit one, and nothing behind is made for a tick of 2^40), and data that ends within the
 * padding of a `bytesN`.
 *
 * Expects hexadecimal input with whole topics, which `openRpc` checks. Events with arrays, strings or `bytes` that are not
 * indexed go through viem itself, which is ten times slower.
 */
export function compileDecoder<const Event extends AbiEvent>(event: Event): EventDecoder<Event> {
  const topic = eventTopic(event);
  const fields = layOut(event);
  const decode = fields ? decodeByLayout(topic, fields, event) : decodeByViem(event);
  return decode as EventDecoder<Event>;
}

type Read = (text: string, at: number) => unknown;

interface Field {
  readonly key: string | number;
  /** Position among the topics; absent when the word is in the data. */
  readonly topic?: number;
  /** Offset of the word in the text of its topic or of the data. */
  readonly at: number;
  readonly read: Read;
}

const WORD = 64;
const PREFIX = '0x'.length;

/** Where each input stands, topics first; `undefined` when a value in the data has no fixed place. */
function layOut(event: AbiEvent): readonly Field[] | undefined {
  const unnamed = event.inputs.some((input) => !input.name);
  const inputs = event.inputs.map((input, index) => ({
    input,
    key: unnamed ? index : (input.name as string),
  }));
  const fields: Field[] = [];
  for (const { input, key } of inputs.filter(({ input }) => input.indexed)) {
    // A dynamic value cannot be indexed: its hash is, and viem returns that.
    fields.push({ key, topic: fields.length + 1, at: PREFIX, read: readerOf(input.type) ?? readHash });
  }
  let at = PREFIX;
  for (const { input, key } of inputs.filter(({ input }) => !input.indexed)) {
    const slot = slotOf(input);
    if (slot === undefined) return undefined;
    fields.push({ key, at, read: slot.read });
    at += WORD * slot.words;
  }
  return fields;
}

/** A value of a fixed number of words. */
interface Slot {
  readonly words: number;
  readonly read: Read;
}

/** A plain value, or a tuple of named ones, which stand one after the other. */
function slotOf(parameter: AbiParameter): Slot | undefined {
  if (parameter.type !== 'tuple' || !('components' in parameter)) {
    const read = readerOf(parameter.type);
    return read && { words: 1, read };
  }
  const parts: (Slot & { readonly name: string; readonly offset: number })[] = [];
  let words = 0;
  for (const component of parameter.components) {
    const slot = slotOf(component);
    if (slot === undefined || !component.name) return undefined;
    parts.push({ ...slot, name: component.name, offset: WORD * words });
    words += slot.words;
  }
  const read: Read = (text, at) => {
    const tuple: Record<string, unknown> = {};
    for (const part of parts) {
      const value = part.read(text, at + part.offset);
      if (value === undefined) return undefined;
      tuple[part.name] = value;
    }
    return tuple;
  };
  return { words, read };
}

function decodeByLayout(topic: Hex, fields: readonly Field[], event: AbiEvent): (log: EncodedLog) => unknown {
  const indexed = fields.filter((field) => field.topic !== undefined).length;
  const words = event.inputs.reduce(
    (sum, input) => sum + (input.indexed ? 0 : (slotOf(input)?.words ?? 0)),
    0,
  );
  const dataLength = PREFIX + WORD * words;
  const unnamed = event.inputs.some((input) => !input.name);
  return ({ topics, data }) => {
    if (topics[0] !== topic || topics.length <= indexed || data.length < dataLength) return undefined;
    const args: Record<string | number, unknown> = unnamed ? ([] as unknown as Record<number, unknown>) : {};
    for (const field of fields) {
      const text = field.topic === undefined ? data : (topics[field.topic] as string);
      const value = field.read(text, field.at);
      if (value === undefined) return undefined;
      args[field.key] = value;
    }
    return args;
  };
}

function decodeByViem(event: AbiEvent): (log: EncodedLog) => unknown {
  const abi = [event];
  return ({ topics, data }) => {
    try {
      const { args } = decodeEventLog({ abi, data, topics: topics as [Hex, ...Hex[]], strict: true });
      return allFit(event, args ?? {}) ? lowerArgs(event, args ?? {}) : undefined;
    } catch {
      // viem throws on every kind of log that is not the event's; which one it was does not matter to a caller.
      return undefined;
    }
  };
}

function allFit(event: AbiEvent, args: object): boolean {
  return event.inputs.every((input, index) => {
    const key = Array.isArray(args) ? index : (input.name as string);
    return fits(input, (args as Record<string | number, unknown>)[key]);
  });
}

/** Whether every integer in a decoded value is within its type. */
function fits(parameter: AbiParameter, value: unknown): boolean {
  const array = /^(.*)\[\d*\]$/.exec(parameter.type);
  if (array) {
    const item = { ...parameter, type: array[1] as string };
    // An indexed array is a hash.
    return !Array.isArray(value) || value.every((element) => fits(item, element));
  }
  if (typeof value === 'bigint' || typeof value === 'number') {
    const [, unsigned, bits] = /^(u?)int(\d*)$/.exec(parameter.type) ?? [];
    if (unsigned === undefined) return true;
    const wrap = unsigned === 'u' ? BigInt.asUintN : BigInt.asIntN;
    return wrap(Number(bits) || 256, BigInt(value)) === BigInt(value);
  }
  if (parameter.type !== 'tuple' || !('components' in parameter) || typeof value === 'string') return true;
  return (parameter.components as readonly AbiParameter[]).every((component, index) =>
    fits(
      component,
      (value as Record<string, unknown>)[Array.isArray(value) ? index : (component.name ?? '')],
    ),
  );
}

function lowerArgs(event: AbiEvent, args: object): object {
  const unnamed = Array.isArray(args);
  const entries = event.inputs.map((input, index) => {
    const key = unnamed ? index : (input.name as string);
    const value = (args as Record<string | number, unknown>)[key];
    const hashed = input.indexed && readerOf(input.type) === undefined;
    return [key, hashed ? value : lowerAddresses(input, value)] as const;
  });
  return unnamed ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

function lowerAddresses(parameter: AbiParameter, value: unknown): unknown {
  const array = /^(.*)\[\d*\]$/.exec(parameter.type);
  if (array) {
    const item = { ...parameter, type: array[1] as string };
    return (value as unknown[]).map((element) => lowerAddresses(item, element));
  }
  if (parameter.type === 'address') return (value as string).toLowerCase();
  if (parameter.type !== 'tuple' || !('components' in parameter)) return value;
  const components = parameter.components as readonly AbiParameter[];
  if (Array.isArray(value))
    return value.map((item, index) => lowerAddresses(components[index] as AbiParameter, item));
  const named = components.map(
    (component) =>
      [
        component.name,
        lowerAddresses(component, (value as Record<string, unknown>)[component.name ?? '']),
      ] as const,
  );
  return Object.fromEntries(named);
}

function readerOf(type: string): Read | undefined {
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

function readUint(text: string, at: number): bigint {
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

function readHash(text: string): string {
  return text;
}

function bytesReader(size: number): Read {
  return (text, at) => `0x${text.slice(at, at + 2 * size).toLowerCase()}`;
}
