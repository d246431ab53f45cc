import { postPrices, type Transaction } from '@undertow/devnet';
import {
  cdpAmounts,
  cdpBatch,
  compoundedDepositDown,
  newStakeDown,
  offsetPool,
  redistribute,
  type Address,
  type PerStake,
  type PoolState,
} from '@undertow/market';
import { parseEventLogs, type Log } from 'viem';
import { openVenue } from '@undertow/venues';
import { factsOf, seeded } from './follow-chain.ts';
import {
  bothLedgers,
  call,
  growthOf,
  positionsOf,
  priceOf,
  readingOf,
  startMusdScene,
  wait,
  type MusdScene,
} from './musd-scene.ts';

const WAD = 10n ** 18n;
const LEAST_RATIO_WAD = 1_100_000_000_000_000_000n;
const NOBODY = '0x0000000000000000000000000000000000000000';
const MAX = 2n ** 256n - 1n;
const random = seeded(17);

let scene: MusdScene;

beforeAll(async () => {
  scene = await startMusdScene(240);
}, 90_000);

afterAll(async () => {
  scene?.chain.close();
  await scene?.devnet.stop();
});

const views = <Result>(functionName: string, owners: readonly Address[], ...more: readonly unknown[]) => {
  const { manager: contract } = scene.contracts;
  return scene.devnet.chain.readMany<Result>(
    owners.map((owner) => ({ contract, functionName, args: [owner, ...more] })),
  );
};

const read = <Result>(contract: keyof MusdScene['contracts'], functionName: string, ...args: unknown[]) =>
  scene.devnet.chain.read<Result>(scene.contracts[contract], functionName, args);

/** Every figure of every position, at the head and at random prices. */
async function expectReadingsAsViews(): Promise<number> {
  const owners = [...positionsOf(scene).keys()];
  expect(await read('manager', 'getTroveOwnersCount')).toBe(BigInt(owners.length));
  const entire = await views<readonly bigint[]>('getEntireDebtAndColl', owners);
  const debt = await views<bigint>('getTroveDebt', owners);
  const stake = await views<bigint>('getTroveStake', owners);
  const ratio = await views<bigint>('getCurrentICR', owners, priceOf(scene));
  const system = await read<bigint>('manager', 'getTCR', priceOf(scene));
  const readings = owners.map((owner) => readingOf(scene, owner));
  expect(readings.map(({ figures }) => figures.map(({ value }) => value))).toEqual(
    owners.map((_, i) => [...entire[i]!, debt[i], stake[i], ratio[i], system]),
  );
  const due = readings.map(({ healthFactorWad }) => healthFactorWad! < WAD);
  expect(due).toEqual(ratio.map((value) => value! < LEAST_RATIO_WAD));
  // At its liquidation price a position is due, and one unit of the feed above it is not.
  const lines = readings.map(({ liquidationPrices }) => liquidationPrices[0]!.answer * 10n ** 10n);
  const { manager: contract } = scene.contracts;
  const at = (add: bigint) =>
    scene.devnet.chain.readMany<bigint>(
      owners.map((owner, i) => ({
        ...{ contract, functionName: 'getCurrentICR', args: [owner, lines[i]! + add] },
      })),
    );
  expect((await at(0n)).every((value) => value! < LEAST_RATIO_WAD)).toBe(true);
  expect((await at(10n ** 10n)).every((value) => value! >= LEAST_RATIO_WAD)).toBe(true);
  return due.filter(Boolean).length;
}

async function expectFoldAsSnapshot(): Promise<void> {
  const [folded, called] = await bothLedgers(scene);
  expect(folded).toEqual(called);
  expect(folded.length).toBeGreaterThan(20);
}

/** The price of the feed times a factor. */
async function movePrice(factor: number): Promise<void> {
  const { chain, devnet } = scene;
  const { answer } = chain.ledger.prices.get(devnet.contracts.assets.WETH.feedProxy)!;
  await postPrices(devnet, { WETH: (answer * BigInt(Math.round(factor * 1e6))) / 1_000_000n });
  await chain.follow();
}

