import { linkHorizontal } from 'd3';
import { sankey, type SankeyLink, type SankeyNode } from 'd3-sankey';
import { paletteOf, type Palette, type Theme } from '../../chart/palette.ts';
import type { VenueColours } from '../../chart/venue-colours.ts';
import { usd } from '../../format/number.ts';
import { venueName } from '../../format/venue.ts';
import { element, type Markup } from '../../markup/element.ts';
import type { FlowGraph, FlowLink, FlowNode } from './graph.ts';

export interface FlowDrawing {
  readonly graph: FlowGraph;
  readonly colourOf: VenueColours;
  readonly theme: Theme;
  /** Pixels available; the drawing is wider when its columns would come too near to each other. */
  readonly width: number;
}

type Box = SankeyNode<FlowNode, FlowLink>;
type Band = SankeyLink<FlowNode, FlowLink>;

const NARROWEST = 560;
const TOP = 30;
const BOX = 11;
/** Room for two lines of words between two thin boxes. */
const PADDING = 30;
const LABEL = 104;
const COLUMNS = ['', 'Hit by the shock', 'Sold', 'Hit by the sales'];

/** Boxes and bands of a cascade from the shock to the venues that are hurt; widths are USD, all to one scale. */
export function flowChart({ graph, colourOf, theme, width: room }: FlowDrawing): Markup {
  const palette = paletteOf(theme);
  const width = Math.max(NARROWEST, room);
  const tallest = Math.max(1, ...[0, 1, 2, 3].map((column) => countIn(graph, column)));
  const height = TOP + Math.max(220, tallest * 54);
  const { nodes, links } = layout(graph, { width, height });
  const last = Math.max(0, ...nodes.map(({ column }) => column));
  return element(
    'svg',
    {
      ...{ class: 'flows', role: 'img', width, height, viewBox: `0 0 ${width} ${height}` },
      'aria-label': `How the cascade goes from venue to venue: ${graph.links.length} flows; the tables beside it have the numbers`,
      ...{ 'font-family': 'system-ui, sans-serif', 'font-size': 12 },
    },
    headings(nodes, palette),
    element(
      'g',
      { fill: 'none', key: 'bands' },
      links.map((band) => flowBand(band, colourOf(band.by))),
    ),
    nodes.map((box) => flowBox(box, { palette, colourOf, isLast: box.column === last })),
  );
}

function layout(
  graph: FlowGraph,
  { width, height }: { width: number; height: number },
): { nodes: Box[]; links: Band[] } {
  if (graph.nodes.length === 0) return { nodes: [], links: [] };
  const place = sankey<FlowNode, FlowLink>()
    .nodeId(({ id }) => id)
    .nodeAlign(({ column }) => column)
    .nodeWidth(BOX)
    .nodePadding(PADDING)
    .extent([
      [0, TOP],
      [width - LABEL, height - 18],
    ]);
  // The layout writes into what it is given.
  return place({
    nodes: graph.nodes.map((node) => ({ ...node })),
    links: graph.links.map((link) => ({ ...link })),
  });
}

const curve = linkHorizontal<unknown, readonly [number, number]>();

function flowBand(band: Band, colour: string): Markup {
  const [source, target] = [band.source as Box, band.target as Box];
  const thickness = Math.max(1, band.width ?? 0);
  return element(
    'path',
    {
      ...{ key: `${source.id} ${target.id} ${band.by}`, stroke: colour, 'stroke-opacity': 0.42 },
      'stroke-width': thickness,
      d: curve({ source: [source.x1 ?? 0, band.y0 ?? 0], target: [target.x0 ?? 0, band.y1 ?? 0] }) ?? '',
    },
    element(
      'title',
      {},
      `${shown(source)} → ${shown(target)}: ${band.sentence(usd(band.value))} ${tail(band)}`,
    ),
  );
}

/** What the sentence of a band ends with: who sold, where that is a venue. */
function tail({ source, by }: Band): string {
  return (source as Box).column === 0 ? '' : venueName(by);
}

function flowBox(
  box: Box,
  { palette, colourOf, isLast }: { palette: Palette; colourOf: VenueColours; isLast: boolean },
): Markup {
  const { x0 = 0, x1 = 0, y0 = 0, y1 = 0, column, name, value } = box;
  const isVenue = column === 1 || column === 3;
  const middle = (y0 + y1) / 2;
  const text = {
    x: x1 + 6,
    'paint-order': 'stroke',
    stroke: palette.surface,
    'stroke-width': isLast ? 0 : 3,
  };
  return element(
    'g',
    { key: box.id },
    element('rect', {
      ...{ x: x0, y: y0, width: x1 - x0, height: Math.max(1, y1 - y0), rx: 2 },
      fill: isVenue ? colourOf(name) : palette.muted,
    }),
    element('text', { ...text, y: middle - 2, fill: palette.ink, 'font-weight': 600 }, shown(box)),
    element(
      'text',
      { ...text, y: middle + 12, fill: palette.ink, 'font-size': 11 },
      amountOf(box, value ?? 0),
    ),
  );
}

/** The sum that a box stands for: what comes out of the shock and of an asset's sellers, what goes into a venue. */
function amountOf({ column, sourceLinks = [], targetLinks = [] }: Box, value: number): string {
  const sum = (links: readonly Band[]) => links.reduce((all, link) => all + link.value, 0);
  const [into, out] = [sum(targetLinks), sum(sourceLinks)];
  if (column === 1) return `${usd(into)}, ${out > 0 ? `sold ${usd(out)}` : 'nothing sold'}`;
  if (column === 2) return into > 0 ? usd(into) : 'not traded';
  return usd(value);
}

const shown = ({ column, name }: FlowNode) => (column === 1 || column === 3 ? venueName(name) : name);

const countIn = ({ nodes }: FlowGraph, column: number) =>
  nodes.filter((node) => node.column === column).length;

function headings(nodes: readonly Box[], palette: Palette): Markup {
  const columns = [...new Set(nodes.map(({ column }) => column))].filter((column) => column > 0);
  return element(
    'g',
    { fill: palette.muted, 'font-size': 11, 'font-weight': 600, key: 'headings' },
    columns.map((column) => {
      const x = nodes.find((node) => node.column === column)?.x0 ?? 0;
      return element('text', { x, y: 14, key: column }, COLUMNS[column]);
    }),
  );
}
