import { holderOf } from '@undertow/market';
import type { Address, Fact } from '@undertow/market';

/**
 * Joins what a source tells of a block when its owners are read batch by batch: gives the facts of each batch that no
 * batch before it has told. A source tells in every batch again what is of no owner (terms, totals, funds), and of some
 * owners that it was not asked for (an insurance fund that has an account, positions that a contract lists by itself).
 * It tells them in the same words, because all batches read the same block.
 */
export function toldOnce(): (facts: readonly Fact[], owners: readonly Address[]) => readonly Fact[] {
  const asked = new Set<Address>();
  const told = new Set<string>();
  return (facts, owners) => {
    const fresh = facts.filter((fact) => {
      const owner = holderOf(fact)?.owner;
      return (owner === undefined || !asked.has(owner)) && !told.has(textOf(fact));
    });
    for (const owner of owners) asked.add(owner);
    for (const fact of fresh) {
      const owner = holderOf(fact)?.owner;
      if (owner === undefined || !asked.has(owner)) told.add(textOf(fact));
    }
    return fresh;
  };
}

/** All that a fact says. Its part is its place among the facts of the batch. */
function textOf({ part: _part, ...fact }: Fact): string {
  return JSON.stringify(fact, (_name, value) => (typeof value === 'bigint' ? `${value}n` : value));
}
