import { GIVEN, type GivenInput, type GivenName } from '@undertow/advice';
import { UsageError } from '../explain-error.ts';

/** Reads `name of=value`: what a person knows beside the book and the prices, see `GIVEN`. */
export function givenInput(text: string): GivenInput {
  const [, name, of, digits] = /^(\S+)\s+(.+?)\s*=\s*(\d+(?:\.\d+)?(?:e[-+]?\d+)?)$/i.exec(text.trim()) ?? [];
  if (name === undefined || !isKnown(name))
    throw new UsageError(`--given must look like "oracle-lag ETH=3600"; there are ${SAID.join(', ')}.`);
  return { name, of: of!, value: Number(digits), source: 'said' };
}

/** A list of returns is not said but measured. */
const SAID = GIVEN.filter((name) => name !== 'hourly-returns');
const isKnown = (name: string): name is GivenName => SAID.some((one) => one === name);
