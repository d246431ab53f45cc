import { mechanisms, type Ledger, type LiquidationPrice } from '@undertow/book';
import { encodeCall, startDevnet, type Devnet } from '@undertow/devnet';
import type { Address, FeedId, Hex } from '@undertow/market';
import { openSource } from '@undertow/sources';
import { followChain, type FollowedChain } from './follow-chain.ts';

const VENUE = 'aave-v3.6@devnet';
const WAD = 10n ** 18n;
/** Calls under way at once. */
const AT_ONCE = 50;

let devnet: Devnet;
let chain: FollowedChain;

beforeAll(async () => {
  devnet = await startDevnet({ seed: 77, accounts: 1_200, venues: ['aaveV36'] });
  chain = await followChain(devnet, devnet.network.deployments.map(openSource));
  await chain.follow();
}, 240_000);

afterAll(async () => {
  chain?.close();
  await devnet?.stop();
});

/** Code of a contract that answers one number to every call. */
const answering = (answer: bigint): Hex => `0x7f${answer.toString(16).padStart(64, '0')}60005260206000f3`;

/** The venue's own decision if one feed answered so and no other contract changed; false where its oracle refuses. */
async function isDue(owner: Address, feed: FeedId, answer: bigint): Promise<boolean> {
  const { pool } = devnet.contracts.venues.aaveV36;
  const data = encodeCall(devnet.artifacts.Aave36Pool.abi, 'getUserAccountData', [owner]);
  const overrides = { [feed]: { code: answering(answer) } };
  const result = await devnet.rpc<Hex>('eth_call', [{ to: pool, data }, 'latest', overrides]).catch(() => '');
  return result !== '' && BigInt(`0x${result.slice(-64)}`) < WAD;
}

interface Asked {
  readonly owner: Address;
  readonly feed: FeedId;
  readonly price: LiquidationPrice | undefined;
}

/** Every indebted owner with every feed that prices something of theirs, directly or below an adapter. */
function everyQuestion(ledger: Ledger): Asked[] {
  const { time } = chain.head();
  const feedOf = new Map<string, FeedId>(
    Object.values(devnet.contracts.assets).map(({ token, feedProxy }) => [token, feedProxy]),
  );
  const { staked, cappedUsdc } = devnet.contracts.venues.aaveV36;
  const { WETH, USDC } = devnet.contracts.assets;
  /** What the venue asks where that is made of another feed, and that feed. */
  const adapters = new Map<string, { readonly asked: FeedId; readonly base: FeedId }>([
    [staked.token, { asked: staked.feed, base: WETH.feedProxy }],
    [USDC.token, { asked: cappedUsdc, base: USDC.feedProxy }],
  ]);
  return [...ledger.venues.get(VENUE)!.accounts].flatMap(([owner, { legs }]): Asked[] => {
    if ([...legs.values()].every(({ debtShares }) => debtShares === 0n)) return [];
    const [reading] = mechanisms['pooled-lending'].read(ledger, { venue: VENUE, owner, time });
    if (!reading || 'reason' in reading) throw new Error(`${owner}: ${reading?.reason}`);
    const own = [...legs.keys()].map((asset) => adapters.get(asset)?.asked ?? feedOf.get(asset)!);
    const base = [...legs.keys()].flatMap((asset) => adapters.get(asset)?.base ?? []);
    const feeds = [...new Set([...own, ...base])];
    for (const { feed } of reading.liquidationPrices) expect(feeds).toContain(feed);
    return feeds.map((feed) => ({
      owner,
      feed,
      price: reading.liquidationPrices.find((one) => one.feed === feed),
    }));
  });
}

async function each(asked: readonly Asked[], check: (one: Asked) => Promise<void>): Promise<void> {
  for (let start = 0; start < asked.length; start += AT_ONCE)
    await Promise.all(asked.slice(start, start + AT_ONCE).map(check));
}

/** What the owner's account has to do with the staked token. */
function kindOf(owner: Address): string {
  const { legs } = chain.ledger.venues.get(VENUE)!.accounts.get(owner)!;
  const { WETH } = devnet.contracts.assets;
  const [staked, weth] = [legs.get(devnet.contracts.venues.aaveV36.staked.token), legs.get(WETH.token)];
  if (!staked) return 'none';
  if ((weth?.debtShares ?? 0n) > 0n) return 'against WETH debt';
  return (weth?.collateralShares ?? 0n) > 0n ? 'beside WETH' : 'alone';
}

test('every account is liquidatable at each price that is said, and not one unit beside it', async () => {
  const kinds = new Map<string, number>();
  const said = everyQuestion(chain.ledger).filter(({ price }) => price);
  await each(said, async ({ owner, feed, price }) => {
    const { answer } = price!;
    const due = [await isDue(owner, feed, answer)];
    for (const beside of [answer - 1n, answer + 1n])
      due.push(beside > 0n && (await isDue(owner, feed, beside)));
    expect([owner, feed, answer, due[0]]).toEqual([owner, feed, answer, true]);
    expect([owner, feed, answer, due[1] && due[2]]).toEqual([owner, feed, answer, false]);
    kinds.set(kindOf(owner), (kinds.get(kindOf(owner)) ?? 0) + 1);
  });
  expect(said.length).toBeGreaterThan(700);
  for (const kind of ['none', 'alone', 'beside WETH', 'against WETH debt'])
    expect([kind, (kinds.get(kind) ?? 0) > 3]).toEqual([kind, true]);
}, 240_000);

test('where no price is said, no answer makes a difference', async () => {
  const silent = everyQuestion(chain.ledger).filter(({ price }) => !price);
  await each(silent, async ({ owner, feed }) => {
    const present = chain.ledger.prices.get(feed)!.answer;
    const tried = [1n, 2n, 3n, present / 10_000n, present / 10n, present / 2n, (present * 9n) / 10n];
    tried.push(present, (present * 11n) / 10n, present * 2n, present * 10n, present * 1_000n, present << 60n);
    const due = await Promise.all(tried.map((answer) => isDue(owner, feed, answer)));
    expect([owner, feed, new Set(due).size]).toEqual([owner, feed, 1]);
  });
  expect(silent.some(({ owner }) => kindOf(owner) === 'against WETH debt')).toBe(true);
}, 240_000);
