import type { Address, Hex } from '@undertow/market';
import fc from 'fast-check';
import { encodeAbiParameters, stringToHex, toFunctionSelector } from 'viem';
import { MAX_DECIMALS, readTokens } from './read-tokens.ts';
import type { CallReader } from './source.ts';

const token: Address = `0x${'ab'.repeat(20)}`;
const CALLED_BY_ADDRESS = '0xabab…abab';
const word = (value: bigint) => encodeAbiParameters([{ type: 'uint256' }], [value]);
const text = (value: string) => encodeAbiParameters([{ type: 'string' }], [value]);

/** A chain with one token on it. */
const readerOf = (symbol: Hex | undefined, decimals: Hex | undefined): CallReader => ({
  calls: async (calls) =>
    calls.map(({ data }) => (data === toFunctionSelector('function symbol()') ? symbol : decimals)),
});
const read = async (symbol: Hex | undefined, decimals: Hex | undefined) =>
  (await readTokens(readerOf(symbol, decimals), { chainId: 1, block: 5 }, [{ address: token }]))[0];

describe('readTokens', () => {
  it('describes a token, each once', async () => {
    const reader = readerOf(text('WETH'), word(18n));
    const tokens = await readTokens(reader, { chainId: 1, block: 5 }, [
      { address: token },
      { address: token },
    ]);
    expect(tokens).toEqual([{ chainId: 1, address: token, symbol: 'WETH', decimals: 18 }]);
    expect(await readTokens(reader, { chainId: 1, block: 5 }, [])).toEqual([]);
  });

  it('takes decimals that the venue says before those of the token', async () => {
    const wanted = [{ address: token, decimals: 6 }];
    const at = { chainId: 1, block: 5 };
    expect(await readTokens(readerOf(text('USDC'), undefined), at, wanted)).toMatchObject([{ decimals: 6 }]);
  });

  it.each([
    ['bytes32', stringToHex('MKR', { size: 32 }), 'MKR'],
    ['nothing', undefined, CALLED_BY_ADDRESS],
    ['no data', '0x' as Hex, CALLED_BY_ADDRESS],
    ['an empty word', word(0n), CALLED_BY_ADDRESS],
    ['blanks', text('  \n '), CALLED_BY_ADDRESS],
    ['half a word', '0x1234' as Hex, CALLED_BY_ADDRESS],
    ['a length beyond its data', `${text('x').slice(0, 66)}${'f'.repeat(64)}` as Hex, CALLED_BY_ADDRESS],
    ['text that turns round what follows', text('\u202eCDSU\u0000'), 'CDSU'],
    ['too much text', text('A'.repeat(100_000)), 'A'.repeat(40)],
  ])('names a token whose symbol is %s', async (_what, symbol, expected) => {
    expect(await read(symbol, word(18n))).toMatchObject({ symbol: expected });
  });

  it.each([0n, 77n])('keeps a token of %s decimals', async (decimals) => {
    expect(await read(text('T'), word(decimals))).toMatchObject({ decimals: Number(decimals) });
  });

  it.each([
    ['nothing', undefined],
    ['no data', '0x' as Hex],
    ['78', word(78n)],
    ['text', text('eighteen')],
    ['a word of ones', word(2n ** 256n - 1n)],
  ])('leaves out a token whose decimals are %s', async (_what, decimals) => {
    expect(await read(text('T'), decimals)).toBeUndefined();
  });

  it('never throws, and never says what cannot be shown or computed with', async () => {
    const anything = fc.option(
      fc.uint8Array({ maxLength: 200 }).map((bytes): Hex => `0x${Buffer.from(bytes).toString('hex')}`),
      { nil: undefined },
    );
    await fc.assert(
      fc.asyncProperty(anything, anything, async (symbol, decimals) => {
        const found = await read(symbol, decimals);
        if (found === undefined) return;
        expect(found.decimals).toBeLessThanOrEqual(MAX_DECIMALS);
        expect(found.symbol).toMatch(/^[^\p{C}]{1,80}$/u);
      }),
      { numRuns: 500 },
    );
  });
});
