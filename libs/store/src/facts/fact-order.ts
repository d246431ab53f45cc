import { compareFactKeys } from '@undertow/market';
import type { Fact } from '@undertow/market';
import { factTable } from './fact-tables.ts';

/** The facts in order, each once. Two different facts with one key are a bug of whoever made them. */
export function inFactOrder(facts: readonly Fact[]): readonly Fact[] {
  const sorted = [...facts].sort(compareFactKeys);
  let kept = 0;
  for (const fact of sorted) {
    const previous = sorted[kept - 1];
    if (previous && compareFactKeys(previous, fact) === 0) {
      if (rowText(previous) === rowText(fact)) continue;
      const key = `chain ${fact.chainId}, block ${fact.block}, log ${fact.logIndex}, part ${fact.part}`;
      throw new Error(`bug: two different facts have the key ${key}: a ${previous.kind} and a ${fact.kind}`);
    }
    sorted[kept++] = fact;
  }
  sorted.length = kept;
  return sorted;
}

function rowText(fact: Fact): string {
  return JSON.stringify([fact.kind, fact.chainId, fact.time, factTable(fact.kind).toCells(fact)]);
}
