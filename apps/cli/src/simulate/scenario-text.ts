import type { Book } from '@undertow/book';
import { moveName, type LiquidatorPolicy, type Policies, type Scenario } from '@undertow/cascade';
import { dollars, signedPercent } from '../compact-numbers.ts';

/** What a scenario moves, in the words that name it: `ETH −30 %, oracle:wstETH −3 %`. */
export function scenarioText(book: Book, { moves, volatilityMove = 0, depthFactor = 1 }: Scenario): string {
  const parts = moves.map((move) => moveText(book, move));
  if (volatilityMove !== 0) parts.push(`implied volatility ${signedPercent(volatilityMove)}`);
  if (depthFactor !== 1) parts.push(`depth × ${depthFactor}`);
  return parts.join(', ') || 'nothing moves';
}

/** Of what lands: how far oracles go; the number of any other move is how far it goes itself. */
function moveText(book: Book, move: Scenario['moves'][number]): string {
  const name = moveName(book, move);
  if (move.kind !== 'landed') return `${name} ${signedPercent(move.move)}`;
  return move.move === 1 ? name : `${name} ${signedPercent(move.move)} of the way`;
}

/** Who acts how, in a sentence. */
export function policiesText({ liquidators, oracles, depositors }: Policies): string {
  const follow =
    oracles === 'between' ? 'between rounds' : 'within rounds, after every call, which are small then';
  const keep = depositors === 'hold' ? ', and depositors of stability pools keep what they get' : '';
  return `Liquidators ${liquidatorText(liquidators)}; oracles follow the market ${follow}${keep}.`;
}

function liquidatorText(policy: LiquidatorPolicy): string {
  if (policy.kind === 'unlimited') return 'act on everybody who is due, at any loss';
  const gas = policy.gasUsd > 0 ? ` after gas of ${dollars(policy.gasUsd)} a call` : '';
  const limit = policy.kind === 'capital' ? `, with ${dollars(policy.capitalUsd)} a round` : '';
  return `act only at a profit${gas}${limit}`;
}
