import type { ReportBundle } from '../bundle.ts';
import { momentWords } from '../made-of.ts';

/** What a post that cites a report says of it, in lines: enough to find it, and to compute it again. */
export function citation({ id, cid, content, signatures }: ReportBundle): string[] {
  const { subject, blocks, question, engine, software, seed } = content;
  return [
    `Undertow report: ${subject}`,
    `id ${id}`,
    `cid ${cid}`,
    ...blocks.map(
      (at) => `${momentWords(at)}, block hash ${at.blockHash ?? 'not known'}, book ${at.bookHash}`,
    ),
    ...(question.kind === 'incident'
      ? [`what happened up to block ${question.happened.to.block} has hash ${question.happenedHash}`]
      : []),
    `engine ${engine}, ${software}${seed === null ? '' : `, seed ${seed}`}`,
    signatures.length === 0
      ? 'signed by nobody'
      : `signed by ${signatures.map(({ signer }) => signer).join(', ')}`,
  ];
}
