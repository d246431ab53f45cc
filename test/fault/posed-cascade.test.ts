import { applyFacts, emptyLedger, toBook, type Book } from '@undertow/book';
import { moveNamed, simulate, type CascadeResult } from '@undertow/cascade';
import { mine, startAgent, startDevnet, VENUE_KEYS, type Devnet, type VenueKey } from '@undertow/devnet';
import { openSource } from '@undertow/sources';
import { migrate, openStore } from '@undertow/store';
import { addPools } from '../../apps/cli/src/start/add-pools.ts';
import { openTestDatabase, type TestDatabase } from '../../libs/store/src/fixtures/test-database.ts';
import { followChain } from '../devnet/follow-chain.ts';
import { posedSources } from '../devnet/posed-sources.ts';
import { addDatabase, indexToHead, readIndexed } from './index-from-scratch.ts';
import { addMulticall3, posedNetwork } from './pose-as-public.ts';

// One seed; all ten: SEEDS=1,2,3,4,5,6,7,8,9,10 npm test -- test/fault/posed-cascade
const SEEDS = (process.env['SEEDS'] ?? '3').split(',').map(Number);
const ACCOUNTS = Number(process.env['ACCOUNTS'] ?? 120);
const SHOCKS = [-0.35, -0.2, -0.05, 0.25];

let database: TestDatabase;

/** All but the dollar. */
const SHOCKED = ['WETH', 'WBTC', 'LINK', 'CRV', 'RWA'];

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());

/** What a run came to, but for the names of feeds and the hash of the book. */
function outcome({ byAccount, byAsset, ...result }: CascadeResult) {
  const { liquidatedUsd, repaidUsd, badDebtUsd, shortfallUsd, lossUsd, stuckUsd, accounts } = result;
  return {
    ...{ liquidatedUsd, repaidUsd, badDebtUsd, shortfallUsd, lossUsd, stuckUsd, accounts },
    rounds: result.rounds.length,
    byAccount: byAccount.map(({ venue, owner, market, firstRound }) => [venue, owner, market, firstRound]),
    byAsset: byAsset.map(({ symbol, oracleAfterUsd, marketAfterUsd }) => [
      symbol,
      oracleAfterUsd,
      marketAfterUsd,
    ]),
  };
}

/** Fails unless two outcomes are the same, their numbers within a hundred-millionth: a debt that a view tells is rounded to a raw unit. */
function expectSame(ours: unknown, theirs: unknown, where: string): void {
  if (typeof ours === 'number' && typeof theirs === 'number') {
    const isClose = Math.abs(ours - theirs) <= 1e-8 * Math.max(1, Math.abs(theirs));
    expect({ where, value: isClose ? theirs : ours }).toEqual({ where, value: theirs });
  } else if (typeof ours === 'object' && ours !== null && typeof theirs === 'object' && theirs !== null) {
    expect({ where, fields: Object.keys(ours) }).toEqual({ where, fields: Object.keys(theirs) });
    for (const [field, value] of Object.entries(ours))
      expectSame(value, (theirs as Readonly<Record<string, unknown>>)[field], `${where} ${field}`);
  } else {
    expect({ where, value: ours }).toEqual({ where, value: theirs });
  }
}

function expectSameCascades(posed: Book, full: Book): void {
  for (const shock of SHOCKS) {
    const run = (book: Book) =>
      outcome(simulate(book, { moves: SHOCKED.map((name) => moveNamed(book, name, shock)) }));
    const expected = run(full);
    expectSame(run(posed), expected, `a shock of ${shock}:`);
    if (shock === SHOCKS[0]) expect(expected.accounts).toBeGreaterThan(10);
  }
}

async function livedIn(seed: number, venues: readonly VenueKey[]): Promise<Devnet> {
  const devnet = await startDevnet({ seed, accounts: ACCOUNTS, venues });
  await startAgent(devnet, { seed, everyMs: 0, ticks: 20 }).done;
  await addMulticall3(devnet);
  await mine(devnet, 3);
  return devnet;
}

async function fullBook(devnet: Devnet): Promise<Book> {
  const chain = await followChain(devnet, devnet.network.deployments.map(openSource));
  await chain.follow();
  chain.close();
  return toBook(chain.ledger, { time: chain.head().time });
}

describe.each(SEEDS)('a local chain that is read as a public one, seed %p', (seed) => {
  test('by its logs: all venues cascade as they do when all is known of them', async () => {
    const devnet = await livedIn(seed, VENUE_KEYS);
    try {
      const full = await fullBook(devnet);
      const chain = await followChain(devnet, posedSources(devnet));
      await chain.follow();
      chain.close();
      const posed = toBook(chain.ledger, { time: full.time });
      expect(chain.ledger.ratios.size).toBe(0);
      const tie = ({ assets }: Book) => assets.map(({ symbol, tie: { kind, to } }) => [symbol, kind, to]);
      expect(tie(posed)).toEqual(tie(full));
      expect(posed.coverage.share).toBe(full.coverage.share);
      expectSameCascades(posed, full);
    } finally {
      await devnet.stop();
    }
  }, 240_000);

  // No view of the perpetual venue gives the premium that its markets have accrued: its accounts are gaps in a snapshot.
  test('by a snapshot, with pools that were found: so do all but the perpetuals', async () => {
    const devnet = await livedIn(
      seed,
      VENUE_KEYS.filter((key) => key !== 'perpV2'),
    );
    try {
      const full = await fullBook(devnet);
      const databaseUrl = await addDatabase(database.connectionString);
      const { network, traded } = posedNetwork(devnet);
      const rpcUrls = [devnet.url];
      const store = await openStore(databaseUrl);
      await migrate(store);
      const found = await addPools(store, { network, rpcUrls }, { traded, say: () => {} });
      await store.close();
      await indexToHead({ network: found.network, rpcUrls, databaseUrl });
      const { facts, reference } = await readIndexed(databaseUrl, network.chainId);
      const ledger = emptyLedger(reference);
      applyFacts(ledger, facts);
      const posed = toBook(ledger, { time: full.time });
      expect(posed.coverage.share).toBe(full.coverage.share);
      expectSameCascades(posed, full);
    } finally {
      await devnet.stop();
    }
  }, 240_000);
});
