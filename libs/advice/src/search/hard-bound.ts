import {
  legPriceUsd,
  ownValues,
  valueAccount,
  type AccountRow,
  type AssetRow,
  type Book,
} from '@undertow/book';
import { toxicityLine, type Slippage, type ToxicityLine } from '../incentive/toxicity-line.ts';
import type { ParameterPlace } from '../parameters/parameters-of.ts';
import { incentiveFactor } from '../published/incentive-factor.ts';
import { findInput, numberOf } from '../study/given-input.ts';
import type { Study } from '../study/study.ts';

/** Who is the largest on a market, and in what it holds and owes most: the pair that its slippage is measured in. */
export interface LargestAccount {
  readonly account: AccountRow;
  readonly collateral: AssetRow;
  readonly debt: AssetRow;
  readonly debtUsd: number;
}

/** The toxicity line of a market, and what it was computed with. */
export interface HardBound {
  /** What the line is at a bonus: the largest threshold that is not toxic. */
  readonly lineAt: (bonus: number) => ToxicityLine;
  /** Price of the debt ÷ price of the collateral after the largest account is closed; 1 where that is not known. */
  readonly slippage: Slippage;
  readonly sizeUsd: number;
  /** By how much the collateral may have fallen before its oracle says so, a ratio. */
  readonly lagFall: number;
  /** Why slippage is not in the line; undefined where it is. */
  readonly why: string | undefined;
}

/** The account with the most debt that has collateral on a market; undefined where there is none. */
export function largestOn(book: Book, { marketRow, venueRow }: ParameterPlace): LargestAccount | undefined {
  const { accounts, legs } = book;
  const values = ownValues(book);
  let found: LargestAccount | undefined;
  for (let account = 0; account < accounts.count; account++) {
    if (accounts.venue[account] !== venueRow) continue;
    let [collateral, debt, mostHeld, mostOwed] = [-1, -1, 0, 0];
    for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++) {
      const usd = legs.amount[leg]! * legPriceUsd(values, leg);
      const isOn =
        legs.side[leg] === 1 && legs.liquidationThreshold[leg]! > 0 && legs.termsMarket[leg] === marketRow;
      if (isOn && usd > mostHeld) [collateral, mostHeld] = [legs.asset[leg]!, usd];
      if (legs.side[leg] === -1 && usd > mostOwed) [debt, mostOwed] = [legs.asset[leg]!, usd];
    }
    if (collateral === -1 || debt === -1) continue;
    const { debtUsd } = valueAccount(values, account as AccountRow);
    if (debtUsd > (found?.debtUsd ?? 0))
      found = {
        account: account as AccountRow,
        collateral: collateral as AssetRow,
        debt: debt as AssetRow,
        debtUsd,
      };
  }
  return found;
}

/**
 * The hard bound of a market's threshold and bonus: the toxicity line with the slippage of closing its largest account whole, in the
 * book's markets, and with what its price may do before the oracle says so. Without depth, or where the largest account cannot be
 * sold in the known markets, the line is that of contracts, without slippage, and says so.
 */
export function hardBoundOf(study: Study, place: ParameterPlace, largest: LargestAccount): HardBound {
  const closeShare = closeShareOf(study.book, place);
  const measured = slippageOf(study, largest, closeShare);
  const slippage = measured ?? { whole: 1, call: 1 };
  const lagFall = lagFallOf(study, largest.collateral) ?? 0;
  const symbol = study.book.assets[largest.collateral]!.symbol;
  return {
    lineAt: (bonus) => {
      const line = toxicityLine(bonus, { closeShare, slippage });
      return { ...line, threshold: line.threshold * (1 - lagFall) };
    },
    slippage,
    sizeUsd: largest.debtUsd,
    lagFall,
    why: measured
      ? undefined
      : `the known markets of ${symbol} cannot take what the largest account would sell`,
  };
}

/** What one call repays of an account right below its line. */
export function closeShareOf({ venues }: Book, { venueRow }: ParameterPlace): number {
  const { rule } = venues[venueRow]!;
  return rule?.kernel === 'repay-and-seize' && rule.closeFactor > 0 ? Math.min(1, rule.closeFactor) : 1;
}

/** What closing an account whole, and by one call, does to its pair’s prices; undefined where the known markets cannot take it. */
export function slippageOf(
  { book, trades }: Pick<Study, 'book' | 'trades'>,
  { collateral, debt, debtUsd }: LargestAccount,
  closeShare: number,
): Slippage | undefined {
  if (collateral === debt) return { whole: 1, call: 1 };
  const at = (usd: number): number | undefined => {
    const { isFilled, priceFactor } = trades(
      new Map([
        [collateral, usd / book.assets[collateral]!.oraclePriceUsd],
        [debt, -usd / book.assets[debt]!.oraclePriceUsd],
      ]),
    );
    return isFilled ? Math.max(1, priceFactor(debt) / priceFactor(collateral)) : undefined;
  };
  const [whole, call] = [at(debtUsd), at(debtUsd * closeShare)];
  return whole !== undefined && call !== undefined ? { whole, call: Math.min(call, whole) } : undefined;
}

/**
 * What a price does within the lag of its oracle: the fall that the plan's scenarios stay above at the confidence, × √(lag ÷ horizon), as
 * of independent moves. Undefined where lag, horizon or scenarios are not given.
 */
export function lagFallOf(study: Study, asset: AssetRow): number | undefined {
  const { book, asked, time } = study;
  const { symbol } = book.assets[asset]!;
  const lag = numberOf(findInput(asked.given ?? [], { name: 'oracle-lag', of: symbol, time }));
  const fall = fallOf(study, asset);
  if (lag === undefined || fall === undefined || !asked.horizonSeconds) return undefined;
  return Math.min(0.99, fall * Math.sqrt(lag / asked.horizonSeconds));
}

/** The fall of an asset's reference (or of it alone) that is exceeded in 1 − confidence of the scenarios, a ratio of at least 0. */
export function fallOf(study: Study, asset: AssetRow): number | undefined {
  const falls = fallsOf(study, asset)?.sort();
  return falls?.[Math.max(0, Math.ceil(falls.length * study.asked.confidence - 1e-9) - 1)];
}

/** The same by scenario; a rise is a fall of 0. Undefined where there are no scenarios. */
export function fallsOf({ swept, book }: Study, asset: AssetRow): Float64Array | undefined {
  if (!swept) return undefined;
  const { reference, address } = book.assets[asset]!;
  const { symbol } = book.references[reference]!;
  return Float64Array.from(swept.scenarios, ({ moves }) => {
    const own = moves.find((move) => move.kind === 'asset' && move.asset === address);
    const family = moves.find((move) => move.kind === 'reference' && move.symbol === symbol);
    return Math.max(0, -((own ?? family)?.move ?? 0));
  });
}

/** The bonus that goes with a threshold: of a pair it follows from it, elsewhere it stays. */
export const bonusWith = (
  { venues }: Book,
  { venueRow }: ParameterPlace,
  { threshold, bonus }: { readonly threshold: number; readonly bonus: number },
): number => (venues[venueRow]!.mechanism === 'isolated-pair' ? incentiveFactor(threshold) - 1 : bonus);
