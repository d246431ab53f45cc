import fc from 'fast-check';
import type { Hex } from '@undertow/market';
import { findAncestor, nextStep } from './reorg.ts';
import type { KnownBlock } from './reorg.ts';

const hash = (fork: string, block: number): Hex => `0x${fork}${block.toString(16)}`;

/** Searches with a chain that has the stored blocks below `fork`, others from there on, and ends at `head`. */
function search(stored: readonly KnownBlock[], fork: number, head: number) {
  const known = new Map<number, Hex | undefined>();
  for (let rounds = 0; ; rounds++) {
    const step = findAncestor(stored, known);
    if (step.kind === 'found') return { ancestor: step.ancestor, rounds, asked: known.size };
    for (const block of step.blocks) {
      if (known.has(block)) throw new Error(`block ${block} is asked for twice`);
      known.set(block, block > head ? undefined : hash(block < fork ? 'a' : 'b', block));
    }
  }
}

const sparse = fc
  .uniqueArray(fc.nat(100_000), { maxLength: 400 })
  .map((blocks) =>
    blocks.sort((a, b) => a - b).map((block): KnownBlock => ({ number: block, hash: hash('a', block) })),
  );

describe('findAncestor', () => {
  it('needs one question when nothing has changed', () => {
    const stored = Array.from({ length: 1_000 }, (_, block) => ({ number: block, hash: hash('a', block) }));
    expect(search(stored, Infinity, 5_000)).toEqual({ ancestor: stored[999], rounds: 1, asked: 8 });
  });

  it('finds nothing in an empty store, without asking', () => {
    expect(search([], 5, 10)).toEqual({ ancestor: undefined, rounds: 0, asked: 0 });
  });

  it('finds the last stored block below the fork, in few rounds', () => {
    fc.assert(
      fc.property(sparse, fc.nat(110_000), fc.nat(110_000), (stored, fork, head) => {
        const found = search(stored, fork, head);
        expect(found.ancestor).toEqual(stored.findLast(({ number }) => number < fork && number <= head));
        expect(found.rounds).toBeLessThanOrEqual(6);
      }),
      { numRuns: 500 },
    );
  });
});

describe('nextStep', () => {
  const at = (block: number): KnownBlock => ({ number: block, hash: hash('a', block) });
  const base = { head: 120, startBlock: 10, finalityDepth: 12 };

  const same = (block: number) => ({ top: at(block), compared: at(block), ancestor: at(block) });

  it('starts at the start block, once it is there', () => {
    const empty = { top: undefined, compared: undefined, ancestor: undefined };
    expect(nextStep({ ...base, ...empty })).toEqual({ kind: 'extend', from: 10 });
    expect(nextStep({ ...base, ...empty, head: 9 })).toEqual({ kind: 'wait' });
  });

  it('extends what is still on the chain, and waits when there is no more', () => {
    expect(nextStep({ ...base, ...same(100) })).toEqual({ kind: 'extend', from: 101 });
    expect(nextStep({ ...base, ...same(120) })).toEqual({ kind: 'wait' });
  });

  it('waits for a chain that is only shorter, and notices one that is shorter and other', () => {
    const shorter = { ...base, head: 98, top: at(100), compared: at(98) };
    expect(nextStep({ ...shorter, ancestor: at(98) })).toEqual({ kind: 'wait' });
    expect(nextStep({ ...shorter, ancestor: at(95) })).toEqual({ kind: 'reorg', ancestor: at(95), depth: 5 });
    expect(nextStep({ ...shorter, compared: undefined, ancestor: undefined })).toEqual({ kind: 'wait' });
  });

  it('tells a reorg from a deep one by the finality depth', () => {
    const gone = (ancestor: number) => nextStep({ ...base, ...same(100), ancestor: at(ancestor) });
    expect(gone(88)).toEqual({ kind: 'reorg', ancestor: at(88), depth: 12 });
    expect(gone(87)).toMatchObject({ kind: 'deep-reorg', depth: 13 });
  });

  it('calls a chain foreign that has nothing of what is stored', () => {
    expect(nextStep({ ...base, ...same(100), ancestor: undefined })).toEqual({ kind: 'foreign' });
  });
});
