import { isDue, mechanisms, ownValues, toBook, venueSummaries, type AccountRow } from '@undertow/book';
import {
  encodeCall,
  postPrices,
  revert,
  snapshot,
  startAgent,
  startDevnet,
  type Devnet,
} from '@undertow/devnet';
import type { Address } from '@undertow/market';
import { openSource } from '@undertow/sources';
import { letPass } from '../../libs/devnet/src/actions/time-travel.ts';
import { bringTo, readPerpPrices } from '../../libs/devnet/src/venues/perp-v2/arbitrage.ts';
import { trade } from '../../libs/devnet/src/venues/perp-v2/trade.ts';
import { isMarginShort, readPerpAccounts } from '../../libs/devnet/src/venues/perp-v2/accounts.ts';
import { followChain, type FollowedChain } from './follow-chain.ts';
import { unaverageMarks } from './unaveraged-marks.ts';

const VENUE = 'perp-v2@devnet';
const WAD = 10n ** 18n;
/** Longest average of a price that the venue takes here. */
const AVERAGED_SECONDS = 900;

let devnet: Devnet;
let chain: FollowedChain;
/** When prices that were posted after the head have lasted for as long as averages go back. */
let later: number;

beforeAll(async () => {
  devnet = await startDevnet({ seed: 8, accounts: 500, venues: ['perpV2'] });
  await unaverageMarks(devnet);
  // Owners have come and gone, and some have losses that their cash does not pay.
  await startAgent(devnet, { seed: 8, everyMs: 0, ticks: 30 }).done;
  chain = await followChain(devnet, devnet.network.deployments.map(openSource));
  await chain.follow();
  await realiseLosses();
  await letPass(devnet, 2 * AVERAGED_SECONDS);
  await devnet.rpc('evm_mine');
  await chain.follow();
  later = chain.head().time + AVERAGED_SECONDS + 20;
}, 120_000);

afterAll(async () => {
  chain?.close();
  await devnet?.stop();
});

/** The market falls, and every other owner with WETH as margin closes what was long: some owe cash then. */
async function realiseLosses(): Promise<void> {
  const perp = devnet.contracts.venues.perpV2;
  const prices = await readPerpPrices(devnet, perp.markets);
  await bringTo(
    devnet,
    perp,
    prices.map((price) => price * 0.95),
  );
  const accounts = await readPerpAccounts(devnet, ownersWith(true));
  const closing = accounts
    .filter((_account, i) => i % 2 === 0)
    .flatMap(({ owner: from, positions }) =>
      positions.flatMap(({ market: { baseToken }, size }) =>
        size > 0n ? [trade(devnet, perp, { from, baseToken, side: 'sell', size })] : [],
      ),
    );
  await devnet.chain.send(closing, { mayFail: true });
}

const weth = () => devnet.contracts.assets.WETH;

function readingOf(owner: Address, time: number) {
  const [reading] = mechanisms.perpetual.read(chain.ledger, { venue: VENUE, owner, time });
  if (!reading || 'reason' in reading) throw new Error(`${owner}: ${reading?.reason}`);
  return reading;
}

/** Who has an account that can be read, with WETH as margin or any. */
function ownersWith(isWeth: boolean): Address[] {
  const { accounts } = chain.ledger.venues.get(VENUE)!;
  const others = new Set<string>([devnet.actors.bank, devnet.contracts.venues.perpV2.insuranceFund]);
  return [...accounts]
    .filter(([owner, { legs }]) => !others.has(owner) && (!isWeth || legs.has(weth().token)))
    .map(([owner]) => owner);
}

/** What the venue's views decide about owners at the head. */
async function dueAtHead(owners: readonly Address[]): Promise<boolean[]> {
  const accounts = await readPerpAccounts(devnet, owners);
  return accounts.map(
    (account) => (account.positions.length > 0 && isMarginShort(account)) || account.isCollateralDue,
  );
}

