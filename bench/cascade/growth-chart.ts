import { extent, format, scaleLog, type ScaleLogarithmic } from 'd3';
import type { Growth } from './growth.ts';

const PANEL = { width: 300, height: 220, left: 62, right: 18, top: 40, bottom: 40 };
const TITLE = 34;
const COLUMNS = 2;
/** So far are the first and the last point from the ends of the axis: their labels are wide. */
const INSET = 24;

/** One panel a line, both axes logarithmic, all with the same scale of time: a straight line of slope 1 doubles when its cause does. */
export function growthChart(lines: readonly Growth[]): string {
  const costs = lines.flatMap(({ points }) => points.map(({ microseconds }) => microseconds));
  const [least, most] = extent(costs) as [number, number];
  const y = scaleLog([least / 1.5, most * 1.5], [PANEL.height - PANEL.bottom, PANEL.top]);
  const rows = Math.ceil(lines.length / COLUMNS);
  const [width, height] = [COLUMNS * PANEL.width, TITLE + rows * PANEL.height];
  const panels = lines.map((line, i) => {
    const [x, top] = [(i % COLUMNS) * PANEL.width, TITLE + Math.floor(i / COLUMNS) * PANEL.height];
    return `<g transform="translate(${x} ${top})">${panel(line, y)}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="What a cascade of the fast engine takes, over accounts, scenarios, shock and legs" font-family="system-ui, sans-serif" font-size="11" fill="#1f2328">
<rect width="${width}" height="${height}" fill="#fff"/>
<text x="16" y="22" font-size="13" font-weight="600">What a cascade of the fast engine takes in one thread, by what grows</text>
${panels.join('\n')}
</svg>
`;
}

function panel({ of, unit, points }: Growth, y: ScaleLogarithmic<number, number>): string {
  const [first, last] = extent(points, ({ at }) => at) as [number, number];
  const x = scaleLog([first, last], [PANEL.left + INSET, PANEL.width - PANEL.right - INSET]);
  const ticks = decades(y);
  const grid = ticks.map(
    (tick) =>
      `<line x1="${PANEL.left}" x2="${PANEL.width - PANEL.right}" y1="${at(y(tick))}" y2="${at(y(tick))}" stroke="#d8dee4"/><text x="${PANEL.left - 6}" y="${at(y(tick) + 4)}" text-anchor="end">${duration(tick)}</text>`,
  );
  const bottom = PANEL.height - PANEL.bottom;
  const marks = points.map(
    (point) =>
      `<line x1="${at(x(point.at))}" x2="${at(x(point.at))}" y1="${bottom}" y2="${bottom + 4}" stroke="#57606a"/><text x="${at(x(point.at))}" y="${bottom + 16}" text-anchor="middle">${short(point.at)}</text>`,
  );
  const path = points.map((point) => `${at(x(point.at))},${at(y(point.microseconds))}`).join(' ');
  const dots = points.map(
    (point) =>
      `<circle cx="${at(x(point.at))}" cy="${at(y(point.microseconds))}" r="3.5" fill="#0550ae"/><text x="${at(x(point.at))}" y="${at(y(point.microseconds) - 8)}" text-anchor="middle" font-weight="600" stroke="#fff" stroke-width="3" paint-order="stroke">${duration(point.microseconds)}</text>`,
  );
  return `<text x="${PANEL.left}" y="${PANEL.top - 16}" font-weight="600">over ${of}</text>
${grid.join('')}
<line x1="${PANEL.left}" x2="${PANEL.width - PANEL.right}" y1="${bottom}" y2="${bottom}" stroke="#57606a"/>
${marks.join('')}<text x="${at((PANEL.left + PANEL.width - PANEL.right) / 2)}" y="${PANEL.height - 8}" text-anchor="middle" fill="#57606a">${unit}</text>
<polyline points="${path}" fill="none" stroke="#0550ae" stroke-width="1.5"/>
${dots.join('')}`;
}

/** Powers of ten within a scale, or its own ticks where there is none. */
function decades(y: ScaleLogarithmic<number, number>): number[] {
  const [least, most] = y.domain() as [number, number];
  const powers: number[] = [];
  for (let power = Math.ceil(Math.log10(least)); 10 ** power <= most; power++) powers.push(10 ** power);
  return powers.length > 0 ? powers : y.ticks(2);
}

const at = (value: number): string => value.toFixed(1);
const short = format('.3~s');

function duration(microseconds: number): string {
  if (microseconds < 1_000) return `${format('.2~r')(microseconds)} µs`;
  if (microseconds < 1e6) return `${format('.2~r')(microseconds / 1e3)} ms`;
  return `${format('.2~r')(microseconds / 1e6)} s`;
}
