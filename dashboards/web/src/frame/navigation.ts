import { addressOfOldLink } from '../scenario/old-links.ts';
import { readLink } from '../scenario/link.ts';
import { addressOf, choiceIn } from './carried.ts';
import { pinnedAt } from './newest-head.ts';
import type { At, Router } from './router.ts';
import type { Store } from './store.ts';

/** Where somebody is among the entries of the history, and how they get elsewhere. */
export interface Navigation {
  /** What the address says: at opening, and when somebody goes back or edits it. */
  readonly follow: () => void;
  readonly go: (address: string) => void;
  readonly write: (entry: 'new' | 'same') => void;
  /** After each drawing: brings whoever came to the heading, or to where they were on the page before. */
  readonly settle: () => void;
}

/** The entries whose place on the page is remembered, by the number that each has in its history state. */
const KEPT_PLACES = 'undertow-places';
/** So long a page that is filling is scrolled to where it was left, unless somebody scrolls. */
const SETTLING_MS = 3_000;

/**
 * Follows the address and writes it, by the History API. Each entry knows how far down its page was; whoever comes to a page by a
 * link is brought to its heading, whoever goes back to where they were.
 *
 * @param arrive loads the page of an address.
 */
export function navigation(store: Store, router: Router, arrive: (at: At) => void): Navigation {
  const { get, set } = store;
  const places = keptPlaces();
  let entry = entryOf(history.state) ?? newEntry();
  let wanted: { readonly y: number; readonly until: number } | undefined;
  let arriving = toBegin();
  history.scrollRestoration = 'manual';
  history.replaceState({ entry }, '');

  const read = (): void => {
    const old = addressOfOldLink(location.hash);
    if (old !== undefined) history.replaceState({ entry }, '', old);
    const { pathname, search } = location;
    const link = readLink(search);
    const { measure, moves, settings, overrides, block, other, tab, capUpdate, sweep, advice, reports } =
      link;
    const { problems, scenarioProblems } = link;
    const at = router.at(pathname);
    const isSamePage = at.path === get().at.path;
    set({
      ...{ at: isSamePage ? get().at : at, measure, settings, overrides, other, tab, capUpdate },
      ...{ sweep, advice, reports },
      accountChoice: { ...get().accountChoice, ...choiceIn(link) },
      ...pinnedAt(get(), block),
      ...{ linkProblems: problems, scenarioProblems, rejected: undefined, hinted: undefined },
      // A part of what was asked would be another question.
      moves: scenarioProblems.length > 0 ? undefined : (moves ?? get().suggested),
      isChosen: scenarioProblems.length === 0 && moves !== undefined,
    });
    if (!isSamePage) arrive(at);
  };
  const leave = (): void => {
    places.set(entry, scrollY);
    entry = newEntry();
  };
  const go = (address: string): void => {
    const to = new URL(address, location.href);
    if (to.search === '') to.search = get().carried;
    const before = get().at.path;
    if (to.href !== location.href) {
      leave();
      history.pushState({ entry }, '', to);
      read();
    }
    const id = to.hash.slice(1);
    if (id === '' && get().at.path === before) return;
    arriving = { at: id || HEADING, until: performance.now() + SETTLING_MS };
    wanted = id === '' ? { y: 0, until: performance.now() + SETTLING_MS } : undefined;
  };

  addEventListener('popstate', ({ state }) => {
    const before = get().at.path;
    entry = entryOf(state) ?? newEntry();
    read();
    wanted = { y: places.get(entry) ?? 0, until: performance.now() + SETTLING_MS };
    const isElsewhere = get().at.path !== before;
    arriving = isElsewhere ? { at: HEADING, until: performance.now() + SETTLING_MS } : undefined;
  });
  addEventListener('hashchange', read);
  addEventListener('scroll', () => void (wanted ?? places.set(entry, scrollY)), { passive: true });
  addEventListener('pagehide', () => keepPlaces(places));
  for (const byHand of ['wheel', 'touchmove', 'keydown', 'pointerdown'])
    addEventListener(byHand, () => (wanted = undefined), { passive: true });
  const reloaded = places.get(entry);
  if (reloaded !== undefined) wanted = { y: reloaded, until: performance.now() + SETTLING_MS };

  return {
    follow: read,
    go,
    write(how) {
      const to = addressOf(get());
      if (to === location.pathname + location.search) return;
      if (how === 'same') return history.replaceState({ entry }, '', to);
      leave();
      history.pushState({ entry }, '', to);
    },
    settle() {
      if (get().pageIs === 'loading' && get().at.page !== undefined) return;
      if (arriving && (bringTo(arriving.at) || performance.now() > arriving.until)) {
        if (arriving.at === HEADING) set({ said: document.title });
        arriving = undefined;
      }
      if (!wanted) return;
      // While the page fills it is scrolled there again: what comes above would push it down.
      scrollTo(0, wanted.y);
      if (performance.now() > wanted.until) wanted = undefined;
    },
  };
}

interface Arriving {
  /** The id of what somebody is brought to. */
  readonly at: string;
  /** When to give up: what is not there by then does not come. */
  readonly until: number;
}

const HEADING = 'page-title';

/** Whoever opens an address with a place in the page is brought there. */
function toBegin(): Arriving | undefined {
  const id = location.hash.slice(1);
  if (id === '' || id.includes('=')) return undefined;
  return { at: id, until: performance.now() + SETTLING_MS };
}

/** Focuses a place in the page, and brings it into the window unless it is the heading; false while it is not there. */
function bringTo(id: string): boolean {
  const found = document.getElementById(id);
  if (!found) return false;
  if (found instanceof HTMLDetailsElement) found.open = true;
  const reached = found instanceof HTMLDetailsElement ? found.querySelector('summary') : found;
  if (id !== HEADING) found.scrollIntoView({ block: 'center' });
  reached?.focus({ preventScroll: true });
  return true;
}

const entryOf = (state: unknown): number | undefined => {
  const entry: unknown =
    typeof state === 'object' && state !== null && 'entry' in state ? state.entry : undefined;
  return typeof entry === 'number' ? entry : undefined;
};

const newEntry = (): number => Date.now() + Math.random();

/** Entries outlive the page when it is loaded again, as the history of the tab does. */
function keptPlaces(): Map<number, number> {
  try {
    return new Map(JSON.parse(sessionStorage.getItem(KEPT_PLACES) ?? '[]') as [number, number][]);
  } catch {
    return new Map();
  }
}

/** The newest of them: a tab may be open for weeks. */
const MOST_PLACES = 100;

function keepPlaces(places: ReadonlyMap<number, number>): void {
  sessionStorage.setItem(KEPT_PLACES, JSON.stringify([...places].slice(-MOST_PLACES)));
}
