// A coin's price and the thresholds of its lines over time as SVG, with the days that were exceeded.
import type { AdviceBacktest } from '@undertow/advice';
import type { CoinAdvice } from './advice-backtest.ts';

const WIDTH = 1_000;
const LEFT = 52;
const RIGHT = 170;
const PRICE = { top: 44, bottom: 190 };
const THRESHOLD = { top: 232, bottom: 560 };
const HEIGHT = 600;
const DAY = 86_400;

/** Lines that are drawn, with colours that differ in lightness too. */
const LOOK: Readonly<
  Record<string, { readonly colour: string; readonly width: number; readonly dash?: string }>
> = {
  SmartLTV: { colour: '#b8860b', width: 1.2 },
  'first held': { colour: '#767676', width: 1.2, dash: '2 3' },
  set: { colour: '#111111', width: 1.8, dash: '7 3' },
  'advised, buffer': { colour: '#c2410c', width: 1.6 },
  advised: { colour: '#1d4ed8', width: 1.3 },
};
const lookOf = (name: string) => LOOK[name.startsWith('set') ? 'set' : name];

/** The picture of a coin, from its backtest by day. */
export function thresholdPicture({ coin, day, prices }: CoinAdvice): string {
  const { times, lines, held } = day;
  const [from, to] = [times[0]!, times.at(-1)!];
  const x = (time: number) => LEFT + ((time - from) / (to - from)) * (WIDTH - LEFT - RIGHT);
  const drawn = lines.filter(({ name }) => lookOf(name) !== undefined);
  const values = drawn.flatMap(({ thresholds }) => [...thresholds].filter((value) => !Number.isNaN(value)));
  const low = Math.floor(Math.min(...values) * 20) / 20;
  const high = Math.ceil(Math.max(...values) * 20) / 20;
  const y = (value: number) =>
    THRESHOLD.bottom - ((value - low) / (high - low)) * (THRESHOLD.bottom - THRESHOLD.top);
  const exceeded = held[0]!.exceeded.filter(({ fall, margin }) => fall > margin);
  const paths = drawn
    .toSorted((a, b) => order(a.name) - order(b.name))
    .map(({ name, thresholds }) => {
      const { colour, width, dash } = lookOf(name)!;
      const points = [...thresholds].map((value, at) => ({ at, value }));
      const d = pathOf(points.map(({ at, value }) => [x(times[at]!), y(value)]));
      return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}"${dash ? ` stroke-dasharray="${dash}"` : ''}/>`;
    });
  const marks = exceeded.map(({ time }) => {
    const at = times.indexOf(time);
    const place = x(time).toFixed(1);
    return (
      `<line x1="${place}" x2="${place}" y1="${PRICE.top}" y2="${THRESHOLD.bottom}" stroke="#dc2626" stroke-width="0.8" opacity="0.45"/>` +
      `<circle cx="${place}" cy="${y(lines[0]!.thresholds[at]!).toFixed(1)}" r="3.6" fill="#dc2626"/>`
    );
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="13" role="img" aria-labelledby="title words">`,
    `<title id="title">${coin}: price and liquidation thresholds over time</title>`,
    `<desc id="words">${wordsOf(coin, day, exceeded.length)}</desc>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    ...years(from, to).map((time) => yearMark(time, x(time))),
    ...pricePanel({ coin, day, prices, x }),
    `<text x="${LEFT}" y="${THRESHOLD.top - 10}" fill="#111" font-weight="600">Liquidation threshold</text>`,
    ...ticks(low, high).map((value) => tick(y(value), `${Math.round(value * 100)} %`)),
    ...marks,
    ...paths,
    ...legend(
      drawn.map(({ name }) => name),
      exceeded.length,
    ),
    '</svg>',
    '',
  ].join('\n');
}

const order = (name: string) => Object.keys(LOOK).indexOf(name.startsWith('set') ? 'set' : name);

