import { baseRatio, HAIR, type Finder, type LineAccount } from './line.ts';

/** Lines with the same rows of prices on their sides. */
export interface LineGroup {
  readonly lines: readonly LineAccount[];
  readonly held: readonly number[];
  readonly owed: readonly number[];
}

/** Finds in every group the prefix whose ratios at the base prices may have fallen to the line; see `LineIndex`. */
export function openGroups(groups: readonly LineGroup[], basePrice: Float64Array): Finder {
  const sorted = groups.map(({ lines }) =>
    lines
      .map((line) => ({ account: line.account, key: baseRatio(line, basePrice) }))
      .sort((a, b) => a.key - b.key || a.account - b.account),
  );
  const start = startsOf(sorted);
  const account = Int32Array.from(sorted.flat(), (line) => line.account);
  const key = Float64Array.from(sorted.flat(), (line) => line.key);
  const heldStart = startsOf(groups.map(({ held }) => held));
  const held = Int32Array.from(groups.flatMap((group) => group.held));
  const owedStart = startsOf(groups.map(({ owed }) => owed));
  const owed = Int32Array.from(groups.flatMap((group) => group.owed));
  // By group: how far its prefix has been found, and the key of the next.
  const at = new Int32Array(groups.length);
  const nextKey = new Float64Array(groups.length);
  const moveOn = (group: number, place: number) => {
    at[group] = place;
    nextKey[group] = place < start[group + 1]! ? key[place]! : Infinity;
  };
  return {
    begin() {
      for (let group = 0; group < at.length; group++) moveOn(group, start[group]!);
    },
    next(factor, found, from) {
      let { count } = from;
      for (let group = 0; group < at.length; group++) {
        let least = Infinity;
        for (let i = heldStart[group]!; i < heldStart[group + 1]!; i++)
          if (!(factor[held[i]!]! >= least)) least = factor[held[i]!]!;
        let greatest = 0;
        for (let i = owedStart[group]!; i < owedStart[group + 1]!; i++)
          if (!(factor[owed[i]!]! <= greatest)) greatest = factor[owed[i]!]!;
        const line = (greatest / least) * (1 + HAIR);
        if (nextKey[group]! >= line) continue;
        let place = at[group]!;
        const end = start[group + 1]!;
        for (; place < end && !(key[place]! >= line); place++) found[count++] = account[place]!;
        moveOn(group, place);
      }
      return count;
    },
  };
}

/** Where each of several lists begins when they stand one after the other, and where the last ends. */
function startsOf(lists: readonly (readonly unknown[])[]): Int32Array {
  const starts = new Int32Array(lists.length + 1);
  for (const [row, list] of lists.entries()) starts[row + 1] = starts[row]! + list.length;
  return starts;
}
