import {
  exactStanding,
  LEG_ROLES,
  legPriceUsd,
  loneAccount,
  roundingUsd,
  valueAccount,
  withAmount,
  type AccountRow,
  type Book,
  type LegRow,
} from '@undertow/book';
import type { Policy } from '../policy/policy.ts';
import { leastAmount, type AmountSearch } from './least-amount.ts';
import type { CureOption, RequiredCure } from './required-cure.ts';
import { LONE_ROW, loneValues, type MeetsTarget, type SharedPrices } from './target.ts';

/** What a cure is sought with, the same for all accounts of a book. */
export interface CureAsked {
  readonly policy: Policy;
  readonly shared: SharedPrices;
  readonly meets: MeetsTarget;
}

/** The most raw units that are tried: more than any token has. */
const MOST = 1n << 160n;
/** Float error of a guess, as a share of what it is a difference of. */
const GUESS_ERROR = 1e-9;
/**
 * Raw units that a venue may credit less than was sent: it keeps shares, rounds those of a payment down by up to one share, which is worth as many
 * units as the index says, and rounds once or twice more. Enough for indices up to 3, which no reserve is near.
 */
const CREDITED_LESS = 5n;

/**
 * What cures an account: for each of its debts the least repayment, for each of its collaterals the least top-up, each by itself, that
 * reaches the cure target of a policy by the venue's own integers: one raw unit less does not. Amounts are what the account is credited with.
 *
 * What is **asked** is the least and five raw units, as venues that keep shares may credit a few less than were sent; raised to the minimum
 * transfer and to a whole multiple of the policy's rounding; of a debt never more than all of it. A debt below the policy's floor is asked for whole.
 */
export function requiredOf(book: Book, account: AccountRow, asked: CureAsked): RequiredCure {
  const { policy, shared, meets } = asked;
  const lone = loneAccount(book, account);
  const values = loneValues(lone, shared);
  const { debtUsd } = valueAccount(values, LONE_ROW);
  const isFullClose = debtUsd < policy.fullCloseBelowUsd;
  const found: RequiredCure = {
    ...{ cureTarget: policy.cureTarget, isFullClose, amountUsd: undefined, options: [], notes: [] },
  };
  if (meets(lone) === undefined) {
    const { protocol } = lone.venues[lone.accounts.venue[0]!]!;
    return {
      ...found,
      notes: [`what cures an account at ${protocol} is not computed: it has more than collateral and debt`],
    };
  }
  if (isFullClose) return { ...found, ...wholeDebt(lone, asked) };
  const legs = Array.from({ length: lone.legs.count }, (_, leg) => leg as LegRow);
  const tried = legs.map((leg) => optionOf(lone, leg, asked));
  const options = tried
    .flatMap((one) => (one !== undefined && typeof one !== 'string' ? [one] : []))
    .sort((a, b) => a.askedUsd - b.askedUsd);
  const notes = tried.filter((one) => typeof one === 'string');
  return { ...found, options, notes, amountUsd: options[0]?.askedUsd };
}

const isDebt = ({ legs }: Book, leg: LegRow) => LEG_ROLES[legs.role[leg]!] === 'debt';
const isCollateral = ({ legs }: Book, leg: LegRow) =>
  LEG_ROLES[legs.role[leg]!] === 'collateral' && legs.liquidationThreshold[leg]! > 0;

/** All debts of an account: together they are what is asked for. */
function wholeDebt(lone: Book, { shared }: CureAsked): Pick<RequiredCure, 'options' | 'amountUsd' | 'notes'> {
  const legs = Array.from({ length: lone.legs.count }, (_, leg) => leg as LegRow).filter((leg) =>
    isDebt(lone, leg),
  );
  const options = legs.map((leg) => {
    const raw = lone.exact.amount[leg]!;
    return described(lone, leg, { shared, least: raw, asked: raw });
  });
  const amountUsd = options.reduce((sum, { askedUsd }) => sum + askedUsd, 0);
  const notes = options.length > 1 ? ['all of these together, as the whole debt is asked for'] : [];
  return { options, amountUsd, notes };
}

