import type { Address, Fact, FactKey } from '@undertow/market';
import { applyFacts } from './apply-facts.ts';
import { cleanText, withAssetNames } from './asset-names.ts';
import { findAsset } from './find-asset.ts';
import { bookAsset } from './fixtures/book-asset.ts';
import {
  keyed,
  marketsSaid,
  owner,
  pairPosition,
  POOL,
  poolSaid,
  price,
  reference,
  USDC,
  WETH,
} from './fixtures/hand-made-facts.ts';
import { emptyLedger } from './ledger.ts';
import { toBook } from './to-book.ts';
import { venueSummaries } from './views/venue-summaries.ts';

type Said = Fact extends infer F ? (F extends Fact ? Omit<F, keyof FactKey> : never) : never;

const address = (last: string): Address => `0x${last.padStart(40, '0')}`;
const token = (last: string, symbol: string) => ({
  chainId: 1,
  address: address(last),
  symbol,
  decimals: 18,
});

/** A market that anybody opens, with a feed of their own. */
const pair = (market: string, collateralAsset: Address, feed: string): Said => ({
  kind: 'TermsChanged',
  venue: 'morpho',
  market,
  patch: {
    form: 'pair',
    collateralAsset,
    debtAsset: USDC,
    liquidationThresholdWad: 860_000_000_000_000_000n,
    oracle: { form: 'ratio', base: [feed], quote: [], scaleFactor: 1n },
    rateModel: { address: '0xcc', form: 'none' },
  },
});

function ledgerWith(tokens: readonly ReturnType<typeof token>[], more: readonly Said[] = []) {
  const ledger = emptyLedger({ ...reference, assets: [...reference.assets, ...tokens] });
  const pairs = tokens.map(({ address: of }, i) => pair(`0xp${i}`, of, `own-feed-${i}`));
  applyFacts(ledger, keyed([...marketsSaid, ...pairs, ...more]));
  return ledger;
}

const symbolsOf = (tokens: readonly ReturnType<typeof token>[]) => {
  const { assets } = withAssetNames(ledgerWith(tokens)).reference;
  return tokens.map((one) => assets.get(one.address)?.symbol);
};

