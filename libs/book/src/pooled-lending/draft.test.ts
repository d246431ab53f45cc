import type { FundMoved } from '@undertow/market';
import { applyFacts } from '../apply-facts.ts';
import { allSaid, keyed, reference, USDC, WBTC, WETH } from '../fixtures/hand-made-facts.ts';
import { emptyLedger } from '../ledger.ts';
import { toBook } from '../to-book.ts';

type Said = (typeof allSaid)[number];

/** The hand-made world with its pooled venue on another release. */
function bookOf(version: string, said: readonly Said[]) {
  const venues = reference.venues.map((venue) => (venue.id === 'aave' ? { ...venue, version } : venue));
  const ledger = emptyLedger({ ...reference, venues });
  applyFacts(ledger, keyed([...allSaid, ...said]));
  return toBook(ledger);
}

const moved = (asset: FundMoved['asset'], amountDelta: bigint): Said => ({
  ...{ kind: 'FundMoved', venue: 'aave', fund: 'deficit', asset, amountDelta },
});

const fundsOf = ({ funds, assets, venues }: ReturnType<typeof bookOf>) =>
  funds.map(({ venue, kind, asset, amount }) => [venues[venue]!.id, kind, assets[asset]!.symbol, amount]);

describe('deficits of a pooled venue', () => {
  test('are funds that owe, less what was covered, at the price of the reserve', () => {
    const book = bookOf('3.6', [
      moved(USDC, -3_000_000n),
      moved(USDC, 1_000_000n),
      moved(WETH, -(10n ** 17n)),
    ]);
    expect(fundsOf(book)).toContainEqual(['aave', 'deficit', 'USDC', -2]);
    expect(fundsOf(book)).toContainEqual(['aave', 'deficit', 'WETH', -0.1]);
    const usdc = book.funds.find(({ asset }) => book.assets[asset]!.symbol === 'USDC')!;
    expect(book.oracles[usdc.oracle]!.id).toBe('usdc-feed');
  });

  test('are there as zero where something is owed that could be written off, and nowhere in a release that leaves it', () => {
    const owed = (version: string) =>
      fundsOf(bookOf(version, [])).map(([, , symbol, amount]) => [symbol, amount]);
    expect(owed('3.6')).toContainEqual(['USDC', 0]);
    expect(owed('3.0')).toEqual([]);
  });

  test('without a price are a coverage gap', () => {
    const silent: Said = {
      ...{ kind: 'PricePosted', feed: 'btc-feed', answer: 0n, round: 9n, updatedAt: 1_700_000_000 },
    };
    const book = bookOf('3.6', [moved(WBTC, -5n), silent]);
    expect(fundsOf(book).map(([, , symbol]) => symbol)).not.toContain('WBTC');
    expect(book.coverage.gaps).toContainEqual(
      expect.objectContaining({ source: 'aave', reason: `the deficit in ${WBTC} has no price` }),
    );
  });
});
