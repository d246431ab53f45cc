import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { ownerAccounts } from '@undertow/book';
import { EnginePool } from '@undertow/engine-pool';
import { accountsOf, bookSymbols, ownedSymbols, type TailMethod } from '@undertow/margin';
import type { Address } from '@undertow/market';
import { inputError } from '../errors.ts';
import { LiveBook } from '../live-book.ts';
import {
  clearingAnswer,
  marginsAnswer,
  type ClearingAnswer,
  type MarginsAnswer,
} from '../margins/margin-answer.ts';
import { PriceTables } from '../margins/price-tables.ts';
import { asInputLater } from '../scenario-input.ts';

interface HorizonArgs {
  readonly horizonSeconds: number;
  readonly stepSeconds: number;
  readonly block: number | null | undefined;
}

interface MarginsArgs extends HorizonArgs {
  readonly owner: Address;
  readonly method: TailMethod;
  readonly level: number;
  readonly count: number;
  readonly seed: number;
}

/** Scenarios that are drawn for one owner: ten thousand say the worst hundredth to a few percent. */
const MOST_DRAWN = 10_000;

/** What accounts must put up, each owner's and as a clearing house of all venues would have it. */
@Resolver()
export class MarginsResolver {
  readonly #live: LiveBook;
  readonly #pool: EnginePool;
  readonly #prices: PriceTables;

  constructor(
    @Inject(LiveBook) live: LiveBook,
    @Inject(EnginePool) pool: EnginePool,
    @Inject(PriceTables) prices: PriceTables,
  ) {
    [this.#live, this.#pool, this.#prices] = [live, pool, prices];
  }

  @Query('margins')
  async margins(
    @Args() { owner, block, stepSeconds, ...wanted }: MarginsArgs,
    @Context('signal') signal: AbortSignal | undefined,
  ): Promise<MarginsAnswer> {
    checkHorizon({ ...wanted, stepSeconds });
    checkDraws(wanted);
    const at = await this.#live.look((ledger) => ledger, block);
    const { book, head, ledger } = at;
    const accounts = ownerAccounts(book, owner, ledger);
    const rows = accountsOf(book, owner);
    if (rows.length === 0)
      return marginsAnswer(at, {
        address: owner,
        report: undefined,
        prices: { sources: [], lacking: [] },
        accounts,
      });
    const priced = await this.#prices.at(head, { symbols: ownedSymbols(book, rows), stepSeconds });
    const { horizonSeconds, method, level, count, seed } = wanted;
    const item = { owner, prices: priced.prices, horizonSeconds, method, level, count, seed };
    const report = await asInputLater(this.#pool.margin({ book, block: head.block, signal }, item));
    return marginsAnswer(at, { address: owner, report, prices: priced, accounts });
  }

  @Query('clearing')
  async clearing(
    @Args() { horizonSeconds, stepSeconds, block }: HorizonArgs,
    @Context('signal') signal: AbortSignal | undefined,
  ): Promise<ClearingAnswer> {
    checkHorizon({ horizonSeconds, stepSeconds });
    const at = await this.#live.at(block);
    const { book, head } = at;
    const priced = await this.#prices.at(head, { symbols: bookSymbols(book), stepSeconds });
    const asked = { book, block: head.block, signal };
    const item = { prices: priced.prices, horizonSeconds };
    return clearingAnswer(at, await asInputLater(this.#pool.clearing(asked, item)), priced);
  }
}

function checkHorizon({ horizonSeconds, stepSeconds }: Omit<HorizonArgs, 'block'>): void {
  if (!(stepSeconds >= 60 && stepSeconds % 60 === 0))
    throw inputError(`stepSeconds is ${stepSeconds}; it must be whole minutes: 3600 is an hour.`);
  const steps = horizonSeconds / stepSeconds;
  if (!(Number.isInteger(steps) && steps >= 1))
    throw inputError(
      `horizonSeconds is ${horizonSeconds}; it must be one or more whole steps of ${stepSeconds}.`,
    );
}

function checkDraws({ level, count, seed }: Pick<MarginsArgs, 'level' | 'count' | 'seed'>): void {
  if (!(level > 0 && level < 1))
    throw inputError(`level is ${level}; it must be between 0 and 1, such as 0.99.`);
  if (!(Number.isInteger(count) && count >= 100 && count <= MOST_DRAWN))
    throw inputError(`count is ${count}; it must be from 100 to ${MOST_DRAWN}.`);
  if (!(Number.isSafeInteger(seed) && seed >= 0))
    throw inputError(`seed is ${seed}; it must be a whole number from 0 on.`);
}
