import type { Address } from '@undertow/market';
import { InvalidArgumentError } from 'commander';

/** Parses a whole number of at least `least`; the message says the range. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
    throw new InvalidArgumentError(`It must be a whole number ${range}.`);
  };
}

/** A rise of more than a thousandfold is a typing error; the API draws the same line. */
const LARGEST_RISE = 1_000;

/** Parses a relative price move such as -0.2 (20 % down): a decimal number above -1 and at most 1000. */
export function priceMove(text: string): number {
  const value = Number(text);
  // Number() also reads blanks and hexadecimal, which nobody means here.
  const isDecimal = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text);
  if (isDecimal && value > -1 && value <= LARGEST_RISE) return value;
  throw new InvalidArgumentError(
    `It must be a number above -1 and at most ${LARGEST_RISE}; -0.2 means 20 % down.`,
  );
}

/** Collects `SYMBOL=move` or `0xaddress=move` pairs. */
export function assetShock(
  text: string,
  before: Readonly<Record<string, number>> = {},
): Record<string, number> {
  const [asset, move, ...rest] = text.split('=');
  if (!asset || move === undefined || rest.length > 0)
    throw new InvalidArgumentError('It must look like WETH=-0.2 (WETH 20 % down).');
  if (asset in before) throw new InvalidArgumentError(`${asset} is given twice.`);
  return { ...before, [asset]: priceMove(move) };
}

/** Parses an address, in any case, into lower case. */
export function ownerAddress(text: string): Address {
  if (!/^0x[0-9a-f]{40}$/i.test(text))
    throw new InvalidArgumentError('It must be an address: 0x and 40 hexadecimal digits.');
  return text.toLowerCase() as Address;
}

/** Collects http(s) addresses of JSON-RPC endpoints. */
export function endpointUrl(text: string, before: readonly string[] = []): string[] {
  if (!URL.canParse(text) || !['http:', 'https:'].includes(new URL(text).protocol))
    throw new InvalidArgumentError('It must be an address that starts with http:// or https://.');
  return [...before, text];
}
