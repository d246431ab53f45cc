import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyFacts, emptyLedger, toBook, type Book, type CoverageGap } from '@undertow/book';
import { simulate } from '@undertow/cascade';
import { encodeCall, mine, startDevnet, type Artifact, type Contract, type Devnet } from '@undertow/devnet';
import type { Address, Hex } from '@undertow/market';
import { encodeAbiParameters, keccak256, stringToHex } from 'viem';
import type { WatchedNetwork } from '../../apps/indexer/src/indexer-config.ts';
import { checkBook } from '../../libs/book/src/check/check-book.ts';
import { compileSolidity } from '../../libs/devnet/src/artifacts/compile-solidity.ts';
import { openTestDatabase, type TestDatabase } from '../../libs/store/src/fixtures/test-database.ts';
import { indexToHead, readIndexed } from './index-from-scratch.ts';

const E36 = 10n ** 36n;
const DOLLAR = 1_000_000n;
/** What the feeds of tokens answer, raw: small, so that any scale makes ten dollars of it. */
const ANSWER = 1_000n;

const word = (value: bigint) => encodeAbiParameters([{ type: 'uint256' }], [value]);
const text = (value: string) => encodeAbiParameters([{ type: 'string' }], [value]);

/** Tokens that anyone may write: what they say of themselves, and how much of each is put up for a loan of 1 USDC. */
const TOKENS = {
  bytes32: { symbol: stringToHex('OLD', { size: 32 }), decimals: word(18n), put: 10n ** 18n },
  nameless: { symbol: '0x', decimals: word(18n), put: 10n ** 18n },
  mute: { symbol: '0x', decimals: '0x', put: 10n ** 18n },
  garbled: { symbol: '0x1234', decimals: word(2n ** 255n), put: 10n ** 18n },
  whole: { symbol: text('WHOLE'), decimals: word(0n), put: 5n },
  fine: { symbol: text('FINE'), decimals: word(77n), put: 10n ** 38n },
  taxed: { symbol: text('TAXED'), decimals: word(18n), put: 10n ** 18n, feeBps: 100n },
  rebasing: { symbol: text('REBASE'), decimals: word(18n), put: 10n ** 18n },
} satisfies Record<string, { symbol: Hex; decimals: Hex; put: bigint; feeBps?: bigint }>;
type TokenName = keyof typeof TOKENS;

let devnet: Devnet;
let database: TestDatabase;
let compiled: ReadonlyMap<string, Artifact>;
let feed: Contract;
let network: WatchedNetwork;
const tokens = new Map<TokenName, Contract>();

beforeAll(async () => {
  const source = readFileSync(join(import.meta.dirname, 'fixtures/Hostile.sol'), 'utf8');
  [devnet, database, compiled] = await Promise.all([
    startDevnet({ seed: 3, accounts: 40, venues: ['aaveV3', 'morphoBlue'] }),
    openTestDatabase(),
    compileSolidity({
      compiler: 'solc-0.8.19',
      sources: { 'Hostile.sol': { content: source } },
      settings: { evmVersion: 'paris' },
      wanted: ['HostileToken', 'HostileFeed', 'HostileOracle'],
    }),
  ]);
  feed = await deploy('HostileFeed', ['ODD / USD']);
  const id = feed.address;
  const chainId = devnet.network.chainId;
  network = {
    ...devnet.network,
    deployments: [
      ...devnet.network.deployments.map((deployment) =>
        deployment.adapter === 'morpho-blue' ? { ...deployment, readsHoldings: true } : deployment,
      ),
      {
        adapter: 'chainlink',
        id: 'odd-feeds',
        feeds: [{ id, chainId, description: 'ODD / USD', decimals: 8, aggregator: id }],
      },
    ],
  };
}, 120_000);

afterAll(async () => {
  await devnet?.stop();
  await database?.close();
});

function deploy(name: string, args: readonly unknown[] = []): Promise<Contract> {
  return devnet.chain.deploy(compiled.get(name) as Artifact, args, devnet.actors.deployer);
}

async function call(contract: Contract, functionName: string, args: readonly unknown[] = []): Promise<void> {
  const data = encodeCall(contract.abi, functionName, args);
  await devnet.chain.send([{ from: devnet.actors.bank, to: contract.address, data }]);
}

