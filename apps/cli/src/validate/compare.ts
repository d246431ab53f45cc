import type { CascadeResult } from '@undertow/cascade';
import type { OnChainCrash } from '@undertow/devnet';

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
  /** |predicted − on chain| ÷ |on chain|; 0 when both are 0, null when only the chain's is. */
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
export function compare(
  prediction: CascadeResult,
  crash: OnChainCrash,
  shocked: readonly string[],
): Comparison {
  const price = (symbol: string): number =>
    prediction.byAsset.find((path) => path.symbol === symbol)?.priceAfterUsd ?? NaN;
  return {
    firstRound: compareFirstRound(prediction, crash),
    rows: [
      row('liquidatedUsd', prediction.liquidatedUsd, crash.liquidatedUsd),
      row('repaidUsd', prediction.repaidUsd, crash.repaidUsd),
      row('badDebtUsd', prediction.badDebtUsd, crash.badDebtUsd),
      ...shocked.map((symbol) => row(`finalPriceUsd ${symbol}`, price(symbol), finalPrice(crash, symbol))),
      row('rounds', prediction.rounds.length, crash.rounds.length),
    ],
    notes: crash.notes,
  };
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

function finalPrice(crash: OnChainCrash, symbol: string): number {
  return (crash.finalPriceUsd as Readonly<Record<string, number>>)[symbol] ?? NaN;
}

export function row(measure: string, predicted: number, onChain: number): Row {
  if (onChain !== 0)
    return { measure, predicted, onChain, relativeError: Math.abs(predicted - onChain) / Math.abs(onChain) };
  if (predicted === 0) return { measure, predicted, onChain, relativeError: 0 };
  return { measure, predicted, onChain, relativeError: null, note: 'nothing of this happened on chain' };
}
