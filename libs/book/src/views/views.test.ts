import { roleCode, type Book, type LegRole } from '../book.ts';
import { PAIR_RULE } from '../isolated-pair/rule.ts';
import { constantFormula, feedFormula } from '../oracle-formula.ts';
import type { MarginRule } from '../perpetual/rule.ts';
import type { AccountRow, AssetRow, FeedRow } from '../rows.ts';
import { ownValues } from '../value-account.ts';
import { bookOfAllMechanisms } from '../fixtures/book-of-all-mechanisms.ts';
import { assetHolders } from './asset-holders.ts';
import { accountSummary, accountTotals } from './account-summary.ts';
import { exposures } from './exposures.ts';
import { ownerAccounts } from './owner-accounts.ts';
import { venueSummaries } from './venue-summaries.ts';

const owner = '0xaa' as const;
/** An asset that is its own reference, or that hangs on another of the same price. */
const asset = (symbol: string, price: number, reference: number, to?: number) => ({
  address: `0x${symbol}`,
  symbol,
  decimals: 18,
  reference,
  tie: { kind: to === undefined ? 'none' : 'pegged', to, ratio: 1, capacity: 0 },
  oraclePriceUsd: price,
  marketPriceUsd: undefined,
});
/** An oracle that answers what the feed of the same row does. */
const oracle = (row: number, priceUsd: number) => ({
  id: `f${row}`,
  asset: row,
  formula: feedFormula(row as FeedRow),
  priceUsd,
});
const feed = (row: number, answer: number) => ({ id: `f${row}`, answer, policy: { kind: 'at-once' } });

const CLOSE_POSITION: MarginRule = {
  kernel: 'close-position',
  initialMargin: 0.1,
  maintenanceMargin: 0.0625,
  liquidationPenalty: 0.025,
  leastPartialUsd: 100,
  collateralMarginBuffer: 0.002,
  debtToCollateral: 0.75,
  debtThresholdUsd: 10_000,
  collateralShare: 0.5,
  collateralDustUsd: 500,
  collateralFundFee: 0.03,
};

const ROLES: readonly LegRole[] = [
  'collateral',
  'supply',
  'debt',
  'collateral',
  'option',
  'base',
  'notional',
  'cash',
  'cash',
];

/** A margin account (a long, its notional, cash), a written call backed by cash, and a supply beside a debt. */
const book = {
  ...{ chainId: 1, block: 9, time: 1, hash: 'h', depth: [] },
  references: [{ symbol: 'USD' }, { symbol: 'ETH' }, { symbol: 'BTC' }],
  assets: [asset('CASH', 1, 0), asset('vETH', 100, 1, 2), asset('ETH', 100, 1), asset('BTC', 900, 2)],
  feeds: [feed(0, 1), feed(1, 100), feed(2, 100), feed(3, 900)],
  oracles: [
    { id: 'cash', asset: 0, formula: constantFormula(1), priceUsd: 1 },
    oracle(1, 100),
    oracle(2, 100),
    oracle(3, 900),
  ],
  venues: [
    { id: 'lend', protocol: 'lend', version: '1.0', mechanism: 'isolated-pair', rule: PAIR_RULE },
    { id: 'opt', protocol: 'opt', version: '1.0', mechanism: 'option', rule: { kernel: 'buy-back' } },
    { id: 'perp', protocol: 'perp', version: '1.0', mechanism: 'perpetual', rule: CLOSE_POSITION },
  ],
  markets: [
    { venue: 0, id: 'm', label: 'BTC/ETH 86 %' },
    { venue: 1, id: 's', label: 'ETH 90 2030-01-01' },
    { venue: 2, id: 'e', label: 'vETH' },
  ],
  accounts: {
    ...{ count: 3, venue: Uint16Array.of(0, 1, 2), owner: [owner, owner, owner], market: ['m', '17', ''] },
    legStart: Uint32Array.of(0, 3, 5, 9),
  },
  legs: {
    ...{
      count: 9,
      market: Uint32Array.of(0, 0, 0, 1, 1, 2, 2, 2, 2),
      asset: Uint32Array.of(3, 3, 2, 0, 2, 1, 0, 0, 0),
    },
    ...{
      oracle: Uint32Array.of(3, 3, 2, 0, 2, 1, 0, 0, 0),
      side: Int8Array.of(1, 1, -1, 1, -1, 1, -1, 1, -1),
    },
    amount: Float64Array.of(1, 5, 3, 400, 2, 10, 800, 0, 0),
    liquidationThreshold: Float64Array.of(0.86, 0, 0, 1, 0, 0.9375, 0, 1, 0),
    role: Uint8Array.from(ROLES, roleCode),
    maintenanceMargin: Float64Array.of(0, 0, 0, 0, 0, 0.0625, 0, 0, 0),
    instrument: Int32Array.of(-1, -1, -1, -1, 0, -1, -1, -1, -1),
  },
  instruments: [
    {
      ...{
        venue: 1,
        id: 's',
        label: 'ETH 90 call 2030-01-01',
        underlying: 2,
        isCall: true,
        strikeUsd: 90,
        expiry: 9,
      },
      ...{ spotUsd: Float64Array.of(50, 200), volatilityFactor: Float64Array.of(1) },
      ...{ valueUsd: Float64Array.of(0, 150), marginUsd: Float64Array.of(30, 180) },
      leastMargin: { amount: 0, mostPerContract: undefined, inUnderlying: false },
    },
  ],
  funds: [{ venue: 2, kind: 'insurance-fund', asset: 0, oracle: 0, amount: 50 }],
  coverage: {
    ...{ accounts: 3, modelledDebtUsd: 1, knownDebtUsd: 1, share: 1 },
    gaps: [
      { kind: 'venue', source: 'perp', reason: 'maker', count: 1, debtUsd: undefined },
      { kind: 'venue', source: 'lend m', reason: 'oracle', count: 2, debtUsd: 5 },
      { kind: 'feed', source: 'perpetual-feed', reason: 'old', count: 1, debtUsd: undefined },
    ],
  },
} as unknown as Book;

