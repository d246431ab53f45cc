import { ownPrices, toBook, type Book, type PriceState } from '@undertow/book';
import {
  decodeResult,
  encodeCall,
  postPrices,
  readAnswers,
  startDevnet,
  type Devnet,
} from '@undertow/devnet';
import {
  feedPlace,
  formulaAnswer,
  formulaBases,
  type Address,
  type FeedId,
  type Hex,
} from '@undertow/market';
import { exactAnswers } from '../../libs/book/src/exact-answers.ts';
import { letPass } from '../../libs/devnet/src/actions/time-travel.ts';
import { followChain, type FollowedChain } from './follow-chain.ts';
import { setOracleScene, type OracleScene } from './oracle-formulas-scene.ts';
import { posedSources } from './posed-sources.ts';

const WAD = 10n ** 18n;

let devnet: Devnet;
let chain: FollowedChain;
let scene: OracleScene;

beforeAll(async () => {
  devnet = await startDevnet({ seed: 4, accounts: 150, venues: ['aaveV3', 'aaveV36', 'morphoBlue'] });
  scene = await setOracleScene(devnet);
  chain = await followChain(devnet, posedSources(devnet));
}, 180_000);

afterAll(async () => {
  chain?.close();
  await devnet?.stop();
});

const VIEWS = devnetViews();

function devnetViews() {
  const view = (name: string, output: string) => ({
    ...{ type: 'function', name, stateMutability: 'view', inputs: [] },
    outputs: [{ name: '', type: output }],
  });
  return [view('latestAnswer', 'int256'), view('price', 'uint256'), view('isCapped', 'bool')];
}

async function read<T>(address: Address, functionName: string): Promise<T> {
  const data = encodeCall(VIEWS as never, functionName, []);
  const result = await devnet.rpc<Hex>('eth_call', [{ to: address, data }, 'latest']);
  return decodeResult(VIEWS as never, functionName, result) as T;
}

/** What follows from base feeds alone, through every formula on the way. */
function fromBases(feed: FeedId, time: number): bigint | undefined {
  const { formulas, prices } = chain.ledger;
  const formula = formulas.get(feed);
  if (!formula) return prices.get(feed)?.answer;
  return formulaAnswer(formula, (base) => fromBases(base, time), time);
}

/** Every answer that follows from base feeds by formulas is the contract's own; how many there are by form. */
async function expectLedgerAsContracts(): Promise<Map<string, number>> {
  await chain.follow();
  const { time } = chain.head();
  const forms = new Map<string, number>();
  for (const [feed, formula] of chain.ledger.formulas) {
    const place = feedPlace(feed)!;
    if (place.kind !== 'feed') continue;
    expect([feed, formula.form, fromBases(feed, time)]).toEqual([
      ...[feed, formula.form, await read<bigint>(place.address, 'latestAnswer')],
    ]);
    forms.set(formula.form, (forms.get(formula.form) ?? 0) + 1);
  }
  return forms;
}

/** Every oracle of a book at moved prices answers in integers what the contracts answer at the head. */
async function expectBookAsContracts(book: Book, prices: PriceState): Promise<number> {
  const answers = exactAnswers(book, prices);
  let count = 0;
  for (const [row, { id }] of book.oracles.entries()) {
    const source = book.exact.source[row]!;
    if (source.form === 'feed') {
      expect([id, answers[row]]).toEqual([id, await read<bigint>(source.feed as Address, 'latestAnswer')]);
    } else {
      const price = await read<bigint>(await oracleAt(id.split(':')[1] as Hex), 'price');
      expect([id, answers[row]]).toEqual([id, price * answers[source.debt]!]);
    }
    count += 1;
  }
  return count;
}

async function oracleAt(market: Hex): Promise<Address> {
  const contract = { address: devnet.contracts.venues.morphoBlue.morpho, abi: devnet.artifacts.Morpho.abi };
  const params = await devnet.chain.read<readonly Address[]>(contract, 'idToMarketParams', [market]);
  return params[2]!;
}

const owned = (functionName: string, address: Address, args: readonly unknown[]) => {
  const name =
    functionName === 'setPriceCap'
      ? 'CappedStableFeed'
      : functionName === 'setPrice'
        ? 'ConstantFeed'
        : 'CappedRateFeed';
  return {
    ...{ from: devnet.actors.deployer, to: address },
    data: encodeCall(devnet.artifacts[name].abi, functionName, args),
  };
};

