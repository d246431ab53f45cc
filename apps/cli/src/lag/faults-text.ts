import type { SourceFault, SourceFaultKind } from '@undertow/lag';
import { table } from '../text-table.ts';
import { minute, share, span } from './words.ts';

/** What was wrong with a source by itself. */
export interface SourceOfFaults {
  readonly name: string;
  readonly faults: readonly SourceFault[];
}

const WORDS: Readonly<Record<SourceFaultKind, string>> = {
  'no-price': 'says a price that is none: left out',
  'no-time': 'says no time: left out',
  'went-back': 'goes back in time: put in order',
  repeated: 'says the same again: one is kept',
  contradicted: 'contradicts itself at one time: the last is kept',
  jumped: 'jumps and comes back',
  vanished: 'vanishes for longer than it usually does',
  ahead: 'dates itself after it was heard',
  'clock-apart': 'is ahead of its market: a clock is wrong',
};

/** What was wrong with the sources themselves, as a table; a sentence where nothing was. */
export function faultsText(sources: readonly SourceOfFaults[]): string {
  const rows = sources.flatMap(({ name, faults }) =>
    faults.map(({ kind, count, worst, at }) => [
      name,
      WORDS[kind],
      count.toLocaleString('en-US'),
      worst === undefined ? '' : kind === 'jumped' ? share(worst) : span(Math.abs(worst)),
      at === undefined ? '' : minute(at),
    ]),
  );
  if (rows.length === 0) return 'Sources   nothing wrong with either by itself\n';
  return `Sources by themselves\n\n${table(['source', 'it', 'times', 'worst', 'at'], rows, [0, 1, 4])}\n`;
}
