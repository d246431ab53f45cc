import { recompute } from '../cascade/recompute.ts';
import { sentencesOf } from '../cascade/headline.ts';
import type { Cascade } from '../cascade/load.ts';
import { cascade as asked } from '../cascade/asked.ts';
import { cascadeBelow, shownCascade } from '../cascade/shown.ts';
import { lossTables } from '../cascade/tables.ts';
import { count, usd, usdExact } from '../../format/number.ts';
import { headingTerm } from '../../glossary/term.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { answerOf } from '../../frame/asked.ts';
import { sourceLine } from '../../frame/at-block.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { DEFAULT_SETTINGS } from '../../scenario/scenario.ts';
import { writeShort } from '../../scenario/short-link.ts';
import { policiesInWords, scenarioInWords } from '../../scenario/words.ts';
import { reportLink } from '../report-form/address.ts';
import { venueColumn } from '../venues/column.ts';
import { comparisonPart, madeDuePart } from '../what-if/panel.ts';
import { movesInWords } from './resolved-moves.ts';

/** What is lost in the scenario on screen, first of all: in words, and loudly whom a change of terms alone makes liquidatable. */
export function lossPanel(state: State): Markup {
  const { now, moves } = state;
  return section({
    id: 'loss',
    title: 'What is lost',
    loaded: shownCascade(state),
    now,
    waiting: moves ? 'Loading…' : 'Choose a cell of the heatmap, or a scenario.',
    body: ({ headline, scenario, head, overrides }) => {
      const [first = '', ...others] = sentencesOf(headline);
      return [
        element(
          'p',
          { class: 'headline', key: 'headline' },
          element('span', { class: 'of' }, `${scenarioInWords(scenario)}: `),
          first,
        ),
        others.length > 0 && element('p', { class: 'headline-more', key: 'more' }, others.join(' ')),
        madeDuePart(state),
        // A report is of the terms that stand.
        overrides.length === 0 && reportLink(state, { kind: 'scenario', block: head.block }),
        shortLinkPart(state, head),
      ];
    },
  });
}

/** The address of the scenario that fits into a post, at the block on screen. */
function shortLinkPart(
  { moves, settings, overrides, origin }: State,
  { block, hash }: Cascade['head'],
): Piece {
  if (!moves) return undefined;
  const path = `/s/${writeShort({ moves, settings, overrides, block, hash })}`;
  return element(
    'p',
    { class: 'source', key: 'short' },
    'Short link: ',
    element(
      'button',
      {
        ...{ type: 'button', class: 'address', 'data-act': 'copy', 'data-text': origin + path },
        ...{ 'data-what': 'Short link', title: 'Click to copy' },
      },
      path,
    ),
    ` (${path.length} characters), which shows these very numbers as long as block ${count(block)} is stored.`,
  );
}

/** The figures behind it: what moved, what is lost and by whom, what is stuck and why; and the way to recompute them. */
export function resultPanel(state: State): Markup {
  const { now, moves } = state;
  return section({
    id: 'result',
    title: 'Result',
    loaded: cascadeBelow(state),
    now,
    waiting: moves ? 'Loading…' : 'Choose a cell of the heatmap, or a scenario.',
    body: (value) => body(state, value),
  });
}

function body(state: State, cascade: Cascade): Piece {
  return [
    resolvedMoves(cascade),
    comparisonPart(state),
    cascade.overrides.length > 0 && element('h3', { key: 'under' }, 'Under the changed terms'),
    figures(cascade),
    stuckTable(state, cascade),
    lossTables(state, cascade),
    element('p', { class: 'source', key: 'policies' }, policiesInWords(cascade.scenario)),
    isVolatilityAlone(cascade) &&
      element(
        'p',
        { class: 'source', key: 'volatility' },
        'Volatility alone makes nobody due: what the writer of an option must put up does not depend on it. Together with a price move it changes what it costs to close the options that fall due.',
      ),
    sourceLine(cascade, { pinned: state.pinned, loaded: answerOf(state, asked) }),
    recompute(cascade),
  ];
}

const isVolatilityAlone = ({ scenario, accounts }: Cascade) =>
  scenario.moves.length === 0 && scenario.volatilityMove !== DEFAULT_SETTINGS.volatility && accounts === 0;

