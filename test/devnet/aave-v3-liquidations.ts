import { copyLedger, pooledVenue, readPooledAccount, type Ledger } from '@undertow/book';
import { encodeCall, type Receipt } from '@undertow/devnet';
import { pooledLiquidation, type Address, type Hex, type PooledLiquidationCall } from '@undertow/market';
import { parseAbi, parseEventLogs, type Log } from 'viem';
import { accountsOf, everyone, pick, share, type Scene } from './aave-v3-scene.ts';

const MAX = 2n ** 256n - 1n;
const liquidationAbi = parseAbi([
  'event LiquidationCall(address indexed collateralAsset, address indexed debtAsset, address indexed user, uint256 debtToCover, uint256 liquidatedCollateralAmount, address liquidator, bool receiveAToken)',
  'event DeficitCreated(address indexed user, address indexed debtAsset, uint256 amountCreated)',
]);

/**
 * Kinds of liquidations: `writtenOff` left debt behind, `dust` was refused because it would leave too little, `dustLine`
 * is at the largest amount that would not, or one unit above it.
 */
const KINDS = [
  ...(['partial', 'full', 'short', 'received', 'fees', 'compared', 'emode'] as const),
  ...(['writtenOff', 'severalWrittenOff', 'dust', 'dustLine'] as const),
];

/** How many liquidations of each kind were compared. */
export type Seen = Record<(typeof KINDS)[number], number>;

export const nothingSeen = () => Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Seen;

/** Sends one call per liquidatable account (and some healthy ones) and compares each with its prediction. */
export async function liquidateSome(scene: Scene, seen: Seen): Promise<void> {
  const before = copyLedger(scene.follower.ledger);
  const { liquidator, bank, deployer } = scene.devnet.actors;
  const time = scene.follower.head.time;
  const calls = everyone(scene)
    .filter((owner) => ![liquidator, bank, deployer].includes(owner))
    .flatMap((owner) => {
      const health = scene.follower.ours(owner).healthFactorWad;
      if (health === undefined || (health > 10n ** 18n && scene.random() > 0.1)) return [];
      const positions = positionsOf(scene, before, owner, time).positions;
      const collateral = pick(
        scene,
        indicesOf(positions, ({ collateralShares }) => collateralShares > 0n),
      );
      const debt = pick(
        scene,
        indicesOf(positions, ({ debtShares }) => debtShares > 0n),
      );
      if (collateral === undefined || debt === undefined) return [];
      const isWhole = scene.random() < 0.6;
      const part = share(scene, positions[debt]!.debtShares) + 1n;
      const account = positionsOf(scene, before, owner, time + 1);
      const dustLine = isWhole ? undefined : lineOfDust({ account, collateral, debt, debtToCover: part });
      if (dustLine !== undefined) seen.dustLine += 1;
      const debtToCover = isWhole ? MAX : (dustLine ?? part);
      return [
        {
          owner,
          collateral,
          debt,
          debtToCover,
          receives: scene.random() < 0.5,
          market: (i: number) => positions[i]!.market,
        },
      ];
    });
  const receipts = await scene.devnet.chain.send(
    calls.map(({ owner, collateral, debt, debtToCover, receives, market }) => ({
      from: liquidator,
      to: scene.market.pool,
      data: encodeCall(scene.market.poolAbi, 'liquidationCall', [
        market(collateral),
        market(debt),
        owner,
        debtToCover,
        receives,
      ]),
      gas: 3_000_000n,
    })),
    { mayFail: true },
  );
  const { timestamp } = await scene.devnet.rpc<{ timestamp: Hex }>('eth_getBlockByNumber', ['latest', false]);
  await scene.follower.catchUp();
  calls.forEach(({ owner, collateral, debt, debtToCover, receives, market }, i) => {
    const account = positionsOf(scene, before, owner, Number(timestamp));
    const predicted = pooledLiquidation({ account, collateral, debt, debtToCover });
    const real = liquidationOf(receipts[i]!);
    if (predicted.outcome === 'refused') {
      expect({ owner, reason: predicted.reason, real }).toEqual({ owner, reason: predicted.reason });
      if (predicted.reason === 'dust') seen.dust += 1;
      return;
    }
    const { repaid, seized, badDebt } = predicted;
    const deficits = new Map(badDebt.map(({ position, amount }) => [market(position), amount]));
    expect({ owner, ...real }).toEqual({ owner, repaid, seized, deficits });
    for (const { position } of badDebt)
      expect(legOf(scene, owner, market(position))?.debtShares ?? 0n).toBe(0n);
    if (badDebt.length > 0) seen.writtenOff += 1;
    if (badDebt.length > 1) seen.severalWrittenOff += 1;
    const was = account.positions[collateral]!;
    const now = legOf(scene, owner, was.market);
    const taken = predicted.seizedShares + predicted.protocolFeeShares;
    expect(now?.collateralShares ?? 0n).toBe(was.collateralShares - taken);
    expect(now?.collateralEnabled ?? false).toBe(!predicted.emptiesCollateral);
    const owed = account.positions[debt]!;
    expect(legOf(scene, owner, owed.market)?.debtShares ?? 0n).toBe(
      owed.debtShares - predicted.debtSharesBurnt,
    );
    seen.compared += 1;
    if (receives) seen.received += 1;
    if (predicted.protocolFee > 0n) seen.fees += 1;
    if (predicted.emptiesCollateral) seen.short += 1;
    if (account.category) seen.emode += 1;
    if (debtToCover === MAX) seen[predicted.debtSharesBurnt === owed.debtShares ? 'full' : 'partial'] += 1;
  });
}

