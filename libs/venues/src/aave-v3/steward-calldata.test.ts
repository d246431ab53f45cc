import { BadDataError } from '@undertow/units';
import { decodeFunctionData } from 'viem/utils';
import { KEEP_CURRENT, riskStewardAbi, stewardCalls, type StewardChange } from './steward-calldata.ts';

const WETH = `0x${'aa'.repeat(20)}` as const;
const WBTC = `0x${'bb'.repeat(20)}` as const;
const word = (value: bigint) => value.toString(16).padStart(64, '0');
const KEEP = 'f'.repeat(62) + 'd5';

describe('stewardCalls', () => {
  it('writes the words of the contract’s ABI', () => {
    const [call] = stewardCalls([{ asset: WETH, field: 'supplyCap', value: 1_500_000 }]);
    // The first four bytes are those of keccak256("updateCaps((address,uint256,uint256)[])"); an array is its offset, its length, its rows.
    expect(call).toEqual({
      function: 'updateCaps',
      data: `0x55caa163${word(32n)}${word(1n)}${word(BigInt(WETH))}${word(1_500_000n)}${KEEP}`,
    });
    const [collateral] = stewardCalls([{ asset: WBTC, field: 'liquidationBonus', value: 0.05 }]);
    expect(collateral!.data.slice(10)).toBe(
      [word(32n), word(1n), word(BigInt(WBTC)), KEEP, KEEP, word(500n), KEEP, KEEP].join(''),
    );
  });

  it('is read back as it was meant, each reserve once', () => {
    const calls = stewardCalls([
      { asset: WETH, field: 'liquidationThreshold', value: 0.8275 },
      { asset: WETH, field: 'loanToValue', value: 0.8 },
      { asset: WBTC, field: 'liquidationThreshold', value: 0.29 },
      { asset: WBTC, field: 'borrowCap', value: 1 },
    ]);
    const [first, second] = calls.map(({ data }) => decodeFunctionData({ abi: riskStewardAbi, data }));
    const kept = { debtCeiling: KEEP_CURRENT, liqProtocolFee: KEEP_CURRENT, liqBonus: KEEP_CURRENT };
    expect(first).toMatchObject({
      functionName: 'updateCollateralSide',
      args: [
        [
          { ...kept, ltv: 8_000n, liqThreshold: 8_275n },
          { ...kept, ltv: KEEP_CURRENT, liqThreshold: 2_900n },
        ],
      ],
    });
    expect(second).toMatchObject({ args: [[{ supplyCap: KEEP_CURRENT, borrowCap: 1n }]] });
    expect(stewardCalls([])).toEqual([]);
  });

  it.each<[Partial<StewardChange>, RegExp]>([
    [{ value: 0.80005 }, /counts in whole basis points/],
    [{ value: 0 }, /sets nothing to 0/],
    [{ value: 1.01 }, /above the 100 %/],
    [{ value: Number.NaN }, /whole basis points/],
    [{ field: 'supplyCap', value: 1.5 }, /whole units/],
    [{ field: 'borrowCap', value: 2 ** 36 }, /above the 68719476735/],
  ])('refuses what the contract cannot express: %#', (change, words) => {
    const whole = { asset: WETH, field: 'loanToValue', value: 0.5, ...change } as const;
    expect(() => stewardCalls([whole])).toThrow(BadDataError);
    expect(() => stewardCalls([whole])).toThrow(words);
    expect(() =>
      stewardCalls([
        { ...whole, value: 1 },
        { ...whole, value: 1 },
      ]),
    ).toThrow(/set twice/);
  });
});
