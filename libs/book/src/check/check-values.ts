import { BadDataError } from '@undertow/units';
import { cleanText } from '../asset-names.ts';
import { checkExact } from './check-exact.ts';
import type { BookContent } from '../file/canonical.ts';

/** The largest value of anything, USD: a thousand million times all the money there is. */
export const MOST_USD = 1e24;

/** The largest price of a whole unit, USD: a unit of 77 decimals is more than there is of any. Its products stay finite. */
export const MOST_PRICE_USD = 1e90;

/** The largest number of a depth curve: beyond what any pool's prices come to, and its square times a price is finite. */
const MOST_DEPTH = 1e60;

/** The last time that a date can say, unix seconds. */
export const MOST_TIME = 8_640_000_000_000;

/** The largest debt that totals may come to, USD: lying pairs make such; sums and products of it stay finite. */
const MOST_KNOWN_USD = 1e120;

/** The largest price at a pool, USD: that of what it is quoted in, and the curve's. */
const MOST_MARKET_PRICE_USD = MOST_DEPTH ** 2 * MOST_PRICE_USD;

/** Longest name of an asset with its address, and of a market of two such. */
const LONGEST_LABEL = 240;

/**
 * Checks that a book's numbers can be and that its integers and floats say the same, so that a run over them is finite:
 * whoever makes a file can give it the right hash.
 *
 * @throws BadDataError that names the column and the row.
 */
export function checkValues(book: BookContent): void {
  checkNames(book);
  checkPrices(book);
  checkAmounts(book);
  checkTables(book);
  checkCoverage(book);
  checkExact(book);
}

function checkNames({ assets, markets, instruments }: BookContent): void {
  for (const [row, { symbol, decimals }] of assets.entries()) {
    must(isClean(symbol), `assets[${row}].symbol must be readable text on one line`);
    must(decimals >= 0 && decimals <= 77, `assets[${row}].decimals must be from 0 to 77`);
  }
  for (const [row, { label }] of markets.entries())
    must(isClean(label), `markets[${row}].label must be readable text on one line`);
  for (const [row, { label }] of instruments.entries())
    must(isClean(label), `instruments[${row}].label must be readable text on one line`);
}

const isClean = (text: string) => text === cleanText(text, LONGEST_LABEL);

function checkPrices({ assets, oracles, exact }: BookContent): void {
  for (const [row, { oraclePriceUsd, marketPriceUsd }] of assets.entries()) {
    must(oraclePriceUsd <= MOST_PRICE_USD, `assets[${row}].oraclePriceUsd must be at most ${MOST_PRICE_USD}`);
    must(
      marketPriceUsd === undefined || (marketPriceUsd >= 0 && marketPriceUsd <= MOST_MARKET_PRICE_USD),
      `assets[${row}].marketPriceUsd must be a price`,
    );
  }
  for (const [row, { priceUsd }] of oracles.entries()) {
    const answer = exact.answer[row]!;
    must(priceUsd <= MOST_PRICE_USD, `oracles[${row}].priceUsd must be at most ${MOST_PRICE_USD}`);
    must(answer > 0n, `exact.answer[${row}] must be above 0`);
    must(
      isScaled(priceUsd, answer),
      `exact.answer[${row}] must have the digits of oracles[${row}].priceUsd, but they are ${answer} and ${priceUsd}`,
    );
  }
}

function checkAmounts({ assets, oracles, legs, funds, exact, accounts, venues }: BookContent): void {
  for (let account = 0; account < accounts.count; account++) {
    const { mechanism } = venues[accounts.venue[account]!]!;
    const isPlain = mechanism === 'pooled-lending' || mechanism === 'isolated-pair';
    for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++) {
      const [amount, threshold] = [exact.amount[leg]!, exact.threshold[leg]!];
      must(amount >= 0n, `exact.amount[${leg}] must not be below 0`);
      must(threshold >= 0n, `exact.threshold[${leg}] must not be below 0`);
      must(
        legs.amount[leg] === Number(amount) / 10 ** assets[legs.asset[leg]!]!.decimals,
        `exact.amount[${leg}] must be legs.amount[${leg}] in raw units, but they are ${amount} and ${legs.amount[leg]}`,
      );
      const [float, margin] = [legs.liquidationThreshold[leg]!, legs.maintenanceMargin[leg]!];
      must(
        threshold === 0n
          ? !isPlain || float === 0
          : isScaled(float, threshold) || isScaled(margin, threshold),
        `exact.threshold[${leg}] must have the digits of legs.liquidationThreshold[${leg}]`,
      );
      const valueUsd = legs.amount[leg]! * oracles[legs.oracle[leg]!]!.priceUsd;
      must(valueUsd <= MOST_USD, `legs.amount[${leg}] must be worth at most ${MOST_USD} USD`);
      must(
        legs.liquidationBonus[leg]! <= MOST_BONUS,
        `legs.liquidationBonus[${leg}] must be at most ${MOST_BONUS}`,
      );
    }
  }
  for (const [row, { amount, oracle }] of funds.entries()) {
    const valueUsd = Math.abs(amount) * oracles[oracle]!.priceUsd;
    must(valueUsd <= MOST_USD, `funds[${row}].amount must be worth at most ${MOST_USD} USD`);
  }
}

