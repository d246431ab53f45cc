import { exported, type DataTable } from '../../export/exportable.ts';
import { barRows, type BarRow } from '../../chart/bar-rows.ts';
import { shortAddress } from '../../format/address.ts';
import { count, percent, usd } from '../../format/number.ts';
import { venueName } from '../../format/venue.ts';
import { answerOf } from '../../frame/asked.ts';
import { sourceLine } from '../../frame/at-block.ts';
import { link } from '../../frame/link.ts';
import { accountPath } from '../../frame/paths.ts';
import { section } from '../../frame/section.ts';
import { themeOf, type State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { term } from '../../glossary/term.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { markets } from '../markets/asked.ts';
import { venues } from '../venues/asked.ts';
import { scenarioWords } from '../margins/words.ts';
import { clearing as asked } from './asked.ts';
import type { Clearing } from './load.ts';

const NAME = 'clearing';

/** All venues as one clearing house: one fund for all beside a fund for each. */
export function clearingPanel(state: State): Piece {
  // The tables above are as long as there are venues and markets: this would jump when they come.
  if ([venues, markets].some((above) => answerOf<unknown>(state, above).value === undefined))
    return undefined;
  return section({
    id: NAME,
    title: 'If one house cleared all venues',
    loaded: answerOf(state, asked),
    now: state.now,
    lead: element(
      'p',
      { class: 'lead', key: 'lead' },
      'Every owner is one portfolio over all venues, and one fund stands for the two whose default costs most (',
      term('cover-2'),
      '). No such house exists: it says what venues that stand alone need more.',
    ),
    waiting: 'Valuing all accounts in hundreds of scenarios…',
    body: (value) => body(state, value),
  });
}

function body(state: State, clearing: Clearing): Piece {
  const { missing, prices } = clearing;
  const sources = prices.map(({ what, source, prices: many }) => `${what} by ${source} (${count(many)})`);
  return [
    element('p', { class: 'headline', key: 'headline' }, headline(clearing)),
    element('p', { key: 'scenarios' }, scenariosWords(clearing)),
    clearing.binding !== null && chartPart(state, clearing),
    clearing.binding !== null && needsTable(state, clearing),
    missing.length > 0 &&
      element(
        'ul',
        { class: 'source', key: 'missing', 'aria-label': 'What is missing' },
        missing.map((sentence) => element('li', { key: sentence }, sentence)),
      ),
    sourceLine(
      clearing,
      { pinned: state.pinned, loaded: answerOf(state, asked) },
      sources.length > 0 && ` Prices: ${sources.join(', ')}.`,
    ),
  ];
}

function headline({ binding, fundUsd, heldUsd, isCovered, savedUsd }: Clearing): string {
  if (binding === null) return 'In no scenario does anybody owe more than he has.';
  const held = `What venues hold for losses is ${usd(heldUsd)} together: ${isCovered ? 'enough' : `${usd(fundUsd - heldUsd)} too little`}.`;
  const saved = savedUsd >= 1 ? ` Each for itself, they would need ${usd(savedUsd)} more.` : '';
  return `One fund of ${usd(fundUsd)} would bear the two worst owners. ${held}${saved}`;
}

/** What the scenarios are made of, and which of them binds. */
function scenariosWords({ binding, scenarios, factors, horizon }: Clearing): string {
  const known = factors.filter(({ deviation }) => deviation !== null);
  const told = known.map(({ name, deviation }) => `${name} ${percent(deviation)}`).join(', ');
  const made =
    known.length === 0
      ? `Of ${count(scenarios)} scenarios`
      : `Of ${count(scenarios)} scenarios, two, four and six standard deviations of ${horizon.name} either way (${told}), together and each alone`;
  return binding === null
    ? `${made}.`
    : `${made}, this binds: ${scenarioWords(binding.scenario)}. It hits before anybody reacts.`;
}

interface Need {
  readonly name: string;
  readonly venue: string | null;
  readonly fundUsd: number;
  readonly owners: Clearing['apart'][number]['owners'];
  readonly scenario: Clearing['apart'][number]['scenario'];
}

/** The shared fund first, then what each venue needs. */
function needsOf({ binding, apart }: Clearing): readonly Need[] {
  return [
    ...(binding === null ? [] : [{ ...binding, name: 'One fund for all', venue: null }]),
    ...apart.map((need) => ({ ...need, name: venueName(need.venue) })),
  ];
}

/** The shared fund, what all would need each for itself, and each of them: what the shared one saves is the difference of the first two. */
function fundsOf(clearing: Clearing): readonly { readonly name: string; readonly fundUsd: number }[] {
  const [shared, ...apart] = needsOf(clearing);
  const together = apart.reduce((sum, { fundUsd }) => sum + fundUsd, 0);
  return [...(shared ? [shared] : []), { name: 'Each for itself, together', fundUsd: together }, ...apart];
}

function chartPart(state: State, clearing: Clearing): Piece {
  const width = state.widths[NAME] ?? 0;
  const funds = fundsOf(clearing);
  const rows = funds.map(({ name, fundUsd }, row): BarRow => ({
    name,
    said: usd(fundUsd),
    words: `${name}: ${usd(fundUsd)} needed`,
    bars: [{ pattern: row === 0 ? 'solid' : 'stripes', value: fundUsd }],
  }));
  const svg = width > 0 ? barRows({ id: NAME, rows, theme: themeOf(state), width }) : undefined;
  const plot = element('div', { class: 'plot', 'data-measure-width': NAME, key: 'plot' }, svg);
  if (!svg) return plot;
  return exported(plot, {
    ...{ id: 'clearing-chart', title: 'One fund for all venues beside one for each' },
    data: () => dataOf(funds),
    pictures: () => [{ svg }],
  });
}

const dataOf = (funds: ReturnType<typeof fundsOf>): DataTable => ({
  columns: [{ name: 'Fund' }, { name: 'Needed', unit: 'USD' }],
  rows: funds.map(({ name, fundUsd }) => [name, fundUsd]),
});

function needsTable(state: State, clearing: Clearing): Markup {
  return table(
    needsOf(clearing),
    {
      id: 'clearing',
      caption: 'What the two owners who leave most cost, in the scenario in which they do',
      columns: [
        {
          name: 'Fund',
          value: ({ name }) => name,
          also: [{ name: 'Venue id', value: ({ venue }) => venue }],
        },
        { name: 'Needed', unit: 'USD', value: ({ fundUsd }) => fundUsd },
        {
          name: 'Owners',
          value: ({ owners }) => owners.map(({ owner }) => owner).join(' '),
          cell: ({ owners }) =>
            owners.map(({ owner, lossUsd }) => [
              link(
                state,
                accountPath(owner),
                { key: owner, title: `${owner} leaves ${usd(lossUsd)}` },
                shortAddress(owner),
              ),
              ' ',
            ]),
          also: [
            { name: 'Larger loss', unit: 'USD', value: ({ owners }) => owners[0]?.lossUsd },
            { name: 'Smaller loss', unit: 'USD', value: ({ owners }) => owners[1]?.lossUsd },
          ],
        },
        { name: 'Scenario', value: ({ scenario }) => scenarioWords(scenario) },
      ],
      keyOf: ({ venue }) => venue ?? '',
    },
    state,
  );
}
