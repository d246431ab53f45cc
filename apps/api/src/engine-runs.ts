import type { Book } from '@undertow/book';
import { reproducingAssets, type AssetReproduction, type CascadeResult } from '@undertow/cascade';
import type { EnginePool } from '@undertow/engine-pool';
import { stakeScenarios, stakesOf, type AssetMarket, type OracleStakes } from '@undertow/lag';
import type { WholeReproduction } from '@undertow/sweep';
import type { Asked, WhatIfRuns } from './cascade-answer.ts';
import { MOST_ITEMS } from './input.ts';
import { asInputLater } from './scenario-input.ts';
import type { BookAtHead } from './shown.ts';
import type { CellsOf } from './sweep-answers.ts';

/** Lists of accounts are as long as any answer may show. */
const SHOWN = { accounts: MOST_ITEMS };

/**
 * What a request has computed, on the threads of the pool: until it is answered or whoever asked has left. What the book cannot
 * answer is the client's to correct.
 */
export class EngineRuns {
  readonly #pool: EnginePool;
  readonly #signal: AbortSignal | undefined;

  constructor(pool: EnginePool, signal: AbortSignal | undefined) {
    this.#pool = pool;
    this.#signal = signal;
  }

  /** A cascade, on a book with other terms where there are overrides. */
  cascade({ scenario, overrides, ...at }: Asked): Promise<CascadeResult> {
    return asInputLater(this.#pool.simulate({ ...this.#of(at), overrides }, scenario, SHOWN));
  }

  /** The same cascade under the terms of a book and under others. */
  async whatIf(asked: Asked): Promise<WhatIfRuns> {
    const { overrides } = asked;
    const [madeDue, before, after] = await Promise.all([
      asInputLater(this.#pool.madeDue({ ...this.#of(asked), overrides }, MOST_ITEMS)),
      this.cascade({ ...asked, overrides: [] }),
      this.cascade(asked),
    ]);
    return { before, after, madeDue };
  }

  cellsOf(at: BookAtHead): CellsOf {
    return (names) => this.#pool.cells(this.#of(at), names);
  }

  /** Of all that may fall, at every drop. */
  reproduction(at: BookAtHead, drops: readonly number[]): Promise<AssetReproduction[]> {
    return this.#pool.reproduction(this.#of(at), { assets: reproducingAssets(at.book), drops });
  }

  /** Of the whole book, at every drop. */
  wholeReproduction(at: BookAtHead, drops: readonly number[]): Promise<readonly WholeReproduction[]> {
    return asInputLater(this.#pool.wholeReproduction(this.#of(at), drops));
  }

  async stakes(
    at: BookAtHead,
    by: { readonly gasUsd: number; readonly markets: readonly (AssetMarket | undefined)[] },
  ): Promise<OracleStakes> {
    const { now, landed } = stakeScenarios(at.book, by);
    const run = (scenario: typeof now) =>
      this.#pool.simulate(this.#of(at), scenario, { band: false, accounts: 0 });
    const [ranNow, ranLanded] = await Promise.all([run(now), landed && run(landed)]);
    return stakesOf(by.gasUsd, { now: ranNow, landed: ranLanded });
  }

  #of({ book, head }: BookAtHead): { book: Book; block: number; signal: AbortSignal | undefined } {
    return { book, block: head.block, signal: this.#signal };
  }
}