/** Owners draw, repay, add, take, refinance and leave; depositors come and go; somebody gives to the pool. */
async function live(): Promise<void> {
  const { devnet, chain, contracts } = scene;
  const { bank } = devnet.actors;
  await movePrice(1);
  const price = priceOf(scene);
  const healthy = [...positionsOf(scene)].filter(([owner, { principal, collateral }]) => {
    return owner !== bank && 10n * collateral * price > 13n * principal * WAD;
  });
  const owners = healthy.map(([owner]) => owner).sort(() => random() - 0.5);
  const debtOf = (owner: Address) => positionsOf(scene).get(owner)!.principal;
  const hints = [NOBODY, NOBODY];
  const { borrowing, token, pool } = contracts;
  const [draw, repay, add, take, refinance, leave, both] = owners;
  const of = (owner: Address | undefined, steps: (owner: Address) => Transaction[]) =>
    owner ? steps(owner) : [];
  const sent: Transaction[] = [
    ...of(draw, (owner) => [call(owner, borrowing, 'withdrawMUSD', [debtOf(owner) / 50n, ...hints])]),
    ...of(repay, (owner) => [
      call(bank, token, 'transfer', [owner, 3n * WAD]),
      call(owner, borrowing, 'repayMUSD', [1n * WAD, ...hints]),
    ]),
    ...of(add, (owner) => [{ ...call(owner, borrowing, 'addColl', hints), value: 123_456_789_012_345n }]),
    ...of(take, (owner) => [call(owner, borrowing, 'withdrawColl', [1_000_000_007n, ...hints])]),
    ...of(refinance, (owner) => [call(owner, borrowing, 'refinance', hints)]),
    ...of(leave, (owner) => [
      call(bank, token, 'transfer', [owner, debtOf(owner)]),
      call(owner, borrowing, 'closeTrove'),
      {
        ...call(owner, borrowing, 'openTrove', [2_500n * WAD, ...hints]),
        value: (2_500n * 3n * WAD * WAD) / price,
      },
    ]),
    ...of(both, (owner) => [
      {
        ...call(owner, borrowing, 'adjustTrove', [0n, debtOf(owner) / 70n, true, ...hints]),
        value: 10n ** 15n,
      },
    ]),
    call(bank, pool, 'provideToSP', [777n * WAD + 1n]),
    call(bank, token, 'transfer', [pool.address, 5n]),
    call(bank, pool, 'withdrawFromSP', [111n * WAD]),
  ];
  // What recovery mode or a due position forbids may fail; the rest is followed.
  const receipts = await devnet.chain.send(sent, { mayFail: true });
  await chain.follow();
  acted += receipts.filter(({ status }) => status === '0x1').length;
}
let acted = 0;

/** Lets governance set another rate of interest, by its own long way. */
async function setInterestRate(bps: number): Promise<void> {
  const { devnet, chain, contracts } = scene;
  const { deployer, bank } = devnet.actors;
  await devnet.chain.send([
    call(deployer, contracts.pcv, 'startChangingRoles', [deployer, bank]),
    call(deployer, contracts.pcv, 'finalizeChangingRoles'),
    call(deployer, contracts.rates, 'proposeInterestRate', [bps]),
  ]);
  await chain.follow();
  await wait(scene, 8 * 86_400);
  await devnet.chain.send([call(deployer, contracts.rates, 'approveInterestRate')]);
  await chain.follow();
}

/** Somebody redeems MUSD for the collateral of the riskiest positions: some whole, the last in part. */
async function redeem(amount: bigint): Promise<void> {
  const { devnet, chain, contracts } = scene;
  await movePrice(1);
  const balances = await devnet.chain.readMany<bigint>(
    devnet.owners.map((owner) => ({ contract: contracts.token, functionName: 'balanceOf', args: [owner] })),
  );
  const redeemer = devnet.owners[balances.findIndex((balance) => balance! >= amount)]!;
  const hints = await devnet.chain.read<readonly [Address, bigint, bigint]>(
    ...([contracts.hints, 'getRedemptionHints', [amount, priceOf(scene), 0n]] as const),
  );
  const args = [hints[2], hints[0], NOBODY, NOBODY, hints[1], 0n];
  await devnet.chain.send([call(redeemer, contracts.manager, 'redeemCollateral', args)]);
  await chain.follow();
}

async function poolState(): Promise<PoolState> {
  const [productWad, scale, epoch] = await Promise.all([
    read<bigint>('pool', 'P'),
    read<bigint>('pool', 'currentScale'),
    read<bigint>('pool', 'currentEpoch'),
  ]);
  return {
    ...{ productWad, scale, epoch },
    total: await read('pool', 'getTotalMUSDDeposits'),
    sum: await read('pool', 'epochToScaleToSum', epoch, scale),
    lastCollateralError: await read('pool', 'lastCollateralError_Offset'),
    lastLossError: await read('pool', 'lastMUSDLossError_Offset'),
  };
}