const wordsOf = (coin: string, { held }: AdviceBacktest, days: number) =>
  `The advised threshold of ${coin} moves between ${percent(held[0]!.least)} and ${percent(held[0]!.greatest)}; with a buffer it is lower and moves less. ${days} days fell beyond what it leaves room for.`;

const percent = (value: number) => `${(value * 100).toFixed(0)} %`;

function pathOf(points: readonly (readonly [number, number])[]): string {
  let isDown = false;
  return points
    .map(([x, y]) => {
      if (Number.isNaN(y)) {
        isDown = false;
        return '';
      }
      const part = `${isDown ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
      isDown = true;
      return part;
    })
    .join('');
}

function pricePanel({
  coin,
  day: { times },
  prices,
  x,
}: Pick<CoinAdvice, 'coin' | 'day' | 'prices'> & { readonly x: (time: number) => number }): string[] {
  const column = prices.prices.get(coin)!;
  const at = (time: number) => column[(time - prices.start) / prices.stepSeconds]!;
  const known = times.map((time) => [time, at(time)] as const);
  const [low, high] = [
    Math.min(...known.map(([, price]) => price)),
    Math.max(...known.map(([, price]) => price)),
  ];
  const y = (price: number) =>
    PRICE.bottom - (Math.log(price / low) / Math.log(high / low)) * (PRICE.bottom - PRICE.top);
  const marks = [1_000, 2_000, 4_000].filter((price) => price >= low && price <= high);
  return [
    `<text x="${LEFT}" y="${PRICE.top - 14}" fill="#111" font-weight="600">Price of ${coin} in USDT (log scale)</text>`,
    ...marks.map((price) => tick(y(price), `${price}`)),
    `<path d="${pathOf(known.map(([time, price]) => [x(time), y(price)]))}" fill="none" stroke="#333" stroke-width="1.1"/>`,
  ];
}

const tick = (y: number, text: string) =>
  `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y.toFixed(1)}" y2="${y.toFixed(1)}" stroke="#ddd"/>` +
  `<text x="${LEFT - 6}" y="${(y + 4).toFixed(1)}" text-anchor="end" fill="#444">${text}</text>`;

const ticks = (low: number, high: number) =>
  Array.from({ length: Math.round((high - low) / 0.05) + 1 }, (_, at) => low + at * 0.05);

function years(from: number, to: number): number[] {
  const first = new Date(from * 1_000).getUTCFullYear() + 1;
  return Array.from({ length: 10 }, (_, at) => Date.UTC(first + at) / 1_000).filter(
    (time) => time < to - 20 * DAY,
  );
}

const yearMark = (time: number, x: number) =>
  `<line x1="${x.toFixed(1)}" x2="${x.toFixed(1)}" y1="${PRICE.top}" y2="${THRESHOLD.bottom}" stroke="#eee"/>` +
  `<text x="${x.toFixed(1)}" y="${THRESHOLD.bottom + 20}" text-anchor="middle" fill="#444">${new Date(time * 1_000).getUTCFullYear()}</text>`;

function legend(names: readonly string[], days: number): string[] {
  const left = WIDTH - RIGHT + 12;
  const rows = names.map((name, at) => {
    const { colour, width, dash } = lookOf(name)!;
    const y = THRESHOLD.top + 20 + at * 24;
    return (
      `<line x1="${left}" x2="${left + 24}" y1="${y}" y2="${y}" stroke="${colour}" stroke-width="${width + 0.6}"${dash ? ` stroke-dasharray="${dash}"` : ''}/>` +
      `<text x="${left + 30}" y="${y + 4}" fill="#111">${name}</text>`
    );
  });
  const y = THRESHOLD.top + 20 + names.length * 24;
  return [
    ...rows,
    `<circle cx="${left + 12}" cy="${y}" r="3.6" fill="#dc2626"/><text x="${left + 30}" y="${y + 4}" fill="#111">exceeded: ${days} days</text>`,
  ];
}
