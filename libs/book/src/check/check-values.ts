import { cleanText } from '../asset-names.ts';
import type { BookContent } from '../file/canonical.ts';
import { modelledDebtUsd as debtOf } from '../debt-by-venue.ts';
import { checkExact } from './check-exact.ts';
import { isUnits } from './check-prices.ts';
import { checkRules } from './check-rules.ts';
import { MOST_DEPTH, MOST_TIME, MOST_UNITS, MOST_USD } from './most.ts';
import { isNear, isScaled, must, ROUNDING } from './must.ts';

/** The largest debt that totals may come to, USD: lying pairs make such; sums and products of it stay finite. */
const MOST_KNOWN_USD = 1e120;

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
  checkRules(book);
  checkAmounts(book);
  checkTables(book);
  checkExact(book);
  checkCoverage(book);
}

function checkNames({ references, assets, markets, instruments }: BookContent): void {
  for (const [row, { symbol }] of references.entries())
    must(isClean(symbol), `references[${row}].symbol must be readable text on one line`);
  for (const [row, { symbol, decimals }] of assets.entries()) {
    must(isClean(symbol), `assets[${row}].symbol must be readable text on one line`);
    must(decimals >= 0 && decimals <= 77, `assets[${row}].decimals must be from 0 to 77`);
  }
  for (const [row, { label, supplyCap, borrowCap }] of markets.entries()) {
    must(isClean(label), `markets[${row}].label must be readable text on one line`);
    must(isUnits(supplyCap), `markets[${row}].supplyCap must be from 0 to ${MOST_UNITS}, or null`);
    must(isUnits(borrowCap), `markets[${row}].borrowCap must be from 0 to ${MOST_UNITS}, or null`);
  }
  for (const [row, { label }] of instruments.entries())
    must(isClean(label), `instruments[${row}].label must be readable text on one line`);
}

const isClean = (text: string) => text === cleanText(text, LONGEST_LABEL);

function checkAmounts({ assets, oracles, legs, funds, exact, accounts, venues }: BookContent): void {
  for (let account = 0; account < accounts.count; account++) {
    const stake = accounts.stake[account]!;
    must(stake >= 0 && stake <= MOST_UNITS, `accounts.stake[${account}] must be from 0 to ${MOST_UNITS}`);
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

function checkTables({ depth, instruments }: BookContent): void {
  for (const [row, curve] of depth.entries()) {
    if (!curve) continue;
    const numbers = [curve.startSqrtPrice, ...curve.sqrtPrice, ...curve.liquidity];
    must(
      numbers.every((one) => one <= MOST_DEPTH),
      `depth[${row}] must have numbers of at most ${MOST_DEPTH}`,
    );
    const [low, start, high] = [curve.sqrtPrice[0]!, curve.startSqrtPrice, curve.sqrtPrice.at(-1)!];
    must(
      start > 0 && start >= low * (1 - ROUNDING) && start <= high * (1 + ROUNDING),
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
}

function checkCoverage(book: BookContent): void {
  const { coverage, accounts } = book;
  const { modelledDebtUsd, knownDebtUsd, share, gaps } = coverage;
  must(coverage.accounts === accounts.count, 'coverage.accounts must be the number of accounts');
  must(isNear(modelledDebtUsd, debtOf(book)), 'coverage.modelledDebtUsd must be the debt of the legs');
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
