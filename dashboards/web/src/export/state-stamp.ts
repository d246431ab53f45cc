import { answerOf } from '../frame/asked.ts';
import { addressOf, carriedBy } from '../frame/carried.ts';
import { newestHead } from '../frame/newest-head.ts';
import type { State } from '../frame/state.ts';
import { status } from '../sections/status/asked.ts';
import type { Origin } from './exportable.ts';
import type { Stamp } from './stamp.ts';

/** The stamp of a file that is made now. What is live has no block of its own: it is of the newest. */
export function stampOf(state: State, origin: Origin | undefined): Stamp {
  const head = newestHead(state);
  const place = origin?.block === undefined ? { block: head?.block, hash: head?.hash } : origin;
  return {
    network: answerOf(state, status).value?.network ?? 'network not known',
    block: place.block,
    hash: place.hash,
    bookHash: origin?.bookHash,
    address: location.origin + addressOf(standingAt(state, place.block)),
    at: Math.floor(Date.now() / 1_000),
  };
}

/** What is on screen, at a block and with its scenario, whether somebody chose them or not: so that its address shows the same. */
function standingAt(state: State, block: number | undefined): State {
  const chosen = { ...state, isChosen: state.moves !== undefined, pinned: block };
  return { ...chosen, carried: carriedBy(chosen) };
}
