import { categoryColour, paletteOf, type Palette, type Theme } from '../../chart/palette.ts';
import { price, usd } from '../../format/number.ts';
import { venueName } from '../../format/venue.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import type { Exposure, ExposureAsset, Exposures } from './load.ts';

export interface ExposureDrawing {
  readonly exposures: Pick<Exposures, 'assets' | 'venues'>;
  readonly theme: Theme;
  /** Pixels available; below 620 assets stand under each other instead of beside. */
  readonly width: number;
}

const NARROW = 620;
const CELL = { width: 84, widest: 150, height: 48, gap: 10 };
const LEFT = 104;
const TOP = 40;
const LINE = 24;

/** Colours of what is held and what is owed. */
export const exposureColours = (palette: Palette) => ({
  collateral: categoryColour(palette, 0),
  debt: categoryColour(palette, 4),
});

/**
 * Venue × asset: in every cell a bar and a number for what is held and for what is owed. All bars have one scale, so
 * their lengths can be compared over the whole picture. Cash, which no shock moves, has numbers alone.
 */
export function exposureChart(drawing: ExposureDrawing): Markup {
  const { exposures, theme, width } = drawing;
  const palette = paletteOf(theme);
  const most = Math.max(
    1,
    ...exposures.venues.flatMap(({ cells }) =>
      cells.flatMap((cell, i) => (exposures.assets[i]?.isFixed ? [] : [cell.collateralUsd, cell.debtUsd])),
    ),
  );
  const tools: Tools = { palette, most, ...exposureColours(palette) };
  return width < NARROW ? blocks(drawing, tools) : matrix(drawing, tools);
}

/** A cell in one sentence: what a screen reader says. */
export function exposureSentence(venue: string, symbol: string, cell: Exposure): string {
  if (cell.collateralUsd === 0 && cell.debtUsd === 0) return `${venue}, ${symbol}: nothing`;
  return `${venue}, ${symbol}: ${usd(cell.collateralUsd)} held, ${usd(cell.debtUsd)} owed`;
}

interface Tools {
  readonly palette: Palette;
  /** USD of the longest bar. */
  readonly most: number;
  readonly collateral: string;
  readonly debt: string;
}

function matrix({ exposures: { assets, venues }, width }: ExposureDrawing, tools: Tools): Markup {
  const fitting = Math.floor((width - LEFT) / Math.max(1, assets.length));
  const cellWidth = Math.min(CELL.widest, Math.max(CELL.width, fitting));
  const at = (column: number, row: number) =>
    `translate(${LEFT + column * cellWidth},${TOP + row * CELL.height})`;
  const room = (column: number) => (assets[column]?.isFixed ? 0 : cellWidth - CELL.gap);
  const head = element(
    'g',
    { role: 'row', key: 'head' },
    assets.map((asset, i) =>
      element(
        'g',
        { role: 'columnheader', key: asset.asset.address, transform: `translate(${LEFT + i * cellWidth},0)` },
        assetTitle(asset, tools.palette),
      ),
    ),
  );
  return chart(
    { width: LEFT + assets.length * cellWidth, height: TOP + venues.length * CELL.height },
    head,
    venues.map(({ venue, cells }, row) =>
      element(
        'g',
        { role: 'row', key: venue },
        rule(TOP + row * CELL.height, LEFT + assets.length * cellWidth, tools.palette),
        element(
          'g',
          { role: 'rowheader', transform: at(0, row) },
          element(
            'text',
            { x: -LEFT, y: CELL.height / 2 + 4, fill: tools.palette.ink, 'font-weight': 600 },
            venueName(venue),
          ),
        ),
        cells.map((cell, column) =>
          element(
            'g',
            {
              ...{ role: 'cell', key: cell.asset.address, transform: at(column, row) },
              'aria-label': exposureSentence(venueName(venue), assets[column]?.asset.symbol ?? '', cell),
            },
            bar({ y: 8, width: room(column), value: cell.collateralUsd, colour: tools.collateral }, tools),
            bar({ y: 27, width: room(column), value: cell.debtUsd, colour: tools.debt }, tools),
          ),
        ),
      ),
    ),
  );
}

