import { FUND_KINDS } from '@undertow/market';
import { TIE_KINDS } from '@undertow/book';
import { z } from 'zod';
import type { TableName } from '../table.ts';
import { addressCell, nameCell, numberCell, ratioCell, textCell, wordCell } from './cells.ts';

/** The mechanisms whose accounts are amounts and terms alone. */
export const IMPORTED_MECHANISMS = ['pooled-lending', 'isolated-pair', 'money-market', 'cdp'] as const;
export type ImportedMechanism = (typeof IMPORTED_MECHANISMS)[number];

const amount = () => numberCell();
const threshold = () => ratioCell({ least: 0, most: 1 }, ': 0.83 or 83%');
const bonus = () => ratioCell({ least: 0, most: 0.999 }, ', what the liquidator gets on top: 0.05, not 1.05');
const share = () => ratioCell({ least: 0, most: 1 });

const depthUsd = () => numberCell({ least: 0, isAboveLeast: true }).optional();

const owner = () =>
  textCell().describe(
    'Who has the account: an address, or any name. A name stands in the book as an address that is made of it.',
  );
const asset = (what: string) => nameCell().describe(`${what}, by the name that the prices table gives it.`);
const venue = () => nameCell().describe('The venue: any name without blanks.');
const source = () => textCell().describe('Who quotes it, as results should call it: 1inch, Binance.');

const positions = z.strictObject({
  owner: owner(),
  venue: venue(),
  market: nameCell()
    .optional()
    .describe(
      'The market at the venue. Blank means the market of the asset; a pair or a debt position must name it.',
    ),
  asset: asset('What is held or owed'),
  role: wordCell(['collateral', 'supply', 'debt']).describe(
    'collateral counts and can be seized, supply is held without being collateral, debt is owed.',
  ),
  amount: amount().describe(
    'Whole units of the asset, interest included, at least 0. Rows of one leg are added up.',
  ),
  account: nameCell()
    .optional()
    .describe('Tells several accounts of one owner at one venue apart. Blank where an owner has one.'),
  terms: nameCell()
    .optional()
    .describe(
      'The market whose terms apply to this collateral, where that is another: an e-mode. Blank means its own.',
    ),
  liquidationThreshold: threshold()
    .optional()
    .describe("This account's own threshold for the collateral. Blank means that of the market."),
  liquidationBonus: bonus()
    .optional()
    .describe("This account's own bonus for the collateral. Blank means that of the market."),
});

const loans = z.strictObject({
  owner: owner(),
  collateral: asset('What backs the loan'),
  collateralAmount: amount().describe('Whole units of the collateral.'),
  collateralPrice: numberCell({ least: 0 })
    .optional()
    .describe('USD per unit of the collateral. It may be blank where another row or a prices table has it.'),
  debt: asset('What is owed'),
  debtAmount: amount().describe('Whole units that are owed, interest included.'),
  debtPrice: numberCell({ least: 0 })
    .optional()
    .describe('USD per unit of the debt. It may be blank where another row or a prices table has it.'),
  liquidationThreshold: threshold().describe(
    'The account may be liquidated when its debt is worth more than this share of its collateral.',
  ),
  liquidationBonus: bonus().describe('What a liquidator gets on top of what is repaid: 0.05 is 5 %.'),
  closeFactor: ratioCell({ least: 0, most: 1, isAboveLeast: true })
    .optional()
    .describe('The largest share of the debt that one call may repay. Blank means all of it.'),
  venue: venue().optional().describe('The venue. Blank means one that is called loans.'),
  collateralDepthUsd: depthUsd().describe(
    'USD of the collateral that can be sold while its price falls by 2 %, as price sites show it. Where it is blank and no quotes ' +
      'or orders are given, no market is known, and nobody buys what would be seized.',
  ),
  debtDepthUsd: depthUsd().describe(
    'The same of the debt, which liquidators have to buy. A dollar needs none: it is taken and given at its price.',
  ),
});

const markets = z.strictObject({
  venue: venue(),
  market: nameCell()
    .optional()
    .describe('What names the market at its venue. Blank means the name of its asset.'),
  asset: asset('What is lent; of a pair or of a debt position its collateral'),
  debtAsset: asset('Of a pair or a debt position, what is owed').optional(),
  mechanism: wordCell(IMPORTED_MECHANISMS).describe(
    'How the venue liquidates. pooled-lending: one account over all markets; isolated-pair: one collateral against one debt; ' +
      'money-market: one account over the markets that it entered; cdp: debt positions with a stability pool. All rows of a venue say ' +
      'the same.',
  ),
  liquidationThreshold: threshold()
    .optional()
    .describe(
      'The share of the collateral that counts. Blank means that it is no collateral. Of a cdp 1 ÷ the least ratio.',
    ),
  loanToValue: threshold().optional().describe('The borrowing limit. Blank means the liquidation threshold.'),
  liquidationBonus: bonus()
    .optional()
    .describe(
      'What a liquidator gets on top of what is repaid: 0.05 is 5 %. Of a pair it may be blank, and is then min(15 %, 1 ÷ (1 − 0.3 × ' +
        '(1 − threshold)) − 1).',
    ),
  liquidationProtocolFee: share()
    .optional()
    .describe('The share of the bonus that the protocol keeps. Blank means 0.'),
  supplyCap: amount().optional().describe('Whole units that may be supplied at most. Blank means no cap.'),
  borrowCap: amount().optional().describe('Whole units that may be borrowed at most. Blank means no cap.'),
  label: textCell().optional().describe('What results call the market. Blank means its name.'),
  closeFactor: ratioCell({ least: 0, most: 1, isAboveLeast: true })
    .optional()
    .describe(
      'The largest share of a debt that one call may repay, of the whole venue. Blank means 50 % at pooled-lending and money-market, ' +
        'all at pairs.',
    ),
  release: wordCell(['3.0', '3.6'])
    .optional()
    .describe(
      'Of pooled-lending: the release of its rules, 3.0 (half of one debt, bad debt stays) or 3.6 (half of the whole debt, all ' +
        'of small ones, bad debt is written off). Blank means 3.6.',
    ),
  badDebt: wordCell(['socialised', 'deficit', 'left'])
    .optional()
    .describe(
      'What becomes of debt without collateral, of the whole venue. Blank means what the mechanism does.',
    ),
  liquidatorShare: share()
    .optional()
    .describe('Of a cdp: the share of the collateral that the liquidator gets. Blank means 0.5 %.'),
});

