import { toBook } from '@undertow/book';
import { encodeCall, startDevnet, type Devnet, type Transaction } from '@undertow/devnet';
import {
  accruePair,
  isPairLiquidatable,
  largestPairLiquidation,
  oracleRatioE36,
  pairLiquidation,
  type Fact,
  type MarketId,
  type PairPosition,
  type PairState,
  type PairTotals,
} from '@undertow/market';
import { openOracle } from '@undertow/oracles';
import { openVenue, type MorphoBlueDeployment } from '@undertow/venues';
import { postPrices } from '../../libs/devnet/src/actions/post-prices.ts';
import { expectPairLiquidationPrices, expectPairReadingsAsContract } from './morpho-blue-readings.ts';
import { factsOf, followChain, ledgerOf, seeded, type FollowedChain } from './follow-chain.ts';

type Owner = `0x${string}`;
type DevnetMarket = Devnet['contracts']['venues']['morphoBlue']['markets'][number];

const WAD = 10n ** 18n;
const random = seeded(5);

let devnet: Devnet;
let chain: FollowedChain;
let deployment: MorphoBlueDeployment;
let markets: readonly DevnetMarket[];

beforeAll(async () => {
  devnet = await startDevnet({ seed: 9, accounts: 200, venues: ['morphoBlue'] });
  const { deployments } = devnet.network;
  deployment = deployments.find((found) => found.adapter === 'morpho-blue')!;
  const feeds = deployments.find((found) => found.adapter === 'chainlink')!;
  chain = await followChain(devnet, [openVenue(deployment), openOracle(feeds)]);
  markets = devnet.contracts.venues.morphoBlue.markets;
  await chain.follow();
}, 60_000);

afterAll(async () => {
  chain?.close();
  await devnet?.stop();
});

const morpho = () => ({ address: deployment.morpho, abi: devnet.artifacts.Morpho.abi });
const params = (market: DevnetMarket) => ({ ...market.params, lltv: BigInt(market.params.lltv) });
const call = (from: Owner, functionName: string, args: readonly unknown[]): Transaction => ({
  from,
  to: deployment.morpho,
  data: encodeCall(morpho().abi, functionName, args),
});

/** The exact state of a pair as the ledger has it, with interest up to a time. */
function stateOf(market: MarketId, time: number): PairState {
  const { totals, terms } = chain.ledger.venues.get(deployment.id)!.markets.get(market)!;
  if (terms?.form !== 'pair' || terms.oracle?.form !== 'ratio')
    throw new Error(`terms of ${market} are not known`);
  return {
    totals: accruePair(totals, terms.rateModel!.form, time)!,
    priceE36: oracleRatioE36(terms.oracle, (feed) => chain.ledger.prices.get(feed)?.answer)!,
    liquidationThresholdWad: terms.liquidationThresholdWad!,
  };
}

function positionOf(market: MarketId, owner: Owner): PairPosition {
  const leg = chain.ledger.venues.get(deployment.id)!.accounts.get(owner)?.legs.get(market);
  return { collateral: leg?.collateralShares ?? 0n, debtShares: leg?.debtShares ?? 0n };
}

/** Lets time pass and has all markets accrue in the next block, which then is the head. */
async function accrueAfter(seconds: number): Promise<void> {
  const time = chain.head().time + seconds;
  await devnet.rpc('evm_setNextBlockTimestamp', [time]);
  await devnet.chain.send(
    markets.map((market) => call(devnet.actors.bank, 'accrueInterest', [params(market)])),
  );
}

async function expectTotalsAsContract(): Promise<void> {
  const rows = await devnet.chain.readMany<readonly bigint[]>(
    markets.map(({ id }) => ({ contract: morpho(), functionName: 'market', args: [id] })),
  );
  for (const [i, { id }] of markets.entries()) expect(asMarketStruct(ledgerTotals(id))).toEqual(rows[i]);
}

const ledgerTotals = (market: MarketId): PairTotals =>
  chain.ledger.venues.get(deployment.id)!.markets.get(market)!.totals;

