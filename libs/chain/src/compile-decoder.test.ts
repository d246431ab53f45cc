import fc from 'fast-check';
import { decodeEventLog, encodeAbiParameters, encodeEventTopics, parseAbiItem } from 'viem';
import type { AbiEvent, AbiParameter } from 'viem';
import type { Hex } from '@undertow/market';
import { compileDecoder, eventTopic } from './compile-decoder.ts';

type Log = { topics: Hex[]; data: Hex };
type Input = AbiParameter & { indexed: boolean };

/** Every address of a viem result in lower case; viem's checksums tell addresses from other text by their shape. */
function lower(value: unknown): unknown {
  if (typeof value === 'string') return /^0x[0-9a-fA-F]{40}$/.test(value) ? value.toLowerCase() : value;
  if (Array.isArray(value)) return value.map(lower);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, lower(item)]));
}

function viem(event: AbiEvent, log: Log): unknown {
  try {
    const { args } = decodeEventLog({
      abi: [event],
      data: log.data,
      topics: log.topics as [Hex],
      strict: true,
    });
    return lower(args ?? {});
  } catch {
    return undefined;
  }
}

/** Whether viem would encode what it decoded: it refuses integers beyond their type, which it decodes. */
function canBeSaid(event: AbiEvent, args: unknown): boolean {
  const inputs = event.inputs as readonly Input[];
  const values = inputs.map(({ name }, i) => (args as Record<string | number, unknown>)[name || i]);
  const said = inputs.map((input, i) => [input, values[i]] as const);
  const unhashed = said.filter(([{ indexed, type }]) => !indexed || !/^(string|bytes)$/.test(type));
  try {
    encodeAbiParameters(
      unhashed.map(([input]) => input),
      unhashed.map(([, value]) => value),
    );
    return true;
  } catch {
    return false;
  }
}

const hex = (bytes: number) =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((b) => `0x${Buffer.from(b).toString('hex')}` as Hex);
const wordHex = hex(32);
const sizes = fc.integer({ min: 1, max: 32 });
const intOf = (bits: number, signed: boolean) =>
  signed
    ? fc.bigInt(-(2n ** BigInt(bits - 1)), 2n ** BigInt(bits - 1) - 1n)
    : fc.bigInt(0n, 2n ** BigInt(bits) - 1n);

interface Typed {
  readonly type: string;
  readonly components?: readonly AbiParameter[];
  readonly value: fc.Arbitrary<unknown>;
}
const plain: fc.Arbitrary<Typed> = fc.oneof(
  fc.constant({ type: 'address', value: hex(20) }),
  fc.constant({ type: 'bool', value: fc.boolean() }),
  sizes.map((n) => ({ type: `bytes${n}`, value: hex(n) })),
  fc.tuple(sizes, fc.boolean()).map(([n, signed]) => ({
    type: `${signed ? '' : 'u'}int${n * 8}`,
    value: intOf(n * 8, signed).map((value) => (n * 8 <= 48 ? Number(value) : value)),
  })),
);
const complex: fc.Arbitrary<Typed> = fc.oneof(
  fc.constant({ type: 'string', value: fc.string({ unit: 'grapheme' }) }),
  fc.constant({ type: 'bytes', value: fc.nat(70).chain(hex) }),
  plain.map(({ type, value }) => ({ type: `${type}[]`, value: fc.array(value, { maxLength: 3 }) })),
  plain.map(({ type, value }) => ({
    type: `${type}[2]`,
    value: fc.array(value, { minLength: 2, maxLength: 2 }),
  })),
  fc.tuple(plain, plain).map(([a, b]) => ({
    type: 'tuple',
    components: [
      { name: 'a', type: a.type },
      { name: 'b', type: b.type },
    ],
    value: fc.record({ a: a.value, b: b.value }),
  })),
  fc.tuple(plain, plain).map(([a, b]) => ({
    type: 'tuple[]',
    components: [
      { name: 'a', type: a.type },
      { name: 'b', type: b.type },
    ],
    value: fc.array(fc.record({ a: a.value, b: b.value }), { maxLength: 3 }),
  })),
);

