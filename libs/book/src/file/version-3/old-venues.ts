import { pooledRelease } from '@undertow/market';
import type { BookExact } from '../../book-exact.ts';
import { roleCode, type BookVenue, type LegRole } from '../../book.ts';
import { PAIR_RULE } from '../../isolated-pair/rule.ts';
import { moneyMarketRule } from '../../money-market/rule.ts';
import { marginRule, settlementTerms } from '../../perpetual/state.ts';
import { pooledRule } from '../../pooled-lending/rule.ts';
import type { VenueRule } from '../../rule.ts';
import type { OldBook } from './schema.ts';

/** What an old book said of venues by place: states of markets and accounts, the order of legs. */
export interface OldVenues {
  readonly venues: readonly BookVenue[];
  readonly role: Uint8Array;
  readonly stake: Float64Array;
  readonly exact: Pick<BookExact, 'marketState' | 'accountState'>;
}

type State = readonly bigint[];

/** What a market of a margin venue is, as the first integer of its old state. */
const [SETTLEMENT, COLLATERAL] = [0n, 1n];

/**
 * Rules, roles and stakes from an old book's versions and states.
 *
 * Of pooled lending the release says the rule; of a pair there is one; the close factor of a money market, the compensation of a
 * venue of debt positions and the terms of a margin venue were integers of its markets' states, the stake one of an account's.
 */
export function oldVenues(book: OldBook): OldVenues {
  const { venues, markets, accounts, exact } = book;
  const marketState = exact.marketState.map((state) => state.map(BigInt));
  const accountState = exact.accountState.map((state) => state.map(BigInt));
  const statesOf = (venue: number) => marketState.filter((_, market) => markets[market]!.venue === venue);
  const mechanismOf = (account: number) => venues[accounts.venue[account]!]!.mechanism;
  return {
    venues: venues.map((venue, row) => ({ ...venue, rule: ruleOf(venue, statesOf(row)) })),
    role: rolesOf(book, marketState),
    stake: Float64Array.from(accountState, (state, account) =>
      mechanismOf(account) === 'cdp' ? Number(state[0] ?? 0n) / 1e18 : 0,
    ),
    exact: {
      marketState: marketState.map((state, market) =>
        newState(venues[markets[market]!.venue]!.mechanism, state),
      ),
      accountState: accountState.map((state, account) => (mechanismOf(account) === 'cdp' ? [] : state)),
    },
  };
}

/** Undefined where the venue's states do not say it; then it can have no accounts, as every check says. */
function ruleOf(
  { mechanism, version }: OldBook['venues'][number],
  states: readonly State[],
): VenueRule | undefined {
  switch (mechanism) {
    case 'pooled-lending': {
      const release = pooledRelease(version);
      return release === undefined ? undefined : pooledRule(release);
    }
    case 'isolated-pair':
      return PAIR_RULE;
    case 'cdp': {
      const divisor = states[0]?.[2];
      return divisor === undefined || divisor <= 0n
        ? undefined
        : { kernel: 'stability-pool', liquidatorShare: 1 / Number(divisor) };
    }
    case 'perpetual': {
      const settlement = states.find((state) => state.length === 11 && state[0] === SETTLEMENT);
      return settlement && marginRule(settlementTerms(settlement.slice(1)));
    }
    case 'option':
      return { kernel: 'buy-back' };
    case 'money-market': {
      const closeFactorWad = states[0]?.[2];
      return closeFactorWad === undefined ? undefined : moneyMarketRule(Number(closeFactorWad) / 1e18);
    }
  }
}

/** A state without what is a rule's now, or a role's. */
function newState(mechanism: BookVenue['mechanism'], state: State): State {
  if (mechanism === 'perpetual') return state.slice(1);
  return mechanism === 'cdp' || mechanism === 'money-market' ? state.slice(0, 2) : state;
}

function rolesOf(book: OldBook, marketState: readonly State[]): Uint8Array {
  const { accounts, venues, legs, oracles } = book;
  const roles = new Uint8Array(legs.amount.length);
  const marginRole = (leg: number): LegRole => {
    const [kind] = marketState[legs.market[leg]!]!;
    if (kind === SETTLEMENT) return 'cash';
    if (kind === COLLATERAL) return 'collateral';
    return oracles[legs.oracle[leg]!]!.isFixed ? 'notional' : 'base';
  };
  for (const [account, venue] of accounts.venue.entries()) {
    const { mechanism } = venues[venue]!;
    for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++) {
      const lendingRole = (): LegRole => {
        if (legs.side[leg] === -1) return 'debt';
        return mechanism === 'pooled-lending' && legs.liquidationThreshold[leg] === 0
          ? 'supply'
          : 'collateral';
      };
      const optionRole = (): LegRole => (legs.instrument[leg] === -1 ? 'collateral' : 'option');
      const role =
        mechanism === 'perpetual' ? marginRole(leg) : mechanism === 'option' ? optionRole() : lendingRole();
      roles[leg] = roleCode(role);
    }
  }
  return roles;
}
