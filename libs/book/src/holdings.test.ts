import type { Fact } from '@undertow/market';
import { SNAPSHOT_LOG_INDEX } from '@undertow/market';
import { applyFacts } from './apply-facts.ts';
import {
  keyed,
  marketsSaid,
  owner,
  PAIR,
  pooledLeg,
  reference,
  START,
  USDC,
  WETH,
} from './fixtures/hand-made-facts.ts';
import { owedByVenue } from './holdings.ts';
import { emptyLedger } from './ledger.ts';
import { toBook } from './to-book.ts';

const ETHER = 10n ** 18n;
const DOLLAR = 1_000_000n;

const pairSaid = [
  ['supply', 9_000n, 0n],
  ['debt', 2_000n, 0n],
].map(([side, dollars]) => ({
  ...({ kind: 'IndexAccrued', venue: 'morpho', market: PAIR } as const),
  accrual: {
    ...({ form: 'totals', side: side as 'supply' | 'debt', accrued: true } as const),
    ...{ assetsDelta: (dollars as bigint) * DOLLAR, sharesDelta: (dollars as bigint) * DOLLAR },
  },
}));
const collateral = {
  ...({ kind: 'LegChanged', venue: 'morpho', market: PAIR, side: 'collateral' } as const),
  ...{ owner: owner(3), sharesDelta: 5n * ETHER },
};
const said = [
  ...marketsSaid,
  pooledLeg(1, WETH, 'collateral', 10n * ETHER),
  pooledLeg(2, USDC, 'collateral', 8_000n * DOLLAR),
  pooledLeg(1, USDC, 'debt', 3_000n * DOLLAR),
  ...pairSaid,
  collateral,
];

/** A ledger in which the tokens were then asked what the venues hold. */
function ledgerAfter(held: readonly (readonly [venue: string, asset: typeof WETH, amount: bigint])[]) {
  const ledger = emptyLedger(reference);
  applyFacts(ledger, keyed(said));
  const { block } = ledger.at!;
  const key = { chainId: 1, block, logIndex: SNAPSHOT_LOG_INDEX, time: START };
  applyFacts(
    ledger,
    held.map(([venue, asset, amount], part): Fact => ({
      ...key,
      part,
      kind: 'HoldingRead',
      venue,
      asset,
      amount,
    })),
  );
  return ledger;
}
const gapsAfter = (held: Parameters<typeof ledgerAfter>[0]) =>
  toBook(ledgerAfter(held)).coverage.gaps.filter(({ reason }) => reason.startsWith('holds'));

describe('owedByVenue', () => {
  it('is what was given less what was lent', () => {
    const ledger = ledgerAfter([]);
    const owed = (venue: string, asset: typeof WETH) => owedByVenue(ledger, { venue, asset, time: START });
    expect(owed('aave', WETH)).toBe(10n * ETHER);
    expect(owed('aave', USDC)).toBe(5_000n * DOLLAR);
    expect(owed('morpho', WETH)).toBe(5n * ETHER);
    expect(owed('morpho', USDC)).toBe(7_000n * DOLLAR);
    expect(owed('elsewhere', WETH)).toBeUndefined();
    expect(owed('aave', '0xee')).toBeUndefined();
  });
});

describe('a venue that was asked what it holds', () => {
  it('has no gap when it holds all, more, or a rounding less', () => {
    expect(
      gapsAfter([
        ['aave', WETH, 10n * ETHER - 1n],
        ['aave', USDC, 6_000n * DOLLAR],
        ['morpho', WETH, 5n * ETHER],
      ]),
    ).toEqual([]);
  });

  it('has one for each token that is short, until the token is all there', () => {
    const short = ['morpho', WETH, 4n * ETHER + ETHER / 2n] as const;
    expect(gapsAfter([short, ['aave', USDC, 0n]])).toEqual([
      expect.objectContaining({ source: 'aave', reason: expect.stringMatching(/^holds 100 % less USDC/) }),
      expect.objectContaining({ source: 'morpho', reason: expect.stringMatching(/^holds 10 % less WETH/) }),
    ]);
    expect(gapsAfter([short, ['morpho', WETH, 5n * ETHER]])).toEqual([]);
  });
});
