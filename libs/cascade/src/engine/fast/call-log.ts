import type { LegRow, AccountRow } from '@undertow/book';
import type { DecidedCall } from '../../replay.ts';

/** What a run decides, call by call, in rows of the engine's own book. */
export class CallLog {
  /** Calls of each round in order; none of the last where nobody acted. */
  readonly rounds: DecidedCall[][] = [];

  /** A round begins. */
  begin(): void {
    if (this.rounds.at(-1)?.length !== 0) this.rounds.push([]);
  }

  /** A call on an account that is dealt with in numbers. */
  noteLoan(
    account: number,
    { debtLeg, collateralLeg }: { readonly debtLeg: number; readonly collateralLeg: number },
    of: { readonly size: number; readonly profitUsd: number },
  ): void {
    this.note({
      kind: 'loan',
      account: account as AccountRow,
      debtLeg: debtLeg as LegRow,
      collateralLeg: collateralLeg as LegRow,
      ...of,
    });
  }

  note(call: DecidedCall): void {
    this.rounds.at(-1)!.push(call);
  }

  /** Rounds in which somebody acted. */
  get acted(): readonly (readonly DecidedCall[])[] {
    return this.rounds.filter((calls) => calls.length > 0);
  }
}
