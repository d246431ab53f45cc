/** Where progress is told. */
interface Told {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const BAR = 30;
/** How long work lasts before anything is said, and how often it is said then. */
const QUIET_MS = 1_000;
const EVERY_MS = { terminal: 200, file: 10_000 };

/** Tells how many of so many are done, and how long the rest takes: on one line of a terminal, else now and then. */
export function sweepProgress(
  to: Told,
  { startedMs, what }: { readonly startedMs: number; readonly what: string },
) {
  let nextMs = startedMs + QUIET_MS;
  let hasLine = false;
  let first: number | undefined;
  return {
    tell(done: number, all: number, nowMs: number): void {
      first ??= done;
      if (nowMs < nextMs) return;
      nextMs = nowMs + (to.isTTY ? EVERY_MS.terminal : EVERY_MS.file);
      const text = `${bar(done / all)} ${count(done)} of ${count(all)} ${what}${restText(done - first, all - done, nowMs - startedMs)}`;
      to.write(to.isTTY ? `\r\u001b[K${text}` : `${text}\n`);
      hasLine = to.isTTY === true;
    },
    end(): void {
      if (hasLine) to.write('\r\u001b[K');
    },
  };
}

const count = (many: number) => many.toLocaleString('en-US');

const bar = (share: number) => {
  const full = Math.round(share * BAR);
  return `${'█'.repeat(full)}${'░'.repeat(BAR - full)}`;
};

function restText(done: number, left: number, tookMs: number): string {
  if (done === 0) return '';
  const perSecond = (done / tookMs) * 1_000;
  const rate = perSecond >= 10 ? perSecond.toFixed(0) : perSecond.toPrecision(2);
  return `, ${rate}/s, ${durationText(left / perSecond)} left`;
}

function durationText(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5_400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}
