import type { ReportBundle } from '../bundle.ts';

/** What a post that cites a report says of it, in lines: enough to find it, and to compute it again. */
export function citation({ id, cid, content, signatures }: ReportBundle): string[] {
  const { subject, blocks, engine, software, seed } = content;
  return [
    `Undertow report: ${subject}`,
    `id ${id}`,
    `cid ${cid}`,
    ...blocks.map(
      ({ chainId, block, blockHash, bookHash, time }) =>
        `chain ${chainId}, block ${block} of ${timeText(time)}, hash ${blockHash ?? 'not known'}, book ${bookHash}`,
    ),
    `engine ${engine}, ${software}${seed === null ? '' : `, seed ${seed}`}`,
    signatures.length === 0
      ? 'signed by nobody'
      : `signed by ${signatures.map(({ signer }) => signer).join(', ')}`,
  ];
}

const TIME = new Intl.DateTimeFormat('sv-SE', { timeZone: 'UTC', dateStyle: 'short', timeStyle: 'medium' });

/** A moment as `2026-12-01 05:54:20 UTC`. */
export const timeText = (unixSeconds: number): string => `${TIME.format(unixSeconds * 1_000)} UTC`;