/** The same after WETH's feed has answered so for as long as anything averages it. The chain stays as it is. */
async function isDueAfter(owner: Address, answer: bigint): Promise<boolean> {
  const id = await snapshot(devnet);
  await postPrices(devnet, { WETH: answer });
  const { markets, collaterals } = devnet.contracts.venues.perpV2;
  const data = encodeCall(devnet.artifacts.PerpPriceFeed.abi, 'update');
  const feeds = [...markets, ...collaterals.slice(0, keptCollateral)].map(({ priceFeed: to }) => to);
  await devnet.chain.send(
    feeds.map((to) => ({ from: devnet.actors.keeper, to, data })),
    { mayFail: true },
  );
  await devnet.rpc('evm_setNextBlockTimestamp', [later]);
  await devnet.rpc('evm_mine');
  const [due] = await dueAtHead([owner]);
  await revert(devnet, id);
  return due!;
}
/** How many collaterals' price feeds somebody has keep their rounds: none, as on a venue without a keeper for them. */
let keptCollateral = 0;

test('an exact health factor is below one exactly when something of the account may be liquidated', async () => {
  const owners = ownersWith(false);
  const { time } = chain.head();
  const health = owners.map((owner) => readingOf(owner, time).healthFactorWad);
  expect(health.map((wad) => wad !== undefined && wad < WAD)).toEqual(await dueAtHead(owners));
  // A debt against WETH, and no position.
  const book = toBook(chain.ledger);
  const withoutPosition = (await readPerpAccounts(devnet, owners)).filter(
    ({ positions }) => positions.length === 0,
  );
  const owing = withoutPosition.filter(({ owner }) => book.accounts.owner.includes(owner));
  expect(owing.length).toBeGreaterThan(0);
  for (const { owner } of owing)
    expect([owner, health[owners.indexOf(owner)]]).not.toEqual([owner, undefined]);
});

test.each([0, 1])(
  'whoever has WETH as margin is liquidatable at the price that is said, and not one unit beside it (%i kept)',
  async (kept) => {
    keptCollateral = kept;
    const counts = { said: 0, withoutPosition: 0, withPosition: 0, never: 0 };
    const owners = ownersWith(true);
    expect(owners.length).toBeGreaterThan(20);
    for (const owner of kept === 0 ? owners : owners.slice(0, 15)) {
      const { liquidationPrices, healthFactorWad } = readingOf(owner, later);
      const rows = liquidationPrices.filter(({ feed, along }) => feed === weth().feedProxy && !along);
      const [row] = rows;
      if (!row) {
        counts.never++;
        const present = chain.ledger.prices.get(weth().feedProxy)!.answer;
        const due = [await isDueAfter(owner, present / 10_000n), await isDueAfter(owner, present * 100n)];
        expect([owner, new Set(due).size]).toEqual([owner, 1]);
        continue;
      }
      expect(healthFactorWad).toBeDefined();
      expect([owner, row.asset, rows.length]).toEqual([owner, weth().token, 1]);
      const due = [await isDueAfter(owner, row.answer)];
      for (const beside of [row.answer - 1n, row.answer + 1n]) due.push(await isDueAfter(owner, beside));
      expect([owner, row.answer, due[0], due[1] && due[2]]).toEqual([owner, row.answer, true, false]);
      counts.said++;
      if (liquidationPrices.length === 1) counts.withoutPosition++;
      else counts.withPosition++;
    }
    if (kept === 0)
      expect(Math.min(counts.said, counts.withoutPosition, counts.withPosition)).toBeGreaterThan(0);
  },
  240_000,
);

