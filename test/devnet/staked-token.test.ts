import { applyFacts, copyLedger, pooledVenue, readPooledAccount, toBook, type Book } from '@undertow/book';
import { simulate } from '@undertow/cascade';
import {
  crashOnChain,
  encodeCall,
  postPrices,
  revert,
  snapshot,
  startDevnet,
  type Devnet,
} from '@undertow/devnet';
import { pooledAccountData, type Address } from '@undertow/market';
import { openSource } from '@undertow/sources';
import { followChain, seeded, type FollowedChain } from './follow-chain.ts';

const VENUE = 'aave-v3.6@devnet';
const WAD = 10n ** 18n;
const random = seeded(11);

/** What the staked token loses, and nothing else. */
const DEPEG = -0.25;

let devnet: Devnet;
let chain: FollowedChain;

beforeAll(async () => {
  devnet = await startDevnet({ seed: 3, accounts: 400, venues: ['aaveV36'] });
  await liftCap();
  chain = await followChain(devnet, devnet.network.deployments.map(openSource));
}, 120_000);

afterAll(async () => {
  chain?.close();
  await devnet?.stop();
});

const staked = () => devnet.contracts.venues.aaveV36.staked;
const vault = () => ({ address: staked().token, abi: devnet.artifacts.StakedToken.abi });

/** A cap that no yield of this test comes near. */
async function liftCap(): Promise<void> {
  const { timestamp } = await devnet.rpc<{ timestamp: string }>('eth_getBlockByNumber', ['latest', false]);
  const { abi } = devnet.artifacts.CappedRateFeed;
  const data = encodeCall(abi, 'setCapParameters', [1_000n * WAD, BigInt(timestamp), 0n]);
  await devnet.chain.send([{ from: devnet.actors.deployer, to: staked().feed, data }]);
}

/** Stakes or unstakes, earns yield, and moves the price of what is staked. */
async function live(): Promise<void> {
  const { bank } = devnet.actors;
  const { WETH } = devnet.contracts.assets;
  const amount = BigInt(Math.floor(random() * 1e9)) * 10n ** 14n + 1n;
  const transfer = encodeCall(devnet.artifacts.MintableERC20.abi, 'transfer', [staked().token, amount]);
  const { abi, address } = vault();
  await devnet.chain.send([
    { from: bank, to: WETH.token, data: transfer },
    random() < 0.5
      ? { from: bank, to: address, data: encodeCall(abi, 'deposit', [amount, bank]) }
      : { from: bank, to: address, data: encodeCall(abi, 'redeem', [amount, bank, bank]) },
  ]);
  await postPrices(devnet, { WETH: BigInt(Math.floor((2_000 + 2_000 * random()) * 1e8)) });
}

test('the ratio and the price are those of the vault and the adapter, at every head', async () => {
  const ratios = new Set<bigint>();
  for (let round = 0; round < 8; round++) {
    if (round > 0) await live();
    await chain.follow();
    const { ledger } = chain;
    const { WETH } = devnet.contracts.assets;
    const ratio = await devnet.chain.read<bigint>(vault(), 'convertToAssets', [WAD]);
    expect(ledger.ratios.get(staked().token)).toEqual({ of: WETH.token, ratioWad: ratio });
    const feed = { address: staked().feed, abi: devnet.artifacts.CappedRateFeed.abi };
    const answer = await devnet.chain.read<bigint>(feed, 'latestAnswer');
    expect(ledger.prices.get(staked().feed)?.answer).toBe(answer);
    expect((ratio * ledger.prices.get(WETH.feedProxy)!.answer) / WAD).toBe(answer);
    await expectAccountsAsProtocol();
    ratios.add(ratio);
  }
  expect(ratios.size).toBe(8);
}, 60_000);

