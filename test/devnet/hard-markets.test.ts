import { toBook, type Book } from '@undertow/book';
import { moveNamed, simulate, type CascadeResult } from '@undertow/cascade';
import {
  crashOnChain,
  revert,
  snapshot,
  startDevnet,
  type Devnet,
  type OnChainCrash,
} from '@undertow/devnet';
import { openSource } from '@undertow/sources';
import { compare } from '../../apps/cli/src/validate/compare.ts';
import { followChain } from './follow-chain.ts';

// A token that nobody buys, an account with more collateral than its market takes, one that owes more than its market has.

const VENUE = 'morpho-blue@devnet';
/** All but the dollar. */
const SHOCKED = ['WETH', 'WBTC', 'LINK', 'CRV', 'RWA'] as const;

let devnet: Devnet;
let book: Book;

beforeAll(async () => {
  devnet = await startDevnet({ seed: 5, accounts: 12, venues: ['morphoBlue', 'venusCore'] });
  const chain = await followChain(devnet, devnet.network.deployments.map(openSource));
  await chain.follow();
  chain.close();
  book = toBook(chain.ledger, { time: chain.head().time });
}, 120_000);

afterAll(() => devnet?.stop());

interface Crash {
  readonly predicted: CascadeResult;
  readonly onChain: OnChainCrash;
}

async function crash(shock: number): Promise<Crash> {
  const moves = SHOCKED.map((symbol) => moveNamed(book, symbol, shock));
  const before = await snapshot(devnet);
  const wanted = Object.fromEntries(SHOCKED.map((symbol) => [symbol, shock]));
  const onChain = await crashOnChain(devnet, { moves: wanted });
  await revert(devnet, before);
  return { predicted: simulate(book, { moves }), onChain };
}

/** The id of the market with a collateral, and who borrows in it. */
function marketWith(collateral: string) {
  const { id } = devnet.contracts.venues.morphoBlue.markets.find((found) => found.collateral === collateral)!;
  const rows = [...book.accounts.market.keys()].filter((row) => book.accounts.market[row] === id);
  return { id, owners: rows.map((row) => book.accounts.owner[row]!).sort() };
}

const liquidated = ({ firstRound }: OnChainCrash) =>
  firstRound.filter(({ venue }) => venue === VENUE).map(({ market }) => market);

const morphoIn = ({ byVenue }: OnChainCrash) => byVenue.find(({ venue }) => venue === VENUE)!;

test('the book has them all, and says what has no market', () => {
  expect(book.coverage.gaps).toEqual([
    expect.objectContaining({ source: 'RWA', count: 3, reason: expect.stringContaining('no known market') }),
  ]);
  expect(book.coverage.share).toBe(1);
  expect(['RWA', 'CRV', 'USDC'].map((symbol) => marketWith(symbol).owners.length)).toEqual([3, 1, 1]);
});

test.each([-0.1, -0.35])(
  'at %p, what nobody buys is stuck, and the whale ends as bad debt',
  async (shock) => {
    const { predicted, onChain } = await crash(shock);
    expect(compare(predicted, onChain).beyond).toEqual([]);
    const [rwa, whale] = [marketWith('RWA'), marketWith('CRV')];

    const dueOwners = shock === -0.1 ? 2 : 3;
    const noMarket = { venue: VENUE, reason: 'no-market', accounts: dueOwners };
    expect(predicted.stuck).toContainEqual(expect.objectContaining(noMarket));
    const { stuckAccounts, stuckUsd, shortfallUsd, badDebtUsd } = morphoIn(onChain);
    expect(stuckAccounts).toBe(dueOwners);
    expect(stuckUsd).toBeGreaterThan(100_000);
    expect(liquidated(onChain)).not.toContain(rwa.id);
    expect(shortfallUsd > 10_000).toBe(shock === -0.35);

    expect(liquidated(onChain)).toContain(whale.id);
    expect(onChain.finalPriceUsd.CRV).toBeLessThan(0.2);
    expect(badDebtUsd).toBeGreaterThan(100_000);
  },
  120_000,
);

test('at +20 %, who owes what is scarce takes all of it, and what nobody buys stands still', async () => {
  const { predicted, onChain } = await crash(0.2);
  expect(compare(predicted, onChain).beyond).toEqual([]);
  expect(liquidated(onChain)).toEqual([marketWith('USDC').id]);
  expect(onChain.finalPriceUsd.CRV).toBeGreaterThan(10);
  expect(morphoIn(onChain)).toMatchObject({ stuckAccounts: 0, shortfallUsd: 0 });
  expect(morphoIn(onChain).badDebtUsd).toBeGreaterThan(1_000_000);
}, 120_000);