/** WETH that comes into the vault as yield. */
async function earn(part: bigint): Promise<void> {
  const { token } = devnet.contracts.venues.aaveV36.staked;
  const vault = { address: token, abi: devnet.artifacts.StakedToken.abi };
  const total = await devnet.chain.read<bigint>(vault, 'totalAssets');
  const data = encodeCall(devnet.artifacts.MintableERC20.abi, 'transfer', [token, total / part]);
  await devnet.chain.send([{ from: devnet.actors.bank, to: devnet.contracts.assets.WETH.token, data }]);
}

test('every price source that the venues ask is understood, and answers what it is made of', async () => {
  const forms = await expectLedgerAsContracts();
  expect(Object.fromEntries(forms)).toEqual({ constant: 2, product: 1, discounted: 1, capped: 1, rate: 1 });
  const { staked, cappedUsdc } = devnet.contracts.venues.aaveV36;
  const { WETH, WBTC, USDC } = devnet.contracts.assets;
  const basesOf = (feed: FeedId) => formulaBases(chain.ledger.formulas.get(feed)!);
  expect(basesOf(staked.feed)).toEqual([WETH.feedProxy]);
  expect(basesOf(cappedUsdc)).toEqual([USDC.feedProxy]);
  expect(basesOf(scene.discounted.address)).toEqual([WBTC.feedProxy]);
  expect(chain.ledger.reference.feeds.get(WETH.feedProxy)?.description).toBe('ETH / USD');
  const book = toBook(chain.ledger, { time: chain.head().time });
  expect(book.coverage).toMatchObject({ share: 1 });
  expect(book.coverage.gaps.filter(({ kind }) => kind !== 'asset')).toEqual([]);
  expect(await expectBookAsContracts(book, ownPrices(book))).toBeGreaterThan(8);
});

test('a constant pair has no feed in it but its loan asset’s, and a vault’s pair follows the vault', () => {
  const book = toBook(chain.ledger, { time: chain.head().time });
  const pairs = book.oracles.filter(({ id }) => id.startsWith('morpho-blue@devnet:0x'));
  const symbol = ({ asset }: (typeof pairs)[number]) => book.assets[asset]!.symbol;
  const feedsOf = ({ formula }: (typeof pairs)[number]) =>
    formula.terms.map(({ feed, power }) => [book.feeds[feed]!.label, power]);
  expect(Object.fromEntries(pairs.map((pair) => [symbol(pair), feedsOf(pair)]))).toEqual({
    LINK: [['USDC / USD', 1]],
    WBTC: [
      ['BTC / USD', 1],
      ['USDC / USD', 1],
    ],
    stWETH: [
      ['ETH / USD', 1],
      ['USDC / USD', 1],
      ['USDC / USD', -1],
    ],
  });
});