async function depositsOf(depositors: readonly Address[]) {
  const { pool: contract } = scene.contracts;
  const ask = <Result>(functionName: string) =>
    scene.devnet.chain.readMany<Result>(
      depositors.map((depositor) => ({ contract, functionName, args: [depositor] })),
    );
  const deposits = await ask<bigint>('deposits');
  const made = await ask<readonly [bigint, bigint, bigint, bigint]>('depositSnapshots');
  const compounded = await ask<bigint>('getCompoundedMUSDDeposit');
  return depositors.map((_, i) => {
    const [, productWad, scale, epoch] = made[i]!;
    return { deposit: { deposit: deposits[i]!, productWad, scale, epoch }, compounded: compounded[i]! };
  });
}

async function leftOver(): Promise<PerStake> {
  return {
    collateralWad: await read('manager', 'lastCollateralError_Redistribution'),
    principalWad: await read('manager', 'lastPrincipalError_Redistribution'),
    interestWad: await read('manager', 'lastInterestError_Redistribution'),
  };
}

/** Liquidates the riskiest as one batch, predicted to the last unit from the state before. */
async function liquidateAndCompare(most: number): Promise<{ paid: bigint; redistributed: bigint }> {
  const { devnet, chain, contracts } = scene;
  await movePrice(1);
  const time = chain.head().time + 1;
  const growth = growthOf(scene);
  const positions = [...positionsOf(scene)].map(([owner, position]) => ({ owner, position }));
  const held = positions.map(({ owner, position }) => {
    const amounts = cdpAmounts(position, growth.perStake, time);
    const debt = amounts.principal + amounts.interest;
    return { owner, position, amounts, ratio: (amounts.collateral * priceOf(scene)) / debt };
  });
  const due = held
    .filter(({ ratio }) => ratio < LEAST_RATIO_WAD)
    .sort((a, b) => (a.ratio < b.ratio ? -1 : 1))
    .slice(0, most);
  if (due.length === 0) return { paid: 0n, redistributed: 0n };
  const before = await poolState();
  const errors = await leftOver();
  const batch = cdpBatch(
    due.map(({ amounts }) => amounts),
    { pool: before.total, compensationDivisor: 200n },
  );
  const sum = (of: (one: (typeof batch.liquidations)[number]) => bigint) =>
    batch.liquidations.reduce((total, one) => total + of(one), 0n);
  const paid = sum(({ offset }) => offset.principal + offset.interest);
  const taken = sum(({ offset }) => offset.collateral);
  const share = {
    collateral: sum(({ redistributed }) => redistributed.collateral),
    principal: sum(({ redistributed }) => redistributed.principal),
    interest: sum(({ redistributed }) => redistributed.interest),
  };
  const gone = new Set(due.map(({ owner }) => owner));
  const stakes = held
    .filter(({ owner }) => !gone.has(owner))
    .reduce((total, { position }) => total + position.stake, 0n);
  const after = redistribute({ perStake: growth.perStake, leftOver: errors }, share, stakes);
  const pool = offsetPool(before, { debt: paid, collateral: taken });

  await devnet.rpc('evm_setNextBlockTimestamp', [time]);
  const [receipt] = await devnet.chain.send([
    call(devnet.actors.liquidator, contracts.manager, 'batchLiquidateTroves', [
      due.map(({ owner }) => owner),
    ]),
  ]);
  const events = factsOf(await chain.follow(), 'Liquidated');
  expect(events.map(({ owner, repaid, seized }) => ({ owner, repaid, seized }))).toEqual(
    due.map(({ owner, amounts }) => ({ owner, repaid: amounts.principal, seized: amounts.collateral })),
  );
  const logs = receipt!.logs as unknown as Log[];
  const [liquidation] = parseEventLogs({ abi: contracts.manager.abi, logs, eventName: 'Liquidation' });
  expect(liquidation!.args).toEqual({
    _liquidatedPrincipal: due.reduce((total, { amounts }) => total + amounts.principal, 0n),
    _liquidatedInterest: due.reduce((total, { amounts }) => total + amounts.interest, 0n),
    _liquidatedColl: taken + share.collateral,
    _collGasCompensation: sum(({ compensation }) => compensation),
    _gasCompensation: 200n * WAD * BigInt(due.length),
  });
  expect(await poolState()).toEqual(pool);
  expect(growthOf(scene).perStake).toEqual(after.perStake);
  expect(await leftOver()).toEqual(after.leftOver);
  expect(growthOf(scene).stakesAtLiquidation).toBe(stakes);
  for (const { deposit, compounded } of await depositsOf([devnet.actors.bank, contracts.pcv.address]))
    expect(compoundedDepositDown(deposit, pool)).toBe(compounded);
  return { paid, redistributed: share.principal };
}

