import { copyLedger, pooledVenue, readPooledAccount, type Ledger } from '@undertow/book';
import { encodeCall, type Receipt } from '@undertow/devnet';
import { pooledLiquidation, type Address, type Hex } from '@undertow/market';
import { decodeEventLog, encodeEventTopics, parseAbi } from 'viem';
import { accountsOf, everyone, pick, share, type Scene } from './aave-v3-scene.ts';

const MAX = 2n ** 256n - 1n;
const liquidationAbi = parseAbi([
  'event LiquidationCall(address indexed collateralAsset, address indexed debtAsset, address indexed user, uint256 debtToCover, uint256 liquidatedCollateralAmount, address liquidator, bool receiveAToken)',
]);

/** How many liquidations of each kind were compared. */
export type Seen = Record<'partial' | 'full' | 'short' | 'received' | 'fees' | 'compared' | 'emode', number>;

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
      const debtToCover = isWhole ? MAX : share(scene, positions[debt]!.debtShares) + 1n;
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
      to: scene.devnet.contracts.aave.pool,
      data: encodeCall(scene.devnet.artifacts.Pool.abi, 'liquidationCall', [
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
  calls.forEach(({ owner, collateral, debt, debtToCover, receives }, i) => {
    const account = positionsOf(scene, before, owner, Number(timestamp));
    const predicted = pooledLiquidation({ account, collateral, debt, debtToCover });
    const real = liquidationOf(receipts[i]!);
    const expected =
      predicted.outcome === 'refused' ? undefined : { repaid: predicted.repaid, seized: predicted.seized };
    expect({ owner, ...real }).toEqual({ owner, ...expected });
    if (predicted.outcome === 'refused') return;
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

function liquidationOf(receipt: Receipt): { repaid: bigint; seized: bigint } | undefined {
  const [topic] = encodeEventTopics({ abi: liquidationAbi, eventName: 'LiquidationCall' });
  const log = receipt.logs.find(({ topics }) => topics[0] === topic);
  if (!log) return undefined;
  const { args } = decodeEventLog({
    abi: liquidationAbi,
    data: log.data,
    topics: log.topics as [Hex, ...Hex[]],
  });
  return { repaid: args.debtToCover, seized: args.liquidatedCollateralAmount };
}

function indicesOf<T>(items: readonly T[], wanted: (item: T) => boolean): number[] {
  return items.flatMap((item, i) => (wanted(item) ? [i] : []));
}