/** For narrow windows: under each asset one line per venue that has it, what is held to the left, what is owed to the right. */
function blocks({ exposures: { assets, venues }, width }: ExposureDrawing, tools: Tools): Markup {
  const half = Math.floor((width - LEFT) / 2);
  let y = 0;
  const parts = assets.map((asset, column) => {
    const top = y;
    const room = asset.isFixed ? 0 : half - CELL.gap;
    const having = venues
      .map(({ venue, cells }) => ({ venue, cell: cells[column] }))
      .filter((one): one is { venue: string; cell: Exposure } => isSome(one.cell));
    y += 44 + having.length * LINE;
    return element(
      'g',
      { role: 'rowgroup', key: asset.asset.address, transform: `translate(0,${top})` },
      element(
        'g',
        { role: 'row' },
        rule(0, width, tools.palette),
        element('g', { role: 'columnheader', transform: 'translate(0,6)' }, assetTitle(asset, tools.palette)),
      ),
      having.map(({ venue, cell }, i) =>
        element(
          'g',
          { role: 'row', key: venue, transform: `translate(0,${42 + i * LINE})` },
          element(
            'g',
            { role: 'rowheader' },
            element('text', { y: 11, fill: tools.palette.ink }, venueName(venue)),
          ),
          element(
            'g',
            {
              ...{ role: 'cell', transform: `translate(${LEFT},0)` },
              'aria-label': exposureSentence(venueName(venue), asset.asset.symbol, cell),
            },
            bar({ y: 0, width: room, value: cell.collateralUsd, colour: tools.collateral }, tools),
            element(
              'g',
              { transform: `translate(${half},0)` },
              bar({ y: 0, width: room, value: cell.debtUsd, colour: tools.debt }, tools),
            ),
          ),
        ),
      ),
    );
  });
  return chart({ width, height: y }, parts);
}

const isSome = (cell: Exposure | undefined) =>
  cell !== undefined && (cell.collateralUsd !== 0 || cell.debtUsd !== 0);

function assetTitle(
  { asset: { symbol }, priceUsd, tiedTo, isFixed }: ExposureAsset,
  palette: Palette,
): Piece {
  const own = isFixed ? `fixed at ${price(priceUsd)}` : price(priceUsd);
  const name = symbol.length > 10 ? `${symbol.slice(0, 9)}…` : symbol;
  return [
    element('text', { y: 12, fill: palette.ink, 'font-weight': 650 }, name),
    element(
      'text',
      { y: 27, fill: palette.muted, 'font-size': 11 },
      tiedTo === null ? own : `follows ${tiedTo.symbol}`,
    ),
  ];
}

/** A number over its bar; nothing where there is nothing, no bar where it has no room. */
function bar(
  { y, width, value, colour }: { y: number; width: number; value: number; colour: string },
  { palette, most }: Tools,
): Piece {
  if (value === 0) return undefined;
  return [
    element('text', { y: y + 10, fill: palette.ink }, usd(value)),
    width > 0 &&
      element('rect', {
        ...{ y: y + 13, height: 3.5, rx: 1, fill: colour },
        width: Math.max(1, (Math.abs(value) / most) * width),
      }),
  ];
}

const rule = (y: number, width: number, palette: Palette) =>
  element('line', { x1: 0, x2: width, y1: y, y2: y, stroke: palette.line, 'aria-hidden': 'true' });

function chart({ width, height }: { width: number; height: number }, ...children: Piece[]): Markup {
  return element(
    'svg',
    {
      ...{ class: 'exposure', role: 'table', 'aria-label': 'What is held and owed by venue and asset' },
      ...{ width, height, viewBox: `0 0 ${width} ${height}` },
      ...{ 'font-family': 'system-ui, sans-serif', 'font-size': 12 },
    },
    children,
  );
}
