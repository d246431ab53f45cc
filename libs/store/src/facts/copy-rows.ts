import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { Fact } from '@undertow/market';
import { BadDataError } from '@undertow/units';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { integerCell } from './cell.ts';
import { KEY_COLUMNS, type Cell, type FactTable } from './fact-table.ts';

/** Text collected before it is handed to the socket: large enough that the calls cost nothing. */
const CHUNK_CHARACTERS = 256 * 1024;

/** Sends facts of one kind into `target` (its table, or one of the same shape) by COPY, the fastest way in. */
export async function copyRows(
  client: ClientBase,
  target: string,
  table: FactTable<Fact>,
  facts: readonly Fact[],
): Promise<void> {
  const stream = client.query(
    copyFrom(`COPY ${target} (${[...KEY_COLUMNS, ...table.columns].join(', ')}) FROM STDIN`),
  );
  const done = finished(stream);
  // A failure shows through `done`; this keeps one that comes while we wait for room from going unheard.
  done.catch(() => undefined);
  try {
    let chunk = '';
    for (const fact of facts) {
      chunk += rowLine(table, fact);
      if (chunk.length < CHUNK_CHARACTERS) continue;
      if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), done]);
      chunk = '';
    }
    stream.end(chunk);
  } catch (error) {
    stream.destroy(error as Error);
  }
  await done;
}

let lastTime = Number.NaN;
let lastTimeCell = '';

/** Facts come block by block, so the last answer is mostly the next one. */
function timeCell(time: number): string {
  if (time === lastTime) return lastTimeCell;
  const date = new Date(time * 1000);
  if (
    !Number.isSafeInteger(time) ||
    Number.isNaN(date.getTime()) ||
    date.getUTCFullYear() > 9999 ||
    time < 0
  ) {
    throw new BadDataError(`${time} is not a block time in unix seconds; the endpoint that gave it lies`);
  }
  lastTimeCell = date.toISOString();
  lastTime = time;
  return lastTimeCell;
}

/** One line of COPY's text format. */
export function rowLine(table: FactTable<Fact>, fact: Fact): string {
  let line = `${timeCell(fact.time)}\t${integerCell(fact.chainId)}\t${integerCell(fact.block)}\t${fact.logIndex}\t${fact.part}`;
  for (const cell of table.toCells(fact)) line += `\t${escapeCell(cell)}`;
  return `${line}\n`;
}

function escapeCell(cell: Cell): string {
  if (cell === null) return '\\N';
  return SPECIAL.test(cell) ? cell.replace(/[\\\n\r\t]/g, (special) => ESCAPES[special] ?? special) : cell;
}

const SPECIAL = /[\\\n\r\t]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
