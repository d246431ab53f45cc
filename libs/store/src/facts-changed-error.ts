import { RetryableError } from '@undertow/units';

/** Facts that are being read are no longer those that were stored when reading began: begin again. */
export class FactsChangedError extends RetryableError {
  /** What was read of this block and those below it still holds. */
  readonly above: number;

  constructor(chainId: number, above: number) {
    super(
      `The facts of chain ${chainId} above block ${above} changed while they were read. Read them again.`,
    );
    this.above = above;
  }
}
