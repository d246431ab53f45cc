import { crashOnChain, revert, snapshot, startDevnet, type Devnet } from '../index.ts';

describe('crashOnChain', () => {
  let devnet: Devnet;
  let id: `0x${string}`;
  beforeAll(async () => (devnet = await startDevnet({ seed: 1, accounts: 60 })), 120_000);
  afterAll(() => devnet.stop());
  beforeEach(async () => (id = await snapshot(devnet)));
  afterEach(() => revert(devnet, id));

  it('liquidates nobody without a shock', async () => {
    const crash = await crashOnChain(devnet, { moves: { WETH: 0, WBTC: 0 } });
    expect(crash).toMatchObject({
      firstRound: [],
      rounds: [],
      liquidatedUsd: 0,
      badDebtUsd: 0,
      stuckAccounts: 0,
      converged: true,
    });
    expect(crash.finalPriceUsd.WETH).toBe(3_000);
  }, 120_000);

  it('cascades over rounds: selling moves prices beyond the shock and more accounts become due', async () => {
    const crash = await crashOnChain(devnet, { moves: { WETH: -0.2, WBTC: -0.2 } });
    expect(crash.firstRound.length).toBeGreaterThan(10);
    expect(crash.firstRound.some(({ venue }) => venue === 'aave-v3@devnet')).toBe(true);
    expect(
      crash.firstRound.some(({ venue, market }) => venue === 'morpho-blue@devnet' && market !== ''),
    ).toBe(true);
    const [first, second] = crash.rounds;
    expect(first?.accounts).toEqual(crash.firstRound);
    expect(first?.prices.WETH).toBe(2_400);
    expect(second?.prices.WETH).toBeLessThan(2_400);
    expect(crash.liquidatedUsd).toBeGreaterThan((first?.liquidatedUsd ?? 0) * 1.05);
    expect(crash.rounds.reduce((sum, { liquidatedUsd }) => sum + liquidatedUsd, 0)).toBeCloseTo(
      crash.liquidatedUsd,
      3,
    );
    expect(crash.liquidatedUsd).toBeGreaterThan(crash.repaidUsd);
    expect(crash.converged).toBe(true);
    expect(crash.notes).toEqual([]);
  }, 120_000);

  it('says by venue what happened, and the venues add up', async () => {
    const crash = await crashOnChain(devnet, { moves: { WETH: -0.3, WBTC: -0.3 } });
    expect(crash.byVenue.map(({ venue }) => venue)).toEqual(devnet.venues.map(({ id }) => id));
    for (const { venue, liquidations, accounts, liquidatedUsd } of crash.byVenue) {
      expect([venue, liquidatedUsd > 0, accounts > 0, accounts <= liquidations]).toEqual([
        venue,
        true,
        true,
        true,
      ]);
    }
    for (const measure of [
      'liquidations',
      'liquidatedUsd',
      'repaidUsd',
      'protocolFeeUsd',
      'badDebtUsd',
    ] as const) {
      const sum = crash.byVenue.reduce((total, venue) => total + venue[measure], 0);
      expect(sum).toBeCloseTo(crash[measure], 3);
    }
    const used = crash.byVenue.flatMap(({ fundUseUsd }) => Object.entries(fundUseUsd));
    expect(Object.fromEntries(used)).toMatchObject({
      'stability-pool': expect.any(Number),
      'insurance-fund': expect.any(Number),
      deficit: expect.any(Number),
    });
    expect(used.every(([, usd]) => usd > 0)).toBe(true);
  }, 120_000);

  it('moves only what is shocked or sold', async () => {
    const crash = await crashOnChain(devnet, { moves: { LINK: -0.3 } });
    // Accounts with LINK and another collateral may lose the other one.
    expect(Math.abs(crash.finalPriceUsd.WETH / 3_000 - 1)).toBeLessThan(0.01);
    expect(crash.finalPriceUsd.USDC).toBe(1);
    expect(crash.finalPriceUsd.LINK).toBeLessThanOrEqual(10.5);
  }, 120_000);

  it('leaves bad debt when the fall is deep, and alone what does not pay, unless liquidators act at any loss', async () => {
    const moves = { WETH: -0.35, WBTC: -0.35 };
    const rational = await crashOnChain(devnet, { moves });
    expect(rational.badDebtUsd).toBeGreaterThan(0);
    // The price does not go to nothing.
    expect(rational.finalPriceUsd.WETH).toBeGreaterThan(500);
    expect(rational.finalPriceUsd.WETH).toBeLessThan(1_950);
    expect(rational.finalPriceUsd.USDC).toBe(1);
    await revert(devnet, id);
    id = await snapshot(devnet);
    const unlimited = await crashOnChain(devnet, { moves, policies: { liquidators: 'unlimited' } });
    expect(unlimited.firstRound.length).toBeGreaterThan(rational.firstRound.length);
    const [early] = unlimited.rounds;
    expect(early!.liquidatedUsd).toBeGreaterThan(rational.rounds[0]!.liquidatedUsd);
    expect(unlimited.stuckAccounts).toBeLessThanOrEqual(rational.stuckAccounts);
  }, 120_000);
});
