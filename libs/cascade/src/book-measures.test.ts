import { MEASURES, shockMeasures, standingMeasures } from './book-measures.ts';
import { handMadeBook } from './fixtures/hand-made-book.ts';
import { heatmap } from './heatmap.ts';

const book = handMadeBook(
  [
    { symbol: 'WETH', priceUsd: 1_000, decimals: 18, liquidity: 1_000_000 },
    { symbol: 'USDC', priceUsd: 1, decimals: 6 },
  ],
  [
    {
      venue: 'aave30',
      legs: [
        { asset: 'WETH', amount: 10, threshold: 0.8, bonus: 0.05 },
        { asset: 'USDC', amount: -7_300 },
      ],
    },
  ],
);

it('measures what a book says and what shocks would do, by the names that people write', () => {
  const standing = standingMeasures(book);
  const of = (name: string, subject: string) =>
    standing
      .filter((measure) => measure.name === name && measure.subject === subject)
      .map(({ value }) => value);
  const venue = book.venues[0]!.id;
  expect(of('debtUsd', '')).toEqual([7_300]);
  expect(of('debtUsd', venue)).toEqual([7_300]);
  expect(of('collateralUsd', '')).toEqual([10_000]);
  expect([...of('largestCollateralUsd', ''), ...of('largestCollateralUsd', venue)]).toEqual([10_000, 10_000]);
  expect([...of('accounts', ''), ...of('dueAccounts', '')]).toEqual([1, 0]);
  expect(of('coverage', '')).toEqual([book.coverage.share]);
  expect([...of('hiddenDebtUsd', ''), ...of('phantomDebtUsd', '')]).toEqual([0, 0]);
  // The market has fallen by a tenth and the oracle has not followed: the account would be due there.
  const late = {
    ...book,
    assets: book.assets.map((asset) =>
      asset.symbol === 'WETH' ? { ...asset, marketPriceUsd: 900 } : { ...asset, marketPriceUsd: undefined },
    ),
  };
  const said = standingMeasures(late).filter(({ name }) => /^(hidden|phantom|oracle)/.test(name));
  expect(said).toEqual([
    { name: 'hiddenDebtUsd', subject: '', value: 7_300 },
    { name: 'phantomDebtUsd', subject: '', value: 0 },
    { name: 'oracleDeviation', subject: 'WETH', value: 1_000 / 900 - 1 },
  ]);
  const rows = heatmap(book, [-0.01, -0.5]).map((row) => ({ ...row, name: row.symbol }));
  const shocks = shockMeasures(rows);
  const [none, half] = rows[0]!.cells;
  expect(half!.lossUsd).toBeGreaterThan(0);
  const symbol = rows[0]!.symbol;
  expect(shocks.filter(({ subject }) => subject === `${symbol}=-0.5`)).toEqual([
    { name: 'lossUsd', subject: `${symbol}=-0.5`, value: half!.lossUsd },
    { name: 'liquidatedUsd', subject: `${symbol}=-0.5`, value: half!.liquidatedUsd },
    { name: 'stuckUsd', subject: `${symbol}=-0.5`, value: half!.stuckUsd },
    { name: 'amplification', subject: `${symbol}=-0.5`, value: half!.amplification },
  ]);
  // Nobody is liquidated: there is nothing that could be amplified.
  expect(none!.amplification).toBeUndefined();
  expect(shocks.filter(({ subject }) => subject === `${symbol}=-0.01`)).toHaveLength(3);
  const known = Object.keys(MEASURES);
  for (const { name, value } of [...standing, ...shocks]) {
    expect(known).toContain(name);
    expect(Number.isFinite(value)).toBe(true);
  }
});
