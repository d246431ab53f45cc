import type { HistoryAnswer, MeasuresAnswer } from '../../graph/answers.ts';
import { ask } from '../../graph/ask.ts';

export const MEASURED = /* GraphQL */ `
  query Measures {
    measures {
      name
      subject
    }
  }
`;

export const HISTORY = /* GraphQL */ `
  query History($measure: String!, $subject: String!, $step: Step!, $first: Int!) {
    history(measure: $measure, subject: $subject, step: $step, first: $first) {
      measure
      subject
      points {
        time
        value
        least
        greatest
        blocks
      }
    }
  }
`;

export type Measured = MeasuresAnswer['measures'][number];
export type MeasureLine = HistoryAnswer['history'];

/** The shock whose losses are shown: what risk desks quote, and where most venues have some. */
const SHOWN_MOVE = -0.3;
const MOST_SHOCKS = 6;
/** Points of a line: more than pixels say nothing. */
const MOST_POINTS = 500;
/** A line of fewer hours than this is shown by minutes. */
const FEWEST_HOURS = 12;

/** What a book says of itself, without a shock. */
const STANDING = [
  'debtUsd',
  'collateralUsd',
  'largestCollateralUsd',
  'dueAccounts',
  'hiddenDebtUsd',
  'coverage',
] as const;

/** What is shown over time of all that is measured: the loss that a fall of each reference would leave, then the state of the book. */
export function shownMeasures(measured: readonly Measured[]): readonly Measured[] {
  const shocks = measured.filter(
    ({ name, subject }) => name === 'lossUsd' && subject.endsWith(`=${SHOWN_MOVE}`),
  );
  const standing = STANDING.flatMap((name) =>
    measured.filter((one) => one.name === name && one.subject === ''),
  );
  return [...shocks.slice(0, MOST_SHOCKS), ...standing];
}

/** Those of a venue: what is owed and held there, what the largest account has, and how many are due. */
export const measuresOfVenue = (venue: string, measured: readonly Measured[]): readonly Measured[] =>
  ['debtUsd', 'collateralUsd', 'largestCollateralUsd', 'accounts', 'dueAccounts'].flatMap((name) =>
    measured.filter((one) => one.name === name && one.subject === venue),
  );

/** Those of a reference or an asset: what falls of it would cost, the smallest first. */
export const measuresOfFall = (what: string, measured: readonly Measured[]): readonly Measured[] =>
  FALLS.flatMap((move) =>
    measured.filter(({ name, subject }) => name === 'lossUsd' && subject === `${what}=${move}`),
  );

const FALLS = [-0.1, -0.2, -0.3];

/** What is chosen of all that is measured, each with its points: by hours, by minutes while there are few. */
export async function loadHistory(
  choose: (measured: readonly Measured[]) => readonly Measured[],
  signal: AbortSignal,
): Promise<readonly MeasureLine[]> {
  const { measures } = await ask<MeasuresAnswer>(MEASURED, {}, signal);
  return Promise.all(
    choose(measures).map(async ({ name: measure, subject }) => {
      const line = async (step: 'minute' | 'hour') => {
        const wanted = { measure, subject, step, first: MOST_POINTS };
        return (await ask<HistoryAnswer>(HISTORY, wanted, signal)).history;
      };
      const byHours = await line('hour');
      return byHours.points.length < FEWEST_HOURS ? line('minute') : byHours;
    }),
  );
}
