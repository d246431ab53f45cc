import { move as signed, usd } from '../format/number.ts';
import type { Move } from './scenario.ts';

/** What a scenario moves, in a few words: `ETH −20 %`, `ETH and BTC −30 %`, `ETH −20 %, oracle:wstETH −5 %, depth × 0.5`, `all oracles at the market`. */
export function scenarioInWords({
  moves,
  volatilityMove,
  depthFactor,
}: {
  readonly moves: readonly Move[];
  readonly volatilityMove: number;
  readonly depthFactor: number;
}): string {
  const byMove = new Map<number, string[]>();
  const landing = moves.filter(isLanding);
  for (const { what, move } of moves.filter((one) => !isLanding(one)))
    byMove.set(move, [...(byMove.get(move) ?? []), what]);
  const parts = [...byMove].map(([move, names]) => `${listInWords(names)} ${signed(move)}`);
  parts.push(...landing.map(landingInWords));
  if (parts.length === 0) parts.push('No price move');
  if (volatilityMove !== 0) parts.push(`volatility ${signed(volatilityMove)}`);
  if (depthFactor !== 1) parts.push(`depth × ${depthFactor}`);
  return parts.join(', ');
}

const LANDED = /^landed(?::(.*))?$/;
const isLanding = ({ what }: Move): boolean => LANDED.test(what);

/** Oracles that go to what their assets trade at, or a part of the way: the number is no move of a price. */
function landingInWords({ what, move }: Move): string {
  const asset = LANDED.exec(what)?.[1];
  const whose = asset ? `oracles of ${asset}` : 'all oracles';
  return move === 1 ? `${whose} at the market` : `${whose} ${signed(move)} of the way to the market`;
}

function listInWords(words: readonly string[]): string {
  if (words.length > 4) return `${words.slice(0, 3).join(', ')} and ${words.length - 3} more`;
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Who acts how, in a sentence. */
export function policiesInWords({
  liquidators,
  gasUsd,
  capitalUsd,
  oracles,
  depositors,
}: {
  readonly liquidators: string;
  readonly gasUsd: number | null;
  readonly capitalUsd: number | null;
  readonly oracles: string;
  readonly depositors: string;
}): string {
  const gas = gasUsd !== null && gasUsd > 0 ? ` after gas of ${usd(gasUsd)} a call` : '';
  const limit = capitalUsd === null ? '' : `, with ${usd(capitalUsd)} a round`;
  const act =
    liquidators === 'unlimited'
      ? 'act on everybody who is due, at any loss'
      : `act only at a profit${gas}${limit}`;
  const follow = oracles === 'between' ? 'between rounds' : 'within rounds, after every call';
  const keep = depositors === 'hold' ? ', and depositors of stability pools keep what they get' : '';
  return `Liquidators ${act}; oracles follow the market ${follow}${keep}.`;
}
