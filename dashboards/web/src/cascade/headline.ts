import { counted, move, times, usd } from '../format/number.ts';
import type { Cascade } from './load.ts';

type Spoken = Pick<
  Cascade,
  | 'shocks'
  | 'volatilityShock'
  | 'accounts'
  | 'rounds'
  | 'liquidatedUsd'
  | 'badDebtUsd'
  | 'amplification'
  | 'converged'
  | 'byAsset'
>;

/** A cascade in one sentence; the last price named is of the shocked asset that ends lowest. */
export function cascadeHeadline(cascade: Spoken): string {
  const { shocks, accounts, rounds, liquidatedUsd, badDebtUsd, amplification, converged } = cascade;
  const what = shocksInWords(shocks, cascade.volatilityShock);
  if (accounts === 0) return `${what}: nobody is liquidated.`;
  const parts = [
    `${counted(accounts, 'account')} liquidated in ${counted(rounds.length, 'round')}`,
    `${usd(liquidatedUsd)} of collateral seized`,
    finalPrice(cascade),
    `bad debt ${usd(badDebtUsd)}`,
    amplification === null ? '' : `amplification ${times(amplification)}`,
  ];
  const sentence = `${what}: ${parts.filter((part) => part !== '').join(', ')}.`;
  return converged ? sentence : `${sentence} No fixed point was reached: the true numbers are larger.`;
}

/** The shocks in a few words: `WETH −20 %`, `WETH and WBTC −30 %`, `WETH −20 %, USDC −5 %`. */
export function shocksInWords(
  shocks: readonly { symbol: string; ratio: number }[],
  volatilityShock = 0,
): string {
  const volatility = volatilityShock === 0 ? '' : `volatility ${move(volatilityShock)}`;
  if (shocks.length === 0) return volatility === '' ? 'No price move' : `No price move, ${volatility}`;
  const byRatio = new Map<number, string[]>();
  for (const { symbol, ratio } of shocks) byRatio.set(ratio, [...(byRatio.get(ratio) ?? []), symbol]);
  const moves = [...byRatio].map(([ratio, symbols]) => `${listInWords(symbols)} ${move(ratio)}`);
  return [...moves, volatility].filter((part) => part !== '').join(', ');
}

function listInWords(words: readonly string[]): string {
  if (words.length > 4) return `${words.slice(0, 3).join(', ')} and ${words.length - 3} more`;
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function finalPrice({ byAsset, shocks }: Spoken): string {
  const moves = byAsset
    .filter(
      ({ asset, priceBeforeUsd }) => priceBeforeUsd > 0 && shocks.some((shock) => shock.asset === asset),
    )
    .map(({ symbol, priceBeforeUsd, priceAfterUsd }) => ({
      symbol,
      change: priceAfterUsd / priceBeforeUsd - 1,
    }))
    .sort((a, b) => a.change - b.change);
  const worst = moves[0];
  if (!worst) return '';
  return moves.length === 1
    ? `final price ${move(worst.change)}`
    : `final price of ${worst.symbol} ${move(worst.change)}`;
}
