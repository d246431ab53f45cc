import { exported } from '../../export/exportable.ts';
import { count, move as signed, percent, usd } from '../../format/number.ts';
import { venueName } from '../../format/venue.ts';
import { answerOf } from '../../frame/asked.ts';
import { whyNotTaken } from '../../frame/rejected.ts';
import { section } from '../../frame/section.ts';
import { themeOf, type State } from '../../frame/state.ts';
import { table, type Column } from '../../frame/table.ts';
import { term } from '../../glossary/term.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { sweep as sweepAsked } from '../sweep-run/asked.ts';
import type { Sweep } from '../sweep-run/load.ts';
import { scenarioOfSweep } from '../sweep-worst/scenario-link.ts';
import { STRESS_BOX } from './actions.ts';
import { hasCovariance, reverseStress as asked, stressWanted } from './asked.ts';
import { pathChart, pathSentence } from './chart.ts';
import type { ReverseStress, StressPoint } from './load.ts';

const NAME = 'reverse-stress';

/** Which move, the least unlikely, loses so much. */
export function stressPanel(state: State): Markup {
  const loaded = answerOf(state, asked);
  const sweep = answerOf(state, sweepAsked).value;
  const isAsked = stressWanted(state) !== undefined;
  const shown = isAsked && sweep ? { ...loaded.value, ...placeOf(sweep) } : undefined;
  return section({
    id: NAME,
    title: 'What it takes to lose so much',
    loaded: {
      ...(isAsked ? loaded : { ...loaded, problem: undefined, isOpening: false }),
      value: shown && 'searched' in shown ? (shown as ReverseStress & Place) : undefined,
    },
    now: state.now,
    lead: [
      element(
        'p',
        { class: 'lead', key: 'lead' },
        term('reverse stress', 'Reverse stress'),
        ': the least unlikely move, by the covariance of the plan, with a loss of at least so much, and the way to it.',
      ),
      stressForm(state, sweep),
    ],
    waiting: waitingWords(state, isAsked),
    body: (value) => body(state, value, sweep!),
  });
}

interface Place {
  readonly head: { readonly block: number; readonly hash: string };
  readonly bookHash: string;
}

/** As answers have it that name their block, for the stamps of files. */
const placeOf = ({ block, blockHash, bookHash }: Sweep): Place => ({
  head: { block, hash: blockHash },
  bookHash,
});

function waitingWords(state: State, isAsked: boolean): string {
  if (hasCovariance(state) === false)
    return 'This plan has no covariance: it takes one that is drawn from a Student-t.';
  return isAsked ? 'Looking for it…' : 'Nothing is asked yet: say a loss.';
}

function stressForm({ sweep: { loseUsd, loseAt }, rejected }: State, sweep: Sweep | undefined): Markup {
  const venues = sweep?.summary?.byVenue.map(({ venue }) => venue) ?? [];
  const listed = loseAt === undefined || venues.includes(loseAt) ? venues : [loseAt, ...venues];
  const level = sweep?.summary?.contributionLevel;
  const risk = sweep?.summary?.lossUsd.atRisk.find((one) => one.level === level);
  return element(
    'form',
    { class: 'sweep-plan', 'data-act': 'look-for-loss', key: 'form', novalidate: true },
    element(
      'div',
      { class: 'fields' },
      element(
        'label',
        { class: 'field', key: 'lose' },
        element('span', {}, 'At least, USD'),
        element('input', {
          ...{ name: 'lose', type: 'number', step: 'any', min: 0, autocomplete: 'off' },
          value: loseUsd ?? '',
          placeholder:
            risk && risk.valueAtRisk > 0 ? `VaR: ${Math.round(risk.valueAtRisk)}` : 'such as 1000000',
        }),
      ),
      element(
        'label',
        { class: 'field', key: 'lose-at' },
        element('span', {}, 'Lost by'),
        element(
          'select',
          { name: 'lose-at', value: loseAt ?? '' },
          element('option', { value: '', key: 'all' }, 'all together'),
          listed.map((id) => element('option', { value: id, key: id }, venueName(id))),
        ),
      ),
    ),
    element('div', { class: 'choices', key: 'look' }, element('button', { type: 'submit' }, 'Look for it')),
    whyNotTaken(rejected, STRESS_BOX),
  );
}

function body(state: State, { lossUsd, venue, nearest, path, searched }: ReverseStress, sweep: Sweep): Piece {
  const whose = venue === null ? 'All together' : venueName(venue);
  const how = `Of ${count(searched.evaluations)} scenarios in ${count(searched.directions)} directions, up to ${searched.farthest.toFixed(1)} standard deviations out: the distance is an upper bound, exact to ${percent(searched.tolerance, 2)} in its direction.`;
  const told = element('p', { class: 'source', key: 'searched' }, how);
  if (!nearest)
    return [
      element('p', { class: 'headline', key: 'headline' }, `Nothing that was tried loses ${usd(lossUsd)}.`),
      told,
    ];
  const width = state.widths[NAME] ?? 0;
  const drawing = { path, target: lossUsd, theme: themeOf(state), width };
  const svg = width > 0 ? pathChart(drawing) : undefined;
  const plot = element('div', { class: 'plot', 'data-measure-width': NAME, key: 'plot' }, svg);
  return [
    element(
      'p',
      { class: 'headline', key: 'headline' },
      `${whose} ${venue === null ? 'lose' : 'loses'} ${usd(nearest.lossUsd)} when ${movesOf(nearest)}: ${nearest.distance.toFixed(2)} standard deviations away.`,
    ),
    element(
      'p',
      { class: 'actions', key: 'open' },
      element(
        'a',
        { class: 'button', href: scenarioOfSweep(state, sweep, nearest.moves) },
        'Open this scenario',
      ),
    ),
    svg
      ? exported(plot, {
          ...{ id: 'reverse-stress-path', title: 'Loss on the way' },
          data: () => ({
            columns: [
              { name: 'Distance', unit: 'count' },
              { name: 'Loss', unit: 'USD' },
            ],
            rows: path.map((point) => [point.distance, point.lossUsd]),
          }),
          pictures: () => [{ title: 'Loss on the way', words: pathSentence(drawing), svg }],
        })
      : plot,
    element(
      'details',
      { key: 'numbers', id: 'reverse-stress-numbers' },
      element('summary', {}, 'The way in numbers'),
      pathTable(state, path, sweep),
    ),
    told,
  ];
}

const movesOf = ({ moves }: StressPoint): string =>
  moves.map(({ what, move }) => `${what} moves by ${signed(move)}`).join(', ');

function pathTable(state: State, path: readonly StressPoint[], sweep: Sweep): Markup {
  const factors = path.at(-1)?.moves.map(({ what }) => what) ?? [];
  return table(
    path,
    {
      id: 'reverse-stress',
      caption: 'The way from no move to the loss',
      isInOrder: true,
      columns: [
        {
          name: 'Distance',
          value: ({ distance }) => distance,
          cell: ({ distance, moves }) =>
            element('a', { href: scenarioOfSweep(state, sweep, moves) }, distance.toFixed(2)),
        },
        ...factors.map((what): Column<StressPoint> => ({
          name: what,
          unit: 'move',
          value: ({ moves }) => moves.find((one) => one.what === what)?.move,
        })),
        { name: 'Loss', unit: 'USD', value: ({ lossUsd }) => lossUsd },
      ],
      keyOf: ({ distance }) => distance,
    },
    state,
  );
}