/** An event with up to three indexed inputs, and one log of it. */
const eventAndLog = (types: fc.Arbitrary<Typed>) =>
  fc
    .tuple(fc.array(fc.tuple(types, fc.boolean()), { maxLength: 7 }), fc.boolean())
    .chain(([columns, named]) => {
      let indexed = 0;
      const inputs: Input[] = columns.map(([{ type, components }, wish], index) => ({
        name: named ? `arg${index}` : '',
        type,
        ...(components ? { components } : {}),
        indexed: wish && !components && !type.includes('[') && ++indexed <= 3,
      }));
      const event = { type: 'event', name: 'Said', inputs } as AbiEvent;
      return fc
        .tuple(...columns.map(([{ value }]) => value))
        .map((values) => ({ event, log: encode(event, inputs, values as unknown[]) }));
    });

function encode(event: AbiEvent, inputs: readonly Input[], values: readonly unknown[]): Log {
  const pick = (indexed: boolean) =>
    inputs.map((input, i) => [input, values[i]] as const).filter(([i]) => i.indexed === indexed);
  const args = pick(true).map(([, value]) => value);
  const named = inputs.filter((i) => i.indexed).map((input, i) => ({ ...input, name: `x${i}` }));
  const topics = encodeEventTopics({
    abi: [{ ...event, inputs: [...named, ...inputs.filter((i) => !i.indexed)] } as AbiEvent],
    args: Object.fromEntries(args.map((value, i) => [`x${i}`, value])) as never,
  }) as Hex[];
  const body = pick(false);
  const data =
    body.length > 0
      ? encodeAbiParameters(
          body.map(([input]) => input),
          body.map(([, v]) => v),
        )
      : '0x';
  return { topics: [eventTopic(event), ...topics.slice(1)], data };
}

