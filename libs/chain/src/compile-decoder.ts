import type { Hex } from '@undertow/market';
import { decodeEventLog, toEventSelector } from 'viem/utils';
import type { AbiEvent, AbiParameter, DecodeEventLogReturnType } from 'viem';
import { readerOf, readUint, WORD } from './word-readers.ts';
import type { Read } from './word-readers.ts';

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
 * Expects hexadecimal input with whole topics, which `openRpc` checks. Lists (`T[]`) of values of a fixed size are read where
 * compilers put them: one after the other, behind the plain values. Lists that stand elsewhere, and events with other values of
 * no fixed size (`string`, `bytes`, arrays of a given length) that are not indexed, go through viem itself, which is
 * many times slower.
 */
export function compileDecoder<const Event extends AbiEvent>(event: Event): EventDecoder<Event> {
  const topic = eventTopic(event);
  const fields = layOut(event);
  const decode = fields ? decodeByLayout(topic, fields, event) : decodeByViem(event);
  return decode as EventDecoder<Event>;
}

interface Field {
  readonly key: string | number;
  /** Position among the topics; absent when the word is in the data. */
  readonly topic?: number;
  /** Offset of the word in the text of its topic or of the data. */
  readonly at: number;
  readonly slot: Slot;
  /** Whether the word says where a list of such values stands. */
  readonly isList?: boolean;
}

/** A value of a fixed number of words. */
interface Slot {
  readonly words: number;
  readonly read: Read;
}

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
    const read = readerOf(input.type) ?? readHash;
    fields.push({ key, topic: fields.length + 1, at: PREFIX, slot: { words: 1, read } });
  }
  let at = PREFIX;
  for (const { input, key } of inputs.filter(({ input }) => !input.indexed)) {
    const isList = input.type.endsWith('[]');
    const slot = slotOf(isList ? { ...input, type: input.type.slice(0, -2) } : input);
    if (slot === undefined) return undefined;
    fields.push({ key, at, slot, isList });
    at += WORD * (isList ? 1 : slot.words);
  }
  return fields;
}

/** A plain value, or a tuple of named ones, which stand one after the other. */
function slotOf(parameter: AbiParameter): Slot | undefined {
  if (parameter.type !== 'tuple' || !('components' in parameter)) {
    const read = readerOf(parameter.type);
    return read && { words: 1, read };
  }
  if (parameter.components.length === 0) return undefined;
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
  const plain = fields.filter((field) => field.topic === undefined);
  const words = plain.reduce((sum, { slot, isList }) => sum + (isList ? 1 : slot.words), 0);
  const dataLength = PREFIX + WORD * words;
  const unnamed = event.inputs.some((input) => !input.name);
  const readAnywhere = decodeByViem(event);
  return (log) => {
    const { topics, data } = log;
    if (topics[0] !== topic || topics.length <= indexed || data.length < dataLength) return undefined;
    const args: Record<string | number, unknown> = unnamed ? ([] as unknown as Record<number, unknown>) : {};
    let end = dataLength;
    for (const { key, topic, at, slot, isList } of fields) {
      const text = topic === undefined ? data : (topics[topic] as string);
      if (isList) {
        const list = readList(text, { at, start: end, slot });
        if (list === undefined) return readAnywhere(log);
        args[key] = list;
        end += WORD * (1 + list.length * slot.words);
        continue;
      }
      const value = slot.read(text, at);
      if (value === undefined) return undefined;
      args[key] = value;
    }
    return args;
  };
}

interface ListPlace {
  /** Offset of the word that says where the list stands. */
  readonly at: number;
  /** Offset where it is looked for: its length, and behind that its values. */
  readonly start: number;
  readonly slot: Slot;
}

/** The values of a list; undefined when it stands elsewhere, is cut, or holds what its type does not allow. */
function readList(text: string, { at, start, slot }: ListPlace): unknown[] | undefined {
  if (readUint(text, at) !== BigInt((start - PREFIX) / 2) || text.length < start + WORD) return undefined;
  const length = Number(readUint(text, start));
  const first = start + WORD;
  if (length > (text.length - first) / (WORD * slot.words)) return undefined;
  const list: unknown[] = [];
  for (let i = 0; i < length; i++) {
    const value = slot.read(text, first + i * WORD * slot.words);
    if (value === undefined) return undefined;
    list.push(value);
  }
  return list;
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

function readHash(text: string): string {
  return text;
}
