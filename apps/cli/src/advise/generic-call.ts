import { adviceValue, type Advice } from '@undertow/advice';
import { BadDataError } from '@undertow/units';
import { encodeFunctionData, isAddress, parseAbi, type AbiParameter } from 'viem';
import { UsageError } from '../explain-error.ts';

/** What the arguments of a generic target are told apart by. */
const MEANINGS = 'asset, market, bps, wad, units';

/**
 * The call of one value on a target that a person names by a signature, such as `setThreshold(address asset, uint256 bps)`. Its arguments
 * are told by their names: `asset` and `market` are the market's id; `bps`, `wad` (18 decimals) and `units` the value.
 *
 * @throws UsageError for a signature that is none, or whose arguments say nothing; BadDataError for a value that they cannot express.
 */
export function genericCall(signature: string): (advice: Advice, value: number) => `0x${string}` {
  let abi;
  try {
    abi = parseAbi([`function ${signature}`] as readonly string[]);
  } catch (cause) {
    throw new UsageError(
      `--call ${signature} is no signature: write it like "setThreshold(address asset, uint256 bps)".`,
      { cause },
    );
  }
  const [item] = abi;
  if (item?.type !== 'function') throw new UsageError(`--call ${signature} is no function.`);
  const { name, inputs } = item;
  for (const { name: argument = '' } of inputs)
    if (!MEANINGS.split(', ').includes(argument))
      throw new UsageError(`--call: an argument must be named one of ${MEANINGS}, but is "${argument}".`);
  return (advice, value) => {
    const args = inputs.map((input) => argumentOf(input, advice, value));
    return encodeFunctionData({ abi, functionName: name, args });
  };
}

function argumentOf({ name, type }: AbiParameter, { parameter }: Advice, value: number): unknown {
  const { kind, market, label } = parameter;
  if (name === 'asset' || name === 'market') {
    if (type === 'address' && !isAddress(market, { strict: false }))
      throw new BadDataError(`the market ${label} is known by ${market}, which is no address`);
    return market;
  }
  const { unit, bps } = adviceValue(kind, value);
  const isRatio = unit === 'ratio';
  if (name === 'wad')
    return isRatio ? BigInt(Math.round(value * 1e9)) * 10n ** 9n : BigInt(Math.floor(value)) * 10n ** 18n;
  if ((name === 'bps') !== isRatio)
    throw new BadDataError(`the ${kind} of ${label} is counted in ${unit}, which ${String(name)} cannot say`);
  return BigInt(bps ?? Math.floor(value));
}