/** In the order of `Morpho.market`. */
const asMarketStruct = (totals: PairTotals): readonly bigint[] => [
  totals.supplyAssets,
  totals.supplyShares,
  totals.debtAssets,
  totals.debtShares,
  BigInt(totals.accruedAt),
  totals.feeWad,
];

async function expectPositionsAsContract(): Promise<void> {
  for (const { id } of markets) {
    const rows = await devnet.chain.readMany<readonly [bigint, bigint, bigint]>(
      devnet.owners.map((owner) => ({ contract: morpho(), functionName: 'position', args: [id, owner] })),
    );
    const ours = devnet.owners.map((owner) => positionOf(id, owner));
    expect(ours).toEqual(rows.map((row) => ({ collateral: row![2], debtShares: row![1] })));
  }
}

async function expectSameAsSnapshot(): Promise<void> {
  const { ledger, rpc } = chain;
  const at = { ...chain.head(), chainId: devnet.network.chainId };
  const source = openVenue(deployment);
  // A source that has been restored knows the markets and asks for every owner in each.
  const created = markets.map(({ id }): Fact => {
    const { terms } = ledger.venues.get(deployment.id)!.markets.get(id)!;
    if (terms?.form !== 'pair') throw new Error('not a pair');
    const key = { chainId: at.chainId, block: 0, logIndex: 0, part: 0, time: 0 };
    return { ...key, kind: 'TermsChanged', venue: deployment.id, market: id, patch: terms };
  });
  source.restore!(created);
  const { facts, reference } = await source.snapshot(rpc, at, devnet.owners);
  expect(ledgerOf(facts).venues.get(deployment.id)).toEqual(ledger.venues.get(deployment.id));
  expect(new Set(reference.assets!.map((asset) => asset.symbol))).toEqual(
    new Set(['WETH', 'WBTC', 'USDC', 'CRV', 'RWA']),
  );

  const feeds = openOracle(devnet.network.deployments.find((found) => found.adapter === 'chainlink')!);
  const answers = await feeds.snapshot(rpc, at, []);
  expect(ledgerOf(answers.facts).prices).toEqual(ledger.prices);
}

/** Every owner, every market: does a liquidation of the smallest size go through, and what does the largest give? */
async function expectLiquidatabilityAsContract(): Promise<number> {
  let dueCount = 0;
  for (const market of markets) {
    // The head has accrued, and calls run at the head's time.
    const state = stateOf(market.id, chain.head().time);
    const positions = devnet.owners.map((owner) => positionOf(market.id, owner));
    const probes = await tryLiquidations(
      market,
      devnet.owners.map((borrower) => ({ borrower, seize: 0n, repayShares: 1n })),
    );
    expect(positions.map((position) => isPairLiquidatable(position, state))).toEqual(
      probes.map((probe) => probe !== undefined),
    );
    const due = devnet.owners.filter((_, i) => isPairLiquidatable(positions[i]!, state));
    const ours = due.map((owner) => largestPairLiquidation(positionOf(market.id, owner), state)!);
    const theirs = await tryLiquidations(
      market,
      due.map((borrower, i) => asRequest(borrower, ours[i]!)),
    );
    expect(ours.map(({ seized, repaid }) => [seized, repaid])).toEqual(theirs);
    dueCount += due.length;
  }
  return dueCount;
}

interface Request {
  readonly borrower: Owner;
  readonly seize: bigint;
  readonly repayShares: bigint;
}

/** All of the collateral where it runs out, else all of the debt. */
function asRequest(
  borrower: Owner,
  done: { seized: bigint; repaidShares: bigint; position: PairPosition },
): Request {
  const isShort = done.position.collateral === 0n;
  return isShort
    ? { borrower, seize: done.seized, repayShares: 0n }
    : { borrower, seize: 0n, repayShares: done.repaidShares };
}

async function tryLiquidations(
  market: DevnetMarket,
  requests: readonly Request[],
): Promise<(readonly bigint[] | undefined)[]> {
  const { abi } = morpho();
  const results = await devnet.chain.tryBatch<Owner>(
    requests.map(({ borrower, seize, repayShares }) => {
      const data = encodeCall(abi, 'liquidate', [params(market), borrower, seize, repayShares, '0x']);
      return {
        method: 'eth_call',
        params: [{ from: devnet.actors.liquidator, to: deployment.morpho, data }, 'latest'],
      };
    }),
  );
  return results.map((data) =>
    data === undefined ? undefined : [BigInt(data.slice(0, 66)), BigInt(`0x${data.slice(66)}`)],
  );
}

