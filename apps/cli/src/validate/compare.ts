import type { CascadeResult } from '@undertow/cascade';
import type { OnChainCrash, VenueCrash } from '@undertow/devnet';

/** Who is due right after the shock: `missing` are due on chain and not predicted, `extra` the reverse. */
export interface FirstRound {
  readonly predicted: number;
  readonly onChain: number;
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

export interface Row {
  readonly measure: string;
  readonly predicted: number;
  readonly onChain: number;
  /**
   * |predicted − on chain| ÷ |on chain| (for the use of a fund that pays and receives: ÷ the bad debt, where that is
   * more); 0 when both are less than half a cent, null when only the chain's is 0.
   */
  readonly relativeError: number | null;
  readonly note?: string;
}

export interface Comparison {
  readonly firstRound: FirstRound;
  readonly rows: readonly Row[];
  /** What happened on chain that a reader of the numbers should know. */
  readonly notes: readonly string[];
}

/** Holds a predicted cascade against what the contracts did. */
export function compare(prediction: CascadeResult, crash: OnChainCrash): Comparison {
  const finalPrices = Object.entries(crash.finalPriceUsd);
  return {
    firstRound: compareFirstRound(prediction, crash),
    rows: [
      row('liquidatedUsd', prediction.liquidatedUsd, crash.liquidatedUsd),
      row('repaidUsd', prediction.repaidUsd, crash.repaidUsd),
      row('badDebtUsd', prediction.badDebtUsd, crash.badDebtUsd),
      ...crash.byVenue.flatMap((venue) => compareVenue(prediction, venue)),
      ...finalPrices.map(([symbol, price]) =>
        row(`finalPriceUsd ${symbol}`, finalPrice(prediction, symbol), price),
      ),
      row('rounds', prediction.rounds.length, crash.rounds.length),
    ],
    notes: crash.notes,
  };
}

function compareVenue(prediction: CascadeResult, crash: VenueCrash): Row[] {
  const { venue } = crash;
  const predicted = prediction.byVenue.find((candidate) => candidate.venue === venue);
  const funds = prediction.funds.filter((fund) => fund.venue === venue);
  return [
    row(`accounts ${venue}`, predicted?.accounts ?? 0, crash.accounts),
    row(`liquidatedUsd ${venue}`, predicted?.liquidatedUsd ?? 0, crash.liquidatedUsd),
    row(`badDebtUsd ${venue}`, predicted?.badDebtUsd ?? 0, crash.badDebtUsd),
    ...Object.entries(crash.fundUseUsd).map(([kind, drawnUsd]) => {
      const same = funds.filter(({ fund }) => fund === kind);
      const used = sum(same.map((fund) => fund.drawnUsd));
      return row(`fundUseUsd ${venue} ${kind}`, used, drawnUsd, Math.abs(crash.badDebtUsd));
    }),
  ];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function finalPrice({ byAsset }: CascadeResult, symbol: string): number {
  return byAsset.find((path) => path.symbol === symbol)?.priceAfterUsd ?? NaN;
}

function compareFirstRound(prediction: CascadeResult, crash: OnChainCrash): FirstRound {
  const name = ({ venue, owner, market }: { venue: string; owner: string; market: string }): string =>
    [venue, owner, market].filter((part) => part !== '').join(' ');
  const predicted = new Set(prediction.byAccount.filter(({ firstRound }) => firstRound === 1).map(name));
  const onChain = new Set(crash.firstRound.map(name));
  return {
    predicted: predicted.size,
    onChain: onChain.size,
    missing: [...onChain].filter((account) => !predicted.has(account)).sort(),
    extra: [...predicted].filter((account) => !onChain.has(account)).sort(),
  };
}

/** What is less than this on both sides is nothing: half a cent. */
const NOTHING = 0.005;

/** The difference is held against the chain's value, or against `atLeast` where that is more. */
export function row(measure: string, predicted: number, onChain: number, atLeast = 0): Row {
  if (Math.abs(predicted) < NOTHING && Math.abs(onChain) < NOTHING)
    return { measure, predicted, onChain, relativeError: 0 };
  const scale = Math.max(Math.abs(onChain), atLeast);
  if (scale > 0) return { measure, predicted, onChain, relativeError: Math.abs(predicted - onChain) / scale };
  return { measure, predicted, onChain, relativeError: null, note: 'nothing of this happened on chain' };
}