const prices = z.strictObject({
  asset: nameCell().describe('The name of the asset; all other tables use it.'),
  price: amount()
    .optional()
    .describe(
      'What venues believe one unit is worth: USD, or units of the asset in the column in. Blank or 0 means that the oracle gives no ' +
        'price: accounts that need it are left out and counted as coverage, with their debt.',
    ),
  in: asset('What the price is in, where that is not USD').optional(),
  oracle: wordCell(['feed', 'constant', 'rate'])
    .optional()
    .describe(
      'What moves the price. feed (or blank): the market. constant: nothing, in the unit that it is in. rate: what the asset is tied ' +
        'to, times a rate that stays.',
    ),
  feed: textCell()
    .optional()
    .describe(
      'The feed that is asked, as two names: ETH / USD. Assets of one feed get one answer. Blank means a feed of the asset itself.',
    ),
  cap: numberCell({ least: 0, isAboveLeast: true })
    .optional()
    .describe('USD that the oracle never goes above. Blank means no cap.'),
  marketPrice: amount()
    .optional()
    .describe(
      'USD where its market stands, if that differs from what venues believe. Quotes and orders go before it. Only on rows without a ' +
        'venue.',
    ),
  reference: nameCell()
    .optional()
    .describe(
      'What the asset stands for: ETH on the row of WETH, USD on that of a stablecoin. Blank means that of what it is tied to, else USD ' +
        'where it is called like a dollar and worth about one, else itself.',
    ),
  decimals: numberCell({ least: 0, most: 36 })
    .optional()
    .describe('Decimals of the token. Blank means 18. They only matter for rounding.'),
  address: addressCell()
    .optional()
    .describe('Address of the token. Blank means one that is made of its name.'),
  venue: venue()
    .optional()
    .describe('The venue whose own price this is. Blank means all that have none of their own.'),
  market: nameCell()
    .optional()
    .describe('The market of that venue whose own price this is, as pairs have. Blank means all.'),
});

const ties = z.strictObject({
  asset: asset('What hangs on another'),
  kind: wordCell(TIE_KINDS).describe(
    'wrapped: exchanged one to one at once; redeemable: exchanged at the ratio of the two prices, as a staked token; pegged: held ' +
      'there by arbitrage alone; none: not tied.',
  ),
  to: asset('What it hangs on').optional().describe('The asset that it hangs on. Blank means the dollar.'),
  capacity: amount().optional().describe('Units that can be exchanged during a run. Blank means any amount.'),
});

const quotes = z.strictObject({
  asset: asset('What is sold or bought'),
  quote: asset('What it is sold for or bought with'),
  side: wordCell(['sell', 'buy']).describe(
    'sell: the asset goes in and the quote comes out. buy: the other way round.',
  ),
  amountIn: numberCell({ least: 0, isAboveLeast: true }).describe('Whole units that go in.'),
  amountOut: numberCell({ least: 0, isAboveLeast: true }).describe(
    'Whole units that come out for them, fees taken off.',
  ),
  source: source(),
});

const orders = z.strictObject({
  asset: asset('What is traded'),
  quote: asset('What its price is in'),
  side: wordCell(['bid', 'ask']).describe('bid: somebody buys at this price. ask: somebody sells.'),
  price: numberCell({ least: 0, isAboveLeast: true }).describe(
    'Units of the quote for one unit of the asset.',
  ),
  size: numberCell({ least: 0, isAboveLeast: true }).describe('Units of the asset at that price.'),
  source: source(),
});

/** As `numberCell` bounds amounts, on both sides. */
const MOST_FUND = 1e24;

const funds = z.strictObject({
  venue: venue(),
  kind: wordCell(FUND_KINDS).describe('What the fund is for. A cdp pays with its stability-pool.'),
  asset: asset('What the fund holds'),
  amount: numberCell({ least: -MOST_FUND, most: MOST_FUND }).describe('Whole units; below 0 what it owes.'),
});

/** What the rows of each table are. */
export const TABLE_SCHEMAS = { positions, loans, markets, prices, ties, quotes, orders, funds } as const;

/** A row whose cells have been read. */
export type TableRow<Name extends TableName> = z.output<(typeof TABLE_SCHEMAS)[Name]>;

/** The JSON Schema of a table as a file has it: a list of rows. */
export function tableJsonSchema(name: TableName): object {
  const schema = z.array(TABLE_SCHEMAS[name]).meta({ title: name });
  return z.toJSONSchema(schema, { io: 'input' });
}