describe('compileDecoder', () => {
  it('gives named arguments, addresses in lower case', () => {
    const event = parseAbiItem(
      'event Moved(address indexed from, uint256 amount, int24 tick, bool up, bytes4 tag)',
    );
    const from = '0x' + '0'.repeat(24) + 'Ab'.repeat(20);
    const data = encodeAbiParameters(
      [{ type: 'uint256' }, { type: 'int24' }, { type: 'bool' }, { type: 'bytes4' }],
      [10n ** 30n, -887220, true, '0xdeadbeef'],
    );
    const args = compileDecoder(event)({ topics: [eventTopic(event), from as Hex], data });
    expect(args).toEqual({
      from: '0x' + 'ab'.repeat(20),
      amount: 10n ** 30n,
      tick: -887220,
      up: true,
      tag: '0xdeadbeef',
    });
  });

  it.each([
    ['plain values', plain],
    ['any values', fc.oneof(plain, complex)],
  ])('equals viem for random events of %s', (_name, types) => {
    fc.assert(
      fc.property(eventAndLog(types), ({ event, log }) => {
        const expected = viem(event, log);
        expect(expected).toBeDefined();
        expect(compileDecoder(event)(log)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('equals viem, failure for failure, when words are dirty, cut, missing or too many', () => {
    const damage = fc.record({
      word: wordHex,
      at: fc.nat(8),
      cut: fc.nat(80),
      topic: fc.integer({ min: 0, max: 4 }),
    });
    const kinds = fc.constantFrom('dirty word', 'dirty topic', 'cut data', 'more data', 'topics');
    fc.assert(
      fc.property(
        eventAndLog(fc.oneof({ weight: 5, arbitrary: plain }, complex)),
        damage,
        kinds,
        ({ event, log }, d, kind) => {
          const topics = [...log.topics];
          let data = log.data;
          const at = 2 + 64 * d.at;
          if (kind === 'dirty word' && data.length >= at + 64)
            data = `0x${data.slice(2, at)}${d.word.slice(2)}${data.slice(at + 64)}`;
          if (kind === 'dirty topic' && topics[d.topic]) topics[d.topic] = d.word;
          if (kind === 'cut data') data = data.slice(0, Math.max(2, data.length - 2 * d.cut)) as Hex;
          if (kind === 'more data') data = `${data}${d.word.slice(2)}`;
          if (kind === 'topics')
            topics.splice(d.topic, 1 + (d.at % 2), ...(d.at > 5 ? [d.word, d.word, d.word] : []));
          const ours = compileDecoder(event)({ topics, data });
          // Only viem takes data that ends within the padding of a last bytesN; an array or string goes through viem.
          const inPadding = kind === 'cut data' && ours === undefined && data.length % 64 !== 2;
          const theirs = viem(event, { topics, data });
          const refused = theirs !== undefined && !canBeSaid(event, theirs);
          if (!inPadding) expect(ours).toEqual(refused ? undefined : theirs);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('reads lists that stand where no compiler puts them, as viem does', () => {
    const event = parseAbiItem('event E(uint8[] small, (address who, int256 much)[] pairs)');
    const word = (n: number | bigint) => n.toString(16).padStart(64, '0');
    const log = (...words: (number | bigint)[]) =>
      ({ topics: [eventTopic(event)], data: `0x${words.map(word).join('')}` }) as Log;
    const decode = compileDecoder(event);
    const pairs = [{ who: '0x' + '0'.repeat(38) + '07', much: 9n }];
    const inOrder = log(64, 128, 1, 5, 1, 7, 9);
    expect(decode(inOrder)).toEqual({ small: [5], pairs });
    expect(decode(log(160, 64, 1, 7, 9, 1, 5))).toEqual({ small: [5], pairs });
    const logs = [
      ...[inOrder, log(64, 64, 1, 5, 6), log(64, 96, 0, 1, 7, 9), log(64, 160, 1, 5, 0, 1, 7, 9)],
      ...[log(64, 128, 1, 256, 1, 7, 9), log(64, 128, 2n ** 255n, 5, 1, 7, 9), log(64, 128, 1, 5, 2, 7, 9)],
      ...[log(64, 2n ** 200n, 1, 5), log(64, 128, 1), log(64, 96), log(0, 0), log(64, 128, 1, 5, 1, 7, 9, 1)],
    ];
    for (const each of logs) {
      const theirs = viem(event, each);
      const fits = theirs === undefined || canBeSaid(event, theirs);
      expect(decode(each)).toEqual(fits ? theirs : undefined);
    }
  });

  it('reads dirty high bits of an address as viem does, and refuses an integer beyond its type', () => {
    const event = parseAbiItem('event E(address who, bool yes, uint8 small, uint64 big)');
    const words = (who: string, yes: string, small: string, big: string) =>
      ({
        topics: [eventTopic(event)],
        data: `0x${[who, yes, small, big].map((w) => w.padStart(64, '0')).join('')}`,
      }) as Log;
    const decode = compileDecoder(event);
    const good = words('f'.repeat(64), '1', 'ff', 'f'.repeat(16));
    expect(decode(good)).toEqual({ who: '0x' + 'f'.repeat(40), yes: true, small: 255, big: 2n ** 64n - 1n });
    expect(decode({ ...good, data: good.data.slice(0, -2) as Hex })).toBeUndefined();
    expect(decode({ ...good, topics: [] })).toBeUndefined();
    expect(decode(words('1', '2', '1', '1'))).toBeUndefined();
    expect(decode(words('1', '1', '100', '1'))).toBeUndefined();
    expect(decode(words('1', '1', 'f'.repeat(64), '1'))).toBeUndefined();
    expect(decode(words('1', '1', '1', '1' + '0'.repeat(16)))).toBeUndefined();
  });
});
