import { writeLink } from '../scenario/link.ts';
import type { Store } from './store.ts';

/** Puts what is chosen into the address bar. A choice that the page made by itself stays out. */
export function writeHash({ get }: Store): void {
  const { measure, moves, settings, overrides, pinned, isChosen, lookedUp } = get();
  history.replaceState(
    null,
    '',
    writeLink({
      ...{ measure, moves: isChosen ? moves : undefined },
      ...{ settings, overrides, block: pinned, account: lookedUp },
    }),
  );
}
