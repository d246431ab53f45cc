import type { AccountRow, Book, LegRow } from '@undertow/book';
import { accountOfLeg } from '../../apply-liquidations.ts';
import type { Effect, Liquidation } from '../../kernel.ts';
import type { DecidedCall } from '../../replay.ts';

/** Where rows of the engine's own book are in the book that it was opened on. */
export class NearRows {
  readonly #book: Book;
  readonly #near: Book;
  /** By account of the engine's own book. */
  readonly #order: Uint32Array;

  constructor(of: { readonly book: Book; readonly near: Book; readonly order: Uint32Array }) {
    this.#book = of.book;
    this.#near = of.near;
    this.#order = of.order;
  }

  /** In the book's order. */
  accounts(rows: readonly AccountRow[]): AccountRow[] {
    return rows.map((row) => this.#order[row]! as AccountRow).sort((a, b) => a - b);
  }

  call(call: DecidedCall): DecidedCall {
    if (call.kind === 'claim')
      return { ...call, liquidations: call.liquidations.map((one) => this.#liquidation(one)) };
    const [debtLeg, collateralLeg] = [this.#leg(call.debtLeg), this.#leg(call.collateralLeg)];
    return { ...call, account: this.#account(call.account), debtLeg, collateralLeg };
  }

  #account(row: AccountRow): AccountRow {
    return this.#order[row]! as AccountRow;
  }

  #leg(leg: LegRow): LegRow {
    const account = accountOfLeg(this.#near, leg) as AccountRow;
    const place = leg - this.#near.accounts.legStart[account]!;
    return (this.#book.accounts.legStart[this.#account(account)]! + place) as LegRow;
  }

  #liquidation({ account, effects, ...sums }: Liquidation): Liquidation {
    return { ...sums, account: this.#account(account), effects: effects.map((one) => this.#effect(one)) };
  }

  #effect(effect: Effect): Effect {
    return effect.kind === 'leg' ? { ...effect, leg: this.#leg(effect.leg) } : effect;
  }
}
