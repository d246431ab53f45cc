import { hashBook, parseOverride, toBook, withTerms, type Book } from '@undertow/book';
import { changeTerms, revert, snapshot, startDevnet, type Contract, type Devnet } from '@undertow/devnet';
import { openSource } from '@undertow/sources';
import { followChain, type FollowedChain } from './follow-chain.ts';

let devnet: Devnet;
let chain: FollowedChain;
let named: Book | undefined;

beforeAll(async () => {
  devnet = await startDevnet({ seed: 1, accounts: 30 });
  chain = await followChain(devnet, devnet.network.deployments.map(openSource));
  await chain.follow();
}, 120_000);

afterAll(async () => {
  chain.close();
  await devnet.stop();
});

const indexed = (): Book => toBook(chain.ledger, { time: chain.head().time });

/** By a book in which names are found; it may be one of other terms. */
const change = (...texts: readonly string[]) => {
  named ??= indexed();
  const book = named;
  return changeTerms(
    devnet,
    texts.map((text) => parseOverride(book, text)),
  );
};

describe('changeTerms', () => {
  // The last of each term holds, and one call carries out all that it can: written as after `--set`.
  test.each([
    [
      'aave-v3@devnet',
      [
        ...['WETH liquidationThreshold=0.70', 'WETH liquidationProtocolFee=0.3', 'WBTC loanToValue=0.5'],
        ...['WBTC liquidationBonus=0.12', 'category:1 liquidationThreshold=0.85'],
      ],
      [
        ...[/^configureReserveAsCollateral\(0x\w+, 7000, 7000, 10500\)$/, /^setLiquidationProtocolFee/],
        ...[
          /^configureReserve\w+\(0x\w+, 5000, 7800, 11200\)$/,
          /^setEModeCategory\(1, 8500, 8500, 10300, 0x0/,
        ],
      ],
    ],
    [
      'aave-v3.6@devnet',
      [
        ...['WETH liquidationThreshold=0.5', 'WETH liquidationBonus=0.2', 'stWETH liquidationProtocolFee=0'],
        ...[
          'category:2 liquidationThreshold=0.6',
          'category:2 loanToValue=0.4',
          'category:2 loanToValue=0.55',
        ],
      ],
      [
        ...[/^configureReserveAsCollateral\(0x\w+, 5000, 5000, 12000\)$/, /^setLiquidationProtocolFee/],
        /^setEModeCategory\(2, 5500, 6000, 10450, "WETH for USDC"\)$/,
      ],
    ],
    [
      'venus-core@devnet',
      [
        ...['WETH liquidationThreshold=0.6', 'WBTC liquidationThreshold=0.85', 'WBTC loanToValue=0.85'],
        ...[
          'closeFactor=0.8',
          ...['WETH', 'WBTC', 'USDC'].map((symbol) => `${symbol} liquidationBonus=0.15`),
        ],
      ],
      [
        ...[
          /^_setCloseFactor\(80{17}\)$/,
          /^_setCollateralFactor\(0x\w+, 60{17}\)$/,
          /^_setCollateralFactor/,
        ],
        /^_setLiquidationIncentive\(1150{16}\)$/,
      ],
    ],
    ['perp-v2@devnet', ['liquidationPenalty=0.04'], [/^setLiquidationPenaltyRatio\(40000\)$/]],
  ])(
    '%s: the book indexed after the admin calls is the book before under the overrides',
    async (venue, terms, calls) => {
      const before = indexed();
      const overrides = terms.map((text) => parseOverride(before, `${venue} ${text}`));
      const made = await changeTerms(devnet, overrides);
      expect(made).toHaveLength(calls.length);
      for (const [index, call] of made.entries()) expect(call).toMatch(calls[index]!);
      await chain.follow();
      const after = indexed();
      expect(after.block).toBe(before.block + 1);
      expect(after.time).toBe(before.time);
      expect(hashBook(after)).toBe(after.hash);
      expect(hashBook({ ...after, block: before.block })).toBe(withTerms(before, overrides).hash);
      expect(hashBook({ ...after, block: before.block })).not.toBe(before.hash);
    },
  );

  test('caps, which an index does not know, are what the contracts’ own views say', async () => {
    const id = await snapshot(devnet);
    await change(
      ...['aave-v3@devnet WETH supplyCap=700', 'aave-v3.6@devnet USDC borrowCap=123456'],
      ...['venus-core@devnet WBTC supplyCap=12.5', 'venus-core@devnet USDC borrowCap=1000'],
    );
    const { aaveV3, aaveV36, venusCore } = devnet.contracts.venues;
    const { assets } = devnet.contracts;
    const read = (
      address: Contract['address'],
      name: keyof Devnet['artifacts'],
      view: string,
      asset: string,
    ) => devnet.chain.read<unknown>({ address, abi: devnet.artifacts[name].abi }, view, [asset]);
    const caps = 'getReserveCaps';
    const { WETH, USDC } = assets;
    expect(await read(aaveV3.dataProvider, 'AaveProtocolDataProvider', caps, WETH.token)).toEqual([0n, 700n]);
    expect(await read(aaveV36.dataProvider, 'Aave36DataProvider', caps, USDC.token)).toEqual([123_456n, 0n]);
    const { comptroller, markets } = venusCore;
    expect(await read(comptroller, 'VenusComptroller', 'supplyCaps', markets.WBTC)).toBe(1_250_000_000n);
    expect(await read(comptroller, 'VenusComptroller', 'borrowCaps', markets.USDC)).toBe(1_000_000_000n);
    await revert(devnet, id);
  });

  test.each([
    ['aave-v3@devnet closeFactor=1', /closeFactor=1 cannot be carried out.*constant of the code/],
    ['aave-v3@devnet WETH supplyCap=0', /a cap of 0 means that there is none/],
    ['aave-v3@devnet WETH supplyCap=0.5', /counts in steps of 1/],
    ['aave-v3.6@devnet WETH liquidationBonus=0.00005', /counts in steps of 0\.0001/],
    ['venus-core@devnet WETH loanToValue=0.5', /one number there, the collateral factor: set both/],
    ['venus-core@devnet WETH liquidationBonus=0.2', /share one liquidation incentive.*for .*WBTC.* too/],
    ['venus-core@devnet WETH liquidationProtocolFee=0.2', /keeps no part of what liquidators get/],
    ['venus-core@devnet USDC borrowCap=0', /a borrow cap of 0 means that there is none/],
    ['perp-v2@devnet maintenanceMargin=0.1', /no call to change them/],
    ['morpho-blue@devnet WETH/USDC 86 % liquidationThreshold=0.8', /LLTV is part of what a market is/],
    ['musd@devnet liquidatorShare=0.01', /constants of the code/],
    ['aave-v3@devnet WETH oracle=market', /another contract, not a term/],
    ['WETH depth=0.5', /no call of a protocol does it/],
  ])('%s is refused with the reason, and no call is made', async (text, reason) => {
    const { number } = await devnet.rpc<{ number: string }>('eth_getBlockByNumber', ['latest', false]);
    await expect(change(text)).rejects.toThrow(reason);
    expect(await devnet.rpc('eth_getBlockByNumber', ['latest', false])).toMatchObject({ number });
  });

  test.each([
    // The category's threshold must be above that of each reserve in it.
    [
      'aave-v3@devnet category:1 liquidationThreshold=0.6',
      /refuses setEModeCategory\(1, 6000.*: 21 \(invalid risk/,
    ],
    [
      'aave-v3.6@devnet WETH liquidationThreshold=0.99',
      /refuses configureReserve.*: InvalidReserveParams\(\)/,
    ],
    [
      'venus-core@devnet WETH liquidationThreshold=0.95',
      /refuses _setCollateralFactor.*error 6 .*90 % at most/,
    ],
  ])('%s: what the contract says is told, and nothing of the change stays', async (text, said) => {
    const overrides = [text, text.replace('liquidationThreshold', 'loanToValue')];
    const block = await devnet.rpc('eth_getBlockByNumber', ['latest', false]);
    await expect(change('perp-v2@devnet liquidationPenalty=0.05', ...overrides)).rejects.toThrow(said);
    expect(await devnet.rpc('eth_getBlockByNumber', ['latest', false])).toEqual(block);
  });
});