/** One way, or why there is none of a leg; undefined of a leg that is neither owed nor counted. */
function optionOf(lone: Book, leg: LegRow, asked: CureAsked): CureOption | string | undefined {
  const owed = isDebt(lone, leg);
  if (!owed && !isCollateral(lone, leg)) return undefined;
  const { policy, shared, meets } = asked;
  const held = lone.exact.amount[leg]!;
  const after = (moved: bigint) => withAmount(lone, leg, owed ? held - moved : held + moved);
  const symbol = lone.assets[lone.legs.asset[leg]!]!.symbol;
  const priceUsd = legPriceUsd(loneValues(lone, shared), leg);
  if (!(priceUsd > 0)) return `${symbol} has no price, and cures nothing`;
  const most = owed ? held : MOST;
  const search: AmountSearch = {
    isEnough: (moved) => meets(after(moved)) === true,
    most,
    ...guessOf(lone, leg, asked),
    stepAt: owed || policy.measure !== 'healthFactor' ? undefined : stepOf(lone, shared, after),
  };
  const least = leastAmount(search);
  if (least === undefined)
    return `no ${owed ? 'repayment' : 'top-up'} of ${symbol} alone reaches the cure target of ${policy.cureTarget}`;
  const unit = priceUsd / 10 ** lone.assets[lone.legs.asset[leg]!]!.decimals;
  const wanted = wantedRaw(Number(least) * unit, unit, policy);
  const from = maxOf(least + CREDITED_LESS, wanted);
  const enough = from >= most ? most : leastAmount({ ...search, from, guess: from });
  return described(lone, leg, { shared, least, asked: enough ?? least });
}

const maxOf = (a: bigint, b: bigint) => (a > b ? a : b);

/** Raw units of what a policy asks for instead of an amount in USD. */
function wantedRaw(usd: number, unit: number, { minimumTransferUsd, roundUpToUsd }: Policy): bigint {
  const atLeast = Math.max(usd, minimumTransferUsd);
  const wanted = roundUpToUsd > 0 ? Math.ceil(atLeast / roundUpToUsd) * roundUpToUsd : atLeast;
  return wanted > usd ? BigInt(Math.ceil(wanted / unit)) : 0n;
}

/** Where a venue floors an average first, the step that it is on; undefined where no venue of the kind is asked. */
function stepOf(lone: Book, shared: SharedPrices, after: (moved: bigint) => Book): AmountSearch['stepAt'] {
  const at = (book: Book) => exactStanding(loneValues(book, shared), LONE_ROW)?.step;
  return at(lone) === undefined ? undefined : (moved) => at(after(moved));
}

/** Where the line would be without any rounding, and what is surely below it. */
function guessOf(
  lone: Book,
  leg: LegRow,
  { policy, shared }: CureAsked,
): { readonly guess: bigint; readonly from: bigint } {
  const { measure, cureTarget } = policy;
  const values = loneValues(lone, shared);
  if (measure === 'deviations') return { guess: lone.exact.amount[leg]! / 8n, from: 0n };
  const { legs, assets } = lone;
  let [backingUsd, debtUsd] = [0, 0];
  const weightOf = (row: number) => (measure === 'healthFactor' ? legs.liquidationThreshold[row]! : 1);
  for (let row = 0; row < legs.count; row++) {
    const valueUsd = legs.amount[row]! * legPriceUsd(values, row);
    if (legs.side[row] === -1) debtUsd += valueUsd;
    else if (legs.liquidationThreshold[row]! > 0) backingUsd += valueUsd * weightOf(row);
  }
  const ratio = measure === 'loanToValue' ? 1 / cureTarget : cureTarget;
  const neededUsd = ratio * debtUsd - backingUsd;
  const perUnitUsd =
    (legPriceUsd(values, leg) * (legs.side[leg] === -1 ? ratio : weightOf(leg))) /
    10 ** assets[legs.asset[leg]!]!.decimals;
  const rawOf = (usd: number) => (usd > 0 && perUnitUsd > 0 ? BigInt(Math.floor(usd / perUnitUsd)) : 0n);
  const errorUsd = ratio * (GUESS_ERROR * debtUsd + roundingUsd(values, LONE_ROW));
  return { guess: rawOf(neededUsd), from: rawOf(neededUsd - errorUsd) };
}

function described(
  { legs, assets, markets }: Book,
  leg: LegRow,
  of: { readonly shared: SharedPrices; readonly least: bigint; readonly asked: bigint },
): CureOption {
  const { address, symbol, decimals } = assets[legs.asset[leg]!]!;
  const priceUsd = of.shared.prices.oraclePriceUsd[legs.oracle[leg]!]!;
  const usdOf = (raw: bigint) => (Number(raw) / 10 ** decimals) * priceUsd;
  return {
    kind: legs.side[leg] === -1 ? 'repay' : 'top-up',
    market: markets[legs.market[leg]!]!.id,
    ...{ asset: address, symbol, decimals },
    ...{
      least: String(of.least),
      asked: String(of.asked),
      leastUsd: usdOf(of.least),
      askedUsd: usdOf(of.asked),
    },
  };
}