/** By facts alone, the adapter's prices among them. */
async function expectAccountsAsProtocol(): Promise<void> {
  const contract = { address: devnet.contracts.venues.aaveV36.pool, abi: devnet.artifacts.Aave36Pool.abi };
  const accounts = chain.ledger.venues.get(VENUE)!.accounts;
  const owners = [...accounts.keys()];
  const rows = await devnet.chain.readMany<readonly bigint[]>(
    owners.map((owner) => ({ contract, functionName: 'getUserAccountData', args: [owner] })),
  );
  const venue = pooledVenue(chain.ledger, VENUE, chain.head().time)!;
  let holders = 0;
  for (const [i, owner] of owners.entries()) {
    const reading = readPooledAccount(venue, accounts.get(owner));
    if ('reason' in reading) throw new Error(`${owner}: ${reading.reason}`);
    const { collateralBase, debtBase } = pooledAccountData(reading.account);
    expect([owner, collateralBase, debtBase]).toEqual([owner, rows[i]![0], rows[i]![1]]);
    if (accounts.get(owner)!.legs.has(staked().token as Address)) holders += 1;
  }
  expect(holders).toBeGreaterThan(5);
}

test('the book says what the token hangs on, and nothing is left out', async () => {
  await chain.follow();
  const book = toBook(chain.ledger);
  const row = book.assets.findIndex(({ symbol }) => symbol === 'stWETH');
  const { tie, oraclePriceUsd } = book.assets[row]!;
  const base = book.assets[tie.to!]!;
  expect(base.symbol).toBe('WETH');
  expect(tie.kind).toBe('redeemable');
  expect(tie.ratio).toBeCloseTo(oraclePriceUsd / base.oraclePriceUsd, 12);
  expect(tie.ratio).toBeCloseTo(Number(chain.ledger.ratios.get(staked().token)!.ratioWad) / 1e18, 8);
  expect(book.coverage.gaps.filter(({ reason }) => !reason.startsWith('no pool'))).toEqual([]);
  expect(book.coverage.share).toBe(1);
});

test('a depeg liquidates who the contracts let be liquidated, and sells what it is redeemed for', async () => {
  await chain.follow();
  const book = toBook(chain.ledger, { time: chain.head().time + 1 });
  // WETH does not move, but is named: arbitrage brings its pool to its feed, on both sides of the comparison.
  const weth = devnet.contracts.assets.WETH.token;
  const predicted = simulate(book, {
    moves: [
      { kind: 'rate', asset: staked().token as Address, move: DEPEG },
      { kind: 'asset', asset: weth as Address, move: 0 },
    ],
  });
  const before = await snapshot(devnet);
  await loseStaked(-DEPEG);
  const onChain = await crashOnChain(devnet, { moves: { WETH: 0 } });
  await revert(devnet, before);
  const first = predicted.byAccount.filter(({ firstRound }) => firstRound === 1).map(({ owner }) => owner);
  expect(first.sort()).toEqual(onChain.firstRound.map(({ owner }) => owner).sort());
  expect(first.length).toBeGreaterThan(5);
  const within = (ours: number, theirs: number, part: number) =>
    expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(part * theirs);
  within(predicted.liquidatedUsd, onChain.liquidatedUsd, 0.005);
  within(predicted.badDebtUsd, onChain.badDebtUsd, 0.01);
  const path = predicted.byAsset.find(({ asset }) => asset === weth)!;
  within(path.oracleAfterUsd, onChain.finalPriceUsd.WETH, 0.005);
  expect(path.oracleAfterUsd).toBeLessThan(path.oracleBeforeUsd);
}, 60_000);

/** Takes a part of the vault's WETH away, as a slashing does. */
async function loseStaked(part: number): Promise<void> {
  const { WETH } = devnet.contracts.assets;
  const { abi } = devnet.artifacts.MintableERC20;
  const held = await devnet.chain.read<bigint>(vault(), 'totalAssets');
  const lost = (held * BigInt(Math.round(part * 1e6))) / 1_000_000n;
  await devnet.chain.fund([staked().token]);
  const data = encodeCall(abi, 'transfer', [devnet.actors.bank, lost]);
  await devnet.chain.send([{ from: staked().token, to: WETH.token, data }]);
}

