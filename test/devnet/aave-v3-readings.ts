import { mechanisms, type ExactReading, type Ledger } from '@undertow/book';
import { encodeCall, type AssetSymbol } from '@undertow/devnet';
import type { Address, Hex } from '@undertow/market';
import { parseAbi } from 'viem';
import { accountsOf, everyone, type Scene } from './aave-v3-scene.ts';

const ONE = 10n ** 18n;
const tokenAbi = parseAbi(['function balanceOf(address owner) view returns (uint256)']);
const oracleAbi = parseAbi(['function getAssetPrice(address asset) view returns (uint256)']);
const ACCOUNT_FIELDS = [
  ...['totalCollateralBase', 'totalDebtBase', 'availableBorrowsBase'],
  ...['currentLiquidationThreshold', 'ltv', 'healthFactor'],
];

/** Every figure of every account's reading is what the view that it names returns. Returns how many were compared. */
export async function expectReadingsSameAsProtocol(scene: Scene): Promise<number> {
  const owners = everyone(scene).filter((owner) => hasLegs(scene, owner));
  const expected = await viewsOf(scene, owners);
  let compared = 0;
  owners.forEach((owner, i) => {
    const reading = readingOf(scene, owner, scene.follower.head.time);
    const ours = new Map(reading.figures.map(({ view, value }) => [view, value]));
    const theirs = expected[i]!;
    for (const [view, value] of ours) expect([owner, view, value]).toEqual([owner, view, theirs.get(view)]);
    // What a view says that is not zero is among the figures, unless it is the price of an asset that the owner lacks.
    for (const [view, value] of theirs) {
      const isNone = value === 0n || value === 2n ** 256n - 1n || view.startsWith('IPriceOracleGetter');
      if (!isNone) expect([owner, view, ours.has(view)]).toEqual([owner, view, true]);
    }
    compared += ours.size;
  });
  return compared;
}

async function viewsOf(scene: Scene, owners: readonly Address[]): Promise<ReadonlyMap<string, bigint>[]> {
  const { devnet, market, follower } = scene;
  const reserves = [...(follower.ledger.venues.get(follower.deployment.id)?.markets ?? [])].flatMap(
    ([asset, { terms }]) =>
      terms?.form === 'reserve' && terms.collateralToken ? [{ asset: asset as Hex, terms }] : [],
  );
  const pool = { address: market.pool, abi: market.poolAbi };
  const oracle = { address: follower.deployment.oracle, abi: oracleAbi };
  const tokens = reserves.flatMap(({ asset, terms }) => {
    const symbol = follower.ledger.reference.assets.get(asset)!.symbol;
    return [
      { view: `AToken(${symbol}).balanceOf()`, address: terms.collateralToken! },
      { view: `VariableDebtToken(${symbol}).balanceOf()`, address: terms.debtToken! },
    ];
  });
  const prices = await devnet.chain.readMany<bigint>(
    reserves.map(({ asset }) => ({ contract: oracle, functionName: 'getAssetPrice', args: [asset] })),
  );
  const accounts = await devnet.chain.readMany<readonly bigint[]>(
    owners.map((owner) => ({ contract: pool, functionName: 'getUserAccountData', args: [owner] })),
  );
  const balances = await devnet.chain.readMany<bigint>(
    owners.flatMap((owner) =>
      tokens.map(({ address }) => ({
        ...{ contract: { address, abi: tokenAbi }, functionName: 'balanceOf', args: [owner] },
      })),
    ),
  );
  return owners.map((_owner, i) => {
    const views = new Map<string, bigint>();
    ACCOUNT_FIELDS.forEach((field, n) => views.set(`Pool.getUserAccountData().${field}`, accounts[i]![n]!));
    tokens.forEach(({ view }, n) => views.set(view, balances[i * tokens.length + n]!));
    reserves.forEach(({ asset }, n) => {
      views.set(
        `IPriceOracleGetter.getAssetPrice(${follower.ledger.reference.assets.get(asset)!.symbol})`,
        prices[n]!,
      );
    });
    return views;
  });
}

/**
 * Posts the liquidation prices of some accounts, and the answers beside them, and asks the protocol: liquidatable at the
 * one, not at the other. Returns how many prices were tried. The chain is left as it was.
 */
export async function expectLiquidationPrices(
  scene: Scene,
  most: number,
  owners: readonly Address[] = everyone(scene),
): Promise<number> {
  const { devnet, follower, market } = scene;
  const pool = { address: market.pool, abi: market.poolAbi };
  const time = follower.head.time + 1;
  let tried = 0;
  for (const owner of owners) {
    if (tried >= most) break;
    if (!hasLegs(scene, owner)) continue;
    const posted = Object.values(devnet.contracts.assets);
    const legs = [...(accountsOf(scene).get(owner)?.legs.keys() ?? [])];
    // What hangs on another asset's feed moves with it: not all else is equal then.
    if (legs.some((asset) => posted.every(({ token }) => token !== asset))) continue;
    const health = async (symbol: AssetSymbol, answer: bigint) => {
      const snapshot = await devnet.rpc<Hex>('evm_snapshot');
      await postAt(scene, symbol, { answer, time });
      const data = await devnet.chain.read<readonly bigint[]>(pool, 'getUserAccountData', [owner]);
      await devnet.rpc('evm_revert', [snapshot]);
      return data[5]!;
    };
    for (const { feed, answer } of readingOf(scene, owner, time).liquidationPrices) {
      const asset = posted.find(({ feedProxy }) => feedProxy === feed);
      // What an adapter would have to answer cannot be posted.
      if (!asset) continue;
      const at = await health(asset.symbol, answer);
      const above = await health(asset.symbol, answer + 1n);
      const below = await health(asset.symbol, answer - 1n > 0n ? answer - 1n : 1n);
      expect([owner, asset.symbol, at < ONE]).toEqual([owner, asset.symbol, true]);
      // One side of it is the healthy one.
      expect([owner, asset.symbol, above < ONE !== below < ONE]).toEqual([owner, asset.symbol, true]);
      tried += 1;
    }
  }
  return tried;
}

async function postAt(
  { devnet }: Scene,
  symbol: AssetSymbol,
  { answer, time }: { readonly answer: bigint; readonly time: number },
): Promise<void> {
  const { abi } = devnet.artifacts.FluxAggregator;
  const contract = { address: devnet.contracts.assets[symbol].feedAggregator, abi };
  const [round] = await devnet.chain.read<readonly [bigint]>(contract, 'latestRoundData');
  await devnet.rpc('evm_setNextBlockTimestamp', [time]);
  const data = encodeCall(abi, 'submit', [round + 1n, answer]);
  await devnet.chain.send([{ from: devnet.actors.keeper, to: contract.address, data, gas: 500_000n }]);
}

/** Who only chose a category has nothing to be read. */
function hasLegs(scene: Scene, owner: Address): boolean {
  return (accountsOf(scene).get(owner)?.legs.size ?? 0) > 0;
}

function readingOf(scene: Scene, owner: Address, time: number): ExactReading {
  const ledger: Ledger = scene.follower.ledger;
  const at = { venue: scene.follower.deployment.id, owner, time };
  const [reading, ...others] = mechanisms['pooled-lending'].read(ledger, at);
  if (!reading || 'reason' in reading) throw new Error(`${owner} has no reading: ${reading?.reason}`);
  expect(others).toEqual([]);
  return reading;
}
