import { BadDataError } from '@undertow/units';
import type { z } from 'zod';
import { BUNDLE_FORMAT, BUNDLE_VERSION, sealsOf, type ReportBundle } from './bundle.ts';
import { canonicalText, cidOf, hashOf } from './canonical.ts';
import { bundleSchema, headSchema } from './content-schema.ts';

/** The largest bundle that is read. A thousand scenarios on ten thousand accounts take a megabyte: books are not in it. */
export const MOST_BUNDLE_BYTES = 64 * 1_024 * 1_024;

/**
 * Reads a bundle strictly: its bytes must be the very ones that `bundleText` writes, and its hashes those of its content. Whether its
 * signatures are by those who are named, and its figures those of its inputs, is not looked at here.
 *
 * @throws BadDataError that names the place at fault: the byte, the field, or the part of the content whose hash is another.
 */
export function readBundle(written: Uint8Array): ReportBundle {
  if (written.length > MOST_BUNDLE_BYTES)
    throw new BadDataError(
      `it has ${written.length} bytes, and no report has more than ${MOST_BUNDLE_BYTES}: this is something else`,
    );
  const text = textOf(written);
  const value = parsed(text);
  const { format, version } = readBy(headSchema, value);
  if (format !== BUNDLE_FORMAT)
    throw new BadDataError(`format is ${shown(format)}, not "${BUNDLE_FORMAT}": this is no report`);
  if (version !== BUNDLE_VERSION)
    throw new BadDataError(
      `version is ${version}, and this program reads version ${BUNDLE_VERSION}: use the program that made it, or a newer one`,
    );
  const bundle = readBy(bundleSchema, value) as unknown as ReportBundle;
  refuseOtherBytes(text, canonicalText(value));
  refuseOtherHashes(bundle);
  refuseUnevenTables(bundle);
  return bundle;
}

function textOf(written: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(written);
  } catch (cause) {
    throw new BadDataError(`byte ${firstBadByte(written)} is no UTF-8: it was changed on the way`, { cause });
  }
}

/** How many bytes can be read as text; by halving, as a decoder does not say where it stopped. */
function firstBadByte(written: Uint8Array): number {
  let [good, bad] = [0, written.length];
  const reads = (length: number) => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(written.subarray(0, length), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (reads(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BadDataError(`it is not JSON, or was cut off: ${(cause as Error).message}`, { cause });
  }
}

/** What a schema makes of a value. @throws BadDataError that names the first field at fault and what it is. */
function readBy<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const place = issue.path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}.${String(part)}`),
    '',
  );
  const name = place === '' ? 'the report' : place.slice(1);
  if (issue.code === 'unrecognized_keys')
    throw new BadDataError(`${name} must not have the field ${shown(issue.keys[0])}`);
  const found = issue.path.reduce<unknown>((at, part) => Reflect.get(Object(at), part), value);
  throw new BadDataError(`${name}: ${issue.message}, but is ${shown(found)}`);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'missing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** A field that is there twice, a number or a letter written another way, a blank: nothing that the values would show. */
function refuseOtherBytes(text: string, canonical: string): void {
  if (text === canonical) return;
  let at = 0;
  while (text[at] === canonical[at]) at++;
  throw new BadDataError(
    `character ${at} is not as a report is written (RFC 8785): it has ${shown(text.slice(at, at + 20))} where ${shown(canonical.slice(at, at + 20))} belongs. Programs that write JSON anew change a report's bytes: keep the file as it came`,
  );
}

function refuseOtherHashes({ id, cid, seals, content }: ReportBundle): void {
  const actual = sealsOf(content);
  const actualId = hashOf(content);
  const missing = Object.keys(actual).find((place) => !Object.hasOwn(seals, place));
  const surplus = Object.keys(seals).find((place) => !Object.hasOwn(actual, place));
  const changed = Object.keys(actual).filter((place) => seals[place] !== actual[place]);
  const left = surplus === undefined ? changed : [...changed, surplus];
  const places = left.length > 0 ? left.join(', ') : 'id';
  if (actualId !== id)
    throw new BadDataError(`${places} was changed: the report states id ${id}, its content has ${actualId}`);
  if (missing !== undefined || surplus !== undefined)
    throw new BadDataError(
      `seals.${missing ?? surplus} was changed: the content has ${missing ?? 'no such part'}`,
    );
  if (changed.length > 0) throw new BadDataError(`seals.${changed[0]} was changed: the content has its id`);
  if (cidOf(id) !== cid)
    throw new BadDataError(`cid was changed: it is ${cid}, and that of the id is ${cidOf(id)}`);
}

/** What a schema cannot say. */
function refuseUnevenTables({ content: { tables, figures } }: ReportBundle): void {
  for (const [at, { columns, rows }] of tables.entries()) {
    const row = rows.findIndex(({ length }) => length !== columns.length);
    if (row !== -1)
      throw new BadDataError(
        `content.tables[${at}].rows[${row}] has ${rows[row]!.length} cells, and the table ${columns.length} columns`,
      );
  }
  for (const [what, names] of [
    ['figures', figures.map(({ name }) => name)],
    ['tables', tables.map(({ name }) => name)],
  ] as const) {
    const twice = names.findIndex((name, at) => names.indexOf(name) !== at);
    if (twice !== -1)
      throw new BadDataError(`content.${what}[${twice}].name is there twice: ${shown(names[twice])}`);
  }
}
