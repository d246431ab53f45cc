import { exported } from '../../export/exportable.ts';
import { count, percent, usd } from '../../format/number.ts';
import { minute } from '../../format/time.ts';
import { venueName } from '../../format/venue.ts';
import { answerOf } from '../../frame/asked.ts';
import { link } from '../../frame/link.ts';
import { marketPath, venuePath } from '../../frame/paths.ts';
import { section } from '../../frame/section.ts';
import { themeOf, type State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { kindName, valueText } from '../advices/words.ts';
import { oneAdvice as asked } from './asked.ts';
import { lossesTable, madeDueTable, quantilesTable } from './evidence-tables.ts';
import type { OneAdvice } from './load.ts';
import { movedParts } from './moved.ts';
import { pathChart, pathSentence, type PathDrawing } from './path-chart.ts';
import { lossCharts } from './loss-charts.ts';
import { bindingTable, checksTable, inputsTable } from './rest-tables.ts';
import { askedWords, sentences } from './words.ts';

const ADVISED = 'the advised change';
const PATH = 'advice-path-drawn';

/** One advice: what to do, what it costs and whom it hits, and all that it rests on. */
export function onePanel(state: State): Markup {
  const { chosen } = state.advice;
  return section({
    id: 'advice-one',
    title:
      chosen === undefined ? 'Advice' : `Advice on the ${kindName(chosen.kind)} of ${nameOf(state, chosen)}`,
    loaded: answerOf(state, asked),
    now: state.now,
    body: (advice) =>
      advice === null
        ? element(
            'p',
            { class: 'waiting', key: 'none' },
            'No advice on this parameter is kept yet: press Advise in the form of this page.',
          )
        : body(state, advice),
  });
}

/** What people call the market once it is known. */
function nameOf(state: State, { venue, market }: NonNullable<State['advice']['chosen']>): string {
  const label = answerOf(state, asked).value?.parameter.label;
  const at = venueName(venue);
  return market === '' ? at : `${label ?? market.slice(0, 24)} at ${at}`;
}

function body(state: State, advice: OneAdvice): Piece {
  const { words, backtest, evidence, checks, inputs, moved } = advice;
  return [
    element('div', { class: 'advice-words', key: 'words' }, sentences(words)),
    moved !== null && movedParts(state, moved, advice.advised),
    backtest === null &&
      !words.some((one) => one.includes('not backtested')) &&
      element('p', { key: 'backtest' }, 'It was not backtested.'),
    missingList(advice),
    path(state, advice),
    evidence !== null && [
      lossesTable(state, evidence, { id: 'advice-losses', of: ADVISED }),
      lossCharts(state, advice, evidence),
      evidence.madeDue !== null &&
        evidence.madeDue.accounts > 0 &&
        madeDueTable(state, evidence.madeDue, { id: 'advice-made-due', of: ADVISED }),
      notes(advice),
    ],
    element(
      'details',
      { key: 'rest', id: 'advice-rest' },
      element('summary', {}, 'Checks by published formulas, scenarios that bind, and inputs'),
      evidence !== null && quantilesTable(state, evidence),
      tiersTable(state, advice),
      checksTable(state, checks),
      evidence !== null && bindingTable(state, evidence.binding),
      inputsTable(state, inputs),
    ),
    foot(state, advice),
  ];
}

function missingList({ missing }: OneAdvice): Piece {
  if (missing.length === 0) return element('p', { class: 'source', key: 'missing' }, 'Nothing is missing.');
  return element(
    'div',
    { key: 'missing' },
    element('h3', {}, 'What is missing'),
    element(
      'ul',
      {},
      missing.map(({ name, why, follows }) =>
        element('li', { key: `${name} ${why}` }, `${name}: ${why}; ${follows}.`),
      ),
    ),
  );
}

/** The steps with their dates, drawn where there are some. */
function path(state: State, { path: found, advised, current }: OneAdvice): Piece {
  if (found === null)
    return advised === null
      ? undefined
      : element(
          'p',
          { class: 'source', key: 'path' },
          'No steps: no limits of a steward were given. Choose some in the form of this page.',
        );
  const unit = advised?.unit ?? 'ratio';
  return [
    element('h3', { key: 'steps' }, 'The way there'),
    sentences(found.words),
    pathPlot(state, found.steps, { from: current?.value, to: advised?.value, unit }),
    table(
      found.steps,
      {
        id: 'advice-path',
        caption: found.reaches ? 'Steps to the advised value' : 'Steps, which do not reach the advised value',
        isInOrder: true,
        columns: [
          {
            ...{ name: 'Not before', unit: 'time' },
            value: ({ time }) => time,
            cell: ({ time }) => `${minute(time)} UTC`,
          },
          {
            ...{ name: 'Set to', unit: 'count' },
            value: ({ value }) => value,
            cell: ({ value }) => valueText({ value, unit }),
          },
          {
            ...{ name: 'Expires', unit: 'time' },
            value: ({ expires }) => expires,
            cell: ({ expires }) => (expires === null ? 'never' : `${minute(expires)} UTC`),
          },
        ],
        keyOf: ({ time }) => time,
      },
      state,
    ),
  ];
}

function pathPlot(
  state: State,
  steps: PathDrawing['steps'],
  {
    from,
    to,
    unit,
  }: { readonly from?: number | undefined; readonly to?: number | undefined; readonly unit: string },
): Piece {
  if (steps.length === 0 || from === undefined || to === undefined) return undefined;
  const width = state.widths[PATH] ?? 0;
  const drawing = { steps, from, to, unit, theme: themeOf(state), width };
  const svg = width > 0 ? pathChart(drawing) : undefined;
  const plot = element('div', { class: 'plot', 'data-measure-width': PATH, key: PATH }, svg);
  if (!svg) return plot;
  return exported(plot, {
    ...{ id: PATH, title: 'Path' },
    data: () => ({
      columns: [
        { name: 'Not before', unit: 'time' },
        { name: 'Set to', unit: 'count' },
      ],
      rows: steps.map(({ time, value }) => [time, value]),
    }),
    pictures: () => [{ title: 'Path', words: pathSentence(drawing), svg }],
  });
}

/** What else a reader must know of the evidence. */
function notes({ evidence, toxicity }: OneAdvice): Piece {
  const power = evidence?.borrowingPower;
  const said = [
    ...(power
      ? [
          `Borrowing power: ${usd(power.beforeUsd)} now${power.afterUsd === null ? '' : `, ${usd(power.afterUsd)} under the advised value`}.`,
        ]
      : []),
    ...(evidence?.isMonotone === false
      ? ['A larger value was safer than a smaller one: the loss does not grow with the value everywhere.']
      : []),
    ...(toxicity
      ? [
          `Toxicity line: ${percent(toxicity.line, 2)} (${toxicity.by}), closing the largest debt of ${usd(toxicity.sizeUsd)} turns prices by ${percent(toxicity.slippage, 2)}.`,
        ]
      : []),
  ];
  return said.length > 0 && element('p', { class: 'source', key: 'notes' }, said.join(' '));
}

function tiersTable(state: State, { tiers }: OneAdvice): Piece {
  if (!tiers || tiers.length === 0) return undefined;
  return table(
    tiers,
    {
      id: 'advice-tiers',
      caption: 'Maintenance margins by size',
      columns: [
        { name: 'Asset', value: ({ asset }) => asset },
        { name: 'Up to', unit: 'USD', value: ({ upToUsd }) => upToUsd },
        { name: 'Margin', unit: 'ratio', value: ({ maintenanceMargin }) => maintenanceMargin },
      ],
      keyOf: ({ asset, upToUsd }) => `${asset} ${upToUsd}`,
    },
    state,
  );
}

function foot(state: State, advice: OneAdvice): Piece {
  const { asked: question, block, bookHash, endedAt, run, adviceHash, since, parameter } = advice;
  const { venue, market } = parameter;
  const [place, name] =
    market === '' ? [venuePath(venue), venueName(venue)] : [marketPath(venue, market), parameter.label];
  return [
    element('p', { class: 'source', key: 'asked' }, askedWords(question)),
    since !== null &&
      element(
        'p',
        { class: 'source', key: 'since' },
        `The advice before, at block ${count(since.block)}, was ${since.advised ? valueText(since.advised) : 'without a value'}; ${since.inputs.length === 0 ? 'no input has changed since' : `what changed since: ${since.inputs.join(', ')}`}.`,
      ),
    element(
      'p',
      { class: 'source', key: 'source', 'data-block': block, 'data-book': bookHash },
      `At block ${count(block)}, book ${bookHash.slice(0, 10)}, advice ${adviceHash.slice(0, 10)}, made ${minute(endedAt)} UTC by `,
      link(state, `/advice/${encodeURIComponent(run)}`, { title: run, key: 'run' }, 'this run'),
      '. Where it is: ',
      link(state, place, { key: 'place' }, name),
      '.',
    ),
  ];
}
