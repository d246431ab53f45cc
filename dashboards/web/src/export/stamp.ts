import { isoTime } from '../format/time.ts';
import { fileColumn, type Value } from '../table/unit.ts';
import type { Origin } from './exportable.ts';

/** What every file says of its numbers. */
export interface Stamp extends Origin {
  readonly network: string;
  /** Leads back to the page that showed them. */
  readonly address: string;
  /** When the file was made, unix seconds. */
  readonly at: number;
}

/** The stamp by names, as CSV has it in every row and JSON beside its rows. */
export function stampFields({
  network,
  block,
  hash,
  bookHash,
  address,
  at,
}: Stamp): Readonly<Record<string, Value>> {
  return {
    network,
    block,
    block_hash: hash,
    book_hash: bookHash,
    address,
    exported_at: isoTime(at),
  };
}

/** The stamp in lines, as pictures have it. */
export function stampLines({ network, block, hash, bookHash, address, at }: Stamp): string[] {
  return [
    `Undertow · ${network}${block === undefined ? '' : ` · block ${block}`} · ${isoTime(at)}`,
    ...(hash === undefined ? [] : [`block ${hash}`]),
    ...(bookHash === undefined ? [] : [`book ${bookHash}`]),
    address,
  ];
}

/** The name of a file: `undertow-heatmap-loss-devnet-block-1234.csv`. */
export function fileName(
  id: string,
  { network, block }: Pick<Stamp, 'network' | 'block'>,
  format: string,
): string {
  const where = block === undefined ? 'live' : `block-${block}`;
  return `${['undertow', id, network, where].map(plain).join('-')}.${format}`;
}

/** What every file system takes. */
const plain = (text: string) => fileColumn(text, undefined).replaceAll('_', '-').slice(0, 80);
