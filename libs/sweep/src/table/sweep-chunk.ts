import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { BadDataError } from '@undertow/units';

/**
 * Results of a range of scenarios, ready to be sent to another thread or machine or kept. Equal results have equal bytes.
 *
 * The buffer: eight letters `undrswp1`; as floats of 64 bits `from`, `to` and the number of columns; the sweep's key, 64 letters; then
 * for each column with a value other than 0 its number, and its `to − from` values. In the byte order of all machines that Node runs
 * on but IBM's, little end first.
 */
export interface SweepChunk {
  readonly from: number;
  readonly to: number;
  /** SHA-256 of the buffer, hex. */
  readonly hash: string;
  readonly buffer: ArrayBuffer;
}

/** Columns of a range, by number; one that is absent is 0 all through. */
export interface ChunkColumns {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly columns: ReadonlyMap<number, Float64Array>;
}

const MAGIC = utf8ToBytes('undrswp1');
const HEAD = { from: 8, columns: 24, key: 32, bytes: 96 };
const KEY_LETTERS = 64;

/** Packs columns; those that are 0 all through are left out. */
export function packChunk({ key, from, to, columns }: ChunkColumns): SweepChunk {
  const kept = [...columns]
    .filter(([, column]) => column.some((value) => value !== 0))
    .sort(([a], [b]) => a - b);
  const length = to - from;
  const buffer = new ArrayBuffer(HEAD.bytes + kept.length * (1 + length) * 8);
  const bytes = new Uint8Array(buffer);
  bytes.set(MAGIC);
  new Float64Array(buffer, HEAD.from, 3).set([from, to, kept.length]);
  bytes.set(utf8ToBytes(key), HEAD.key);
  const values = new Float64Array(buffer, HEAD.bytes);
  for (const [at, [number, column]] of kept.entries()) {
    values[at * (1 + length)] = number;
    values.set(column, at * (1 + length) + 1);
  }
  return { from, to, hash: hashOf(buffer), buffer };
}

/**
 * The columns of a chunk, as views of its buffer.
 *
 * @throws BadDataError for bytes that are no chunk, or not those that its hash is of.
 */
export function unpackChunk({ from, to, hash, buffer }: SweepChunk): ChunkColumns {
  const name = `the chunk of scenarios ${from} to ${to}`;
  if (hashOf(buffer) !== hash)
    throw new BadDataError(`${name} is damaged: its bytes are not those of its hash. Run it again.`);
  const bytes = new Uint8Array(buffer);
  if (bytes.length < HEAD.bytes || MAGIC.some((letter, at) => bytes[at] !== letter))
    throw new BadDataError(`${name} is none of this version. Run it again.`);
  const [first, end, count] = new Float64Array(buffer, HEAD.from, 3) as unknown as [number, number, number];
  const length = end - first;
  const isWhole = first === from && end === to && buffer.byteLength === HEAD.bytes + count * (1 + length) * 8;
  if (!isWhole) throw new BadDataError(`${name} has another range or size than it says. Run it again.`);
  const columns = new Map<number, Float64Array>();
  for (let at = 0; at < count; at++) {
    const start = HEAD.bytes + at * (1 + length) * 8;
    columns.set(new Float64Array(buffer, start, 1)[0]!, new Float64Array(buffer, start + 8, length));
  }
  const key = String.fromCharCode(...bytes.subarray(HEAD.key, HEAD.key + KEY_LETTERS));
  return { key, from, to, columns };
}

const hashOf = (buffer: ArrayBuffer) => bytesToHex(sha256(new Uint8Array(buffer)));
