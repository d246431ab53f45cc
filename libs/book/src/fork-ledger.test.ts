import type { Fact } from '@undertow/market';
import fc from 'fast-check';
import { applyFacts } from './apply-facts.ts';
import { factsOfAllKinds, worldOfAllKinds } from './fixtures/facts-of-all-kinds.ts';
import { wholeText } from './fixtures/whole-text.ts';
import { forkLedger } from './fork-ledger.ts';
import { isFoldedBy, foldedBy, LedgerOfParts, ledgerParts } from './ledger-parts.ts';
import { emptyLedger, type Ledger } from './ledger.ts';

const count = factsOfAllKinds.length;
const folded = (facts: readonly Fact[]): Ledger => {
  const ledger = emptyLedger(worldOfAllKinds);
  applyFacts(ledger, facts);
  return ledger;
};
/** All that a ledger says, the order of its maps included, but not what it shares. */
const textOf = ({ own: _own, ...ledger }: Ledger) => wholeText(ledger);

test('forks at any moments go on as ledgers of their own, whichever is folded on and in whatever turns', () => {
  const turns = fc.array(fc.record({ from: fc.nat(9), facts: fc.nat(12), isFork: fc.boolean() }), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(turns, (some) => {
      const branches = [{ ledger: emptyLedger(worldOfAllKinds), upTo: 0 }];
      for (const { from, facts, isFork } of some) {
        const branch = branches[from % branches.length]!;
        if (isFork) {
          branches.push({ ledger: forkLedger(branch.ledger), upTo: branch.upTo });
          continue;
        }
        const upTo = Math.min(count, branch.upTo + facts);
        applyFacts(branch.ledger, factsOfAllKinds.slice(branch.upTo, upTo));
        branch.upTo = upTo;
      }
      for (const { ledger, upTo } of branches)
        expect(textOf(ledger)).toBe(textOf(folded(factsOfAllKinds.slice(0, upTo))));
    }),
    { numRuns: 60 },
  );
});

test('a ledger taken into parts of any size and copied is put together as it was, and folds on the same', () => {
  fc.assert(
    fc.property(fc.nat(count), fc.integer({ min: 1, max: 5 }), (upTo, size) => {
      const before = folded(factsOfAllKinds.slice(0, upTo));
      const parts = new LedgerOfParts();
      for (const part of ledgerParts(before, size)) parts.add(structuredClone(part));
      const after = parts.ledger(worldOfAllKinds)!;
      expect(textOf(after)).toBe(textOf(before));
      for (const ledger of [before, after]) applyFacts(ledger, factsOfAllKinds.slice(upTo));
      expect(textOf(after)).toBe(textOf(before));
    }),
    { numRuns: 40 },
  );
});

test('a ledger is not put together when its venues turn out to accrue in another way', () => {
  const parts = () => {
    const all = new LedgerOfParts();
    for (const part of ledgerParts(folded(factsOfAllKinds))) all.add(structuredClone(part));
    return all;
  };
  const others = worldOfAllKinds.venues.map((venue) =>
    venue.id === 'aave-old' ? { ...venue, version: '3.0' } : venue,
  );
  expect(parts().ledger({ ...worldOfAllKinds, venues: others })).toBeUndefined();
  // A venue of which nothing was folded, and names, change nothing.
  const more = [...worldOfAllKinds.venues, { ...worldOfAllKinds.venues[0]!, id: 'new' }];
  const assets = worldOfAllKinds.assets.map((asset) => ({ ...asset, symbol: 'X' }));
  expect(parts().ledger({ ...worldOfAllKinds, venues: more, assets })).toBeDefined();
});

test('a venue that is new to a ledger does not change what it was folded by', () => {
  const ledger = folded(factsOfAllKinds.slice(0, 5));
  const by = foldedBy(ledger);
  applyFacts(ledger, factsOfAllKinds.slice(5));
  expect(isFoldedBy(ledger, by)).toBe(true);
});

test('accounts without what they are accounts of are refused', () => {
  expect(() => new LedgerOfParts().add({ venue: 'aave', packed: { markets: [], accounts: [] } })).toThrow(
    /come before/,
  );
  expect(new LedgerOfParts().ledger(worldOfAllKinds)).toBeUndefined();
});