test('positions, ratios, redistribution and the pool equal the contracts through prices, time and liquidations', async () => {
  const { devnet, contracts } = scene;
  const { bank } = devnet.actors;
  await devnet.chain.send([call(bank, contracts.token, 'approve', [contracts.pool.address, MAX])]);
  const seen = { due: 0, paid: 0n, redistributed: 0n };
  const rounds = [
    ...[
      [1, 40],
      [0.93, 4],
      [0.97, 3],
      [0.9, 100],
      [1.35, 5],
      [0.72, 6],
      [0.95, 100],
    ],
  ] as const;
  for (const [factor, most] of rounds) {
    await movePrice(factor! * (0.995 + 0.01 * random()));
    await wait(scene, 1 + Math.floor(random() * 30 * 86_400));
    await scene.chain.follow();
    seen.due += await expectReadingsAsViews();
    const done = await liquidateAndCompare(most!);
    seen.paid += done.paid;
    seen.redistributed += done.redistributed;
    await expectReadingsAsViews();
    await expectFoldAsSnapshot();
    await live();
    await expectReadingsAsViews();
    await expectFoldAsSnapshot();
  }
  expect(seen.due).toBeGreaterThan(20);
  expect(seen.paid).toBeGreaterThan(10_000n * WAD);
  expect(seen.redistributed).toBeGreaterThan(10_000n * WAD);
  expect(acted).toBeGreaterThan(50);
}, 120_000);

test('a new rate, redemptions and interest that no log tells of', async () => {
  const { devnet, chain, contracts } = scene;
  const { bank } = devnet.actors;
  await movePrice(1.6);
  await setInterestRate(350);
  await wait(scene, 86_400);
  await chain.follow();
  await live();
  const rates = new Set([...positionsOf(scene).values()].map(({ interestRateBps }) => interestRateBps));
  expect([...rates].sort()).toEqual([100n, 350n]);
  await wait(scene, 20 * 86_400);
  await chain.follow();
  const open = positionsOf(scene).size;
  await redeem(12_000n * WAD);
  expect(positionsOf(scene).size).toBeLessThan(open);
  await wait(scene, 86_400);
  await chain.follow();
  await expectReadingsAsViews();
  await expectFoldAsSnapshot();

  // Anybody may have a position accrue its interest; that is floored then, and nothing is logged.
  const [owner] = [...positionsOf(scene).keys()].filter((one) => one !== bank) as [Address];
  await devnet.chain.send([call(bank, contracts.manager, 'updateSystemAndTroveInterest', [owner])]);
  await wait(scene, 12_345);
  await chain.follow();
  const [ours] = readingOf(scene, owner).figures.filter(({ label }) => label === 'interest');
  const [theirs] = await views<readonly bigint[]>('getEntireDebtAndColl', [owner]);
  expect(ours!.value - theirs![2]!).toBeGreaterThanOrEqual(0n);
  expect(ours!.value - theirs![2]!).toBeLessThanOrEqual(1n);
}, 60_000);

test('a stake is brought down to what stakes are worth', () => {
  const growth = growthOf(scene);
  expect(growth.collateralAtLiquidation).toBeGreaterThan(growth.stakesAtLiquidation);
  const lower = newStakeDown(10n ** 20n, growth);
  expect(lower).toBe((10n ** 20n * growth.stakesAtLiquidation) / growth.collateralAtLiquidation);
  expect(lower).toBeLessThan(10n ** 20n);
});

test('a log cut short is quarantined; a log of another contract says nothing', async () => {
  const { devnet, chain, deployment } = scene;
  const source = openVenue(deployment);
  const addresses = source.addresses();
  const logs = await chain.rpc.getLogs({ addresses, topics: source.topics, from: 0, to: chain.head().block });
  const byEvent = new Map(logs.map((log) => [`${log.address} ${log.topics[0]}`, log]));
  expect(byEvent.size).toBeGreaterThan(14);
  const said = [...byEvent.values()].map((log) => {
    const cut = { ...log, data: log.data.slice(0, -2) as Address, chainId: devnet.network.chainId, time: 1 };
    return source.decode(cut).facts;
  });
  for (const facts of said) expect(facts).toMatchObject([{ kind: 'Quarantined', source: deployment.id }]);
  const [any] = byEvent.values();
  const foreign = { ...any!, address: `0x${'9'.repeat(40)}` as const, chainId: 1, time: 1 };
  expect(source.decode(foreign).facts).toEqual([]);
});
