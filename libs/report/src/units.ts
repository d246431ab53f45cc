import type { CascadeResult, Scenario, WhatIf } from '@undertow/cascade';

/** Names of the fields of a value, however deep, that are numbers or lists of numbers. */
type NumberFields<Value> = Value extends readonly (infer Item)[]
  ? NumberFields<Item>
  : Value extends object
    ? {
        [Name in keyof Value & string]: NonNullable<Value[Name]> extends number | readonly number[]
          ? Name
          : NumberFields<NonNullable<Value[Name]>>;
      }[keyof Value & string]
    : never;

type Figure =
  NumberFields<CascadeResult> | NumberFields<Scenario> | NumberFields<Omit<WhatIf, 'book'>> | 'chainId';

const ROUND_USD = 'USD, at the oracle prices of the round in which it happened';
const FINAL_USD = 'USD, at the final market prices';
const BEFORE_EACH_USD = 'USD, at the market prices before each call';
const SALE_USD = 'USD, at what all that collateral together could be sold for';
const ORACLE_USD = 'USD, at the oracle prices of the venue';
const PRICE = 'USD per unit of the asset';
const AMOUNT = 'units of the asset';
const MOVE = 'ratio, 1 = all of it: -0.3 = 30 % down';
const PLAIN = 'a number of them';

/** The unit of every number of a result, by the name of its field: what a new field is counted in, the compiler asks. */
export const UNITS: Readonly<Record<Figure, string>> = {
  chainId: 'id of the chain',
  block: 'number of the block',
  move: MOVE,
  volatilityMove: MOVE,
  marketMove: MOVE,
  oracleMoves: MOVE,
  depthFactor: 'factor',
  maxRounds: PLAIN,
  gasUsd: 'USD per call',
  capitalUsd: 'USD per round',
  accounts: PLAIN,
  calls: PLAIN,
  count: 'a number of what unit says',
  index: 'number of the round, from 1',
  firstRound: 'number of the round, from 1; null = never liquidated',
  liquidatedUsd: ROUND_USD,
  repaidUsd: ROUND_USD,
  badDebtUsd: `${FINAL_USD}, before funds`,
  shortfallUsd: FINAL_USD,
  shortfallAtSaleUsd: SALE_USD,
  lossUsd: `${FINAL_USD}: badDebtUsd + shortfallUsd; of a fund, the bad debt that it bears`,
  lossAtSaleUsd: 'USD: badDebtUsd + shortfallAtSaleUsd',
  stuckUsd: ORACLE_USD,
  debtUsd: `${ORACLE_USD}; of a gap of coverage, null = it has no price`,
  shortfallBeforeUsd: 'USD, at the market prices of the book',
  shortfallBeforeAtSaleUsd: SALE_USD,
  oracleBeforeUsd: PRICE,
  oracleAfterUsd: PRICE,
  marketBeforeUsd: PRICE,
  marketAfterUsd: PRICE,
  seized: AMOUNT,
  sold: AMOUNT,
  bought: AMOUNT,
  exchanged: AMOUNT,
  unsold: AMOUNT,
  unbought: AMOUNT,
  amount: AMOUNT,
  before: `${AMOUNT} (of a fund)`,
  after: `${AMOUNT} (of a fund)`,
  valueUsd: FINAL_USD,
  paidUsd: FINAL_USD,
  receivedUsd: FINAL_USD,
  drawnUsd: FINAL_USD,
  fundUsd: FINAL_USD,
  socialisedUsd: FINAL_USD,
  leftUsd: FINAL_USD,
  openUsd: FINAL_USD,
  soldUsd: BEFORE_EACH_USD,
  boughtUsd: BEFORE_EACH_USD,
  liquidatorProfitUsd: 'USD, at the prices of each trade, gas included; negative = they lost',
  depositorProfitUsd: 'USD, at the prices of each trade; negative = they lost',
  amplification: 'ratio: liquidatedUsd of all rounds ÷ of the first; null = nobody is liquidated',
  modelledDebtUsd: ORACLE_USD,
  knownDebtUsd: ORACLE_USD,
  share: 'ratio: modelledDebtUsd ÷ knownDebtUsd',
  madeDueUsd: `${ORACLE_USD}, under the new terms`,
  healthBefore: 'ratio, liquidatable below 1; null = no debt',
  healthAfter: 'ratio, liquidatable below 1; null = no debt',
};
