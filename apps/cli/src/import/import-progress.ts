import type { TableName } from '@undertow/tables';

/** Where progress is told. */
interface Told {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** How long reading lasts before anything is said, and how often it is said then. */
const QUIET_MS = 2_000;
const EVERY_MS = { terminal: 200, file: 10_000 };

/** Tells how many rows have been read, once that takes some time: on one line of a terminal, else now and then. */
export function importProgress(to: Told, startedMs: number) {
  let nextMs = startedMs + QUIET_MS;
  let hasLine = false;
  return {
    tell(table: TableName, rows: number, nowMs: number): void {
      if (nowMs < nextMs) return;
      nextMs = nowMs + (to.isTTY ? EVERY_MS.terminal : EVERY_MS.file);
      const text = `Reading ${table}: ${rows.toLocaleString('en-US')} rows`;
      to.write(to.isTTY ? `\r${text}` : `${text}\n`);
      hasLine = to.isTTY === true;
    },
    end(): void {
      if (hasLine) to.write('\r\u001b[K');
    },
  };
}
