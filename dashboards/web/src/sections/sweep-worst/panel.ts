import { count, move as signed } from '../../format/number.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { element, type Markup } from '../../markup/element.ts';
import type { Move } from '../../scenario/scenario.ts';
import { answeredSweep, waitingWords, type Answered } from '../sweep-run/answered.ts';
import type { SweepSummary } from '../sweep-run/load.ts';
import { scenarioOfSweep } from './scenario-link.ts';

/** The scenarios that lose most, each with the way to its whole story. */
export function worstPanel(state: State): Markup {
  return section({
    id: 'sweep-worst',
    title: 'Worst scenarios',
    loaded: answeredSweep(state),
    now: state.now,
    lead: element(
      'p',
      { class: 'lead', key: 'lead' },
      'Each leads to the page of its own cascade: these very moves, on the same block.',
    ),
    waiting: waitingWords(state),
    body: (answered) =>
      answered.summary.worst.length === 0
        ? element('p', { class: 'waiting' }, 'Nobody loses anything in any of its scenarios.')
        : worstTable(state, answered),
  });
}

type Worst = SweepSummary['worst'][number];

function worstTable(state: State, { sweep, summary }: Answered): Markup {
  return table(
    summary.worst,
    {
      id: 'sweep-worst',
      caption: 'Scenarios that lose most, the worst first',
      columns: [
        {
          name: 'Scenario',
          value: ({ index }) => index,
          cell: (one) =>
            element('a', { href: scenarioOfSweep(state, sweep, one.moves) }, `Scenario ${count(one.index)}`),
        },
        {
          name: 'Moves',
          value: ({ moves }) => movesInWords(moves),
          also: movesOf(summary.worst),
        },
        { name: 'Loss', unit: 'USD', value: ({ lossUsd }) => lossUsd },
        { name: 'Liquidated value', unit: 'USD', value: ({ liquidatedUsd }) => liquidatedUsd },
        { name: 'Rounds', unit: 'count', value: ({ rounds }) => rounds },
      ],
      keyOf: ({ index }) => index,
    },
    state,
  );
}

/** Most that are told in a cell. */
const TOLD = 4;

/** The largest moves first. */
export function movesInWords(moves: readonly Move[]): string {
  const told = moves.toSorted((a, b) => Math.abs(b.move) - Math.abs(a.move)).slice(0, TOLD);
  const words = told.map(({ what, move }) => `${what} ${signed(move)}`).join(', ');
  return moves.length > TOLD ? `${words} and ${moves.length - TOLD} more` : words;
}

/** A column of a file for every factor that moves in any of them. */
const movesOf = (worst: readonly Worst[]) =>
  [...new Set(worst.flatMap(({ moves }) => moves.map(({ what }) => what)))].map((what) => ({
    name: what,
    unit: 'move' as const,
    value: ({ moves }: Worst) => moves.find((one) => one.what === what)?.move,
  }));