test('at the mark price that is said collateral may be sold before a position may be closed', async () => {
  const perp = devnet.contracts.venues.perpV2;
  const id = await snapshot(devnet);
  const prices = await readPerpPrices(devnet, perp.markets);
  const accounts = await readPerpAccounts(devnet, ownersWith(true));
  // Bitcoin's pool moves alone: the price of WETH stays.
  const bitcoin = accounts.filter(
    ({ positions }) => positions.map(({ market }) => market.symbol).join() === 'WBTC',
  );
  let tried = 0;
  for (const { owner, positions } of bitcoin.slice(0, 4)) {
    const { baseToken } = positions[0]!.market;
    const mark = readingOf(owner, chain.head().time).liquidationPrices.find(
      ({ asset }) => asset === baseToken,
    );
    const price = Number(mark?.answer ?? 0n) / 1e18;
    // Further than that trades would pay so much in fees that the pool runs dry.
    const isNear = Math.abs(price / prices[1]! - 1) < 0.25;
    if (!isNear) continue;
    const isDueAt = async (target: number) => {
      await bringTo(
        devnet,
        perp,
        perp.markets.map(({ symbol }, i) => (symbol === 'WBTC' ? target : prices[i]!)),
      );
      await letPass(devnet, 16);
      await devnet.rpc('evm_mine');
      const [account] = await readPerpAccounts(devnet, [owner]);
      return [account!.isCollateralDue, isMarginShort(account!)];
    };
    const side = positions[0]!.size > 0n ? 1 : -1;
    const due = [await isDueAt(price * (1 + side * 5e-5)), await isDueAt(price * (1 - side * 5e-5))];
    expect([owner, ...due]).toEqual([owner, [false, false], [true, false]]);
    tried++;
  }
  await revert(devnet, id);
  expect(tried).toBeGreaterThan(0);
}, 60_000);

test('at the price that is said for a feed together with its perpetual an account is due, and not above', async () => {
  const perp = devnet.contracts.venues.perpV2;
  const prices = await readPerpPrices(devnet, perp.markets);
  const present = chain.ledger.prices.get(weth().feedProxy)!.answer;
  const accounts = await readPerpAccounts(devnet, ownersWith(true));
  const long = accounts.filter(
    ({ positions }) =>
      positions.map(({ market }) => market.symbol).join() === 'WETH' && positions[0]!.size > 0n,
  );
  let tried = 0;
  for (const { owner } of long.slice(0, 4)) {
    const { liquidationPrices } = readingOf(owner, chain.head().time);
    const both = liquidationPrices.find(({ along }) => along)!;
    expect(both.along).toEqual([perp.markets[0]!.baseToken]);
    // Either price alone may fall further than both together.
    const factors = liquidationPrices.map(({ feed, answer }) => {
      const now = feed === weth().feedProxy ? Number(present) : prices[0]! * 1e18;
      return Number(answer) / now;
    });
    const factor = Number(both.answer) / Number(present);
    expect(Math.max(...factors)).toBeCloseTo(factor, 12);
    if (factor < 0.75) continue;
    const isDueAt = async (part: number) => {
      const id = await snapshot(devnet);
      await postPrices(devnet, { WETH: BigInt(Math.round(Number(present) * part)) });
      const data = encodeCall(devnet.artifacts.PerpPriceFeed.abi, 'update');
      const feeds = perp.markets.map(({ priceFeed: to }) => ({ from: devnet.actors.keeper, to, data }));
      await devnet.chain.send(feeds, { mayFail: true });
      await bringTo(
        devnet,
        perp,
        perp.markets.map(({ symbol }, i) => prices[i]! * (symbol === 'WETH' ? part : 1)),
      );
      await letPass(devnet, 16);
      await devnet.rpc('evm_mine');
      const [due] = await dueAtHead([owner]);
      await revert(devnet, id);
      return due;
    };
    const due = [await isDueAt(factor * (1 + 5e-5)), await isDueAt(factor * (1 - 5e-5))];
    expect([owner, ...due]).toEqual([owner, false, true]);
    tried++;
  }
  expect(tried).toBeGreaterThan(0);
}, 60_000);

test('who is due in the summary of the venue is who the venue says', async () => {
  const owners = ownersWith(false);
  const id = await snapshot(devnet);
  const { answer } = chain.ledger.prices.get(weth().feedProxy)!;
  for (const part of [100n, 60n, 40n, 20n]) {
    await postPrices(devnet, { WETH: (answer * part) / 100n });
    await chain.follow();
    const book = toBook(chain.ledger);
    const due = (await dueAtHead(owners)).filter(Boolean).length;
    const values = ownValues(book);
    const exact = Array.from({ length: book.accounts.count }, (_none, row) => row as AccountRow).filter(
      (row) => isDue(values, row),
    );
    expect(venueSummaries(book).map((venue) => venue.due)).toEqual([due]);
    expect(exact.length).toBe(due);
  }
  await revert(devnet, id);
}, 60_000);
