import { count, move, percent, usd } from '../../format/number.ts';
import type { Interval } from '../sweep-run/load.ts';
import { movesInWords } from '../sweep-worst/panel.ts';
import type { MarginReport, MarginTotals, Portfolio } from './load.ts';

/** Maintenance ÷ equity in words. */
export const ratioWords = (ratio: number | null): string => (ratio === null ? 'no equity' : percent(ratio));

/** What is had against what must be had, and who may be liquidated. */
export function headline({ accounts, isolated, cross }: MarginReport): string {
  const due = accounts.filter(({ isDue }) => isDue);
  const many = accounts.length === 1 ? '1 account' : `${count(accounts.length)} accounts`;
  const state =
    due.length === 0
      ? 'None may be liquidated now.'
      : `May be liquidated now: ${due.map(({ name }) => name).join(', ')}.`;
  const call =
    isolated.callUsd > cross.callUsd
      ? ` What they lack of maintenance is ${usd(isolated.callUsd)} one by one, ${usd(cross.callUsd)} if one paid for another.`
      : '';
  return `${many}: ${usd(cross.equityUsd)} of equity against ${usd(cross.maintenanceUsd)} of maintenance margin. ${state}${call}`;
}

/** One way of looking at the accounts in a sentence. */
export const totalsSentence = (name: string, totals: MarginTotals): string =>
  `${name}: ${usd(totals.equityUsd)} of equity, ${usd(totals.initialUsd)} initial and ${usd(totals.maintenanceUsd)} maintenance margin, ${ratioWords(totals.marginRatio)}`;

const METHODS: Readonly<Record<NonNullable<Portfolio['tail']>['method'], string>> = {
  historical: 'windows of the past',
  ewma: 'what came, at the volatility of now (EWMA)',
  garch: 'what came, at the volatility of now (GARCH)',
  student_t: 'draws from a Student-t',
  normal: 'draws from a normal distribution',
};

const between = ({ low, high }: Interval) =>
  `${low === null ? 'unknown' : usd(low)} to ${high === null ? 'unknown' : usd(high)}`;

/** What may be lost over a horizon, and how sure that is. */
export function tailWords({ tail }: Portfolio, factors: MarginReport['factors']): string {
  if (tail === null) return '';
  const hours = tail.horizonSeconds / 3_600;
  const horizon = hours % 24 === 0 ? `${count(hours / 24)} d` : `${Number(hours.toFixed(2))} h`;
  const deviations = factors.map(({ name, deviation }) => `${name} ${percent(deviation)}`).join(', ');
  return `Over ${horizon}, by ${METHODS[tail.method]} (${count(tail.scenarios)} scenarios, worth ${count(tail.independent)}; standard deviations ${deviations}): in ${percent(tail.level)} of them no more than ${usd(tail.valueAtRiskUsd)} is lost (${between(tail.valueAtRiskInterval)}), in the others ${usd(tail.expectedShortfallUsd)} on average (${between(tail.expectedShortfallInterval)}).`;
}

/** An offset below this share of the whole is none worth telling. */
const LEAST_OFFSET = 1e-4;

/** What portfolio margin asks, beside the accounts one by one and beside what the venues ask. */
export function portfolioWords({ worst, offsetUsd, aloneUsd, belowIsolatedUsd }: Portfolio): string {
  const joint =
    worst === null
      ? ''
      : `The worst of the joint scenarios is ${scenarioWords(worst)}: ${usd(worst.lossUsd)} lost. `;
  const alone =
    offsetUsd < LEAST_OFFSET * aloneUsd
      ? 'as much as of the accounts one by one'
      : `an offset of ${usd(offsetUsd)} from ${usd(aloneUsd)} of the accounts one by one`;
  const venues = `${usd(Math.abs(belowIsolatedUsd))} ${belowIsolatedUsd < 0 ? 'more' : 'less'} than the venues do`;
  return `${joint}Portfolio margin asks the greater of the two, ${alone}, and ${venues}.`;
}

/** Moves of prices, and of volatilities where they move. */
export function scenarioWords({
  moves,
  volatilityMove,
}: {
  readonly moves: Parameters<typeof movesInWords>[0];
  readonly volatilityMove: number;
}): string {
  const prices = movesInWords(moves);
  return volatilityMove === 0 ? prices : `${prices}, volatility ${move(volatilityMove)}`;
}