/** A market of a token against USDC, with a lender, and the bank borrowing 1 USDC against `put` raw units. */
async function borrowAgainst(token: Contract, put: bigint, oracle: Contract): Promise<Hex> {
  const { morpho: address, irm } = devnet.contracts.venues.morphoBlue;
  const morpho = { address, abi: devnet.artifacts.Morpho.abi };
  const params = {
    ...{ loanToken: devnet.contracts.assets.USDC.token, collateralToken: token.address },
    ...{ oracle: oracle.address, irm, lltv: 860_000_000_000_000_000n },
  };
  const { bank } = devnet.actors;
  await call(morpho, 'createMarket', [params]);
  await call(morpho, 'supply', [params, 10n * DOLLAR, 0n, bank, '0x']);
  await call(morpho, 'supplyCollateral', [params, put, bank, '0x']);
  await call(morpho, 'borrow', [params, DOLLAR, 0n, bank, bank]);
  return keccak256(
    encodeAbiParameters(
      [...Array<{ type: string }>(4).fill({ type: 'address' }), { type: 'uint256' }],
      Object.values(params),
    ),
  );
}

/** What an indexer makes of the chain as it is: stored facts as a book at a time, checked. */
async function indexed(time: number): Promise<Book> {
  await indexToHead({ network, rpcUrls: [devnet.url], databaseUrl: database.connectionString });
  const { facts, reference, trusted } = await readIndexed(database.connectionString, network.chainId);
  expect(trusted).toBe(true);
  const ledger = emptyLedger(reference);
  applyFacts(ledger, facts);
  const book = toBook(ledger, { time });
  checkBook(book);
  return book;
}

/** Everything that a book says of the accounts of the local chain's own owners. */
function ownAccounts(book: Book) {
  const { accounts, legs } = book;
  return accounts.owner.flatMap((owner, row) => {
    if (!devnet.owners.includes(owner)) return [];
    const from = accounts.legStart[row]!;
    const to = accounts.legStart[row + 1]!;
    return [
      {
        ...{ owner, market: accounts.market[row], venue: book.venues[accounts.venue[row]!]!.id },
        ...{ amounts: book.exact.amount.slice(from, to), thresholds: book.exact.threshold.slice(from, to) },
        prices: [...legs.oracle.subarray(from, to)].map((oracle) => book.exact.answer[oracle]),
      },
    ];
  });
}

const marketsOf = (book: Book, owner: Address) =>
  book.accounts.market.filter((_market, row) => book.accounts.owner[row] === owner);
const reasons = (book: Book) => book.coverage.gaps.map(({ source, reason }) => `${source}: ${reason}`);
const gap = (book: Book, reason: RegExp): CoverageGap | undefined =>
  book.coverage.gaps.find((found) => reason.test(found.reason));

/** A time after everything here, at which all books are made so that interest is the same. */
let later: number;
let before: Book;
const markets = new Map<TokenName, Hex>();
let oddMarket: Hex;
let oddOracle: Contract;

it('starts from a chain of which everything is known, but who would buy a token without a pool', async () => {
  const { timestamp } = await devnet.rpc<{ timestamp: Hex }>('eth_getBlockByNumber', ['latest', false]);
  later = Number(timestamp) + 3_600;
  before = await indexed(later);
  expect(ownAccounts(before).length).toBeGreaterThan(20);
  // One token of the local chain has no pool.
  expect(reasons(before)).toEqual(['RWA: no known market: nobody buys what is seized of it']);
});

