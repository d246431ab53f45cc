import type { Difference, ReportBundle } from '@undertow/report';
import type { Recomputed, Verified } from './verify-report.ts';

/** Differences that are printed; the others are counted. */
const MOST_PRINTED = 20;

/** Whether all that was looked at is right. */
export const isRight = ({ falseSignatures, recomputed }: Verified): boolean =>
  falseSignatures.length === 0 &&
  (recomputed === undefined || (recomputed.is === 'compared' && recomputed.differences.length === 0));

/** What came of verifying, in lines: what is right, what is not and where, and what was not looked at. */
export function verifyText(bundle: ReportBundle, verified: Verified): string {
  const { id, content } = bundle;
  const lines = [
    `Report ${id}`,
    content.subject,
    'Right: its bytes are canonical, and its hashes are those of its content.',
    ...signatureLines(bundle, verified),
    ...recomputedLines(bundle, verified.recomputed),
  ];
  return `${lines.join('\n')}\n`;
}

function signatureLines({ signatures }: ReportBundle, { falseSignatures }: Verified): string[] {
  if (signatures.length === 0) return ['Signed by nobody.'];
  return signatures.map(({ signer }, at) =>
    falseSignatures.includes(at)
      ? `WRONG: signatures[${at}] is not by ${signer}.`
      : `Right: signed by ${signer}. Whose address that is, only they can tell you.`,
  );
}

function recomputedLines(bundle: ReportBundle, recomputed: Recomputed | undefined): string[] {
  const { content } = bundle;
  const [at] = content.blocks;
  if (recomputed === undefined)
    return ['Not looked at: whether the figures are those of the book. Leave out --light for that.'];
  if (recomputed.is === 'other book')
    return [
      `WRONG: the book has hash ${recomputed.bookHash}, and the report is of ${at!.bookHash}. Name the right one with --book.`,
    ];
  if (recomputed.is === 'other engine')
    return [
      `NOT COMPARED: the report was made by engine "${content.engine}", and this program has "${recomputed.engine}", which gives other numbers. Verify with ${content.software} of that time.`,
    ];
  const { differences, madeBy } = recomputed;
  const cells = content.tables.reduce((sum, { rows, columns }) => sum + rows.length * columns.length, 0);
  if (differences.length === 0)
    return [
      `Right: all ${content.figures.length} figures and ${cells.toLocaleString('en-US')} cells of ${content.tables.length} tables, computed again from the book, are the same to the last bit.`,
      ...happenedLines(content),
      at!.blockHash === null
        ? 'Not looked at: whether the book is what a chain says. It came from a file or from tables.'
        : `Not looked at: whether the book is what chain ${at!.chainId} says at block ${at!.block} (${at!.blockHash}). Index that chain, and compare the hash of its book.`,
    ];
  return [
    `WRONG: ${differences.length} places are not what the book gives${content.software === madeBy ? '' : ` (made by ${content.software}, computed again by ${madeBy})`}:`,
    ...differences.slice(0, MOST_PRINTED).map(differenceLine),
    ...(differences.length > MOST_PRINTED ? [`  … and ${differences.length - MOST_PRINTED} more`] : []),
  ];
}

/** Of a replay: what no book has. */
function happenedLines({ question, blocks }: ReportBundle['content']): string[] {
  if (question.kind !== 'incident') return [];
  const { happened, happenedHash } = question;
  return [
    `Not looked at: whether what happened is what the chain says. It is facts of blocks ${blocks[0]!.block + 1} to ${happened.to.block}, with hash ${happenedHash}: index that chain, make "undertow report incident --from ${blocks[0]!.block} --to ${happened.to.block}", and compare the hash.`,
  ];
}

const differenceLine = ({ place, stated, found }: Difference): string =>
  `  ${place}: the report says ${stated ?? 'nothing'}, the book gives ${found ?? 'nothing'}`;
