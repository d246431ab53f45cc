import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { addReference, applyFacts, emptyLedger, toBook } from '@undertow/book';
import type { CallReader, LogSource, RawLog } from '@undertow/chain';
import type { Address, Fact, Hex, Reference } from '@undertow/market';
import { openOracle } from '@undertow/oracles';
import { ConfigError } from '@undertow/units';
import { openVenue } from '@undertow/venues';
import fc from 'fast-check';
import { checkBook } from '../../book/src/check/check-book.ts';
import { rowLine } from '../../store/src/facts/copy-rows.ts';
import { factTable } from '../../store/src/facts/fact-tables.ts';
import { guardSource } from './guard-source.ts';
import { ADAPTERS, type Deployment } from './index.ts';

/** What `fixtures/example.ts` of every adapter's folder says. */
interface Example {
  readonly deployment: Deployment;
  /** Facts that make a source know every kind of contract that it watches. */
  readonly known: readonly Fact[];
  readonly reference: Partial<Reference>;
}

const LIBS = join(import.meta.dirname, '../..');
const folders = ['venues', 'oracles'].flatMap((lib) =>
  readdirSync(join(LIBS, lib, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, lib, file: join(LIBS, lib, 'src', name, 'fixtures/example.ts') })),
);
const examples = await Promise.all(
  folders
    .filter(({ file }) => existsSync(file))
    .map(async ({ name, lib, file }) => ({ name, lib, example: (await import(file)) as Example })),
);

/** The source as its own folder makes it, without the guard that `openSource` puts round it. */
function bareSource(lib: string, { deployment, known }: Example): LogSource {
  const source = lib === 'venues' ? openVenue(deployment as never) : openOracle(deployment as never);
  source.restore?.(known);
  return source;
}

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
/** Mostly words that fit each other from log to log, so that some noise adds up to accounts. */
const word = fc.oneof(
  fc.uint8Array({ minLength: 32, maxLength: 32 }).map(hexOf),
  fc.nat(300).map((n) => padded(BigInt(n))),
  fc.constantFrom(0n, 1n, 2n, 31n, 32n, 64n, 96n, 2n ** 255n, 2n ** 256n - 1n).map(padded),
  { weight: 2, arbitrary: fc.constantFrom(0xb0n, 10n ** 18n, 10n ** 30n).map(padded) },
  { weight: 2, arbitrary: fc.constant('cd'.repeat(32)) },
);
function padded(value: bigint): string {
  return value.toString(16).padStart(64, '0');
}

/** What all examples know of tokens, feeds, pools and venues, and prices: so that what a log says gets as far as a book. */
const reference: Reference = {
  venues: examples.flatMap(({ example }) => example.reference.venues ?? []),
  assets: examples.flatMap(({ example }) => example.reference.assets ?? []),
  feeds: examples.flatMap(({ example }) => example.reference.feeds ?? []),
  pools: examples.flatMap(({ example }) => example.reference.pools ?? []),
};
const allKnown = examples.flatMap(({ example }) => example.known);
const pricesKnown = [0xa1, 0xa3, 0xb2, 0xb3, 0xb4].map((feed): Fact => {
  const key = { chainId: 1, block: 0, logIndex: 0, part: 0, time: 0 };
  const id = `0x${feed.toString(16).padStart(40, '0')}`;
  return { ...key, kind: 'PricePosted', feed: id, answer: 10n ** 8n, round: 1n, updatedAt: 0 };
});
/** Keys anew, in the order given. */
const renumbered = (fact: Fact, part: number): Fact => ({ ...fact, block: 1, logIndex: 0, part });

interface Noise {
  readonly place: number;
  readonly topics: readonly string[];
  readonly words: readonly string[];
  /** Bytes cut off the end. */
  readonly cut: number;
}
const noise: fc.Arbitrary<Noise> = fc.record({
  place: fc.nat(),
  topics: fc.array(word, { maxLength: 4 }),
  words: fc.array(word, { maxLength: 14 }),
  cut: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(40)),
});

/** A contract that a source watches and a first topic. */
interface Place {
  readonly address: Address;
  readonly topic: Hex;
}

function logOf({ address, topic }: Place, said: Noise, n: number): RawLog {
  const data = said.words.join('');
  return {
    ...{ chainId: 1, address, topics: [topic, ...said.topics.map((one): Hex => `0x${one}`)] },
    data: `0x${data.slice(0, Math.max(0, data.length - 2 * said.cut))}`,
    ...{ block: 10 + n, blockHash: `0x${'ee'.repeat(32)}`, time: 1_700_000_000 + 12 * n, logIndex: 3 },
  };
}

/** Where a source says something of what it gets, found by trying every topic at every contract. */
function placesOf(lib: string, example: Example): readonly Place[] {
  const source = bareSource(lib, example);
  const all = source.addresses().flatMap((address) => source.topics.map((topic) => ({ address, topic })));
  const whole = [1n, 2n ** 255n, 0xb0n].map((value) => Array.from({ length: 14 }, () => padded(value)));
  return all.filter((place) =>
    whole.some((words) => {
      const said = { place: 0, topics: words.slice(0, 3), words, cut: 0 };
      return bareSource(lib, example).decode(logOf(place, said, 0)).facts.length > 0;
    }),
  );
}

/** Accounts that noise became, in all books made of it. */
let accounts = 0;

