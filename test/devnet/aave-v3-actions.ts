import { encodeCall, type AssetSymbol, type Transaction } from '@undertow/devnet';
import type { Address, Hex } from '@undertow/market';
import { accountsOf, pick, RESERVES, share, type Scene } from './aave-v3-scene.ts';

const DAY_SECONDS = 86_400;
const MAX = 2n ** 256n - 1n;

/** Up to 20 days. */
export async function letTimePass(scene: Scene): Promise<void> {
  const seconds = Math.floor(scene.random() * 20 * DAY_SECONDS) + 1;
  await scene.devnet.rpc('evm_setNextBlockTimestamp', [scene.follower.head.time + 1_000 + seconds]);
  await scene.devnet.rpc('evm_mine');
}

/** Multiplies every price by a factor of its own; USDC stays near 1. */
export async function movePrices(
  scene: Scene,
  from: number,
  to: number,
  factors: Partial<Record<AssetSymbol, number>> = {},
): Promise<void> {
  const aggregator = scene.devnet.artifacts.FluxAggregator.abi;
  const rounds: Transaction[] = [];
  for (const symbol of RESERVES) {
    const contract = { address: scene.devnet.contracts.assets[symbol].feedAggregator, abi: aggregator };
    const [round, answer] = await scene.devnet.chain.read<readonly [bigint, bigint]>(
      contract,
      'latestRoundData',
    );
    const drawn = symbol === 'USDC' ? 0.99 + 0.02 * scene.random() : from + (to - from) * scene.random();
    const factor = factors[symbol] ?? drawn;
    const next = (answer * BigInt(Math.round(factor * 1e9))) / 1_000_000_000n + 1n;
    const data = encodeCall(aggregator, 'submit', [round + 1n, next]);
    rounds.push({ from: scene.devnet.actors.keeper, to: contract.address, data, gas: 500_000n });
  }
  await scene.devnet.chain.send(rounds);
}

/** What people do: some of it fails, which is part of the test. */
export function randomActions(scene: Scene, count: number): Transaction[] {
  const { bank, deployer } = scene.devnet.actors;
  const { pool, poolAbi, aTokenAbi, tokens, categories } = scene.market;
  const act = (from: Hex, name: string, args: readonly unknown[], to: Hex = pool): Transaction => ({
    from,
    to,
    data: encodeCall(name === 'transfer' ? aTokenAbi : poolAbi, name, args),
    gas: 3_000_000n,
  });
  return Array.from({ length: count }, () => {
    const owner = pick(scene, scene.devnet.owners);
    const legs = [...(accountsOf(scene).get(owner as Address)?.legs ?? [])] as [
      Hex,
      { collateralShares: bigint; debtShares: bigint },
    ][];
    const held = legs.filter(([, leg]) => leg.collateralShares > 0n);
    const owed = legs.filter(([, leg]) => leg.debtShares > 0n);
    const [asset, leg] = pick(scene, held) ?? [
      scene.devnet.contracts.assets.WETH.token,
      { collateralShares: 10n ** 16n, debtShares: 0n },
    ];
    const [debtAsset, debt] = pick(scene, owed) ?? [
      scene.devnet.contracts.assets.USDC.token,
      { collateralShares: 0n, debtShares: 10n ** 8n },
    ];
    const some = share(scene, leg.collateralShares);
    const someDebt = share(scene, debt.debtShares);
    const actions = [
      () => act(bank, 'repay', [debtAsset, someDebt, 2n, owner]),
      () => act(bank, 'repay', [debtAsset, debt.debtShares * 2n, 2n, owner]),
      () => act(owner, 'withdraw', [asset, some, owner]),
      () => act(owner, 'withdraw', [asset, MAX, owner]),
      () => act(owner, 'transfer', [pick(scene, scene.devnet.owners), some], tokenOf(scene, asset)),
      () => act(owner, 'transfer', [owner, some], tokenOf(scene, asset)),
      () => act(bank, 'supply', [asset, some, owner, 0]),
      () => act(owner, 'borrow', [debtAsset, someDebt / 20n + 1n, 2n, 0, owner]),
      () => act(owner, 'setUserUseReserveAsCollateral', [asset, scene.random() < 0.5]),
      () => act(owner, 'repayWithATokens', [debtAsset, someDebt, 2n]),
      () => act(owner, 'setUserEMode', [pick(scene, categories)]),
      () => act(deployer, 'mintToTreasury', [tokens]),
      () => act(bank, 'repay', [debtAsset, 1n, 2n, owner]),
    ];
    return pick(scene, actions)();
  });
}

function tokenOf(scene: Scene, asset: Hex): Hex {
  const terms = scene.follower.ledger.venues.get(scene.follower.deployment.id)?.markets.get(asset)?.terms;
  if (terms?.form !== 'reserve' || !terms.collateralToken) throw new Error(`no aToken of ${asset}`);
  return terms.collateralToken;
}
