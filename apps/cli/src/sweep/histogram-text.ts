import type { Histogram } from '@undertow/sweep';
import { dollars } from '../compact-numbers.ts';

const MOST_BAR = 40;

/** A bar per bin, the longest as long as there is room for. */
export function histogramText({ zeros, bins }: Histogram, width: number): string[] {
  const rows = [
    ...(zeros > 0 ? [{ label: 'nothing', count: zeros }] : []),
    ...bins.map(({ from, to, count }) => ({
      label: from === 0 ? `< ${edgeText(to)}` : `≥ ${edgeText(from)}`,
      count,
    })),
  ];
  const label = Math.max(...rows.map((row) => row.label.length));
  const most = Math.max(...rows.map(({ count }) => count));
  const digits = most.toLocaleString('en-US').length;
  const room = Math.max(10, Math.min(MOST_BAR, width - label - digits - 4));
  return rows.map((row) => {
    const bar = row.count === 0 ? '' : '█'.repeat(Math.max(1, Math.round((row.count / most) * room)));
    return `${row.label.padEnd(label)}  ${row.count.toLocaleString('en-US').padStart(digits)}  ${bar}`.trimEnd();
  });
}

/** Cents too: where nobody loses more, bins begin there. */
const edgeText = (value: number) => (value < 1 ? `${value} USD` : dollars(value));
