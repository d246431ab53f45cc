import { exported, type DataTable } from '../../export/exportable.ts';
import { count, percent, usd } from '../../format/number.ts';
import { section } from '../../frame/section.ts';
import { themeOf, type State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { headingTerm } from '../../glossary/term.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { FIGURES, type Figure } from '../sweep-plan/sweep-choice.ts';
import { answeredSweep, waitingWords, type Answered } from '../sweep-run/answered.ts';
import type { AtRisk, Distribution } from '../sweep-run/load.ts';
import { lossChart, lossSentence } from './chart.ts';
import { SHOWN } from './figures.ts';

/** How much is lost how often. */
export function lossPanel(state: State): Markup {
  const { figure } = state.sweep;
  return section({
    id: 'sweep-loss',
    title: 'How much, how often',
    loaded: answeredSweep(state),
    now: state.now,
    lead: element(
      'div',
      { class: 'choices switch', role: 'group', 'aria-label': 'What of each scenario', key: 'figures' },
      FIGURES.map((one) => choice(one, figure)),
    ),
    waiting: waitingWords(state),
    body: (answered) => body(state, answered),
  });
}

const choice = (one: Figure, chosen: Figure): Markup =>
  element(
    'button',
    {
      ...{ type: 'button', key: one, 'data-act': 'sweep-figure', 'data-figure': one },
      'aria-pressed': one === chosen ? 'true' : 'false',
    },
    SHOWN[one].name,
  );

function body(state: State, { summary }: Answered): Piece {
  const { figure } = state.sweep;
  const { name, of, atRisk } = SHOWN[figure];
  const distribution = of(summary);
  const width = state.widths['sweep-loss'] ?? 0;
  const drawing = { name, distribution, atRisk, theme: themeOf(state), width };
  const svg = width > 0 ? lossChart(drawing) : undefined;
  const plot = element('div', { class: 'plot', 'data-measure-width': 'sweep-loss', key: 'plot' }, svg);
  return [
    element('p', { key: 'words' }, headingTerm(name), `: ${lossWords(distribution, summary.count)}.`),
    svg
      ? exported(plot, {
          ...{ id: `sweep-${figure}`, title: `${name} by scenarios` },
          data: () => binsOf(distribution),
          pictures: () => [{ title: name, words: lossSentence(drawing), svg }],
        })
      : plot,
    element(
      'p',
      { class: 'source', key: 'key' },
      `Heights are square roots. Dot: ${atRisk}, diamond: ES, lines: 95\u202f% intervals, dashed where the sample is too small for one end, none where it is for both.`,
    ),
    risksTable(state, distribution.atRisk, atRisk),
    element(
      'details',
      { key: 'numbers', id: 'sweep-loss-numbers' },
      element('summary', {}, 'Numbers'),
      quantilesTable(state, distribution),
      roundsTable(state, summary.rounds),
    ),
  ];
}

function lossWords({ mean, standardError, greatest, histogram }: Distribution, all: number): string {
  const error = standardError === null ? '' : ` ± ${usd(standardError)}`;
  return `in ${count(all - histogram.zeros)} of ${count(all)} scenarios; mean ${usd(mean)}${error}, at most ${usd(greatest)}`;
}

function risksTable(state: State, risks: readonly AtRisk[], atRisk: string): Markup {
  const end = (value: number | null | undefined) =>
    value === null || value === undefined ? '?' : usd(Math.max(0, value));
  return table(
    risks,
    {
      id: 'sweep-risks',
      caption: 'Beyond a level, with 95 % intervals',
      columns: [
        { name: 'Level', unit: 'ratio', value: ({ level }) => level, cell: ({ level }) => percent(level) },
        { name: atRisk, unit: 'USD', value: ({ valueAtRisk }) => valueAtRisk },
        {
          name: `${atRisk} from`,
          unit: 'USD',
          value: ({ interval }) => interval?.low,
          cell: ({ interval }) => (interval ? end(interval.low) : '–'),
        },
        {
          name: `${atRisk} to`,
          unit: 'USD',
          value: ({ interval }) => interval?.high,
          cell: ({ interval }) => (interval ? end(interval.high) : '–'),
        },
        { name: 'ES', unit: 'USD', value: ({ expectedShortfall }) => expectedShortfall },
        {
          name: 'ES from',
          unit: 'USD',
          value: ({ shortfallInterval }) => shortfallInterval?.low,
          cell: ({ shortfallInterval }) => (shortfallInterval ? end(shortfallInterval.low) : '–'),
        },
        {
          name: 'ES to',
          unit: 'USD',
          value: ({ shortfallInterval }) => shortfallInterval?.high,
          cell: ({ shortfallInterval }) => (shortfallInterval ? end(shortfallInterval.high) : '–'),
        },
      ],
      keyOf: ({ level }) => level,
    },
    state,
  );
}

function quantilesTable(state: State, { quantiles }: Distribution): Markup {
  return table(
    quantiles,
    {
      id: 'sweep-quantiles',
      caption: 'Not exceeded in a share of the scenarios',
      columns: [
        { name: 'Share', unit: 'ratio', value: ({ level }) => level, cell: ({ level }) => percent(level) },
        { name: 'At most', unit: 'USD', value: ({ value }) => value },
      ],
      keyOf: ({ level }) => level,
    },
    state,
  );
}

function roundsTable(state: State, rounds: readonly number[]): Markup {
  return table(
    rounds.map((scenarios, many) => ({ many, scenarios })),
    {
      id: 'sweep-rounds',
      caption: 'Scenarios by rounds of liquidation',
      columns: [
        { name: 'Rounds', unit: 'count', value: ({ many }) => many },
        { name: 'Scenarios', unit: 'count', value: ({ scenarios }) => scenarios },
      ],
      keyOf: ({ many }) => many,
    },
    state,
  );
}

/** The bars as rows: the first is of scenarios with nothing. */
function binsOf({ histogram: { zeros, bins } }: Distribution): DataTable {
  return {
    columns: [
      { name: 'From', unit: 'USD' },
      { name: 'Below', unit: 'USD' },
      { name: 'Scenarios', unit: 'count' },
    ],
    rows: [[0, 0, zeros], ...bins.map((bin) => [bin.from, bin.to, bin.count])],
  };
}
