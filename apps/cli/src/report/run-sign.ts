import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundleText, signedData } from '@undertow/report';
import { BadDataError } from '@undertow/units';
import { UsageError } from '../explain-error.ts';
import { writeWhole } from '../import/write-whole.ts';
import { jsonPieces } from '../json-text.ts';
import { print, printPieces } from '../print.ts';
import { isUrl, readReport } from './read-report.ts';
import { addSignature, falseSignatures, signBundle } from './signing.ts';
import { PAGE_FILE, writeForms } from './write-report.ts';

export interface SignOptions {
  /** A file with a key; without it and `signature` the key in the environment. */
  readonly keyFile?: string;
  /** Made by a wallet. */
  readonly signature?: string;
  /** Print what a wallet is to sign, and sign nothing. */
  readonly typedData?: boolean;
}

/**
 * Adds a signature to the file of a bundle, in place; its id and all else stay as they are. Where its page lies beside it, that and the
 * post are written again, as they say who signed.
 */
export async function runSign(path: string, { keyFile, signature, typedData }: SignOptions): Promise<void> {
  if (isUrl(path))
    throw new UsageError('A report on the web cannot be signed there: keep the file, and sign that.');
  if ([keyFile, signature, typedData].filter((one) => one !== undefined).length > 1)
    throw new UsageError('Give one of --key-file, --signature and --typed-data.');
  const bundle = await readReport(path).catch((cause: unknown) => {
    if (!(cause instanceof BadDataError)) throw cause;
    throw new UsageError(`${path} is refused: ${cause.message}`, { cause });
  });
  if (typedData) return printPieces(jsonPieces(signedData(bundle)));
  const [wrong] = await falseSignatures(bundle);
  if (wrong !== undefined)
    throw new UsageError(
      `${path} has a signature that is not by who is named (signatures[${wrong}]): sign the report as it was made.`,
    );
  const signed =
    signature === undefined
      ? await signBundle(bundle, keyFile ?? true)
      : await addSignature(bundle, signature);
  writeWhole(path, [bundleText(signed)]);
  const folder = dirname(path);
  if (existsSync(join(folder, PAGE_FILE))) writeForms(signed, folder);
  await print(signed.signatures.map(({ signer }) => `signed by ${signer}\n`).join(''));
}
