import { exportActions } from '../export/actions.ts';
import type { Markup } from '../markup/element.ts';
import { mount } from '../markup/patch.ts';
import { searchSection } from '../sections/search/section.ts';
import { followHeads } from '../sections/status/load.ts';
import { abilities } from './abilities.ts';
import { afterDraw } from './after-draw.ts';
import { tellTime } from './clock.ts';
import { drawing, titleOf } from './draw.ts';
import { listenAt } from './events.ts';
import { followLinks } from './follow-links.ts';
import { THEME_KEY } from './frame-actions.ts';
import type { Frame } from './frame.ts';
import { navigationLinks } from './navigation-links.ts';
import { navigation } from './navigation.ts';
import type { PageAddress } from './page-address.ts';
import { askedBy, type Page } from './page.ts';
import { pages } from './pages.ts';
import { placePopovers } from './popovers.ts';
import { questions, type Questions } from './questions.ts';
import { router } from './router.ts';
import { followScrolls } from '../table/scroll.ts';
import { themeOf } from './state.ts';
import { store, type Store } from './store.ts';

const seconds = () => Date.now() / 1_000;

/** Starts the page at an element of the document, with all pages by the names of their folders. */
export function start(
  root: HTMLElement,
  addresses: Readonly<Record<string, PageAddress>>,
  loaders: Readonly<Record<string, () => Promise<Page>>>,
): void {
  const ways = router(addresses);
  const links = navigationLinks(addresses, ways);
  const [draw, put] = [drawing(links, reportError), mount(root)];
  let drawn: readonly Markup[] = [];
  const keep = store(seconds, (state) => {
    const page = here.now();
    document.documentElement.dataset['theme'] = themeOf(state);
    document.title = titleOf(state, page);
    drawn = draw(state, page);
    put(drawn);
    finish();
    // The widths that new charts have are known only now.
    keep.drawNow();
    placeOpen();
    where.settle();
  });
  const finish = afterDraw(root, keep);
  const placeOpen = placePopovers(root);
  const here = pages(keep, loaders);
  const where = navigation(keep, ways, here.load);
  const frame: Frame = { get: keep.get, set: keep.set, write: where.write, go: where.go };
  const ask = questions(frame, () => [
    ...askedBy(here.now()),
    ...(keep.get().search ? searchSection.asks : []),
  ]);
  const can = abilities(root, frame, {
    ...exportActions(frame, () => drawn),
    ...searchSection.actions?.(frame),
  });
  searchSection.listen?.(root, frame);

  keep.set({ origin: location.origin });
  followThemes(keep);
  listenAt(root, () => can(here.now()));
  followScrolls(root, keep);
  followLinks(root, ways, where.go);
  keep.watch(() => {
    can(here.now());
    ask.follow();
  });
  where.follow();
  beat(root, keep, ask);
  followChain(keep, ask);
}

/** The system's theme, unless one was chosen. */
function followThemes({ set }: Store): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const read = () => set({ systemTheme: dark.matches ? 'dark' : 'light' });
  dark.addEventListener('change', read);
  read();
  const kept = localStorage.getItem(THEME_KEY);
  if (kept === 'light' || kept === 'dark') set({ themeChoice: kept });
}

/** How often to ask while no news arrive by themselves, seconds. */
const ASK_ANYWAY = 10;

/** What time alone does: ages are told, notices go, and a silent connection is not trusted. */
function beat(root: HTMLElement, { get, set }: Store, ask: Questions): void {
  let tick = 0;
  setInterval(() => {
    tellTime(root, seconds());
    const { notice, connection } = get();
    if (notice.text !== '' && notice.until <= seconds()) set({ notice: { text: '', until: 0 } });
    tick += 1;
    if (tick % ASK_ANYWAY === 0 && connection !== 'live' && !document.hidden) ask.refresh();
  }, 1_000);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return;
    ask.hear();
    ask.refresh();
  });
}

function followChain({ get, set }: Store, ask: Questions): void {
  followHeads(
    (head) => {
      set({ head, heardAt: seconds() });
      if (head.reorg) {
        const text = `The chain went back; the newest block is ${head.block}`;
        set({ said: text, notice: { text, until: seconds() + 8 } });
      }
      // Nobody looks at a hidden tab; it asks when it is shown again.
      if (document.hidden) return;
      ask.hear();
      ask.refresh();
    },
    (connection) => {
      const before = get().connection;
      if (connection === before) return;
      set({ connection });
      // Back: news may have been missed. Lost: whether the API is down too is worth knowing at once.
      if (before !== 'opening') ask.refresh();
    },
  );
}