describe('withAssetNames', () => {
  test('a token that calls itself WETH in a market that anybody may open changes nothing of WETH', () => {
    for (const symbol of ['WETH', 'weth', 'ＷＥＴＨ', ' W\u200eETH\u0000']) {
      const ledger = withAssetNames(ledgerWith([token('12ab', symbol)]));
      expect(ledger.reference.assets.get(WETH)?.symbol).toBe('WETH');
    }
    expect(symbolsOf([token('12ab', 'WETH'), token('34cd', 'weth')])).toEqual([
      'WETH (0x0000…12ab)',
      'weth (0x0000…34cd)',
    ]);
  });

  test('of equals without a listed market nobody has the plain symbol; the only one has', () => {
    expect(symbolsOf([token('1', 'NEW')])).toEqual(['NEW']);
    expect(symbolsOf([token('1', 'NEW'), token('2', 'NEW')])).toEqual([
      'NEW (0x0000…0001)',
      'NEW (0x0000…0002)',
    ]);
  });

  test('a name that others have is told apart by the whole address, whatever comes before it', () => {
    const [a, b] = [token('10000', 'NEW'), token('20000', 'NEW')];
    expect(symbolsOf([a, b])).toEqual([`NEW (${a.address})`, `NEW (${b.address})`]);
    const [end, start] = [WETH.slice(-4), WETH.slice(0, 6)];
    const lookalike = { ...token('0', 'WETH'), address: `${start}${'1'.repeat(32)}${end}` as Address };
    expect(symbolsOf([lookalike])).toEqual([`WETH (${lookalike.address})`]);
  });

  test('a token that calls itself by another’s name and short address shows its own', () => {
    const short = `WETH (${WETH.slice(0, 6)}…${WETH.slice(-4)})`;
    expect(symbolsOf([token('99', short)])).toEqual([`${short} (0x0000…0099)`]);
    const fakes = [token('12ab', 'WETH'), token('99', 'WETH (0x0000…12ab)')];
    expect(symbolsOf(fakes)).toEqual(['WETH (0x0000…12ab)', 'WETH (0x0000…12ab) (0x0000…0099)']);
  });

  test.each([
    ...[
      'WЕTH',
      'ＷＥＴＨ',
      'WÈTH',
      'USD₮0',
      'W ETH',
      'NEW…',
      'NEW)',
      '"NEW"',
      'NEW=1',
      'NEW,',
      'n'.repeat(25),
    ],
  ])('%s, which is not plain, has its own address though no other is called so', (symbol) => {
    expect(symbolsOf([token('12ab', symbol)])).toEqual([`${symbol} (0x0000…12ab)`]);
  });

  test('a listed token has no right to a symbol that is not plain', () => {
    const ledger = ledgerWith([]);
    ledger.reference.assets.set(WETH, { ...token('0', 'WЕTH'), address: WETH });
    const { symbol } = withAssetNames(ledger).reference.assets.get(WETH)!;
    expect(symbol).toBe(`WЕTH (${WETH.slice(0, 6)}…${WETH.slice(-4)})`);
  });

  test.each(['PT-sUSDE-27NOV2025', 'USDC.e', 'yvCurve_3', 'A+B', '$BEAR', 'WETH/USDC'])(
    '%s is plain and stays so',
    (symbol) => expect(symbolsOf([token('12ab', symbol)])).toEqual([symbol]),
  );

  test('one that has no symbol, or was called by its address when read, has its address alone', () => {
    for (const symbol of ['', '\u200e', '0x0000…12ab'])
      expect(symbolsOf([token('12ab', symbol)])).toEqual(['(0x0000…12ab)']);
  });

  test('no two assets have one name, whatever they call themselves', () => {
    const symbols = [
      'NEW',
      'new',
      'NEW (0x0000…0001)',
      'NEW (0x0000…0002)',
      '',
      '0x0000…0001',
      'WETH',
      'USDC ',
    ];
    const tokens = ['1', '2', '10001', '10002'].flatMap((last, i) =>
      symbols.map((symbol, j) => token(`${i}${j}0${last}`, symbol)),
    );
    const { assets } = withAssetNames(ledgerWith(tokens)).reference;
    const names = [...assets.values()].map(({ symbol }) => symbol.normalize('NFKC').toLowerCase());
    expect(new Set(names).size).toBe(assets.size);
  });

  test('a token that no fact has named yet does not change what others are called', () => {
    const ledger = emptyLedger({
      ...reference,
      assets: [...reference.assets, token('1', 'NEW'), token('2', 'NEW')],
    });
    applyFacts(ledger, keyed([...marketsSaid, pair('0xp', address('1'), 'own')]));
    const { assets } = withAssetNames(ledger).reference;
    expect(['1', '2'].map((last) => assets.get(address(last))?.symbol)).toEqual([
      'NEW',
      `NEW (${address('2')})`,
    ]);
  });
});

test('a book with a false WETH: names, shocks, labels and gaps tell the two apart', () => {
  const [fake, named] = [token('12ab', 'WETH'), token('99', 'aave')];
  const at = { venue: 'morpho', market: '0xp0', owner: owner(9) } as const;
  const owed = 1_000n * 10n ** 6n;
  const book = toBook(
    ledgerWith(
      [fake, named],
      [
        ...pairPosition(1, 10n ** 18n, 1_000n * 10n ** 6n),
        { kind: 'LegChanged', ...at, side: 'collateral', sharesDelta: 10n ** 18n },
        { kind: 'LegChanged', ...at, side: 'debt', sharesDelta: owed * 10n ** 6n },
        {
          ...{ kind: 'IndexAccrued', venue: 'morpho', market: '0xp0' },
          accrual: {
            ...{
              form: 'totals',
              side: 'debt',
              assetsDelta: owed,
              sharesDelta: owed * 10n ** 6n,
              accrued: true,
            },
          },
        },
        {
          kind: 'PricePosted',
          feed: 'own-feed-0',
          answer: 2_000n * 10n ** 24n,
          round: 1n,
          updatedAt: 1_700_000_000,
        },
      ],
    ),
  );
  const fakeName = 'WETH (0x0000…12ab)';
  expect(book.assets.map(({ symbol }) => symbol)).toContain(fakeName);
  expect(book.markets.map(({ label }) => label)).toContain(`${fakeName}/USDC 86 %`);
  expect(findAsset(book, 'WETH')).toMatchObject({ asset: { address: WETH } });
  expect(findAsset(book, fakeName)).toMatchObject({ asset: { address: fake.address } });
  const unsold = book.coverage.gaps.filter(({ kind }) => kind === 'asset').map(({ source }) => source);
  expect(unsold.toSorted()).toEqual(['WETH', fakeName]);
});

