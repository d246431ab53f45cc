import type { ColumnsOf, TableShapes } from './shapes.ts';

const OWNER =
  'This is who has the account: an address, or any name. In the book, a name becomes an address that is made of it.';
const SOURCE =
  'This is who quotes it, as results should call it, such as the name of an aggregator or of an exchange.';
const named = (what: string) => `This is ${what}, by the name that the prices table gives it.`;

/** What every column means, in whole sentences: for the JSON Schemas and for `docs/import.md`. */
export const WORDS: { readonly [Table in keyof TableShapes]: Readonly<Record<ColumnsOf<Table>, string>> } = {
  positions: {
    owner: OWNER,
    venue:
      'This is the venue at which the account is; any name without blanks will do, and the markets table uses the same.',
    market:
      'This is the market at the venue. If it is blank, it is the market that is named after the asset. An account in a pair or a debt ' +
      'position must name it.',
    asset: named('what is held or owed'),
    role: 'Write collateral for what counts and can be seized, supply for what is held without being collateral, and debt for what is owed.',
    amount:
      'This is the number of whole units of the asset, interest included; it must not be below 0. Rows of the same account, market, asset ' +
      'and role are added up.',
    account:
      'This tells several accounts of one owner at one venue apart. Leave it blank where an owner has one.',
    terms:
      'If other terms than those of its own market apply to the collateral, as in an e-mode, this names the market that has them.',
    liquidationThreshold:
      'This is the account’s own liquidation threshold for the collateral, a ratio. If it is blank, that of the market applies.',
    liquidationBonus:
      'This is the account’s own liquidation bonus for the collateral, a ratio. If it is blank, that of the market applies.',
  },
  loans: {
    owner: OWNER,
    collateral: 'This names the asset that backs the loan.',
    collateralAmount: 'This is the number of whole units of the collateral.',
    collateralPrice:
      'This is what one unit of the collateral is worth, in USD. It is said once for each asset: it may be blank where another row or a ' +
      'prices table has it.',
    debt: 'This names the asset that is owed.',
    debtAmount: 'This is the number of whole units that are owed, interest included.',
    debtPrice:
      'This is what one unit of the debt is worth, in USD. It may be blank where another row or a prices table has it.',
    liquidationThreshold:
      'The account may be liquidated when its debt is worth more than this share of its collateral. It is a ratio, such as 0.83 or 83%.',
    liquidationBonus:
      'This is what a liquidator gets on top of what is repaid, a ratio: 0.05 or 5%, and not 1.05.',
    closeFactor:
      'This is the largest share of the debt that one call may repay, one for the whole venue. If it is blank, one call may repay all.',
    venue: 'This is the venue. If it is blank, the venue is called loans.',
    collateralDepthUsd:
      'This is how many USD of the collateral can be sold while its price falls by 2 %, as price sites show it; it is said once for each ' +
      'asset. If it is blank and there are no quotes or orders, no market is known, and nobody buys what would be seized.',
    debtDepthUsd:
      'This is the same for the debt, which liquidators have to buy. A dollar needs none, because it is taken and given at its price.',
  },
  markets: {
    venue: 'This is the venue at which the market is.',
    market: 'This names the market at its venue. If it is blank, the market is called as its asset.',
    asset: named('what is lent in the market, or, of a pair or a debt position, its collateral'),
    debtAsset: named('what is owed in a pair or a debt position'),
    mechanism:
      'This is how the venue liquidates, one for all its rows. At pooled-lending an account is over all markets of the venue; at ' +
      'isolated-pair it is one collateral against one debt; at money-market it is over the markets that its owner entered, and a fixed ' +
      'share of one debt may be repaid; at cdp it is a debt position that a stability pool repays.',
    liquidationThreshold:
      'This is the share of the collateral that counts, a ratio. If it is blank, the asset is no collateral there. Of a cdp it is 1 ÷ the ' +
      'least ratio of collateral to debt.',
    loanToValue: 'This is the borrowing limit, a ratio. If it is blank, it is the liquidation threshold.',
    liquidationBonus:
      'This is what a liquidator gets on top of what is repaid, a ratio: 0.05 or 5%, and not 1.05. Of an isolated pair it may be blank, and ' +
      'is then min(15 %, 1 ÷ (1 − 0.3 × (1 − threshold)) − 1).',
    liquidationProtocolFee:
      'This is the share of the bonus that the protocol keeps, a ratio. If it is blank, it is 0.',
    supplyCap: 'At most this many whole units may be supplied. If it is blank, there is no cap.',
    borrowCap: 'At most this many whole units may be borrowed. If it is blank, there is no cap.',
    label: 'This is what results call the market. If it is blank, they call it by its name.',
    closeFactor:
      'This is the largest share of a debt that one call may repay, a ratio, one for the whole venue. If it is blank, it is 50 % at ' +
      'pooled-lending and money-market, and all at pairs.',
    release:
      'This says whose rules hold at pooled-lending: with 3.0 one call may repay half of one debt, and debt without collateral stays; with ' +
      '3.6 it may repay half of the whole debt and all of a small one, and debt without collateral is written off. If it is blank, it is 3.6.',
    badDebt:
      'This is what becomes of debt without collateral, one for the whole venue: socialised is taken off lenders, deficit is written off and ' +
      'recorded, left stays on the account. If it is blank, it is what the mechanism does.',
    liquidatorShare:
      'This is the share of the collateral that the liquidator of a cdp gets, a ratio. If it is blank, it is 0.5 %.',
  },
  prices: {
    asset: 'This is the name of the asset, which all other tables use.',
    price:
      'This is what venues believe one unit is worth: in USD, or in units of the asset that the column in names. If it is blank or 0, the ' +
      'oracle gives no price: the accounts that need it are left out and counted as coverage, with their debt.',
    in: named('what the price is in, where that is not USD'),
    oracle:
      'This is what moves the price. Write feed, or nothing, if it follows the market; constant if nothing moves it, in the unit that it is ' +
      'in; rate if it follows what the asset is tied to, times a rate that stays.',
    feed:
      'This names the feed that is asked by its two sides, such as ETH / USD. Assets of one feed get one answer. If it is blank, the asset ' +
      'has a feed of its own.',
    cap: 'The oracle never goes above this many USD. If it is blank, there is no cap.',
    marketPrice:
      'This is where the market of the asset stands, in USD, if that is not what venues believe. Quotes and orders go before it.',
    reference:
      'This is what the asset stands for: ETH for wrapped ether, USD for a stablecoin. If it is blank, it is that of what the asset is tied ' +
      'to; else USD if the asset is called like a dollar and worth about one; else the asset itself.',
    decimals:
      'These are the decimals of the token, which matter for rounding alone. If it is blank, there are 18.',
    address: 'This is the address of the token. If it is blank, an address is made of the name.',
    venue:
      'If the price is one venue’s own, this names the venue. If it is blank, the price is for all that have none of their own.',
    market:
      'If the price is that of one market, as pairs have, this names the market. If it is blank, the price is for all of the venue.',
  },
  ties: {
    asset: named('what hangs on another asset'),
    kind:
      'Write wrapped for what is exchanged one to one at once, redeemable for what is exchanged at the ratio of the two prices, as a staked ' +
      'token is, pegged for what is held there by arbitrage alone, and none for what is not tied.',
    to: 'This is the asset that it hangs on. If it is blank, it hangs on the dollar.',
    capacity:
      'This many units can be exchanged during a run. If it is blank, any amount can, but for what is pegged to another asset, of which none can.',
  },
  quotes: {
    asset: named('what is sold or bought'),
    quote: 'This is what it is sold for or bought with: USD, or an asset of the prices table.',
    side: 'Write sell if the asset goes in and the quote comes out, and buy if it is the other way round.',
    amountIn: 'This is the number of whole units that go in.',
    amountOut: 'This is the number of whole units that come out for all of them, fees taken off.',
    source: SOURCE,
  },
  orders: {
    asset: named('what is traded'),
    quote: 'This is what its price is in: USD, or an asset of the prices table.',
    side: 'Write bid if somebody buys at this price, and ask if somebody sells.',
    price: 'This is the number of units of the quote for one unit of the asset.',
    size: 'This is the number of units of the asset at that price.',
    source: SOURCE,
  },
  funds: {
    venue: 'This is the venue whose fund it is.',
    kind: 'This is what the fund is for. The debt positions of a cdp are repaid by its stability-pool.',
    asset: named('what the fund holds'),
    amount: 'This is the number of whole units that it holds; below 0 it is what the fund owes.',
  },
};
