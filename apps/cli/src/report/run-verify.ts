import { BadDataError } from '@undertow/units';
import { jsonPieces } from '../json-text.ts';
import { printPieces, printReadable } from '../print.ts';
import { stopSignal } from '../stop-signal.ts';
import { withThreads, type Running } from '../with-threads.ts';
import { readReport, readReportBook } from './read-report.ts';
import { verifyReport, type Verified } from './verify-report.ts';
import { isRight, verifyText } from './verify-text.ts';

export interface VerifyOptions {
  /** Without computing anything again. */
  readonly light?: boolean;
  /** The book, when it does not lie beside the bundle as book.json. */
  readonly book?: string;
  readonly threads?: number;
  readonly json?: boolean;
}

/** Verifies a report from a file or an address; sets exit code 1 where something is not right. */
export async function runVerify(
  place: string,
  { light = false, book: file, threads, json }: VerifyOptions,
  { signal, pool: given }: Running = { signal: stopSignal() },
): Promise<void> {
  const bundle = await readReport(place).catch((cause: unknown) => {
    if (!(cause instanceof BadDataError)) throw cause;
    throw new BadDataError(`${place} is refused: ${cause.message}`, { cause });
  });
  const verified: Verified = light
    ? await verifyReport(bundle, undefined, undefined)
    : await withThreads({ threads, pool: given }, async (pool) =>
        verifyReport(bundle, await readReportBook(place, file), { pool, signal }),
      );
  if (!isRight(verified)) process.exitCode = 1;
  if (json)
    return printPieces(
      jsonPieces({
        isRight: isRight(verified),
        id: bundle.id,
        signers: bundle.signatures.map(({ signer }) => signer),
        ...verified,
      }),
    );
  return printReadable(verifyText(bundle, verified));
}
