import type { CascadeResult, StuckReason } from './result.ts';

/** How each reason why debt is stuck is said. */
export const STUCK_WORDS: Readonly<Record<StuckReason, string>> = {
  'no-market': 'no known market trades it',
  'no-profit': 'no liquidator would profit',
  'fund-empty': 'the contract refuses, as its fund could not bear the loss',
  paused: 'its market is paused',
  'last-position': 'the last position is never liquidated',
};

/**
 * What a reader must know of a result before any table, in whole sentences: who loses how much, what stays due and why, whether a
 * market ended and something is unsold, and what coverage lacks.
 */
export function headline(result: CascadeResult): string {
  const losses = lossSentence(result);
  const stuck = stuckSentences(result);
  return [
    // What is stuck and not lost yet comes first, lest a reader stop at the nothing.
    ...(result.lossUsd > 0 ? [losses, ...stuck] : [...stuck, losses]),
    ...marketSentences(result),
    ...(result.converged ? [] : ['The run was stopped before it came to rest: losses may grow further.']),
    ...coverageSentences(result),
  ].join(' ');
}

function lossSentence(result: CascadeResult): string {
  const { badDebtUsd, shortfallUsd, lossUsd, shortfallAtSaleUsd, band, lossAtSaleUsd } = result;
  if (lossAtSaleUsd === 0) return 'Nobody loses anything beyond what was liquidated.';
  if (lossUsd === 0)
    return `Nothing is lost at market prices, but ${usd(shortfallAtSaleUsd)} would be if all collateral of open accounts had to be sold.`;
  const ends = band ? [band.between.lossUsd, band.within.lossUsd] : [lossUsd];
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const range = usd(least) === usd(most) ? usd(lossUsd) : `between ${usd(least)} and ${usd(most)}`;
  const parts = `bad debt ${usd(badDebtUsd)}, shortfall of open accounts ${usd(shortfallUsd)}`;
  const atSale =
    usd(shortfallAtSaleUsd) === usd(shortfallUsd)
      ? ''
      : `, ${usd(shortfallAtSaleUsd)} if all of it had to be sold`;
  return `Lenders, funds and other traders lose ${range}: ${parts}${atSale}.`;
}

function stuckSentences({ stuck, stuckUsd }: CascadeResult): string[] {
  if (stuckUsd === 0) return [];
  const byReason = new Map<StuckReason, number>();
  for (const { reason, debtUsd } of stuck) byReason.set(reason, (byReason.get(reason) ?? 0) + debtUsd);
  const [only, ...others] = byReason;
  if (only && others.length === 0)
    return [`Debt of ${usd(stuckUsd)} is due and nobody liquidates it, because ${STUCK_WORDS[only[0]]}.`];
  const parts = [...byReason].map(([reason, debtUsd]) => `${usd(debtUsd)} because ${STUCK_WORDS[reason]}`);
  return [`Debt of ${usd(stuckUsd)} is due and nobody liquidates it: ${parts.join(', ')}.`];
}

function marketSentences({ endedMarkets, byAsset }: CascadeResult): string[] {
  const sentences: string[] = [];
  if (endedMarkets.length > 0)
    sentences.push(`The known market of ${endedMarkets.join(', ')} ended: nobody trades beyond it.`);
  const unsold = byAsset.filter((path) => path.unsold > 0);
  const parts = unsold.map((path) => `${units(path.unsold)} ${path.symbol}`);
  if (parts.length > 0) sentences.push(`Nobody buys ${parts.join(', ')} of what was taken.`);
  return sentences;
}

function coverageSentences({ coverage }: CascadeResult): string[] {
  const { share, knownDebtUsd, modelledDebtUsd, gaps } = coverage;
  const sentences: string[] = [];
  if (share < 1 - 1e-9) {
    const percent = Math.floor(share * 1000) / 10;
    const lacking = usd(knownDebtUsd - modelledDebtUsd);
    sentences.push(`Coverage is ${percent} %: debt of ${lacking} is not in these numbers.`);
  }
  const unpriced = gaps.filter(({ debtUsd }) => debtUsd === undefined).length;
  if (unpriced > 0)
    sentences.push(
      `Beside that, ${unpriced} ${unpriced === 1 ? 'gap has' : 'gaps have'} no known value: see coverage.`,
    );
  return sentences;
}

const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

const usd = (value: number) => `${COMPACT.format(value)} USD`;
const units = (value: number) => COMPACT.format(value);
