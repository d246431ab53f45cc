import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  DEFAULT_RULES,
  feedSubject,
  nextFlags,
  watchedOf,
  type ChangedFlag,
  type FlagKind,
  type FlagRule,
  type OwnedFlag,
  type Severity,
} from '@undertow/lag';
import type { Measure, StoredFlag } from '@undertow/store';
import { MARKET_ANSWER, type ReportAtHead } from './oracle-reports.ts';
import type { SeriesSource } from './series-source.ts';

/** How far a feed ran behind its market over the day before is kept as a measure of this name. */
const DELAY = 'delaySeconds';

/** What is kept of the oracles of a block. */
export interface OracleReading {
  /** Every value that was measured, by the name of its measure and what it is of; and what feeds would answer by their markets. */
  readonly measures: readonly Measure[];
  /** What the values do to flags. */
  readonly flags: readonly ChangedFlag[];
}

/** What flags are read from: those of all that is kept. */
const NAMES: readonly string[] = [...new Set(DEFAULT_RULES.map(({ measure }) => measure))];
/** Values before a reading that any rule asks for. */
const MOST_BEFORE = Math.max(...DEFAULT_RULES.map(({ readings }) => readings)) - 1;
/** More flags than this do not stand at once: each oracle, feed, pair and asset may have a few. */
const MOST_STANDING = 100_000;

/**
 * Reads the oracles of a block: every value that they have, and what these do to flags, from the flags that stand there and the values
 * before. Nothing is remembered between two readings but what is kept, so that several that measure, one that was begun anew, and one
 * whose chain went back come to the same.
 */
export async function readOracles(
  { at: { book, head }, report }: ReportAtHead,
  series: Pick<SeriesSource, 'flags' | 'lastMeasures'>,
  rules: readonly FlagRule[] = DEFAULT_RULES,
): Promise<OracleReading> {
  const watched = watchedOf(book, report);
  const measures = watched.flatMap(({ subject, values }) =>
    Object.entries(values).map(([name, value]): Measure => ({ name, subject, value })),
  );
  // A feed that never answered has nothing to be held against it.
  const markets = report.feeds.flatMap(({ id, marketAnswer: value, answersKnown }): Measure[] =>
    value === undefined || answersKnown === 0
      ? []
      : [{ name: MARKET_ANSWER, subject: feedSubject(id), value }],
  );
  const delays = await delaysOf(report);
  const { block, time } = head;
  const [standing, last] = await Promise.all([
    series.flags({ block, where: { isOpen: true }, most: MOST_STANDING }),
    series.lastMeasures({ names: NAMES, block, before: time, most: MOST_BEFORE }),
  ]);
  const before = Map.groupBy(last, ({ name, subject }) => `${name} ${subject}`);
  const memory = {
    standing: standing.map(ownedFlag).filter(({ kind }) => rules.some((rule) => rule.kind === kind)),
    last: ({ measure }: FlagRule, subject: string) => before.get(`${measure} ${subject}`) ?? [],
  };
  return {
    measures: [...measures, ...markets, ...delays],
    flags: nextFlags({ time, watched }, memory, rules),
  };
}

/** One feed after the other, so that whoever asks meanwhile is answered between two. */
async function delaysOf({ feeds }: ReportAtHead['report']): Promise<Measure[]> {
  const found: Measure[] = [];
  for (const { id, delay } of feeds) {
    await nextTurn();
    const own = delay();
    if (own) found.push({ name: DELAY, subject: feedSubject(id), value: own.delaySeconds });
  }
  return found;
}

/** A flag as it was kept: its words are those that `readOracles` gave. */
export const ownedFlag = (flag: StoredFlag): OwnedFlag => ({
  ...flag,
  kind: flag.kind as FlagKind,
  severity: flag.severity as Severity,
});