/** Real liquidations one after the other in a block, each predicted from the state the one before left. */
async function liquidateAndCompare(
  market: DevnetMarket,
  count: number,
): Promise<{ liquidated: number; badDebt: bigint }> {
  const time = chain.head().time + 1;
  let state = stateOf(market.id, time);
  const due = devnet.owners
    .filter((owner) => isPairLiquidatable(positionOf(market.id, owner), state))
    .slice(0, count);
  const predicted: unknown[] = [];
  const transactions: Transaction[] = [];
  let badDebt = 0n;
  for (const [i, owner] of due.entries()) {
    const position = positionOf(market.id, owner);
    // Every third in part, by what is repaid and by what is seized in turn.
    const part =
      i % 6 === 1
        ? { repayShares: position.debtShares / 3n }
        : i % 6 === 4
          ? { seize: position.collateral / 4n }
          : undefined;
    const done = part ? pairLiquidation(position, state, part)! : largestPairLiquidation(position, state)!;
    const request = part
      ? { borrower: owner, seize: part.seize ?? 0n, repayShares: part.repayShares ?? 0n }
      : asRequest(owner, done);
    transactions.push(
      call(devnet.actors.liquidator, 'liquidate', [
        params(market),
        owner,
        request.seize,
        request.repayShares,
        '0x',
      ]),
    );
    predicted.push({ owner, seized: done.seized, repaid: done.repaid, badDebt: done.badDebt });
    badDebt += done.badDebt;
    state = { ...state, totals: done.totals };
  }
  if (due.length === 0) return { liquidated: 0, badDebt };
  await devnet.rpc('evm_setNextBlockTimestamp', [time]);
  await devnet.chain.send(transactions);
  const events = factsOf(await chain.follow(), 'Liquidated').filter((fact) => fact.market === market.id);
  expect(events.map(({ owner, seized, repaid, badDebt }) => ({ owner, seized, repaid, badDebt }))).toEqual(
    predicted,
  );
  expect(ledgerTotals(market.id)).toEqual(state.totals);
  return { liquidated: due.length, badDebt };
}

/** Borrowers repay all, repay some or add collateral; lenders come and go. */
async function live(): Promise<void> {
  const { bank } = devnet.actors;
  const transactions = markets.flatMap((market) => {
    const borrowers = devnet.owners.filter((owner) => positionOf(market.id, owner).debtShares > 0n);
    if (borrowers.length === 0) return [];
    const pick = () => borrowers[Math.floor(random() * borrowers.length)]!;
    const [whole, some, more] = [pick(), pick(), pick()];
    const terms = params(market);
    const part = positionOf(market.id, some).debtShares / 7n + 1n;
    return [
      ...(whole === some
        ? []
        : [call(bank, 'repay', [terms, 0n, positionOf(market.id, whole).debtShares, whole, '0x'])]),
      call(bank, 'repay', [terms, 0n, part, some, '0x']),
      call(bank, 'supplyCollateral', [terms, 12_345n, more, '0x']),
      call(bank, 'supply', [terms, 1_234_567n, 0n, bank, '0x']),
      call(bank, 'withdraw', [terms, 0n, 999_999_999n, bank, bank]),
    ];
  });
  await devnet.chain.send(transactions);
}