it('keeps every other account exact when tokens describe themselves wrongly', async () => {
  for (const [name, { symbol, decimals, put, ...more }] of Object.entries(TOKENS)) {
    const token = await deploy('HostileToken', [symbol, decimals, 'feeBps' in more ? more.feeBps : 0n]);
    const itsFeed = await deploy('HostileFeed', [`the token ${name} / USD`]);
    await call(itsFeed, 'post', [ANSWER, BigInt(later)]);
    const oracle = await deploy('HostileOracle', [itsFeed.address, (E36 * 10n * DOLLAR) / put / ANSWER]);
    await call(token, 'mint', [devnet.actors.bank, put]);
    tokens.set(name as TokenName, token);
    markets.set(name as TokenName, await borrowAgainst(token, put, oracle));
  }
  const book = await indexed(later);
  expect(ownAccounts(book)).toEqual(ownAccounts(before));

  const modelled = marketsOf(book, devnet.actors.bank);
  const expected = ['bytes32', 'nameless', 'whole', 'fine', 'taxed', 'rebasing'] as const;
  expect(new Set(modelled)).toEqual(new Set(expected.map((name) => markets.get(name))));
  for (const name of ['mute', 'garbled'] as const) {
    const found = book.coverage.gaps.find(({ source }) => source.endsWith(markets.get(name)!));
    expect(found).toMatchObject({
      reason: expect.stringMatching(/^decimals of .* are not known$/),
      count: 1,
    });
  }
  const symbolOf = (name: TokenName) =>
    book.assets.find(({ address }) => address === tokens.get(name)!.address)!.symbol;
  expect(symbolOf('bytes32')).toBe('OLD');
  expect(symbolOf('nameless')).toMatch(/^\(0x[0-9a-f]{4}…[0-9a-f]{4}\)$/);
  const values = expected.map((name) => {
    const row = book.accounts.market.indexOf(markets.get(name)!);
    const leg = book.accounts.legStart[row]!;
    return book.legs.amount[leg]! * book.oracles[book.legs.oracle[leg]!]!.priceUsd;
  });
  // Each is worth ten dollars, whatever its decimals.
  for (const value of values) expect(value).toBeCloseTo(10, 6);
});

it('crashes into numbers, whatever the decimals of what is seized', async () => {
  const book = await indexed(later);
  for (const name of ['whole', 'fine', 'bytes32'] as const) {
    const { address } = tokens.get(name)!;
    const result = simulate(book, {
      moves: [
        { kind: 'asset', asset: address as Address, move: -0.95 },
        { kind: 'asset', asset: devnet.contracts.assets.WETH.token as Address, move: -0.3 },
      ],
    });
    expect(result.byAccount.map(({ market }) => market)).toContain(markets.get(name));
    expect(notFinite(result)).toEqual([]);
  }
});

