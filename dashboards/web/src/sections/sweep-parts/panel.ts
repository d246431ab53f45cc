import { percent } from '../../format/number.ts';
import { venueName } from '../../format/venue.ts';
import { link } from '../../frame/link.ts';
import { assetPath, marketPath, venuePath } from '../../frame/paths.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { table, type Column } from '../../frame/table.ts';
import { element, type Markup } from '../../markup/element.ts';
import { PARTS, type Part } from '../sweep-plan/sweep-choice.ts';
import { answeredSweep, waitingWords } from '../sweep-run/answered.ts';
import type { AtRisk, SweepSummary } from '../sweep-run/load.ts';

const NAMES: Readonly<Record<Part, string>> = { venue: 'Venues', market: 'Markets', asset: 'Assets' };

/** Where it is lost: by venue, market or asset. */
export function partsPanel(state: State): Markup {
  const { part } = state.sweep;
  return section({
    id: 'sweep-parts',
    title: 'Where it is lost',
    loaded: answeredSweep(state),
    now: state.now,
    lead: element(
      'div',
      { class: 'choices switch', role: 'group', 'aria-label': 'By what', key: 'parts' },
      PARTS.map((one) =>
        element(
          'button',
          {
            ...{ type: 'button', key: one, 'data-act': 'sweep-part', 'data-part': one },
            'aria-pressed': one === part ? 'true' : 'false',
          },
          NAMES[one],
        ),
      ),
    ),
    waiting: waitingWords(state),
    body: ({ summary }) => [
      tableOf(state, part, summary),
      element(
        'p',
        { class: 'source', key: 'what' },
        `Contribution: the part’s mean loss in the scenarios that are the worst ${percent(1 - summary.contributionLevel)} for all; contributions of all venues add up to the ES of the whole.`,
      ),
    ],
  });
}

function tableOf(state: State, part: Part, summary: SweepSummary): Markup {
  const level = summary.contributionLevel;
  const caption = `Losses by ${part} over all scenarios, largest contribution first`;
  const losses = lossColumns(level);
  if (part === 'venue')
    return table(
      summary.byVenue,
      {
        ...{ id: 'sweep-venue', caption, keyOf: ({ venue }) => venue },
        columns: [
          {
            name: 'Venue',
            value: ({ venue }) => venueName(venue),
            cell: ({ venue }) => link(state, venuePath(venue), { title: venue }, venueName(venue)),
            also: [{ name: 'Venue id', value: ({ venue }) => venue }],
          },
          ...losses,
          { name: 'Mean liquidated', unit: 'USD', value: ({ meanLiquidatedUsd }) => meanLiquidatedUsd },
          {
            name: `LaR ${percent(level)}`,
            unit: 'USD',
            value: ({ liquidated }) => atLevel(liquidated, level)?.valueAtRisk,
          },
        ],
      },
      state,
    );
  if (part === 'market')
    return table(
      summary.byMarket,
      {
        ...{ id: 'sweep-market', caption, keyOf: ({ venue, market }) => `${venue} ${market}` },
        columns: [
          {
            name: 'Market',
            value: ({ label }) => label,
            cell: ({ venue, market, label }) =>
              link(state, marketPath(venue, market), { title: market }, label),
            also: [{ name: 'Market id', value: ({ market }) => market }],
          },
          {
            name: 'Venue',
            value: ({ venue }) => venueName(venue),
            also: [{ name: 'Venue id', value: ({ venue }) => venue }],
          },
          ...losses,
        ],
      },
      state,
    );
  return table(
    summary.byAsset,
    {
      ...{ id: 'sweep-asset', caption, keyOf: ({ asset }) => asset.address },
      columns: [
        {
          name: 'Asset',
          value: ({ asset }) => asset.symbol,
          cell: ({ asset }) => link(state, assetPath(asset.symbol), { title: asset.address }, asset.symbol),
          also: [{ name: 'Asset id', value: ({ asset }) => asset.address }],
        },
        ...losses,
        { name: 'Mean seized', unit: 'units', value: ({ meanSeized }) => meanSeized },
      ],
    },
    state,
  );
}

interface Losing {
  readonly meanLossUsd: number;
  readonly loss: readonly AtRisk[];
  readonly contributionUsd: number;
}

const lossColumns = (level: number): Column<Losing>[] => [
  { name: 'Contribution', unit: 'USD', value: ({ contributionUsd }) => contributionUsd },
  { name: 'Mean loss', unit: 'USD', value: ({ meanLossUsd }) => meanLossUsd },
  {
    name: `VaR ${percent(level)}`,
    unit: 'USD',
    value: ({ loss }) => atLevel(loss, level)?.valueAtRisk,
  },
  {
    name: `ES ${percent(level)}`,
    unit: 'USD',
    value: ({ loss }) => atLevel(loss, level)?.expectedShortfall,
  },
];

const atLevel = (risks: readonly AtRisk[], level: number) => risks.find((one) => one.level === level);
