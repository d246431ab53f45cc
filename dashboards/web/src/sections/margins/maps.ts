import { gainMap, leastWidth, type GainMap } from '../../chart/gain-map.ts';
import { exported, type DataTable } from '../../export/exportable.ts';
import { amount, move, usd } from '../../format/number.ts';
import { themeOf, type State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { term } from '../../glossary/term.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import type { Derivatives, MarginReport } from './load.ts';

/** What all gains over a grid of moves of all prices and all implied volatilities. */
export function gainsPart(state: State, { grid }: MarginReport): Piece {
  const { moves, rows } = grid;
  const map: GainMap = {
    label: 'What all accounts gain when every price moves by so much',
    columns: moves.map(moveName),
    rows: rows.map(({ volatilityMove: one }) =>
      one === 0 ? 'volatility as now' : `volatility ${move(one)}`,
    ),
    gainsUsd: rows.map(({ gainsUsd }) => gainsUsd),
  };
  return [
    element('h3', { key: 'gains-head' }, map.label),
    drawn(state, map, {
      id: 'margins-gains',
      data: {
        columns: [
          { name: 'Move', unit: 'move' },
          { name: 'Volatility move', unit: 'move' },
          { name: 'Gain', unit: 'USD' },
        ],
        rows: rows.flatMap(({ volatilityMove, gainsUsd }) =>
          moves.map((one, column) => [one, volatilityMove, gainsUsd[column]]),
        ),
      },
    }),
  ];
}

const moveName = (one: number): string => (one === 0 ? 'as now' : move(one));

/** Greeks of options and perpetuals, and what a margin by scenarios would ask, with the scenario that binds. */
export function derivativesPart(state: State, { derivatives }: MarginReport): Piece {
  if (derivatives.length === 0) return undefined;
  const left = [...new Set(derivatives.flatMap((one) => one.left))];
  return [
    element('h3', { key: 'derivatives-head' }, 'Options and perpetuals'),
    greeksTable(state, derivatives),
    derivatives.map((one) => scenariosPart(state, one)),
    left.length > 0 &&
      element('p', { class: 'source', key: 'left' }, `Some of it is left out: ${left.join('; ')}.`),
  ];
}

function greeksTable(state: State, derivatives: readonly Derivatives[]): Markup {
  return table(
    derivatives,
    {
      id: 'margins-greeks',
      caption: 'Greeks by Black-76, and what a margin by scenarios would ask',
      columns: [
        { name: 'On', value: ({ reference }) => reference },
        {
          name: 'Delta',
          title: 'Of options and perpetuals: units of the reference that they move like',
          unit: 'units',
          value: ({ greeks }) => greeks.delta - greeks.collateralDelta,
          cell: ({ greeks }) => amount(greeks.delta - greeks.collateralDelta),
          also: [
            { name: 'Delta of collateral', unit: 'units', value: ({ greeks }) => greeks.collateralDelta },
          ],
        },
        {
          name: 'Gamma',
          title: 'Change of delta per dollar',
          unit: 'units',
          value: ({ greeks }) => greeks.gamma,
          cell: ({ greeks }) => (greeks.gamma === 0 ? '–' : greeks.gamma.toPrecision(3).replace('-', '−')),
        },
        {
          name: 'Vega',
          title: 'When volatilities rise by a percentage point',
          unit: 'USD',
          value: ({ greeks }) => greeks.vegaUsd / 100,
        },
        {
          name: 'Theta',
          title: 'When a day passes',
          unit: 'USD',
          value: ({ greeks }) => greeks.thetaUsd / 365,
        },
        { name: 'Maintenance margin', unit: 'USD', value: ({ grid }) => grid.maintenanceUsd },
        { name: 'Initial margin', unit: 'USD', value: ({ grid }) => grid.initialUsd },
      ],
      keyOf: ({ reference }) => reference,
    },
    state,
  );
}

type Scenario = Derivatives['grid']['scenarios'][number];

const VOLATILITIES: readonly { readonly is: Scenario['volatility']; readonly name: string }[] = [
  { is: 'up', name: 'volatility up' },
  { is: 'none', name: 'as now' },
  { is: 'down', name: 'volatility down' },
  { is: 'tilt', name: 'skew tilted' },
  { is: 'wings', name: 'wings raised' },
];

function scenariosPart(state: State, { reference, grid }: Derivatives): Piece {
  const { scenarios, binding } = grid;
  const spots = [...new Set(scenarios.map(({ spotFactor }) => spotFactor))].sort((a, b) => a - b);
  const rows = VOLATILITIES.filter(({ is }) => scenarios.some(({ volatility }) => volatility === is));
  const at = (spot: number, is: Scenario['volatility']) =>
    scenarios.find(({ spotFactor, volatility }) => spotFactor === spot && volatility === is);
  const worst = binding === null ? undefined : scenarios[binding];
  const map: GainMap = {
    label: `What all on ${reference} gains in each scenario`,
    columns: spots.map((spot) => moveName(Number((spot - 1).toFixed(4)))),
    rows: rows.map(({ name }) => name),
    gainsUsd: rows.map(({ is }) => spots.map((spot) => at(spot, is)?.changeUsd)),
    binding: worst && {
      row: rows.findIndex(({ is }) => is === worst.volatility),
      column: spots.indexOf(worst.spotFactor),
    },
  };
  const binds =
    worst === undefined
      ? 'No scenario binds: forwards that do not move with the spot ask more, or all scenarios gain.'
      : `The worst has a frame: ${reference} ${moveName(Number((worst.spotFactor - 1).toFixed(4)))}, ${rows.find(({ is }) => is === worst.volatility)?.name}: ${usd(worst.changeUsd)}.`;
  return element(
    'div',
    { key: `scenarios ${reference}` },
    element('p', {}, term('margin by scenarios', 'Margin by scenarios'), ` of all on ${reference}. ${binds}`),
    drawn(state, map, {
      id: `margins-scenarios-${reference}`,
      data: {
        columns: [
          { name: 'Move', unit: 'move' },
          { name: 'Volatility' },
          { name: 'Gain', unit: 'USD' },
          { name: 'Binds' },
        ],
        rows: scenarios.map(({ spotFactor, volatility, changeUsd }, place) => [
          spotFactor - 1,
          volatility,
          changeUsd,
          place === binding ? 'yes' : 'no',
        ]),
      },
    }),
  );
}

/** The map in the room that there is, scrolling sideways where that is too narrow for its numbers. */
function drawn(
  state: State,
  map: GainMap,
  { id, data }: { readonly id: string; readonly data: DataTable },
): Markup {
  const width = state.widths[id] ?? 0;
  const svg = width > 0 ? gainMap({ ...map, theme: themeOf(state), width }) : undefined;
  const scrolls = width > 0 && width < leastWidth(map);
  const plot = element(
    'div',
    { class: 'plot', 'data-measure-width': id, key: id },
    element(
      'div',
      {
        class: 'plot-scroll',
        ...(scrolls && { tabindex: 0, role: 'region', 'aria-label': map.label }),
      },
      svg,
    ),
  );
  if (!svg) return plot;
  return exported(plot, { id, title: map.label, data: () => data, pictures: () => [{ svg }] });
}
