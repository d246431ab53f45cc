import type { Cascade } from '../cascade/load.ts';
import { move as signed } from '../../format/number.ts';

type Resolved = Cascade['moves'][number];

/** Assets with one move that are named; more are counted. */
const MOST_NAMED = 8;

/** Moves closer than this read the same. */
const SAME_MOVE = 1e-7;

/** What a scenario did to every asset before anybody reacted, in words. */
export interface MovesInWords {
  /** A line per family that moved: `ETH −30 %: WETH −30 %, wstETH −30 %`. */
  readonly families: readonly string[];
  /** What is said of the others, and of what no oracle follows. */
  readonly rest: readonly string[];
}

/** The resolved moves of every asset, families together, assets that move alike together, those that stay counted. */
export function movesInWords({ scenario, moves }: Pick<Cascade, 'scenario' | 'moves'>): MovesInWords {
  const moved = moves.filter(hasMoved);
  const families = [...Map.groupBy(moved, ({ reference }) => reference)].map(([reference, family]) => {
    const named = scenario.moves.find(({ what }) => what === reference);
    const isAlone = family.length === 1 && family[0]!.asset.symbol === reference;
    const head = named ? `${reference} ${signed(named.move)}: ` : `${reference}: `;
    return `${isAlone ? '' : head}${groups(family)}`;
  });
  const still = moves.length - moved.length;
  const others = moved.length > 0 ? 'other ' : '';
  return {
    families,
    rest: [
      ...(still === 0
        ? []
        : [`${still} ${others}${still === 1 ? 'asset stays where it is' : 'assets stay where they are'}.`]),
      ...(moves.some(isUnfollowed)
        ? [
            'Where no oracle follows, nobody becomes due by the move: what is lost there is a shortfall at market prices.',
          ]
        : []),
    ],
  };
}

const hasMoved = ({ marketMove, oracleMoves }: Resolved) =>
  [marketMove, ...oracleMoves].some((move) => Math.abs(move) > SAME_MOVE);

const isUnfollowed = ({ marketMove, oracleMoves }: Resolved) =>
  Math.abs(marketMove) > SAME_MOVE &&
  oracleMoves.length > 0 &&
  oracleMoves.every((one) => Math.abs(one) <= SAME_MOVE);

function groups(family: readonly Resolved[]): string {
  return [...Map.groupBy(family, moveText)]
    .map(([text, alike]) => {
      const symbols = alike.map(({ asset }) => asset.symbol);
      if (symbols.length <= MOST_NAMED) return symbols.map((symbol) => `${symbol} ${text}`).join(', ');
      return `${symbols.slice(0, MOST_NAMED).join(', ')} and ${symbols.length - MOST_NAMED} more ${text}`;
    })
    .join('; ');
}

function moveText(move: Resolved): string {
  const { marketMove, oracleMoves } = move;
  const market = signed(marketMove);
  if (oracleMoves.length === 0) return `${market} (no venue prices it)`;
  if (oracleMoves.every((one) => Math.abs(one - marketMove) <= SAME_MOVE)) return market;
  if (isUnfollowed(move)) return `${market} (no oracle follows)`;
  const oracles = `${oracleMoves.length === 1 ? 'oracle' : 'oracles'} ${oracleMoves.map(signed).join(' and ')}`;
  return Math.abs(marketMove) <= SAME_MOVE ? `${oracles} (its market stays)` : `${market} (${oracles})`;
}