/** What moved before anybody reacted, before any number. */
function resolvedMoves(cascade: Cascade): Markup {
  const { families, rest } = movesInWords(cascade);
  return element(
    'div',
    { class: 'shocked', key: 'shocked' },
    families.length > 0 && [
      element('b', {}, 'Before anybody reacts'),
      element(
        'ul',
        {},
        families.map((family) => element('li', { key: family }, family)),
      ),
    ],
    rest.length > 0 && element('p', { class: 'source' }, rest.join(' ')),
  );
}

function figures(cascade: Cascade): Markup {
  const { lossUsd, lossAtSaleUsd, badDebtUsd, shortfallUsd, shortfallAtSaleUsd } = cascade;
  const { stuckUsd, liquidatedUsd, repaidUsd, accounts, shortfallBeforeUsd, band } = cascade;
  const atSale = (usual: number, atSaleUsd: number) =>
    usd(usual) === usd(atSaleUsd) ? undefined : `${usd(atSaleUsd)} if all had to be sold`;
  const list: Figure[] = [
    {
      ...{
        name: 'Loss',
        value: usd(lossUsd),
        title: `${usdExact(lossUsd)}: bad debt and shortfall together`,
      },
      notes: [bandWords(band, ({ lossUsd: one }) => one), atSale(lossUsd, lossAtSaleUsd)],
    },
    {
      ...{
        name: 'Bad debt',
        value: usd(badDebtUsd),
        title: `${usdExact(badDebtUsd)}: debt whose collateral is gone`,
      },
      notes: [bandWords(band, ({ badDebtUsd: one }) => one)],
    },
    {
      name: 'Shortfall of open accounts',
      value: usd(shortfallUsd),
      title: `${usdExact(shortfallUsd)}: debt above what the collateral is worth at market prices`,
      notes: [
        atSale(shortfallUsd, shortfallAtSaleUsd),
        shortfallBeforeUsd > 0 ? `${usd(shortfallBeforeUsd)} was there before the shock` : undefined,
      ],
    },
    {
      ...{ name: 'Due and stuck', value: usd(stuckUsd) },
      ...{ title: `${usdExact(stuckUsd)}: debt that is due and that nobody liquidates`, notes: [] },
    },
    {
      ...{ name: 'Liquidated', value: usd(liquidatedUsd) },
      title: `${usdExact(liquidatedUsd)}: collateral seized; of perpetual positions and options, their value when closed`,
      notes: [`${count(accounts)} ${accounts === 1 ? 'account' : 'accounts'}, ${usd(repaidUsd)} repaid`],
    },
  ];
  return element(
    'dl',
    { class: 'figures losses', key: 'figures' },
    list.map(({ name, value, title, notes }) =>
      element(
        'div',
        { title, key: name },
        element('dt', {}, headingTerm(name)),
        element('dd', {}, value),
        notes.map((note) => note !== undefined && element('dd', { class: 'note', key: note }, note)),
      ),
    ),
  );
}

interface Figure {
  readonly name: string;
  readonly value: string;
  readonly title: string;
  readonly notes: readonly (string | undefined)[];
}

/** Both ends of what oracles do, where they differ as printed. */
function bandWords(
  band: Cascade['band'],
  of: (end: NonNullable<Cascade['band']>['between']) => number,
): string | undefined {
  if (band === null) return undefined;
  const ends = [of(band.between), of(band.within)].sort((a, b) => a - b).map(usd);
  return ends[0] === ends[1] ? undefined : `${ends[0]} to ${ends[1]}, as oracles follow`;
}

function stuckTable(state: State, { stuck }: Cascade): Piece {
  return (
    stuck.length > 0 &&
    table(
      stuck,
      {
        id: 'stuck',
        caption: 'Due at the end, and nobody liquidates it',
        columns: [
          venueColumn(),
          { name: 'Accounts', unit: 'count', value: ({ accounts }) => accounts },
          { name: 'Debt', unit: 'USD', value: ({ debtUsd }) => debtUsd },
          { name: 'Because', value: ({ because }) => because },
        ],
        keyOf: ({ venue, reason }) => `${venue} ${reason}`,
      },
      state,
    )
  );
}