test('while what the token is priced by has no price, neither has the token', async () => {
  await chain.follow();
  const { feedProxy } = devnet.contracts.assets.WETH;
  const { feed } = staked();
  const inStaked = holders(toBook(chain.ledger));
  expect(inStaked).toBeGreaterThan(5);
  const oracle = { address: devnet.contracts.venues.aaveV36.oracle, abi: devnet.artifacts.Aave36Oracle.abi };
  const priceOfStaked = () => devnet.chain.read<bigint>(oracle, 'getAssetPrice', [staked().token]);
  expect(await priceOfStaked()).toBe(chain.ledger.prices.get(feed)!.answer);

  // The log alone, before anybody has asked the adapter again.
  const early = copyLedger(chain.ledger);
  const key = { ...chain.head(), chainId: devnet.network.chainId, logIndex: 0, part: 0 };
  const none = { feed: feedProxy, answer: 0n, round: 9n, updatedAt: key.time };
  applyFacts(early, [{ ...key, block: key.block + 1, kind: 'PricePosted', ...none }]);
  expect(holders(toBook(early))).toBe(0);
  const reason = `feed ${feed} is made of ${feedProxy}, which answers 0`;
  expect(toBook(early).coverage.gaps.map((gap) => gap.reason)).toContain(reason);

  // Aggregators refuse to answer zero, so the proxy is made to answer it to everything.
  const code = await devnet.rpc('eth_getCode', [feedProxy, 'latest']);
  await devnet.rpc('anvil_setCode', [feedProxy, '0x60205ff3']);
  await devnet.rpc('evm_mine');
  await chain.follow();
  await expect(priceOfStaked()).rejects.toThrow();
  expect(chain.ledger.prices.get(feed)!.answer).toBe(0n);
  expect(holders(toBook(chain.ledger))).toBe(0);
  await devnet.rpc('anvil_setCode', [feedProxy, code]);
  await devnet.rpc('evm_mine');
  await chain.follow();
  expect(holders(toBook(chain.ledger))).toBe(inStaked);
}, 30_000);

/** Accounts of a book that hold the staked token as collateral. */
function holders({ accounts, legs, assets }: Book): number {
  const row = assets.findIndex(({ symbol }) => symbol === 'stWETH');
  return accounts.owner.filter((_owner, account) => {
    const own = legs.asset.slice(accounts.legStart[account], accounts.legStart[account + 1]);
    return own.some((asset) => asset === row);
  }).length;
}

test('a vault that pays nothing any more is shown, and its last ratio stays', async () => {
  const before = chain.ledger.ratios.get(staked().token);
  await devnet.rpc('anvil_setCode', [staked().token, '0x']);
  await devnet.rpc('evm_mine');
  await chain.follow();
  expect(chain.ledger.ratios.get(staked().token)).toEqual(before);
  const reasonsOf = (source: string) => [...(chain.ledger.quarantined.get(source)?.keys() ?? [])];
  const silent = `the vault ${staked().token} does not say what a share is worth`;
  expect(reasonsOf('erc4626@devnet').at(-1)).toBe(silent);
  expect(reasonsOf('price-sources@devnet').at(-1)).toBe('Capped stWETH / WETH / USD gives no answer');
  // The venue asks the same adapter: who holds the token can neither be valued nor liquidated.
  const { coverage } = toBook(chain.ledger);
  expect(coverage.share).toBeLessThan(1);
  expect(coverage.gaps.map(({ source, reason }) => `${source}: ${reason}`)).toEqual(
    expect.arrayContaining([expect.stringContaining(`${VENUE}: feed ${staked().feed}`)]),
  );
}, 30_000);