/** A liquidator who gets a thousand times what is repaid: no venue comes near. */
const MOST_BONUS = 1_000;

function checkTables({ depth, instruments, assets }: BookContent): void {
  for (const [row, curve] of depth.entries()) {
    if (!curve) continue;
    const numbers = [curve.startSqrtPrice, ...curve.sqrtPrice, ...curve.liquidity];
    must(
      numbers.every((one) => one <= MOST_DEPTH),
      `depth[${row}] must have numbers of at most ${MOST_DEPTH}`,
    );
    const [low, start, high] = [curve.sqrtPrice[0]!, curve.startSqrtPrice, curve.sqrtPrice.at(-1)!];
    must(
      start > 0 && start >= low * (1 - SUM_ERROR) && start <= high * (1 + SUM_ERROR),
      `depth[${row}].startSqrtPrice must lie on its curve, from ${low} to ${high}, but is ${start}`,
    );
  }
  for (const [row, { spotUsd, valueUsd, closingUsd, marginUsd, ...rest }] of instruments.entries()) {
    const numbers = [
      ...spotUsd,
      ...rest.volatilityFactor,
      ...valueUsd,
      ...closingUsd,
      ...marginUsd,
      rest.strikeUsd,
      rest.leastMargin.amount,
      rest.leastMargin.mostPerContract ?? 0,
    ];
    must(
      numbers.every((one) => one >= 0 && one <= MOST_USD),
      `the tables of instruments[${row}] must be from 0 to ${MOST_USD}`,
    );
    must(
      rest.expiry >= 0 && rest.expiry <= MOST_TIME,
      `instruments[${row}].expiry must be from 0 to ${MOST_TIME}`,
    );
    const { penalty } = rest;
    must(
      penalty.leastUsd >= 0 && penalty.leastUsd <= MOST_USD,
      `instruments[${row}].penalty.leastUsd must be from 0 to ${MOST_USD}`,
    );
    for (const name of ['share', 'liquidatorShare', 'exchangeFee'] as const)
      must(
        penalty[name] >= 0 && penalty[name] <= 1,
        `instruments[${row}].penalty.${name} must be from 0 to 1`,
      );
  }
  for (const [row, { tie }] of assets.entries())
    must(tie.ratio <= MOST_PRICE_USD, `assets[${row}].tie.ratio must be at most ${MOST_PRICE_USD}`);
}

/** Sums of floats in another order differ by less than this share. */
const SUM_ERROR = 1e-9;

function checkCoverage({ coverage, accounts, legs, oracles }: BookContent): void {
  const { modelledDebtUsd, knownDebtUsd, share, gaps } = coverage;
  let debtUsd = 0;
  for (let leg = 0; leg < legs.count; leg++)
    if (legs.side[leg] === -1) debtUsd += legs.amount[leg]! * oracles[legs.oracle[leg]!]!.priceUsd;
  const isNear = (a: number, b: number) => Math.abs(a - b) <= SUM_ERROR * Math.max(a, b);
  must(coverage.accounts === accounts.count, 'coverage.accounts must be the number of accounts');
  must(isNear(modelledDebtUsd, debtUsd), 'coverage.modelledDebtUsd must be the debt of the legs');
  must(knownDebtUsd >= modelledDebtUsd, 'coverage.knownDebtUsd must hold what is modelled');
  must(
    isNear(share, knownDebtUsd === 0 ? 1 : modelledDebtUsd / knownDebtUsd),
    'coverage.share must be what is modelled of what is known',
  );
  must(knownDebtUsd <= MOST_KNOWN_USD, `coverage.knownDebtUsd must be at most ${MOST_KNOWN_USD}`);
  for (const [row, { count, debtUsd }] of gaps.entries()) {
    must(count >= 0, `coverage.gaps[${row}].count must not be below 0`);
    must(
      debtUsd === undefined || (debtUsd >= 0 && debtUsd <= MOST_KNOWN_USD),
      `coverage.gaps[${row}].debtUsd must be from 0 to ${MOST_KNOWN_USD}`,
    );
  }
  const missingUsd = knownDebtUsd - modelledDebtUsd - gaps.reduce((sum, gap) => sum + (gap.debtUsd ?? 0), 0);
  const isUnpriced = gaps.some(({ kind, debtUsd }) => kind === 'venue' && debtUsd === undefined);
  must(
    isUnpriced || missingUsd <= UNSAID.usd + UNSAID.share * knownDebtUsd,
    'coverage.gaps must say where the debt is that is known and not modelled',
  );
}

/** Debt that no gap need speak of: venues round their totals and their accounts apart. */
const UNSAID = { usd: 1_000, share: 1e-3 };

/** Whether a float is an integer moved by some number of decimals: the scale of an answer or a ratio is its venue's. */
function isScaled(float: number, integer: bigint): boolean {
  if (integer <= 0n || !(float > 0)) return false;
  const places = Math.log10(Number(integer)) - Math.log10(float);
  return Math.abs(places - Math.round(places)) < 1e-12;
}

function must(holds: boolean, message: string): void {
  if (!holds) throw new BadDataError(`the book does not fit together: ${message}`);
}