function legOf(scene: Scene, owner: Address, market: string) {
  return accountsOf(scene).get(owner)?.legs.get(market);
}

function positionsOf(scene: Scene, ledger: Ledger, owner: Address, time: number) {
  const reading = readPooledAccount(
    pooledVenue(ledger, scene.follower.deployment.id, time)!,
    accountsOf(scene, ledger).get(owner),
  );
  if ('reason' in reading) throw new Error(reading.reason);
  return reading.account;
}

/** Where a smaller offer is taken and a larger one leaves dust: the last that is taken or the first that is not, in turn. */
function lineOfDust(
  call: Required<PooledLiquidationCall> & { readonly debtToCover: bigint },
): bigint | undefined {
  const outcome = (debtToCover: bigint) => {
    const result = pooledLiquidation({ ...call, debtToCover });
    return result.outcome === 'refused' ? result.reason : result.outcome;
  };
  let taken = 0n;
  let refused = 0n;
  // Offers of 1/64, 2/64, … of the debt: which are taken, and which is the first to leave dust.
  const { debtShares } = call.account.positions[call.debt]!;
  for (let step = 1n; step <= 70n && refused === 0n; step++) {
    const offer = (debtShares * step) / 64n;
    const said = outcome(offer);
    if (said === 'liquidated') taken = offer;
    else if (said === 'dust' && taken > 0n) refused = offer;
  }
  if (refused === 0n) return undefined;
  while (refused - taken > 1n) {
    const middle = (taken + refused) / 2n;
    if (outcome(middle) === 'liquidated') taken = middle;
    else refused = middle;
  }
  return call.debtToCover % 2n === 0n ? taken : refused;
}

interface RealLiquidation {
  readonly repaid: bigint;
  readonly seized: bigint;
  /** Debt written off by asset. */
  readonly deficits: ReadonlyMap<string, bigint>;
}

function liquidationOf({ logs }: Receipt): RealLiquidation | undefined {
  const events = parseEventLogs({ abi: liquidationAbi, logs: logs as unknown as Log[] });
  const call = events.find(({ eventName }) => eventName === 'LiquidationCall');
  if (call?.eventName !== 'LiquidationCall') return undefined;
  const deficits = events.flatMap((event): [string, bigint][] =>
    event.eventName === 'DeficitCreated'
      ? [[event.args.debtAsset.toLowerCase(), event.args.amountCreated]]
      : [],
  );
  const { debtToCover: repaid, liquidatedCollateralAmount: seized } = call.args;
  return { repaid, seized, deficits: new Map(deficits) };
}

function indicesOf<T>(items: readonly T[], wanted: (item: T) => boolean): number[] {
  return items.flatMap((item, i) => (wanted(item) ? [i] : []));
}