const summaryOf = (account: number) =>
  accountSummary(book, accountTotals(ownValues(book), account as AccountRow));

test('legs are named by what they are to the account, from the columns alone; empty ones are left out', () => {
  expect([0, 1, 2].map((account) => summaryOf(account).legs.map(({ kind }) => kind))).toEqual([
    ['collateral', 'supply', 'debt'],
    ['collateral', 'option-written'],
    ['long', 'debt'],
  ]);
  expect(summaryOf(0).label).toBe('BTC/ETH 86 %');
  expect(summaryOf(1)).toMatchObject({ label: 'ETH 90 2030-01-01 #17', market: '17' });
});

test('a written option counts with what must back it, between the points of its table', () => {
  const [, written] = summaryOf(1).legs;
  // A third of the way from 50 to 200: 30 + 50.
  expect(written).toMatchObject({ instrument: 'ETH 90 call 2030-01-01', priceUsd: 80, valueUsd: 160 });
  expect(summaryOf(1).healthFactor).toBeCloseTo(400 / 160, 12);
});

test('exposures: supply is left out, a tied asset follows what it hangs on, cash comes last', () => {
  const { assets, venues } = exposures(book);
  expect(assets.map(({ symbol, isFixed, tie, tiedTo }) => [symbol, isFixed, tie, tiedTo?.symbol])).toEqual([
    ['ETH', false, 'none', undefined],
    ['vETH', false, 'pegged', 'ETH'],
    ['BTC', false, 'none', undefined],
    ['CASH', true, 'none', undefined],
  ]);
  expect(venues[0]?.cells.map(({ collateralUsd, debtUsd }) => [collateralUsd, debtUsd])).toEqual([
    [0, 300],
    [0, 0],
    [900, 0],
    [0, 0],
  ]);
  expect(assets[0]).toMatchObject({ collateralUsd: 0, debtUsd: 460, netUsd: -460 });
});

test('a venue has its own funds and gaps, those of its markets too, and nobody else’s', () => {
  const [lend, , perp] = venueSummaries(book);
  expect(lend?.gaps.map(({ reason }) => reason)).toEqual(['oracle']);
  expect(perp?.gaps.map(({ reason }) => reason)).toEqual(['maker']);
  expect(perp).toMatchObject({
    accounts: 1,
    due: 0,
    funds: [{ kind: 'insurance-fund', symbol: 'CASH', valueUsd: 50 }],
  });
});

test('without a ledger every account of an owner is there, and says why it has no exact figures', () => {
  const accounts = ownerAccounts(book, owner, undefined);
  expect(accounts.map(({ venue, market }) => [venue.id, market])).toEqual([
    ['lend', 'm'],
    ['opt', '17'],
    ['perp', ''],
  ]);
  for (const { exact, reason } of accounts)
    expect([exact, reason]).toEqual([undefined, expect.stringContaining('book file')]);
  expect(ownerAccounts(book, '0xbb', undefined)).toEqual([]);
});

describe('assetHolders', () => {
  it.each([
    ['of all mechanisms', bookOfAllMechanisms()],
    ['made by hand', book],
  ])('adds up to the collateral of every asset, the largest first: a book %s', (_name, of) => {
    let some = 0;
    for (const { asset, collateralUsd } of exposures(of).assets) {
      const row = of.assets.findIndex(({ address }) => address === asset) as AssetRow;
      const holders = assetHolders(of, row);
      some += holders.length;
      expect(holders.reduce((sum, { valueUsd }) => sum + valueUsd, 0)).toBeCloseTo(collateralUsd, 6);
      expect(holders.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(holders.length > 0 ? 1 : 0, 9);
      expect(holders).toEqual(holders.toSorted((a, b) => b.valueUsd - a.valueUsd));
    }
    expect(some).toBeGreaterThan(0);
  });

  it('leaves out supply that is no collateral, and who owes', () => {
    expect(assetHolders(book, 3 as AssetRow)).toEqual([
      { venue: 'lend', owner, market: 'm', amount: 1, valueUsd: 900, share: 1 },
    ]);
    expect(assetHolders(book, 2 as AssetRow)).toEqual([]);
  });
});
