import { addressOf, readWords } from '@undertow/chain';
import type { CallReader, Read } from '@undertow/chain';
import type { Address, Pool } from '@undertow/market';
import { ConfigError } from '@undertow/units';
import { encodeFunctionData, parseAbi } from 'viem/utils';

/** Fee tiers looked for: those that the factory starts with, and 0.01 % which every one of them has been given. */
const FEES_PIPS = [100, 500, 3_000, 10_000] as const;

/** `IUniswapV3Factory`, and `IUniswapV3PoolImmutables` and `liquidity` of its pools (@uniswap/v3-core 1.0.1). */
const views = parseAbi([
  'function getPool(address tokenA, address tokenB, uint24 fee) view returns (address)',
  'function feeAmountTickSpacing(uint24 fee) view returns (int24)',
  'function token0() view returns (address)',
  'function token1() view returns (address)',
  'function fee() view returns (uint24)',
  'function tickSpacing() view returns (int24)',
  'function liquidity() view returns (uint128)',
]);

/** Which pools to look for, where and when. */
export interface PoolSearch {
  readonly chainId: number;
  readonly block: number;
  readonly factory: Address;
  /** Tokens that may have to be sold. */
  readonly tokens: readonly Address[];
  /** Tokens that they are sold for. */
  readonly quotes: readonly Address[];
}

/**
 * Pools of a factory that hold liquidity at the price now, between some tokens and some quotes, in the order of their
 * addresses. Throws ConfigError when the factory does not answer as one.
 */
export async function findPools(reader: CallReader, search: PoolSearch): Promise<readonly Pool[]> {
  const { block, factory } = search;
  const [spacing] = await readWords(reader, block, [
    {
      to: factory,
      data: encodeFunctionData({ abi: views, functionName: 'feeAmountTickSpacing', args: [500] }),
    },
  ]);
  if (spacing?.[0] !== 10n) {
    throw new ConfigError(`${factory} is not a Uniswap v3 factory at block ${block}`);
  }
  const calls = pairsOf(search).flatMap(([a, b]) =>
    FEES_PIPS.map((fee): Read => {
      const data = encodeFunctionData({ abi: views, functionName: 'getPool', args: [a, b, fee] });
      return { to: factory, data };
    }),
  );
  const found = (await readWords(reader, block, calls)).flatMap((words) => words?.[0] || []).map(addressOf);
  const described = await describe(reader, search, found.sort());
  return described.filter((pool) => pool !== undefined);
}

/** Every token against every quote, each pair once. */
function pairsOf({ tokens, quotes }: PoolSearch): readonly (readonly [Address, Address])[] {
  const pairs = new Map<string, readonly [Address, Address]>();
  for (const token of [...tokens, ...quotes]) {
    for (const quote of quotes) {
      if (token !== quote) pairs.set([token, quote].sort().join(), [token, quote]);
    }
  }
  return [...pairs.values()];
}

const FIELDS = ['token0', 'token1', 'fee', 'tickSpacing', 'liquidity'] as const;

/** What pools say of themselves; undefined where one is empty or says too little. */
async function describe(
  reader: CallReader,
  { chainId, block }: PoolSearch,
  addresses: readonly Address[],
): Promise<readonly (Pool | undefined)[]> {
  const reads = addresses.flatMap((to) =>
    FIELDS.map((functionName): Read => ({ to, data: encodeFunctionData({ abi: views, functionName }) })),
  );
  const answers = (await readWords(reader, block, reads)).map((words) => words?.[0]);
  return addresses.map((address, i) => {
    const own = answers.slice(i * FIELDS.length, (i + 1) * FIELDS.length);
    const [token0, token1, fee, tickSpacing, liquidity] = own;
    if (!token0 || !token1 || !fee || !tickSpacing || !liquidity) return undefined;
    return {
      address,
      chainId,
      token0: addressOf(token0),
      token1: addressOf(token1),
      feePips: Number(fee),
      tickSpacing: Number(tickSpacing),
    };
  });
}
