import './style/base.css';
import './style/header.css';
import './style/page.css';
import './style/heatmap.css';
import './style/cascade.css';
import './style/tables.css';
import './style/venues.css';
import './style/adapt.css';
import { exportActions } from './export/actions.ts';
import type { Markup } from './markup/element.ts';
import { mount } from './markup/patch.ts';
import { actions, THEME_KEY } from './frame/actions.ts';
import { afterDraw } from './frame/after-draw.ts';
import { tellTime } from './frame/clock.ts';
import { listenAt } from './frame/events.ts';
import { page } from './frame/page.ts';
import { placePopovers } from './frame/popovers.ts';
import { questions } from './frame/questions.ts';
import { themeOf } from './frame/state.ts';
import { store } from './frame/store.ts';
import { followHeads } from './sections/status/load.ts';
import { followScrolls } from './table/scroll.ts';

const root = document.querySelector<HTMLElement>('#page');
if (!root) throw new Error('bug: index.html has no #page');

const draw = mount(root);
let drawn: readonly Markup[] = [];
const seconds = () => Date.now() / 1000;
const keep = store(seconds, (state) => {
  document.documentElement.dataset['theme'] = themeOf(state);
  drawn = page(state);
  draw(drawn);
  finish();
});
const finish = afterDraw(root, keep);
const ask = questions(keep);
const can = actions(keep, ask);

const dark = matchMedia('(prefers-color-scheme: dark)');
const readSystemTheme = () => keep.set({ systemTheme: dark.matches ? 'dark' : 'light' });
dark.addEventListener('change', readSystemTheme);
readSystemTheme();
const kept = localStorage.getItem(THEME_KEY);
if (kept === 'light' || kept === 'dark') keep.set({ themeChoice: kept });

listenAt(root, keep, { ...can, on: { ...can.on, ...exportActions(keep, () => drawn) } });
followScrolls(root, keep);
placePopovers(root);
addEventListener('hashchange', can.followLink);
/** How often to ask while no news arrive by themselves, seconds. */
const ASK_ANYWAY = 10;
let tick = 0;
setInterval(() => {
  tellTime(root, seconds());
  const { notice } = keep.get();
  if (notice.text !== '' && notice.until <= seconds()) keep.set({ notice: { text: '', until: 0 } });
  tick += 1;
  if (tick % ASK_ANYWAY === 0 && keep.get().connection !== 'live' && !document.hidden) ask.refresh();
}, 1_000);
document.addEventListener('visibilitychange', () => {
  if (document.hidden) return;
  ask.hear();
  ask.refresh();
});

can.followLink();
ask.refresh();
followHeads(
  (head) => {
    keep.set({ head, heardAt: seconds() });
    if (head.reorg) {
      const text = `The chain went back; the newest block is ${head.block}`;
      keep.set({ said: text, notice: { text, until: seconds() + 8 } });
    }
    // Nobody looks at a hidden tab; it asks when it is shown again.
    if (document.hidden) return;
    ask.hear();
    ask.refresh();
  },
  (connection) => {
    const before = keep.get().connection;
    if (connection === before) return;
    keep.set({ connection });
    // Back: news may have been missed. Lost: whether the API is down too is worth knowing at once.
    if (before !== 'opening') ask.refresh();
  },
);
