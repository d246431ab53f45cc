import { count, usd } from '../../format/number.ts';
import { venueName } from '../../format/venue.ts';
import { answerOf } from '../../frame/asked.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { element, type Piece } from '../../markup/element.ts';
import { hasCovariance, stressWanted } from '../reverse-stress/asked.ts';
import { answeredSweep, type Answered } from '../sweep-run/answered.ts';
import { movesInWords } from '../sweep-worst/panel.ts';
import { scenarioOfSweep } from '../sweep-worst/scenario-link.ts';
import { stressByVenue as asked } from './asked.ts';
import type { StressByVenue } from './load.ts';

/** The nearest move of all together and of every venue, one under the other. */
export function byVenuePanel(state: State): Piece {
  // What is above says why there is nothing.
  if (hasCovariance(state) === false || stressWanted(state) === undefined) return undefined;
  const loaded = answerOf(state, asked);
  const sweep = answeredSweep(state).value;
  const value = loaded.value && sweep && { ...sweep, stresses: loaded.value };
  return section({
    id: 'stress-by-venue',
    title: 'What it takes at each venue',
    loaded: { ...loaded, value },
    now: state.now,
    waiting: 'Looking for it, venue by venue…',
    body: (answered) => body(state, answered),
  });
}

type Stress = StressByVenue[number];

function body(state: State, { stresses, sweep }: Answered & { readonly stresses: StressByVenue }): Piece {
  const lossUsd = stresses[0]?.lossUsd ?? 0;
  const none = stresses.filter(({ nearest }) => nearest === null);
  const evaluations = stresses.reduce((sum, { searched }) => sum + searched.evaluations, 0);
  return [
    table(
      stresses.filter(({ nearest }) => nearest !== null),
      {
        id: 'stress-by-venue',
        caption: `The nearest move that loses ${usd(lossUsd)}, of all together and of each venue by itself`,
        columns: [
          {
            name: 'Whose loss',
            value: whose,
            cell: (one) =>
              element('a', { href: scenarioOfSweep(state, sweep, one.nearest?.moves ?? []) }, whose(one)),
            also: [{ name: 'Venue id', value: ({ venue }) => venue }],
          },
          {
            name: 'Distance',
            unit: 'count',
            value: ({ nearest }) => nearest?.distance,
            cell: ({ nearest }) => nearest?.distance.toFixed(2),
          },
          { name: 'Moves', value: ({ nearest }) => movesInWords(nearest?.moves ?? []) },
          { name: 'Loss', unit: 'USD', value: ({ nearest }) => nearest?.lossUsd },
        ],
        keyOf: ({ venue }) => venue ?? '',
      },
      state,
    ),
    none.length > 0 &&
      element(
        'p',
        { class: 'source', key: 'none' },
        `Nothing that was tried loses so much: ${none.map(whose).join(', ')}.`,
      ),
    element(
      'p',
      { class: 'source', key: 'how' },
      `Distance in standard deviations, an upper bound: of ${count(evaluations)} scenarios that were looked at.`,
    ),
  ];
}

const whose = ({ venue }: Stress): string => (venue === null ? 'All together' : venueName(venue));
