/** Where progress is told. */
export interface Told {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** How long work lasts before anything is said, and how often it is said then. */
const QUIET_MS = 1_000;
const EVERY_MS = { terminal: 200, file: 10_000 };

/** Tells how far some work is: on one line of a terminal, which goes at the end, else now and then. */
export function progressLine(to: Told, startedMs: number) {
  let nextMs = startedMs + QUIET_MS;
  let hasLine = false;
  return {
    tell(nowMs: number, text: () => string): void {
      if (nowMs < nextMs) return;
      nextMs = nowMs + (to.isTTY ? EVERY_MS.terminal : EVERY_MS.file);
      to.write(to.isTTY ? `\r\u001b[K${text()}` : `${text()}\n`);
      hasLine = to.isTTY === true;
    },
    end(): void {
      if (hasLine) to.write('\r\u001b[K');
    },
  };
}

/** So many in so long, by the second. */
export function rateText(done: number, tookMs: number): string {
  const perSecond = (done / tookMs) * 1_000;
  return `${perSecond >= 10 ? perSecond.toFixed(0) : perSecond.toPrecision(2)}/s`;
}
