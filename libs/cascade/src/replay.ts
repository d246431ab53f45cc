import type { AccountRow, LegRow, VenueRow } from '@undertow/book';
import { assert } from '@undertow/units';
import type { Flow } from './kernel.ts';
import { trade, type Trade } from './market/trade.ts';
import { openRound, type Decided, type OpenRound, type Round } from './open-round.ts';
import { offerOfLegs } from './repay-and-seize/kernel.ts';
import type { Shocked } from './resolve-moves.ts';
import { startOf, type LookedAt, type Run } from './run.ts';
import type { State } from './state.ts';
import type { World } from './world.ts';

/** A call that an engine has decided to make, as far as that decides what it does. */
export type DecidedCall = DecidedLoan | DecidedClaim;

/** So much of an account's offer of one debt for one collateral. */
export interface DecidedLoan {
  readonly kind: 'loan';
  readonly account: AccountRow;
  readonly debtLeg: LegRow;
  readonly collateralLeg: LegRow;
  readonly size: number;
  readonly profitUsd: number;
}

/** A call of any other mechanism. */
export interface DecidedClaim extends Omit<Decided, 'trade'> {
  readonly kind: 'claim';
}

/** What an engine has decided in a run. */
export interface Decisions {
  /** Calls of each round in order; no round is empty. */
  readonly rounds: readonly (readonly DecidedCall[])[];
  readonly converged: boolean;
  readonly lookedAt: LookedAt;
}

/**
 * A run whose calls somebody else has decided: the same steps as `runOf`, by the same kernels and markets, without looking for who is due
 * and trying out what pays, which is nearly all that a run costs.
 */
export function replay(world: World, shock: Shocked, { rounds, converged, lookedAt }: Decisions): Run {
  const isWithin = world.policies.oracles === 'within';
  const start = startOf(world, shock);
  const steps: Round[] = [];
  let end: State = start;
  for (const decided of rounds) {
    const round = openRound(world, end);
    for (const call of decided) {
      round.make(call.kind === 'loan' ? loan(round, call) : { ...call, trade: tradeOf(round, call) });
      if (isWithin) round.follow();
    }
    round.follow();
    steps.push({ before: end, after: round.state(), calls: round.calls });
    end = round.state();
  }
  return { world, start, steps, end, converged, lookedAt };
}

function loan(round: OpenRound, { account, size, profitUsd, ...legs }: DecidedLoan): Decided {
  const view = round.view();
  const offer = offerOfLegs(view, account, legs);
  assert(offer !== undefined, 'a call that was made is one that its venue accepts');
  const venue = view.book.accounts.venue[account]! as VenueRow;
  const liquidations = offer.at(size);
  return {
    venue,
    offer,
    size,
    trade: tradeOf(round, { offer, size }),
    liquidations,
    profitUsd,
    othersUsd: 0,
  };
}

function tradeOf(
  { world: { market }, state }: OpenRound,
  { offer, size }: Pick<Decided, 'offer' | 'size'>,
): Trade {
  const amounts = new Float64Array(market.book.assets.length);
  const add = (flows: readonly Flow[]) => {
    for (const { asset, amount } of flows) amounts[asset]! += amount * size;
  };
  add(offer.flows);
  add(offer.soldByOthers);
  return trade(market, state().places, amounts);
}
