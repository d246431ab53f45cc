import { progressLine, rateText, type Told } from '../progress-line.ts';

const BAR = 30;

/** Tells how many of so many are done, and how long the rest takes. */
export function sweepProgress(
  to: Told,
  { startedMs, what }: { readonly startedMs: number; readonly what: string },
) {
  const line = progressLine(to, startedMs);
  let first: number | undefined;
  return {
    tell(done: number, all: number, nowMs: number): void {
      const before = (first ??= done);
      line.tell(nowMs, () => {
        const rest = restText(done - before, all - done, nowMs - startedMs);
        return `${bar(done / all)} ${count(done)} of ${count(all)} ${what}${rest}`;
      });
    },
    end: line.end,
  };
}

const count = (many: number) => many.toLocaleString('en-US');

const bar = (share: number) => {
  const full = Math.round(share * BAR);
  return `${'█'.repeat(full)}${'░'.repeat(BAR - full)}`;
};

function restText(done: number, left: number, tookMs: number): string {
  if (done === 0) return '';
  return `, ${rateText(done, tookMs)}, ${durationText((left / done) * (tookMs / 1_000))} left`;
}

function durationText(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5_400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}
