import { examine, type Flag, type MarketBar, type PriceSeries } from '@undertow/lag';
import { UsageError } from '../explain-error.ts';
import { lagText } from './lag-text.ts';
import type { FilePrices } from './read-prices.ts';
import { lineOf, shadedBy, type Replayed } from './replayed.ts';

/** An oracle and its market, as files have them. */
export interface OracleFiles {
  readonly title: string;
  readonly answers: PriceSeries;
  readonly market: FilePrices;
  /** Greatest delay to look for, minutes. */
  readonly longest: number;
  /** What the picture calls them. */
  readonly names?: { readonly answers: string; readonly market: string };
  /** The time that the picture shows, unix seconds; all of it by default. */
  readonly shown?: { readonly from: number; readonly to: number };
}

export const LONGEST_MINUTES = 180;

/**
 * Everything that can be said of an oracle and its market.
 *
 * @throws UsageError where the two have no time in common.
 */
export function examined({ title, answers, market, longest, names, shown }: OracleFiles): Replayed {
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
  const { readings: _, ...told } = found;
  const drawn = { from: shown?.from ?? found.from, to: shown?.to ?? found.to };
  const isDrawn = ({ start, end }: Flag) => start <= drawn.to && (end ?? Infinity) >= drawn.from;
  return {
    title,
    text: lagText(found),
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
    found: { faults, ...told },
  };
}