/** Where in a value there are numbers that are not finite. */
function notFinite(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path}: ${value}`];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, inner]) => notFinite(inner, `${path}.${field}`));
}

it('says which token a venue holds less of than it owes', async () => {
  // What venues hold is read once in three hundred blocks.
  await mine(devnet, 300);
  const book = await indexed(later);
  expect(gap(book, /^holds 1 % less TAXED/)).toMatchObject({ source: 'morpho-blue@devnet', count: 1 });
  expect(gap(book, /less REBASE/)).toBeUndefined();
  await call(tokens.get('rebasing')!, 'rebase', [9n * 10n ** 17n]);
  await mine(devnet, 300);
  expect(gap(await indexed(later), /^holds 10 % less REBASE/)).toBeDefined();
  await call(tokens.get('rebasing')!, 'rebase', [11n * 10n ** 17n]);
  await mine(devnet, 300);
  const after = await indexed(later);
  expect(gap(after, /less REBASE/)).toBeUndefined();
  expect(ownAccounts(after)).toEqual(ownAccounts(before));
});

/** Bytecode that answers every call with one word. */
const answersAlways = (value: bigint) => `0x7f${value.toString(16).padStart(64, '0')}60005260206000f3`;

describe('a feed', () => {
  /** USD per unit of the odd token in its market. */
  const priceOfOdd = ({ accounts, legs, oracles }: Book) =>
    oracles[legs.oracle[accounts.legStart[accounts.market.indexOf(oddMarket)]!]!]!.priceUsd;
  const post = (answer: bigint, updatedAt = BigInt(later)) => call(feed, 'post', [answer, updatedAt]);
  const isModelled = (book: Book) => marketsOf(book, devnet.actors.bank).includes(oddMarket);

  it('prices an account', async () => {
    await post(10n * 10n ** 8n);
    const { feedProxy } = devnet.contracts.assets.USDC;
    const none = `0x${'0'.repeat(40)}`;
    const side = (feed1: Address, decimals: bigint) => ({
      ...{ vault: none, conversionSample: 1n, feed1, feed2: none, decimals },
    });
    const args = [side(feed.address, 18n), side(feedProxy, 6n)];
    oddOracle = await devnet.chain.deploy(devnet.artifacts.PairOracle, args, devnet.actors.deployer);
    const token = await deploy('HostileToken', [text('ODD'), word(18n), 0n]);
    await call(token, 'mint', [devnet.actors.bank, 10n ** 18n]);
    oddMarket = await borrowAgainst(token, 10n ** 18n, oddOracle);
    const book = await indexed(later);
    expect(isModelled(book)).toBe(true);
    expect(reasons(book).filter((reason) => reason.includes('ODD'))).toEqual([
      'ODD: no known market: nobody buys what is seized of it',
    ]);
  });

  it.each([0n, -5n])('that answers %s prices nothing, is counted, and stops nobody else', async (answer) => {
    await post(answer);
    const book = await indexed(later);
    expect(isModelled(book)).toBe(false);
    const reason = `answer ${answer} of ODD / USD is not positive`;
    expect(book.coverage.gaps).toContainEqual({
      ...{ kind: 'log-source', source: 'odd-feeds', reason, count: 1, unit: 'log' },
      debtUsd: undefined,
    });
    expect(reasons(book)).toContain(
      `morpho-blue@devnet ${oddMarket}: the oracle of ${oddMarket} has no price: feed ${feed.address} answers ${answer}`,
    );
    expect(ownAccounts(book)).toEqual(ownAccounts(before));
    await post(11n * 10n ** 8n);
    expect(isModelled(await indexed(later))).toBe(true);
  });

  it('whose answer is old still prices, and is shown as old', async () => {
    await post(10n * 10n ** 8n, BigInt(later - 30 * 3_600));
    const book = await indexed(later);
    expect(isModelled(book)).toBe(true);
    expect(reasons(book)).toContain(`ODD / USD (${feed.address}): newest answer is 30 hours old`);
    expect(reasons(book).filter((reason) => reason.includes('hours old'))).toHaveLength(1);
  });

  it('that states an impossible time still prices, and is counted', async () => {
    await post(10n * 10n ** 8n, 2n ** 256n - 1n);
    const book = await indexed(later);
    expect(isModelled(book)).toBe(true);
    expect(reasons(book)).toContain('odd-feeds: ODD / USD states a time that is none');
  });

  it('whose log is malformed is counted, and keeps its last answer', async () => {
    await call(feed, 'mumble');
    const book = await indexed(later);
    expect(isModelled(book)).toBe(true);
    expect(reasons(book)).toContain('odd-feeds: not a whole log of AnswerUpdated');
  });

  it('that an oracle no longer follows costs its market, which is told, until it follows again', async () => {
    await post(10n * 10n ** 8n);
    expect(priceOfOdd(await indexed(later))).toBeCloseTo(10, 2);
    const code = await devnet.rpc('eth_getCode', [oddOracle.address, 'latest']);
    await devnet.rpc('anvil_setCode', [oddOracle.address, answersAlways(4n * 10n ** 24n)]);
    await mine(devnet, 1);
    const turned = await indexed(later);
    expect(isModelled(turned)).toBe(false);
    const reason = 'its oracle answers something else than its feeds say: nobody knows what moves it';
    expect(reasons(turned)).toContain(`morpho-blue@devnet ${oddMarket}: ${reason}`);
    expect(ownAccounts(turned)).toEqual(ownAccounts(before));
    await devnet.rpc('anvil_setCode', [oddOracle.address, code]);
    await mine(devnet, 1);
    expect(priceOfOdd(await indexed(later))).toBeCloseTo(10, 2);
  });

  it('that reverts prices nothing, is counted, and stops nobody else', async () => {
    await call(feed, 'fallSilent');
    await mine(devnet, 1);
    const book = await indexed(later);
    expect(isModelled(book)).toBe(false);
    expect(reasons(book)).toContain('price-sources@devnet: ODD / USD gives no answer');
    expect(ownAccounts(book)).toEqual(ownAccounts(before));
  });
});