// A venue that is not modelled yet wants no logs.
const speaking = examples.filter(({ lib, example }) => bareSource(lib, example).topics.length > 0);

describe.each(speaking)('malformed logs of $name', ({ lib, example }) => {
  const places = placesOf(lib, example);
  const at = (said: Noise, n: number) => logOf(places[said.place % places.length] as Place, said, n);

  it('never throw, and what they say can be stored, folded and made a book of', () => {
    fc.assert(
      fc.property(fc.array(noise, { minLength: 1, maxLength: 25 }), (logs) => {
        const source = bareSource(lib, example);
        const facts = logs.flatMap((said, n) => source.decode(at(said, n)).facts);
        for (const fact of facts) {
          expect(rowLine(factTable(fact.kind), fact)).toMatch(/\n$/);
          if (fact.kind === 'Quarantined') expect(fact.reason.length).toBeGreaterThan(10);
        }
        const ledger = emptyLedger(reference);
        applyFacts(ledger, [...pricesKnown, ...allKnown, ...facts].map(renumbered));
        const book = toBook(ledger, {});
        checkBook(book);
        accounts += book.accounts.count;
      }),
      { numRuns: 300 },
    );
  });

  it('are quarantined with a reason when nothing is left of them', () => {
    expect(places.length).toBeGreaterThan(0);
    for (const { address, topic } of places) {
      const empty = logOf({ address, topic }, { place: 0, topics: [], words: [], cut: 0 }, 0);
      const source = bareSource(lib, example);
      const { facts } = source.decode(empty);
      expect(facts.length).toBeGreaterThan(0);
      for (const fact of facts)
        expect(fact).toMatchObject({ kind: 'Quarantined', source: source.id, topics: [topic] });
    }
  });

  it('cost nothing but a ConfigError when what they name does not answer', async () => {
    const bytes = fc.uint8Array({ maxLength: 400 }).map((some): Hex => `0x${hexOf(some)}`);
    const answer = fc.option(
      fc.oneof(
        bytes,
        word.map((one): Hex => `0x${one}`),
      ),
      { nil: undefined },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(noise, { minLength: 1, maxLength: 10 }),
        fc.infiniteStream(answer),
        async (logs, answers) => {
          const source = bareSource(lib, example);
          const reader: CallReader = { calls: async (calls) => calls.map(() => answers.next().value) };
          const facts = logs.flatMap((said, n) => source.decode(at(said, n)).facts);
          try {
            const more = await source.enrich(facts, reader, 100);
            for (const fact of more.facts) expect(rowLine(factTable(fact.kind), fact)).toMatch(/\n$/);
            addReference(emptyLedger(), more.reference);
          } catch (error) {
            expect(error).toBeInstanceOf(ConfigError);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

it('are tried on every adapter, and got as far as accounts', () => {
  expect(accounts).toBeGreaterThan(10);
  expect(examples.map(({ name }) => name).sort()).toEqual([...ADAPTERS].sort());
  expect(examples.map(({ example }) => example.deployment.adapter)).toEqual(examples.map(({ name }) => name));
});

it('of a loss that the lenders of a pair cannot bear changes nothing', () => {
  // Seed -1621507451 of the property above came to it: a supply of -1, and a division by -1 + 1 when interest is added.
  const { lib, example } = examples.find(({ name }) => name === 'morpho-blue')!;
  const source = bareSource(lib, example);
  // `Liquidate(bytes32,address,address,uint256,uint256,uint256,uint256,uint256)` of the market that is known.
  const topic = '0xa4946ede45d0c6f06a0f5ce92c9ad3b4751452d2fe0e25010783bcab57a67e41';
  const said: Noise = {
    ...{ place: 0, cut: 0, topics: ['cd'.repeat(32), padded(0n), padded(0xb0n)] },
    // Repaid, its shares, seized, bad debt, its shares.
    words: ['cd'.repeat(32), ...[0n, 0n, 1n, 0xb0n].map(padded)],
  };
  const { facts } = source.decode(logOf({ address: source.addresses()[0] as Address, topic }, said, 0));
  expect(facts.map(({ kind }) => kind)).toContain('Liquidated');
  const ledger = emptyLedger(reference);
  applyFacts(ledger, [...pricesKnown, ...allKnown, ...facts].map(renumbered));
  const bookOf = (time: number) => toBook(ledger, { time });
  expect(() => checkBook(bookOf(1_700_000_012))).not.toThrow();
  expect([...(ledger.quarantined.get(source.id) ?? [])]).toEqual([
    ['an amount beyond 128 bits, which its contracts cannot hold', 1],
    ['more is taken out of a market than is in it', 1],
  ]);
});

it('that a decoder fails on are quarantined by the guard', () => {
  const { lib, example } = examples[0]!;
  const bare = bareSource(lib, example);
  const source = guardSource({
    ...bare,
    decode: () => {
      throw new TypeError('x is undefined');
    },
  });
  const place = { address: bare.addresses()[0] as Address, topic: bare.topics[0] as Hex };
  const log = logOf(place, { place: 0, topics: [], words: [], cut: 0 }, 0);
  expect(source.decode(log).facts).toEqual([
    {
      ...{ chainId: 1, block: 10, logIndex: 3, part: 0, time: 1_700_000_000, kind: 'Quarantined' },
      source: bare.id,
      reason: `a log of ${log.address} cannot be decoded: x is undefined`,
      ...{ topics: log.topics, data: '0x' },
    },
  ]);
});
