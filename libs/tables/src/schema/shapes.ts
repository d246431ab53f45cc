import { TIE_KINDS } from '@undertow/book';
import { FUND_KINDS } from '@undertow/market';
import { addressCell, nameCell, numberCell, ratioCell, textCell, wordCell } from './cells.ts';

/** The mechanisms whose accounts are amounts and terms alone. */
export const IMPORTED_MECHANISMS = ['pooled-lending', 'isolated-pair', 'money-market', 'cdp'] as const;
export type ImportedMechanism = (typeof IMPORTED_MECHANISMS)[number];

const amount = () => numberCell();
const threshold = () => ratioCell({ least: 0, most: 1 }, ': 0.83 or 83%');
const bonus = () => ratioCell({ least: 0, most: 0.999 }, ', what the liquidator gets on top: 0.05, not 1.05');
const share = () => ratioCell({ least: 0, most: 1 });

const depthUsd = () => numberCell({ least: 0, isAboveLeast: true }).optional();

const positions = {
  owner: textCell(),
  venue: nameCell(),
  market: nameCell().optional(),
  asset: nameCell(),
  role: wordCell(['collateral', 'supply', 'debt']),
  amount: amount(),
  account: nameCell().optional(),
  terms: nameCell().optional(),
  liquidationThreshold: threshold().optional(),
  liquidationBonus: bonus().optional(),
};

const loans = {
  owner: textCell(),
  collateral: nameCell(),
  collateralAmount: amount(),
  collateralPrice: numberCell({ least: 0 }).optional(),
  debt: nameCell(),
  debtAmount: amount(),
  debtPrice: numberCell({ least: 0 }).optional(),
  liquidationThreshold: threshold(),
  liquidationBonus: bonus(),
  closeFactor: ratioCell({ least: 0, most: 1, isAboveLeast: true }).optional(),
  venue: nameCell().optional(),
  collateralDepthUsd: depthUsd(),
  debtDepthUsd: depthUsd(),
};

const markets = {
  venue: nameCell(),
  market: nameCell().optional(),
  asset: nameCell(),
  debtAsset: nameCell().optional(),
  mechanism: wordCell(IMPORTED_MECHANISMS),
  liquidationThreshold: threshold().optional(),
  loanToValue: threshold().optional(),
  liquidationBonus: bonus().optional(),
  liquidationProtocolFee: share().optional(),
  supplyCap: amount().optional(),
  borrowCap: amount().optional(),
  label: textCell().optional(),
  closeFactor: ratioCell({ least: 0, most: 1, isAboveLeast: true }).optional(),
  release: wordCell(['3.0', '3.6']).optional(),
  badDebt: wordCell(['socialised', 'deficit', 'left']).optional(),
  liquidatorShare: share().optional(),
};

const prices = {
  asset: nameCell(),
  price: amount().optional(),
  in: nameCell().optional(),
  oracle: wordCell(['feed', 'constant', 'rate']).optional(),
  feed: textCell().optional(),
  cap: numberCell({ least: 0, isAboveLeast: true }).optional(),
  marketPrice: amount().optional(),
  reference: nameCell().optional(),
  decimals: numberCell({ least: 0, most: 36 }).optional(),
  address: addressCell().optional(),
  venue: nameCell().optional(),
  market: nameCell().optional(),
};

const ties = {
  asset: nameCell(),
  kind: wordCell(TIE_KINDS),
  to: nameCell().optional(),
  capacity: amount().optional(),
};

const quotes = {
  asset: nameCell(),
  quote: nameCell(),
  side: wordCell(['sell', 'buy']),
  amountIn: numberCell({ least: 0, isAboveLeast: true }),
  amountOut: numberCell({ least: 0, isAboveLeast: true }),
  source: textCell(),
};

const orders = {
  asset: nameCell(),
  quote: nameCell(),
  side: wordCell(['bid', 'ask']),
  price: numberCell({ least: 0, isAboveLeast: true }),
  size: numberCell({ least: 0, isAboveLeast: true }),
  source: textCell(),
};

/** As `numberCell` bounds amounts, on both sides. */
const MOST_FUND = 1e24;

const funds = {
  venue: nameCell(),
  kind: wordCell(FUND_KINDS),
  asset: nameCell(),
  amount: numberCell({ least: -MOST_FUND, most: MOST_FUND }),
};

/** The columns of each table, each with what a cell of it may be. */
export const SHAPES = { positions, loans, markets, prices, ties, quotes, orders, funds } as const;
export type TableShapes = typeof SHAPES;
export type ColumnsOf<Table extends keyof TableShapes> = keyof TableShapes[Table] & string;
