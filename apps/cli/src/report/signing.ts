import { readFileSync } from 'node:fs';
import { signedData, withSignature, type ReportBundle, type ReportSignature } from '@undertow/report';
import { recoverTypedDataAddress, type Hex } from 'viem';
import { privateKeyToAccount, type PrivateKeyAccount } from 'viem/accounts';
import { UsageError } from '../explain-error.ts';

/** Where a key is looked for when no file is named. */
export const KEY_VARIABLE = 'UNDERTOW_REPORT_KEY';

/**
 * Signs a bundle with a key from a file, or from the environment. The key is read, used and forgotten: it is in no message and no file.
 *
 * @param file `true`: the environment.
 * @throws UsageError where there is no key, or what is there is none; without what was read.
 */
export async function signBundle(bundle: ReportBundle, file: string | true): Promise<ReportBundle> {
  const account = accountOf(file);
  const signature = await account.signTypedData(signedData(bundle));
  return withSignature(bundle, { signer: account.address.toLowerCase(), signature: signature.toLowerCase() });
}

/**
 * A bundle with a signature that a wallet made of `signedData`.
 *
 * @throws UsageError for what is no signature.
 */
export async function addSignature(bundle: ReportBundle, text: string): Promise<ReportBundle> {
  const signature = text.trim().toLowerCase();
  const signer = /^0x[0-9a-f]{128}(1b|1c)$/.test(signature) ? await signerOf(bundle, signature) : undefined;
  if (signer === undefined)
    throw new UsageError(
      'That is no signature of this report: give the 65 bytes that a wallet makes of "undertow sign <bundle> --typed-data", as 0x and 130 hexadecimal digits.',
    );
  return withSignature(bundle, { signer, signature });
}

/** Who made a signature of a bundle, by the address of the key; undefined where it is of no key at all. */
export async function signerOf(bundle: ReportBundle, signature: string): Promise<string | undefined> {
  try {
    const address = await recoverTypedDataAddress({ ...signedData(bundle), signature: signature as Hex });
    return address.toLowerCase();
  } catch {
    return undefined;
  }
}

/** Signatures that are not by those who are named, by their places. */
export async function falseSignatures(bundle: ReportBundle): Promise<number[]> {
  const signers = await Promise.all(
    bundle.signatures.map(({ signature }: ReportSignature) => signerOf(bundle, signature)),
  );
  return bundle.signatures.flatMap(({ signer }, at) => (signers[at] === signer ? [] : [at]));
}

function accountOf(file: string | true): PrivateKeyAccount {
  const where = file === true ? `the variable ${KEY_VARIABLE}` : file;
  const key = keyText(file)?.trim().replace(/^0x/i, '');
  if (key === undefined || key === '')
    throw new UsageError(
      `There is no key in ${where}: name a file with one, or set ${KEY_VARIABLE} to 64 hexadecimal digits.`,
    );
  // Without a cause: libraries put into their messages what they were given.
  const wrong = new UsageError(
    `What is in ${where} is no key: it must be 64 hexadecimal digits, with or without 0x.`,
  );
  if (!/^[0-9a-f]{64}$/i.test(key)) throw wrong;
  try {
    return privateKeyToAccount(`0x${key.toLowerCase()}`);
  } catch {
    throw wrong;
  }
}

function keyText(file: string | true): string | undefined {
  if (file === true) return process.env[KEY_VARIABLE];
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UsageError(`Cannot read ${file}: ${(cause as Error).message}`, { cause });
  }
}
