import { GraphQLError } from 'graphql';
import type { Book } from '@undertow/book';
import { DEBT_ASSET, TOY_ASSETS, toyAccounts, type ToyAccount } from './toy-book.ts';
import { toyEngineBook } from './toy-engine.ts';
import { TOY_VENUES, toyLegs, toyVenue } from './toy-venues.ts';

/** What a test may bend. */
export interface ToySituation {
  block: number;
  time: number;
  /** Factor on all prices: how the market has moved since the start. */
  drift: number;
  /** The factor at blocks before, by block. */
  driftAt: Readonly<Record<number, number>>;
  isEmpty: boolean;
  trusted: boolean;
  /** When set, every cascade is refused with this text. */
  refusal: string | undefined;
}

/** The situation as it was at a block; as it is when none is asked for. */
export function situationAt(now: ToySituation, block: number | null | undefined): ToySituation {
  if (block === null || block === undefined) return now;
  if (block > now.block) throw new GraphQLError(`Block ${block} is not stored: the newest is ${now.block}.`);
  return { ...now, block, drift: now.driftAt[block] ?? now.drift };
}

export const TOY_ACCOUNTS = toyAccounts(7, 90, TOY_VENUES);
/** Books by block and drift: every question about a situation is answered from one book. */
const BOOKS = new Map<string, Book>();

/** Invented accounts in a situation. */
export class ToyWorld {
  readonly accounts = TOY_ACCOUNTS;
  readonly situation: ToySituation;

  constructor(situation: ToySituation) {
    this.situation = situation;
  }

  prices(): number[] {
    return TOY_ASSETS.map(({ priceUsd }, i) =>
      i === DEBT_ASSET ? priceUsd : priceUsd * this.situation.drift,
    );
  }

  head() {
    const { block, time } = this.situation;
    return { chainId: 31337, hash: `0x${block.toString(16).padStart(64, '0')}`, block, time, reorg: false };
  }

  /** What cascades run on. */
  book(): Book {
    const { block, drift, isEmpty } = this.situation;
    const key = `${block} ${drift} ${isEmpty}`;
    const accounts = isEmpty ? [] : this.accounts;
    const book = BOOKS.get(key) ?? toyEngineBook(accounts, { prices: this.prices(), block });
    BOOKS.set(key, book);
    return book;
  }

  bookHash(): string {
    return this.book().hash;
  }

  coverage() {
    const modelledDebtUsd = this.accounts.reduce((sum, { debtUsd }) => sum + debtUsd, 0);
    const share = 0.9731;
    const knownDebtUsd = modelledDebtUsd / share;
    const gaps = [
      {
        source: 'aave-v3',
        reason: 'GHO has no feed among the watched ones',
        count: 11,
        debtUsd: null,
        kind: 'asset',
        unit: 'account',
      },
      {
        ...{ source: 'morpho-blue', reason: 'the oracle of the market is not a known kind', count: 4 },
        ...{ kind: 'venue', unit: 'account' },
        debtUsd: knownDebtUsd - modelledDebtUsd,
      },
    ];
    return { accounts: this.accounts.length, modelledDebtUsd, knownDebtUsd, share, gaps };
  }

  shown(accounts: readonly ToyAccount[] = this.situation.isEmpty ? [] : this.accounts) {
    const prices = this.prices();
    return accounts.map((account) => shownAccount(account, prices));
  }
}

/** An account as the schema has it. */
export function shownAccount(account: ToyAccount, prices: readonly number[]) {
  const { venue, owner, market, asset, amount, debtUsd, threshold } = account;
  const collateralUsd = amount * (prices[asset] ?? 0);
  const symbol = TOY_ASSETS[asset]?.symbol;
  const label =
    toyVenue(venue).mechanism === 'option' ? `${symbol} 3500 call 2027-01-29 #${market}` : `${symbol} / USDC`;
  return {
    ...{ venue, owner, market, label: market === '' ? '' : label },
    ...{ collateralUsd, debtUsd, healthFactor: (collateralUsd * threshold) / debtUsd },
    legs: toyLegs(account, prices),
  };
}
