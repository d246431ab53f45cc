import type { RawLog } from '@undertow/chain';
import { sharesOfAmount, type Address, type LegSide, type ShareMove } from '@undertow/market';
import { RAY } from '@undertow/units';

/** A balance that a token said to have changed by an amount that does not tell the shares. */
export interface PendingMove {
  readonly asset: Address;
  readonly side: LegSide;
  readonly owner: Address;
  readonly indexRay: bigint;
  /** Change of the balance at the index, interest excluded; its sign is the direction. */
  readonly balanceDelta: bigint;
  readonly log: RawLog;
}

/** What the pool said of a move: the amount of which the shares are rounded. */
export interface SaidAmount {
  readonly asset: Address;
  readonly side: LegSide;
  /** undefined = whoever moved last (the treasury). */
  readonly owner: Address | undefined;
  readonly amount: bigint;
  readonly move: Exclude<ShareMove, 'transfer'>;
  /** The amount is a balance, so its shares are found by rounding up. */
  readonly isBalance?: boolean;
}

/**
 * Joins the two logs that together tell a change of shares in release 3.6: the token's (index, owner, rounded balance)
 * and the pool's, later in the transaction (amount). `ScaledBalanceTokenBase` of 3.6 emits differences of rounded
 * balances, from which alone up to two numbers of shares are possible.
 */
export class PendingMoves {
  #moves: PendingMove[] = [];
  #last: { readonly block: number; readonly logIndex: number } = { block: -1, logIndex: -1 };

  /** To be called with every log before it is decoded. Returns moves of earlier blocks that no pool log explained. */
  advance(log: RawLog): readonly PendingMove[] {
    const isRepeat =
      log.block < this.#last.block || (log.block === this.#last.block && log.logIndex <= this.#last.logIndex);
    const isNewBlock = log.block !== this.#last.block;
    this.#last = { block: log.block, logIndex: log.logIndex };
    if (!isRepeat && !isNewBlock) return [];
    const left = isRepeat ? [] : this.#moves;
    this.#moves = [];
    return left;
  }

  add(move: PendingMove): void {
    this.#moves.push(move);
  }

  /** Shares that changed hands, signed; undefined when no token log fits what the pool said. */
  resolve(said: SaidAmount): { readonly owner: Address; readonly sharesDelta: bigint } | undefined {
    const index = this.#moves.findLastIndex((move) => matches(move, said));
    const move = this.#moves[index];
    if (move === undefined) return undefined;
    const shares = sharesOf(move, said);
    const balance = move.balanceDelta < 0n ? -move.balanceDelta : move.balanceDelta;
    // In 3.6 they differ by less than one unit. Logs of earlier releases, which a snapshot network only scans for
    // owners, round otherwise, by up to a share more.
    const difference = shares * move.indexRay - balance * RAY;
    const bound = move.indexRay + RAY;
    if (difference >= bound || difference <= -bound) return undefined;
    this.#moves.splice(index, 1);
    return { owner: move.owner, sharesDelta: move.balanceDelta < 0n ? -shares : shares };
  }
}

function matches(move: PendingMove, said: SaidAmount): boolean {
  const isMint = move.balanceDelta > 0n;
  if (move.asset !== said.asset || move.side !== said.side || isMint !== (said.move === 'mint')) return false;
  return said.owner === undefined || move.owner === said.owner;
}

function sharesOf(move: PendingMove, said: SaidAmount): bigint {
  // Rounding up inverts the floored balance of supplied shares, and is how a transfer rounds.
  const rounding = said.isBalance ? 'transfer' : said.move;
  return sharesOfAmount(said.side, rounding, said.amount, { indexRay: move.indexRay, release: '3.6' });
}
