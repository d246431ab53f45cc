import type { Asked } from '../../frame/asked.ts';
import type { State } from '../../frame/state.ts';
import { assetOf } from '../exposure/asset-of.ts';
import { venueIdOf } from '../venues/venue-of.ts';
import {
  loadHistory,
  measuresOfFall,
  measuresOfVenue,
  shownMeasures,
  type Measured,
  type MeasureLine,
} from './load.ts';

/** The book is measured every few minutes, however often heads come. */
const EVERY_SECONDS = 60;

/** What was measured of everything over time: live. */
export const history: Asked<readonly MeasureLine[]> = {
  ...{ key: 'history', followsBlock: false, everySeconds: EVERY_SECONDS },
  load: (_state, signal) => loadHistory(shownMeasures, signal),
};

/** What was measured of the venue in the path. */
export const venueHistory = historyOf('venueHistory', venueIdOf, measuresOfVenue);

function historyOf(
  key: string,
  subjectOf: (state: State) => string | undefined,
  choose: (subject: string, measured: readonly Measured[]) => readonly Measured[],
): Asked<readonly MeasureLine[]> {
  return {
    ...{ key, followsBlock: false, everySeconds: EVERY_SECONDS, forgets: true },
    isAsked: (state) => subjectOf(state) !== undefined,
    about: (state) => subjectOf(state) ?? '',
    load: (state, signal) => loadHistory((measured) => choose(subjectOf(state) ?? '', measured), signal),
  };
}

/** What falls of the asset in the path, and of what it stands for, would have cost over time. */
export const fallHistory = historyOf('fallHistory', fallenIn, (names, measured) =>
  names.split(' ').flatMap((what) => measuresOfFall(what, measured)),
);

/** What may fall of the asset in the path: its reference, and it alone where it is tied to another. */
function fallenIn(state: State): string | undefined {
  const asset = assetOf(state);
  if (!asset) return undefined;
  const { reference, asset: own } = asset;
  return reference === 'USD' || reference === own.symbol ? own.symbol : `${reference} ${own.symbol}`;
}
