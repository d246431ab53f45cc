import { isoDay } from '@undertow/book';

/** A time (unix seconds) as people read it: UTC, to the second. */
export function timeText(at: number): string {
  const second = ((at % 86_400) + 86_400) % 86_400;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${isoDay(at)} ${two(second / 3_600)}:${two((second / 60) % 60)}:${two(second % 60)} UTC`;
}
