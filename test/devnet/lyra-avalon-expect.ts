import {
  bookValues,
  copyLedger,
  formulaPriceUsd,
  isDue,
  ledgerLines,
  mechanisms,
  ownPrices,
  ownValues,
  toBook,
  type AccountRow,
  type Book,
  type BookValues,
  type Ledger,
} from '@undertow/book';
import {
  geometricAverageWad,
  isOptionLiquidatable,
  leastCollateral,
  OPTION_MARKET_ID,
} from '@undertow/market';
import { openVenue } from '@undertow/venues';
import { seriesState } from '../../libs/book/src/option/series.ts';
import { ledgerOf } from './follow-chain.ts';
import {
  heldPositions,
  numberOf,
  seriesOf,
  shorts,
  spotOf,
  structOf,
  TYPE_NUMBER,
  type Held,
  type LyraScene,
} from './lyra-avalon-scene.ts';

const FEED_SCALE = 10n ** 10n;
const DAY = 86_400;

/** What the chain's own views say of every written position at any price of the underlying. */
export async function viewsAt(scene: LyraScene, held: readonly Held[], spotWad: bigint) {
  const { devnet, contracts } = scene;
  const series = held.map(({ market }) => seriesOf(scene, market));
  const least = await devnet.chain.readMany<bigint>(
    held.map(({ position: { type, amountWad } }, i) => {
      const { series: terms, board } = series[i]!;
      const args = [TYPE_NUMBER[type], terms.strikePriceWad, BigInt(board.expiry), spotWad, amountWad];
      return { contract: contracts.greeks, functionName: 'getMinCollateral', args };
    }),
  );
  const due = await devnet.chain.readMany<boolean>(
    held.map((position, i) => {
      const { series: terms, board } = series[i]!;
      const args = [structOf(position), BigInt(board.expiry), terms.strikePriceWad, spotWad];
      return { contract: contracts.token, functionName: 'canLiquidate', args };
    }),
  );
  return { least, due };
}

/** The same by our own maths. */
export function oursAt(scene: LyraScene, held: readonly Held[], spotWad: bigint) {
  const { chain } = scene;
  const states = held.map(({ market }) => {
    const series = seriesOf(scene, market);
    return { series, state: seriesState(series, { time: chain.head().time, spotWad }) };
  });
  const terms = (i: number) => states[i]!.series.market.margin;
  return {
    least: held.map(({ position }, i) => leastCollateral(position, states[i]!.state, terms(i))),
    due: held.map(({ position }, i) => isOptionLiquidatable(position, states[i]!.state, terms(i))),
  };
}

/** Every written position as `read` gives it, against the views that it names. */
export async function expectReadingsAsViews(scene: LyraScene): Promise<void> {
  const { devnet, chain, contracts } = scene;
  const { ledger } = chain;
  const { time } = chain.head();
  const held = shorts(scene);
  const { least, due } = await viewsAt(scene, held, spotOf(scene));
  const strikes = await devnet.chain.readMany<{ readonly skew: bigint }>(
    held.map(({ market }) => ({
      contract: contracts.market,
      functionName: 'getStrike',
      args: [numberOf(market)],
    })),
  );
  const skews = strikes.map((strike) => strike?.skew);
  for (const [i, { id, owner, position }] of held.entries()) {
    const readings = mechanisms.option.read(ledger, { venue: scene.deployment.id, owner, time });
    const reading = readings.find((found) => found.market === id)!;
    if ('reason' in reading) throw new Error(reading.reason);
    const figure = (view: string) => reading.figures.find((found) => found.view.startsWith(view))?.value;
    expect(figure('OptionToken.getOptionPosition().amount')).toBe(position.amountWad);
    expect(figure('OptionToken.getOptionPosition().collateral')).toBe(position.collateral);
    expect(figure('OptionMarket.getStrike().skew')).toBe(skews[i]);
    expect(figure('OptionGreekCache.getMinCollateral')).toBe(least[i]);
    expect(reading.healthFactorWad! < 10n ** 18n).toBe(due[i]);
  }
}

/** At a liquidation price contract and book agree that it is one, and one raw unit of the feed beside it that it is not. */
export async function expectLiquidationPricesAsViews(scene: LyraScene): Promise<number> {
  const { chain } = scene;
  const { ledger } = chain;
  const { time } = chain.head();
  const book = toBook(ledger, { time });
  let checked = 0;
  for (const held of shorts(scene).slice(0, 30)) {
    const readings = mechanisms.option.read(ledger, { venue: scene.deployment.id, owner: held.owner, time });
    const reading = readings.find((found) => found.market === held.id)!;
    if ('reason' in reading || reading.liquidationPrices.length === 0) continue;
    const { answer } = reading.liquidationPrices[0]!;
    const safer = held.position.type === 'short-put-quote' ? answer + 1n : answer - 1n;
    const at = await viewsAt(scene, [held], answer * FEED_SCALE);
    const beside = await viewsAt(scene, [held], safer * FEED_SCALE);
    expect([at.due[0], beside.due[0]]).toEqual([true, false]);
    const inBook = [answer, safer].map((raw) => {
      const values = valuesAt(scene, book, raw);
      return isDue(values, values.book.accounts.market.indexOf(held.id) as AccountRow);
    });
    expect(inBook).toEqual([true, false]);
    checked++;
  }
  return checked;
}