test('accounts, totals, health and liquidations equal the contract through price moves and time', async () => {
  const { deployer } = devnet.actors;
  await devnet.chain.send([
    call(deployer, 'setFeeRecipient', [deployer]),
    call(deployer, 'setFee', [params(markets[0]!), WAD / 10n]),
  ]);
  await chain.follow();
  expect(ledgerTotals(markets[0]!.id).feeWad).toBe(WAD / 10n);

  const seen = { due: 0, liquidated: 0, badDebt: 0n };
  for (const drop of [0, -0.08, -0.25, 0.2, -0.45]) {
    const factor = BigInt(Math.round((1 + drop + 0.02 * random()) * 1e6));
    const { assets } = devnet.contracts;
    const moved = (symbol: 'WETH' | 'WBTC') => {
      const { answer } = chain.ledger.prices.get(assets[symbol].feedProxy)!;
      return (answer * factor) / 1_000_000n;
    };
    await postPrices(devnet, {
      WETH: moved('WETH'),
      WBTC: moved('WBTC'),
      USDC: 99_990_000n + (factor % 20_000n),
    });
    await chain.follow();

    const before = markets.map(({ id }) => id);
    const time = 1 + Math.floor(random() * 40 * 86_400);
    const predicted = before.map((id) => stateOf(id, chain.head().time + time).totals);
    await accrueAfter(time);
    await chain.follow();
    expect(before.map(ledgerTotals)).toEqual(predicted);

    await expectTotalsAsContract();
    await expectPositionsAsContract();
    seen.due += await expectLiquidatabilityAsContract();
    await expectSameAsSnapshot();

    for (const market of markets) {
      const done = await liquidateAndCompare(market, 6);
      seen.liquidated += done.liquidated;
      seen.badDebt += done.badDebt;
    }
    await live();
    await chain.follow();
    await expectTotalsAsContract();
  }
  expect(seen.due).toBeGreaterThan(20);
  expect(seen.liquidated).toBeGreaterThan(15);
  expect(seen.badDebt).toBeGreaterThan(0n);
}, 120_000);

test('a reading says what the views say, and the prices at which the position is due', async () => {
  await accrueAfter(3_600);
  await chain.follow();
  expect(await expectPairReadingsAsContract(devnet, chain)).toBeGreaterThan(300);
  expect(await expectPairLiquidationPrices(devnet, chain, 24)).toBe(24);
}, 60_000);

test('an oracle price is that of the contract, at the last unit', async () => {
  for (const market of markets) {
    const oracle = { address: market.params.oracle, abi: devnet.artifacts.PairOracle.abi };
    expect(stateOf(market.id, chain.head().time).priceE36).toBe(await devnet.chain.read(oracle, 'price'));
  }
});

/** Bytecode that answers every call with one word. */
const answersAlways = (value: bigint) => `0x7f${value.toString(16).padStart(64, '0')}60005260206000f3`;

test('an oracle that turns on its feeds costs its own market alone, until it agrees again', async () => {
  // Not the one whose oracle alone names the feed of what both lend.
  const [, first] = markets;
  const { oracle } = first!.params;
  const gapsNow = async () => {
    await devnet.rpc('evm_mine');
    await chain.follow();
    const book = toBook(chain.ledger);
    return book.coverage.gaps.filter(({ source }) => source.startsWith(deployment.id));
  };
  expect(await gapsNow()).toEqual([]);
  const { accounts, coverage } = toBook(chain.ledger);
  const inMarket = accounts.market.filter((market) => market === first!.id).length;
  expect(inMarket).toBeGreaterThan(3);

  const code = await devnet.rpc<string>('eth_getCode', [oracle, 'latest']);
  const price = stateOf(first!.id, chain.head().time).priceE36;
  await devnet.rpc('anvil_setCode', [oracle, answersAlways((price * 4n) / 10n)]);
  const [gap, ...more] = await gapsNow();
  expect(more).toEqual([]);
  expect(gap).toMatchObject({
    source: `${deployment.id} ${first!.id}`,
    reason: expect.stringContaining('answers something else than its feeds say'),
    count: inMarket,
  });
  expect(gap!.debtUsd).toBeGreaterThan(1_000);
  const turned = toBook(chain.ledger);
  expect(turned.accounts.count).toBe(accounts.count - inMarket);
  expect(turned.coverage.share).toBeLessThan(1);
  expect(turned.coverage.knownDebtUsd / coverage.knownDebtUsd).toBeCloseTo(1, 6);
  await expectSameAsSnapshot();

  await devnet.rpc('anvil_setCode', [oracle, code]);
  expect(await gapsNow()).toEqual([]);
  expect(toBook(chain.ledger).accounts.count).toBe(accounts.count);
  await expectSameAsSnapshot();
}, 30_000);
