import { exported, type DataTable } from '../../export/exportable.ts';
import { barRows, type BarRow } from '../../chart/bar-rows.ts';
import { paletteOf } from '../../chart/palette.ts';
import { patternKey, type PatternName } from '../../chart/pattern.ts';
import { count, usd } from '../../format/number.ts';
import { venueName } from '../../format/venue.ts';
import { answerOf } from '../../frame/asked.ts';
import { sourceLine } from '../../frame/at-block.ts';
import { section } from '../../frame/section.ts';
import { themeOf, type State } from '../../frame/state.ts';
import { term } from '../../glossary/term.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { lookedUp, owner } from '../account/asked.ts';
import { margins as asked } from './asked.ts';
import { A_DAY, type Horizon, type MarginReport, type Margins, type MarginTotals } from './load.ts';
import { derivativesPart, gainsPart } from './maps.ts';
import {
  accountsTable,
  contributionsTable,
  distancesTable,
  sensitivitiesTable,
  totalsTable,
} from './tables.ts';
import { headline, portfolioWords, ratioWords, tailWords, totalsSentence } from './words.ts';

const NAME = 'margins';

/** What an address has and must have, three ways side by side, and how far it is from its lines. */
export function marginsPanel(state: State): Piece {
  // What stands above says that the path has no address, and is as long as the address has accounts: this would jump when it comes.
  if (lookedUp(state) === undefined || answerOf(state, owner).value === undefined) return undefined;
  return section({
    id: NAME,
    title: 'What it must put up',
    loaded: answerOf(state, asked),
    now: state.now,
    lead: element(
      'p',
      { class: 'lead', key: 'lead' },
      'An account may be liquidated when its ',
      term('equity'),
      ' is below its ',
      term('maintenance margin'),
      '. ',
      term('isolated margin', 'Isolated'),
      ': every account for itself, as its venue has it. ',
      term('cross margin', 'Cross'),
      ': what one lacks another pays. ',
      term('portfolio margin', 'Portfolio'),
      ': what all could lose together.',
    ),
    waiting: 'Valuing the accounts in thousands of scenarios…',
    body: (value) => body(state, value),
  });
}

function body(state: State, margins: Margins): Piece {
  const { report, missing, prices, horizon } = margins;
  const sources = prices.map(({ what, source, prices: many }) => `${what} by ${source} (${count(many)})`);
  return [
    report !== null && reportPart(state, report, horizon),
    horizon.name !== A_DAY.name && horizonWords(horizon),
    missing.length > 0 &&
      element(
        'ul',
        { class: 'source', key: 'missing', 'aria-label': 'What is missing' },
        missing.map((sentence) => element('li', { key: sentence }, sentence)),
      ),
    sourceLine(
      margins,
      { pinned: state.pinned, loaded: answerOf(state, asked) },
      sources.length > 0 && ` Prices: ${sources.join(', ')}.`,
    ),
  ];
}

const horizonWords = ({ name }: Horizon): Markup =>
  element(
    'p',
    { class: 'source', key: 'horizon' },
    `Too few hours of prices are stored to say anything of a day: value at risk and deviations are those of ${name}.`,
  );

function reportPart(state: State, report: MarginReport, horizon: Horizon): Piece {
  const { portfolio, factors } = report;
  return [
    element('p', { class: 'headline', key: 'headline' }, headline(report)),
    totalsPart(state, report),
    accountsTable(state, report),
    distancesTable(state, report, horizon),
    portfolio !== null && [
      element('p', { key: 'tail' }, tailWords(portfolio, factors)),
      element('p', { key: 'portfolio' }, portfolioWords(portfolio)),
      portfolio.tail !== null && contributionsTable(state, portfolio.tail),
    ],
    report.sensitivities.prices.length > 0 && [sensitivitiesTable(state, report), gainsPart(state, report)],
    derivativesPart(state, report),
  ];
}

/** What stands for what in the bars. */
const KEY: readonly {
  readonly name: string;
  readonly pattern: PatternName;
  readonly of: (totals: MarginTotals) => number;
}[] = [
  { name: 'Equity', pattern: 'hollow', of: ({ equityUsd }) => equityUsd },
  { name: 'Initial margin', pattern: 'stripes', of: ({ initialUsd }) => initialUsd },
  { name: 'Maintenance margin', pattern: 'solid', of: ({ maintenanceUsd }) => maintenanceUsd },
];

/** The ways of looking at the accounts, by name: over all, then by venue where there are several. */
export function waysOf({ isolated, cross, portfolio, venues }: MarginReport) {
  return [
    { name: 'Isolated, the worst', totals: isolated },
    { name: 'Cross, all as one', totals: cross },
    ...(portfolio === null ? [] : [{ name: 'Portfolio', totals: portfolio as MarginTotals }]),
    ...(venues.length > 1
      ? venues.map((one) => ({ name: `At ${venueName(one.venue)}`, totals: one.cross }))
      : []),
  ];
}

function totalsPart(state: State, report: MarginReport): Piece {
  const width = state.widths[NAME] ?? 0;
  const ways = waysOf(report);
  const svg =
    width > 0 ? barRows({ id: NAME, rows: barsOf(report), theme: themeOf(state), width }) : undefined;
  const plot = element('div', { class: 'plot', 'data-measure-width': NAME, key: 'plot' }, svg);
  return [
    svg
      ? exported(plot, {
          ...{ id: 'margins-chart', title: 'Equity against what must be put up' },
          data: () => dataOf(ways),
          pictures: () => [{ svg }],
        })
      : plot,
    element('div', { key: 'key' }, patternKey(KEY, paletteOf(themeOf(state)))),
    totalsTable(state, ways),
  ];
}

function barsOf(report: MarginReport): BarRow[] {
  return waysOf(report).map(({ name, totals }) => ({
    name,
    said: `${ratioWords(totals.marginRatio)}${saved(report, totals)}`,
    words: totalsSentence(name, totals),
    bars: KEY.map(({ pattern, of }) => ({ pattern, value: of(totals) })),
  }));
}

/** The offset stands beside the portfolio. */
const saved = ({ portfolio }: MarginReport, totals: MarginTotals): string =>
  portfolio !== null && totals === portfolio && portfolio.offsetUsd >= 1
    ? `, offset ${usd(portfolio.offsetUsd)}`
    : '';

const dataOf = (ways: ReturnType<typeof waysOf>): DataTable => ({
  columns: [{ name: 'Way' }, ...KEY.map(({ name }) => ({ name, unit: 'USD' as const }))],
  rows: ways.map(({ name, totals }) => [name, ...KEY.map(({ of }) => of(totals))]),
});