/** A book whose underlying's feed answers otherwise: made anew where its tables of the model do not reach so far. */
function valuesAt({ chain, deployment }: LyraScene, book: Book, answer: bigint): BookValues {
  const moved = book.feeds.findIndex(({ id }) => id === deployment.baseFeed);
  const usd = book.feeds[moved]!.answer * (Number(answer) / Number(book.exact.feedAnswer[moved]));
  const isInTables = book.instruments.every(
    ({ spotUsd }) => usd >= spotUsd[0]! && usd <= spotUsd[spotUsd.length - 1]!,
  );
  if (!isInTables) {
    const ledger = copyLedger(chain.ledger);
    ledger.prices.set(deployment.baseFeed, { answer, round: 9n, updatedAt: book.time });
    return ownValues(toBook(ledger, { time: book.time }));
  }
  const own = ownPrices(book);
  const feedAnswer = own.feedAnswer.map((value, row) => (row === moved ? usd : value));
  const oraclePriceUsd = Float64Array.from(book.oracles, ({ formula }) =>
    formulaPriceUsd(formula, feedAnswer),
  );
  return bookValues(book, {
    amount: book.legs.amount,
    prices: { ...own, feedAnswer, oraclePriceUsd },
    volatilityFactor: 1,
    isTouched: new Uint8Array(book.accounts.count),
  });
}

/** The book's own decision about every account, at moved answers, is the contract's. */
export async function expectBookAsViews(scene: LyraScene, answer: bigint): Promise<number> {
  const { chain } = scene;
  const book = toBook(chain.ledger, { time: chain.head().time });
  const values = valuesAt(scene, book, answer);
  const held = new Map(shorts(scene).map((position) => [position.id, position]));
  expect(book.accounts.count).toBe(held.size);
  await expectPoolAsView(scene, book);
  const ids = book.accounts.market;
  const { due } = await viewsAt(
    scene,
    ids.map((id) => held.get(id)!),
    answer * FEED_SCALE,
  );
  expect(values.book.accounts.market).toEqual(ids);
  expect(ids.map((_, row) => isDue(values, row as AccountRow))).toEqual(due);
  return due.filter(Boolean).length;
}

/** The liquidity pool is a fund that is worth what its view says. */
async function expectPoolAsView({ devnet, chain, deployment }: LyraScene, book: Book): Promise<void> {
  const contract = { address: deployment.liquidityPool, abi: devnet.artifacts.LiquidityPool.abi };
  const value = await devnet.chain.read<bigint>(contract, 'getTotalPoolValueQuote');
  const terms = chain.ledger.venues.get(deployment.id)!.markets.get(OPTION_MARKET_ID)!.terms;
  expect(terms).toMatchObject({ poolValueWad: value });
  const funds = book.funds.map(({ kind, asset, amount }) => [kind, book.assets[asset]!.address, amount]);
  expect(funds).toEqual([['lending-pool', deployment.quoteAsset, Number(value) / 1e18]]);
}

/** Averages over many periods, longer than the history too. */
export async function expectAveragesAsViews(scene: LyraScene): Promise<void> {
  const { devnet, chain, contracts } = scene;
  const { markets } = chain.ledger.venues.get(scene.deployment.id)!;
  const { time } = chain.head();
  const asked = [...markets].flatMap(([id, { volatility }]) =>
    volatility
      ? [1, 3_600, 12 * 3_600, DAY, 3 * DAY, 11 * DAY, 50 * DAY].map((period) => ({ id, volatility, period }))
      : [],
  );
  const theirs = await devnet.chain.readMany<bigint>(
    asked.map(({ id, period }) => ({
      contract: contracts.greeks,
      functionName: id.startsWith('board') ? 'getIvGWAV' : 'getSkewGWAV',
      args: [numberOf(id), BigInt(period)],
    })),
  );
  const ours = asked.map(({ volatility, period }) =>
    geometricAverageWad(volatility.observations, BigInt(period), time),
  );
  expect(ours).toEqual(theirs);
}

/** What logs were folded to is what views give. */
export async function expectSameAsSnapshot(scene: LyraScene): Promise<void> {
  const { devnet, chain } = scene;
  const at = { ...chain.head(), chainId: devnet.network.chainId };
  const owners = [...new Set([...devnet.owners, ...heldPositions(scene).map(({ owner }) => owner)])];
  const { facts } = await openVenue(scene.deployment).snapshot(chain.rpc, at, owners);
  const snapshot = ledgerOf(facts);
  expect(comparable(scene, snapshot)).toEqual(comparable(scene, chain.ledger));
}

/**
 * The venue's lines of a ledger. No view gives the history of a volatility: its averages are compared on their own.
 * What is settled needs none.
 */
function comparable(scene: LyraScene, ledger: Ledger): string[] {
  const { markets } = ledger.venues.get(scene.deployment.id)!;
  const isSettled = (id: string): boolean => {
    const terms = markets.get(id)?.terms;
    if (terms?.form === 'option-series') return isSettled(terms.board!);
    return terms?.form === 'option-board' && terms.settlementPriceWad !== undefined;
  };
  const copy = structuredClone(ledger);
  for (const [id, market] of copy.venues.get(scene.deployment.id)!.markets) {
    if (isSettled(id)) delete market.volatility;
    else if (market.volatility) market.volatility = { ...market.volatility, observations: [] };
  }
  return ledgerLines(copy).filter((line) => line.includes(scene.deployment.id));
}
