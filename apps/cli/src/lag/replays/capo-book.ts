import type { Book } from '@undertow/book';
import { bookOfTables, type TableFile, type TableName } from '@undertow/tables';

/** What the rebuilt accounts are made of. */
export interface CapoBookParts {
  readonly ethUsd: number;
  /** WETH that one wstETH is worth at the market. */
  readonly marketRatio: number;
  /** WETH that one wstETH is worth to the oracle. */
  readonly oracleRatio: number;
  /** Health factors at market prices, one account each. */
  readonly healths: readonly number[];
  /** Collateral of each account, wstETH. */
  readonly collateral: number;
}

/** Terms of staked ether against ether, as the e-mode of Aave v3 on Ethereum had them: threshold, bonus, protocol's part. An assumption here. */
export const EMODE = { liquidationThreshold: 0.95, liquidationBonus: 0.01, liquidationProtocolFee: 0.1 };

/**
 * What WETH brought in one trade, as a share below the price: an aggregator's quotes of 2023 (`oneinch-price-impact-2023` of the public
 * files). That of wstETH against WETH is assumed to be a tenth of it.
 */
const IMPACTS = [
  [1_000, 0.0009],
  [10_941, 0.0095],
  [21_845, 0.018],
  [67_114, 0.064],
] as const;
const STAKED_SHARE = 1 / 10;

/** Accounts that hold wstETH against WETH in one pool, at an oracle and a market that need not agree. */
export async function capoBook({
  ethUsd,
  marketRatio,
  oracleRatio,
  healths,
  collateral,
}: CapoBookParts): Promise<Book> {
  const venue = 'aave-v3@ethereum';
  const quotes = (asset: string, quote: string, price: number, part: number) =>
    IMPACTS.flatMap(([amount, impact]) => [
      {
        asset,
        quote,
        side: 'sell',
        amountIn: amount,
        amountOut: amount * price * (1 - impact * part),
        source: 'assumed',
      },
      {
        asset,
        quote,
        side: 'buy',
        amountIn: amount * price,
        amountOut: amount * (1 - impact * part),
        source: 'assumed',
      },
    ]);
  const { book } = await bookOfTables(
    filesOf({
      prices: [
        { asset: 'WETH', price: ethUsd, reference: 'ETH' },
        {
          asset: 'wstETH',
          price: oracleRatio,
          in: 'WETH',
          oracle: 'rate',
          marketPrice: marketRatio * ethUsd,
        },
        { asset: 'USDC', price: 1, decimals: 6 },
      ],
      ties: [{ asset: 'wstETH', kind: 'redeemable', to: 'WETH', capacity: 0 }],
      markets: [
        { venue, asset: 'wstETH', mechanism: 'pooled-lending', ...EMODE },
        { venue, asset: 'WETH', mechanism: 'pooled-lending' },
      ],
      positions: healths.flatMap((health, row) => [
        { owner: `account-${row + 1}`, venue, asset: 'wstETH', role: 'collateral', amount: collateral },
        {
          owner: `account-${row + 1}`,
          venue,
          asset: 'WETH',
          role: 'debt',
          amount: (collateral * marketRatio * EMODE.liquidationThreshold) / health,
        },
      ]),
      quotes: [...quotes('WETH', 'USDC', ethUsd, 1), ...quotes('wstETH', 'WETH', marketRatio, STAKED_SHARE)],
    }),
    {},
  );
  return book;
}

function filesOf(tables: Partial<Record<TableName, readonly object[]>>): TableFile[] {
  return Object.entries(tables).map(([table, rows]) => ({
    table: table as TableName,
    file: table,
    hasLines: false,
    rows: inOneBatch(rows.map((cells, row) => ({ line: row + 1, cells: cells as Record<string, unknown> }))),
  }));
}

async function* inOneBatch<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  yield rows;
}