describe('to the last unit', () => {
  afterEach(async () => {
    await postPrices(devnet, { WETH: 300_000_000_000n, WBTC: 6_000_000_000_000n, USDC: 100_000_000n });
  });

  test('after feeds have moved', async () => {
    await postPrices(devnet, { WETH: 199_123_456_789n, WBTC: 4_321_000_000_007n, USDC: 99_871_234n });
    await expectLedgerAsContracts();
  });

  test('after the rate has grown', async () => {
    const before = fromBases(devnet.contracts.venues.aaveV36.staked.feed, chain.head().time)!;
    await earn(37n);
    await expectLedgerAsContracts();
    expect(fromBases(devnet.contracts.venues.aaveV36.staked.feed, chain.head().time)!).toBeGreaterThan(
      before,
    );
  });

  test('after the rate has grown past its cap, and as the cap grows by the second', async () => {
    const { feed, token } = devnet.contracts.venues.aaveV36.staked;
    const vault = { address: token, abi: devnet.artifacts.StakedToken.abi };
    const ratio = await devnet.chain.read<bigint>(vault, 'convertToAssets', [WAD]);
    const { time } = chain.head();
    await devnet.chain.send([owned('setCapParameters', feed, [(ratio * 97n) / 100n, time, 900n])]);
    const seen = new Set<bigint>();
    for (const seconds of [1, 3_600, 86_400]) {
      await letPass(devnet, seconds);
      await devnet.rpc('evm_mine');
      await expectLedgerAsContracts();
      expect(await read<boolean>(feed, 'isCapped')).toBe(true);
      seen.add(fromBases(feed, chain.head().time)!);
    }
    expect(seen.size).toBe(3);
    const book = toBook(chain.ledger, { time: chain.head().time });
    await expectBookAsContracts(book, ownPrices(book));
  });

  test('after the peg has risen above its cap, and the cap has been moved', async () => {
    const { cappedUsdc } = devnet.contracts.venues.aaveV36;
    await postPrices(devnet, { USDC: 107_000_000n });
    await expectLedgerAsContracts();
    expect(fromBases(cappedUsdc, chain.head().time)).toBe(104_000_000n);
    await devnet.chain.send([
      owned('setPriceCap', cappedUsdc, [105_500_000n]),
      owned('setPrice', scene.constant.address, [99_000_000n]),
    ]);
    await expectLedgerAsContracts();
    expect(fromBases(cappedUsdc, chain.head().time)).toBe(105_500_000n);
    expect(fromBases(scene.constant.address, chain.head().time)).toBe(99_000_000n);
    const book = toBook(chain.ledger, { time: chain.head().time });
    expect(await expectBookAsContracts(book, ownPrices(book))).toBeGreaterThan(8);
  });

  test.each([
    [{ WETH: 0.7, WBTC: 0.6, USDC: 1, LINK: 0.7 }],
    [{ WETH: 1.31, WBTC: 0.9, USDC: 1.09, LINK: 1 }],
    [{ WETH: 0.123_456_789, WBTC: 1.5, USDC: 0.87, LINK: 0.4 }],
  ] as const)(
    'a book moved by %p answers what the contracts answer once their feeds have moved so',
    async (factors) => {
      await chain.follow();
      const book = toBook(chain.ledger, { time: chain.head().time + 1 });
      const symbols = Object.keys(factors) as (keyof typeof factors)[];
      const { assets } = devnet.contracts;
      const factorOf = (id: FeedId) => {
        const symbol = symbols.find((one) => assets[one].feedProxy === id);
        return symbol === undefined ? 1 : factors[symbol];
      };
      const own = ownPrices(book);
      const moved = {
        ...own,
        feedAnswer: own.feedAnswer.map((answer, row) => answer * factorOf(book.feeds[row]!.id)),
      };
      const before = await readAnswers(devnet, symbols);
      const posted = symbols.map((symbol) => {
        const { answer } = before.get(symbol)!;
        const row = book.feeds.findIndex(({ id }) => id === assets[symbol].feedProxy);
        const factor = row === -1 ? factors[symbol] : moved.feedAnswer[row]! / book.feeds[row]!.answer;
        return [symbol, BigInt(Math.round(Number(answer) * factor))] as const;
      });
      await postPrices(devnet, Object.fromEntries(posted));
      expect(await expectBookAsContracts(book, moved)).toBeGreaterThan(8);
    },
  );
});

test('what turns into something else is named with its debt, and comes back', async () => {
  const { feed } = devnet.contracts.venues.aaveV36.staked;
  const code = await devnet.rpc<Hex>('eth_getCode', [feed, 'latest']);
  // Answers one dollar to everything, and so has every view there is.
  await devnet.rpc('anvil_setCode', [
    feed,
    `0x7f${(10n ** 8n).toString(16).padStart(64, '0')}60005260206000f3`,
  ]);
  await devnet.rpc('evm_mine');
  await chain.follow();
  const book = toBook(chain.ledger, { time: chain.head().time });
  const gaps = book.coverage.gaps.filter(({ reason }) => reason.includes(feed));
  expect(gaps.map(({ reason }) => reason)).toContainEqual(
    expect.stringMatching(/is not understood: .* but what it is made of says/),
  );
  expect(gaps.reduce((sum, { debtUsd }) => sum + (debtUsd ?? 0), 0)).toBeGreaterThan(0);
  expect(book.coverage.share).toBeLessThan(1);
  await devnet.rpc('anvil_setCode', [feed, code]);
  await devnet.rpc('evm_mine');
  await expectLedgerAsContracts();
  expect(toBook(chain.ledger).coverage.share).toBe(1);
});