test('WETH’s short address does not find a token that is only called so', () => {
  const short = `WETH (${WETH.slice(0, 6)}…${WETH.slice(-4)})`;
  const [named, cyrillic] = [token('99', short), token('98', 'WЕTH')];
  const { reference: known } = withAssetNames(ledgerWith([named, cyrillic]));
  const assets = [...known.assets.values()].map((asset) => bookAsset(asset));
  expect(findAsset({ assets }, 'WETH')).toMatchObject({ asset: { address: WETH } });
  for (const name of [short, 'WЕTH']) expect(findAsset({ assets }, name)).toHaveProperty('problem');
  expect(JSON.stringify(findAsset({ assets }, short))).not.toContain(named.address);
  for (const [name, { address: of }] of [
    [`${short} (0x0000…0099)`, named],
    ['WЕTH (0x0000…0098)', cyrillic],
  ] as const)
    expect(findAsset({ assets }, name)).toMatchObject({ asset: { address: of } });
});

test('a market of one’s own with a feed of one’s own does not price a listed asset', () => {
  const own = { id: '0-own-feed', chainId: 1, description: 'WETH / USD', decimals: 8 };
  const said: Said = {
    ...pair('0xown', WETH, own.id),
    kind: 'TermsChanged',
    patch: {
      form: 'pair',
      collateralAsset: WETH,
      debtAsset: USDC,
      liquidationThresholdWad: 860_000_000_000_000_000n,
      oracle: { form: 'ratio', base: [own.id], quote: ['usdc-feed'], scaleFactor: 10n ** 24n },
      rateModel: { address: '0xcc', form: 'none' },
    },
  } as Said;
  const ledger = ledgerWith(
    [],
    [said, price(own.id, 9n), ...poolSaid, ...pairPosition(1, 10n ** 18n, 10n ** 8n)],
  );
  ledger.reference.feeds.set(own.id, own);
  const shares = 10n ** 6n;
  const at = { venue: 'morpho', market: '0xown' } as const;
  const borrowed: Said[] = [
    { kind: 'LegChanged', ...at, owner: owner(9), side: 'collateral', sharesDelta: 10n ** 18n },
    { kind: 'LegChanged', ...at, owner: owner(9), side: 'debt', sharesDelta: shares * shares },
    {
      ...{ kind: 'IndexAccrued', ...at },
      accrual: {
        form: 'totals',
        side: 'debt',
        assetsDelta: shares,
        sharesDelta: shares * shares,
        accrued: true,
      },
    },
  ];
  applyFacts(ledger, keyed(borrowed, 90));
  const book = toBook(ledger);
  const weth = book.assets.find(({ address: of }) => of === WETH)!;
  expect(
    book.oracles.filter(({ asset }) => book.assets[asset] === weth).map(({ priceUsd }) => priceUsd),
  ).toEqual([3_000, 9]);
  expect(weth.oraclePriceUsd).toBe(3_000);
});

test('only what is of a venue counts as its gap, whatever a token calls itself', () => {
  const liar = token('77', 'aave');
  const book = toBook(ledgerWith([liar]));
  const gaps = [
    { kind: 'asset', source: 'aave', reason: 'no pool', count: 1, unit: 'account', debtUsd: undefined },
    { kind: 'feed', source: 'aave market', reason: 'old', count: 1, unit: 'account', debtUsd: undefined },
    { kind: 'venue', source: 'aave', reason: 'its own', count: 1, unit: 'account', debtUsd: undefined },
    {
      kind: 'venue',
      source: `aave ${POOL}`,
      reason: 'of a market',
      count: 1,
      unit: 'account',
      debtUsd: undefined,
    },
  ] as const;
  const [aave, morpho] = venueSummaries({ ...book, coverage: { ...book.coverage, gaps } });
  expect(aave?.gaps.map(({ reason }) => reason)).toEqual(['its own', 'of a market']);
  expect(morpho?.gaps).toEqual([]);
});

test('cleanText takes away what cannot be seen, and an endless rest', () => {
  expect(cleanText('\u202eHTEW\u0007\n')).toBe('HTEW');
  expect(cleanText('x'.repeat(5_000))).toHaveLength(40);
});
