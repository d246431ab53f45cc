import type { CascadeResult } from '@undertow/cascade';
import type { OnChainCrash, VenueCrash } from '@undertow/devnet';

/** How far a prediction may be from the chain: shares of the chain's figure. The accounts of the first round are the same. */
export const LIMITS = {
  /** Value liquidated at a venue. */
  liquidated: 0.005,
  /** Final price of an asset. */
  price: 0.005,
  /** Bad debt, shortfall and stuck debt of a venue, and the use of each of its funds. */
  loss: 0.01,
} as const;

/**
 * Where the chain's figure is less, limits are shares of this, USD: half a dollar, and one dollar for losses. Bad debt is
 * debt less collateral, and a fund's use what it pays less what it gets: small differences of large sums, while a sum of
 * thousands is predicted to some cents (an option's price, for one, to 0.02 %).
 */
export const LEAST_SCALE_USD = 100;

/** Whom liquidators go for right after the shock: `missing` on chain and not predicted, `extra` the reverse. */
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
  /** |predicted − on chain| ÷ |on chain|; 0 when both are less than half a cent, null when only the chain's is 0. */
  readonly relativeError: number | null;
  /** Largest relative error allowed; a figure below `LEAST_SCALE_USD` is held against that. Absent = no limit. */
  readonly limit?: number;
  readonly isBeyond: boolean;
  readonly note?: string;
}

export interface Comparison {
  readonly firstRound: FirstRound;
  readonly rows: readonly Row[];
  /** What is beyond a limit: which figure of which venue, by how much; none when the prediction holds. */
  readonly beyond: readonly string[];
  /** What happened on chain that a reader of the numbers should know. */
  readonly notes: readonly string[];
}

/** Holds a predicted cascade against what the contracts did. */
export function compare(prediction: CascadeResult, crash: OnChainCrash): Comparison {
  const firstRound = compareFirstRound(prediction, crash);
  const rows = [
    row('liquidatedUsd', prediction.liquidatedUsd, crash.liquidatedUsd),
    row('repaidUsd', prediction.repaidUsd, crash.repaidUsd),
    row('badDebtUsd', prediction.badDebtUsd, crash.badDebtUsd),
    row('shortfallUsd', prediction.shortfallUsd, crash.shortfallUsd),
    row('stuckUsd', prediction.stuckUsd, crash.stuckUsd),
    ...crash.byVenue.flatMap((venue) => compareVenue(prediction, venue)),
    ...Object.entries(crash.finalPriceUsd).map(([symbol, price]) =>
      row(`finalPriceUsd ${symbol}`, finalPrice(prediction, symbol), price, {
        limit: LIMITS.price,
        least: 0,
      }),
    ),
    row('rounds', prediction.rounds.length, crash.rounds.length),
  ];
  const beyond = [
    ...beyondFirstRound(firstRound),
    ...rows.filter(({ isBeyond }) => isBeyond).map(beyondText),
    ...(prediction.converged === crash.converged ? [] : ['only one of the two came to an end']),
  ];
  return { firstRound, rows, beyond, notes: crash.notes };
}

function compareVenue(prediction: CascadeResult, crash: VenueCrash): Row[] {
  const { venue } = crash;
  const predicted = prediction.byVenue.find((candidate) => candidate.venue === venue);
  const funds = prediction.funds.filter((fund) => fund.venue === venue);
  const [liquidated, loss] = [LIMITS.liquidated, LIMITS.loss].map((limit) => ({ limit }));
  return [
    row(`accounts ${venue}`, predicted?.accounts ?? 0, crash.accounts),
    row(`liquidatedUsd ${venue}`, predicted?.liquidatedUsd ?? 0, crash.liquidatedUsd, liquidated),
    row(`badDebtUsd ${venue}`, predicted?.badDebtUsd ?? 0, crash.badDebtUsd, loss),
    row(`shortfallUsd ${venue}`, predicted?.shortfallUsd ?? 0, crash.shortfallUsd, loss),
    row(`stuckUsd ${venue}`, predicted?.stuckUsd ?? 0, crash.stuckUsd, loss),
    ...Object.entries(crash.fundUseUsd).map(([kind, drawnUsd]) => {
      const used = sum(funds.filter(({ fund }) => fund === kind).map((fund) => fund.drawnUsd));
      return row(`fundUseUsd ${venue} ${kind}`, used, drawnUsd, loss);
    }),
  ];
}

function beyondFirstRound({ missing, extra }: FirstRound): string[] {
  const venues = [...missing, ...extra].map((name) => name.split(' ')[0] ?? name);
  return [...new Set(venues)].map((venue) => {
    const differing = venues.filter((one) => one === venue).length;
    return `accounts of the first round ${venue}: ${differing} not the same, limit 0`;
  });
}

function beyondText({ measure, predicted, onChain, relativeError, limit = 0 }: Row): string {
  const error = relativeError === null ? 'nothing of it on chain' : `${percentOf(relativeError)} off`;
  const figures = `predicted ${predicted.toFixed(2)}, on chain ${onChain.toFixed(2)}`;
  return `${measure}: ${error}, limit ${percentOf(limit)} (${figures})`;
}

/** A ratio in percent, two digits. */
export const percentOf = (ratio: number): string => `${Number((ratio * 100).toPrecision(2))} %`;

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function finalPrice({ byAsset }: CascadeResult, symbol: string): number {
  return byAsset.find((path) => path.symbol === symbol)?.oracleAfterUsd ?? NaN;
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

export interface RowLimit {
  /** A share. */
  readonly limit: number;
  /** Default `LEAST_SCALE_USD`. */
  readonly least?: number;
}

export function row(measure: string, predicted: number, onChain: number, limited?: RowLimit): Row {
  const difference = Math.abs(predicted - onChain);
  const { limit, least = LEAST_SCALE_USD } = limited ?? {};
  const isWithin = limit === undefined || difference <= limit * Math.max(Math.abs(onChain), least);
  const figures = {
    measure,
    predicted,
    onChain,
    isBeyond: !isWithin,
    ...(limit === undefined ? {} : { limit }),
  };
  if (Math.abs(predicted) < NOTHING && Math.abs(onChain) < NOTHING) return { ...figures, relativeError: 0 };
  if (onChain !== 0) return { ...figures, relativeError: difference / Math.abs(onChain) };
  return { ...figures, relativeError: null, note: 'nothing of this happened on chain' };
}
