import {
  clockFault,
  examine,
  sourceFaults,
  type Flag,
  type MarketBar,
  type PointFaults,
  type PriceSeries,
} from '@undertow/lag';
import { UsageError } from '../explain-error.ts';
import { faultsText, type SourceOfFaults } from './faults-text.ts';
import { lagText } from './lag-text.ts';
import type { FilePrices } from './read-prices.ts';
import { lineOf, shadedBy, type Replayed } from './replayed.ts';

/** An oracle and its market, as files have them. */
export interface OracleFiles {
  readonly title: string;
  readonly answers: PriceSeries;
  /** How many of its points were not as they should be; absent of a constant. */
  readonly answerFaults?: PointFaults;
  readonly market: FilePrices;
  /** Greatest delay to look for, minutes. */
  readonly longest: number;
  /** What the picture calls them. */
  readonly names?: { readonly answers: string; readonly market: string };
  /** The time that the picture shows, unix seconds; all of it by default. */
  readonly shown?: { readonly from: number; readonly to: number };
}

export const LONGEST_MINUTES = 180;
/** Into so many the time is cut, to say how sure it is that two clocks are apart. */
const PIECES = 20;

/**
 * Everything that can be said of an oracle and its market.
 *
 * @throws UsageError where the two have no time in common.
 */
export function examined(files: OracleFiles): Replayed {
  const { title, answers, answerFaults, market, longest, names, shown } = files;
  const { series, bars, stepSeconds, faults } = market;
  const from = series.times[0] ?? Infinity;
  const to = series.times.at(-1) ?? -Infinity;
  const isWithin = ({ time }: MarketBar) => time + stepSeconds >= from && time < to;
  const found = examine({
    answers,
    market: series,
    barSeconds: stepSeconds,
    longestDelaySeconds: longest * 60,
    ...(bars && { bars: bars.filter(isWithin) }),
  });
  if (!found)
    throw new UsageError(
      'Answers and market have no time in common. Look at the times of both files, and at --from and --to.',
    );
  // A file does not say when it was heard, so that nothing in it can be ahead of that.
  const of = (source: PriceSeries, counted: PointFaults) =>
    sourceFaults({ series: source, faults: counted }, undefined);
  const clock = found.delay && clockFault(answers, series, (found.to - found.from) / PIECES);
  const sources: readonly SourceOfFaults[] = [
    {
      name: names?.answers ?? 'oracle',
      faults: [
        ...(answerFaults ? of(answers, answerFaults) : []),
        // Behind is the delay; before its market no oracle can be.
        ...(clock && clock.worst! < 0 ? [clock] : []),
      ],
    },
    { name: names?.market ?? 'market', faults: of(series, faults) },
  ];
  const { readings: _, ...told } = found;
  const drawn = { from: shown?.from ?? found.from, to: shown?.to ?? found.to };
  const isDrawn = ({ start, end }: Flag) => start <= drawn.to && (end ?? Infinity) >= drawn.from;
  return {
    title,
    text: `${lagText(found)}\n${faultsText(sources)}`,
    pictures: [
      {
        title,
        lines: [
          lineOf(names?.answers ?? 'oracle', 'answers', answers),
          lineOf(names?.market ?? 'market', 'market', series),
        ],
        shaded: shadedBy(found.flags.filter(isDrawn)),
        ...drawn,
      },
    ],
    found: { faults, sources, ...told },
  };
}
