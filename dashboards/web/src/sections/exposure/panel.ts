import { colourKey } from '../../chart/key.ts';
import { paletteOf } from '../../chart/palette.ts';
import { exported } from '../../export/exportable.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { answerOf } from '../../frame/asked.ts';
import { sourceLine } from '../../frame/at-block.ts';
import { link } from '../../frame/link.ts';
import { assetPath } from '../../frame/paths.ts';
import { section } from '../../frame/section.ts';
import { themeOf, type State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { exposures as asked } from './asked.ts';
import { assetColumn } from './asset-column.ts';
import { exposureChart, exposureColours } from './chart.ts';
import { exposureData } from './data.ts';
import type { Exposures } from './load.ts';

/** Where the same collateral is used, and where it is owed. */
export function exposurePanel(state: State): Markup {
  return section({
    id: 'exposure',
    title: 'Venue by asset',
    loaded: answerOf(state, asked),
    now: state.now,
    lead: element(
      'p',
      { class: 'lead', key: 'lead' },
      'What the accounts with debt hold and owe. Perpetual positions count with their value, written options with what must back them. Cash has no bars: no shock moves it.',
    ),
    body: (value) => body(state, value),
  });
}

function body(state: State, exposures: Exposures): Piece {
  const { assets } = exposures;
  if (assets.length === 0) return element('p', { class: 'waiting' }, 'No account with debt is known yet.');
  const theme = themeOf(state);
  const colours = exposureColours(paletteOf(theme));
  const width = state.widths['exposure'] ?? 0;
  const key = [
    { name: 'Held: collateral, longs, options bought', colour: colours.collateral },
    { name: 'Owed: debt, shorts, options written', colour: colours.debt },
  ];
  const exportedChart = (): Markup => {
    const svg = exposureChart({ exposures, theme, width });
    return exported(svg, {
      id: 'exposure',
      title: 'What is held and owed by venue and asset',
      data: () => exposureData(exposures),
      pictures: () => [{ svg, key: key.map(({ name, colour }) => ({ name, fill: colour })) }],
    });
  };
  return [
    colourKey(key),
    element(
      'div',
      { class: 'plot', 'data-measure-width': 'exposure', key: 'plot' },
      element(
        'div',
        { class: 'plot-scroll', tabindex: 0, role: 'region', 'aria-label': 'Matrix of venues and assets' },
        width > 0 && exportedChart(),
      ),
    ),
    element(
      'details',
      { key: 'net', id: 'exposure-net', open: true },
      element('summary', {}, 'Held less owed, by asset'),
      table(
        assets,
        {
          id: 'exposure-net',
          caption: 'All venues together',
          columns: [
            {
              ...assetColumn<Exposures['assets'][number]>(),
              cell: ({ asset: { symbol, address } }) =>
                link(state, assetPath(symbol), { title: address }, symbol),
            },
            { name: 'Held', unit: 'USD', value: ({ collateralUsd }) => collateralUsd },
            { name: 'Owed', unit: 'USD', value: ({ debtUsd }) => debtUsd },
            {
              name: 'Net',
              title: 'Above 0, these accounts lose when the asset falls',
              unit: 'USD',
              value: ({ netUsd }) => netUsd,
            },
          ],
          keyOf: ({ asset }) => asset.address,
        },
        state,
      ),
    ),
    sourceLine(exposures, { pinned: state.pinned, loaded: answerOf(state, asked) }),
  ];
}
