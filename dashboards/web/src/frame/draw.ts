import { status } from '../sections/status/asked.ts';
import { banners } from '../sections/status/banners.ts';
import { header } from '../sections/status/header.ts';
import { meaningCard } from '../glossary/meaning-card.ts';
import { element, type Markup, type Piece } from '../markup/element.ts';
import { markedBehind } from './behind.ts';
import { link } from './link.ts';
import type { NavigationLink } from './navigation-links.ts';
import { memoised } from './memo.ts';
import { askedBy, type Page, type Section } from './page.ts';
import type { State } from './state.ts';
import { toldOnce } from './tell-once.ts';

/** How long ago things were is the clock's; of answers, tables and widths each counts by itself. */
const WATCHED = { ignored: 'now', apart: ['answers', 'tables', 'widths'] } as const;

/**
 * Draws the frame and the page in it as a function of what is known and chosen; what shows the same is not drawn again. A section
 * that fails costs itself and not the page: `failed` hears of it, and the reader is told.
 */
export function drawing(
  navigation: readonly NavigationLink[],
  failed: (cause: unknown) => void,
): (known: State, page: Page | undefined) => readonly Markup[] {
  const views = new WeakMap<Section, (state: State) => Piece>();
  const viewOf = (section: Section) => {
    const view = views.get(section) ?? guarded(section, failed);
    views.set(section, view);
    return view;
  };
  const top = memoised((state: State) => header(state, navigation), WATCHED);
  const loud = memoised(banners, WATCHED);
  return (known, page) => {
    const asked = askedBy(page);
    const state = markedBehind(toldOnce(known, asked), [status, ...asked]);
    const parts = [
      top(state),
      element(
        'main',
        { key: `main ${state.at.page}`, id: 'main' },
        loud({ ...known, refusals: state.refusals }),
        page ? inside(page, state, viewOf) : instead(state, navigation),
      ),
      element(
        'footer',
        { key: 'footer' },
        'Values are what the model says of the facts stored, at oracle prices. What is left out is under Coverage.',
      ),
      meaningCard(known),
      element('p', { class: 'said', 'aria-live': 'polite', key: 'said' }, state.said),
      state.notice.text !== '' &&
        element('p', { class: 'notice', 'aria-hidden': 'true', key: 'notice' }, state.notice.text),
    ];
    return parts.filter((part) => part !== false);
  };
}

/** The drawing of a section, which says so where it cannot be made. */
function guarded(section: Section, failed: (cause: unknown) => void): (state: State) => Piece {
  const view = memoised((state: State) => section.view(state), WATCHED);
  return (state) => {
    try {
      return view(state);
    } catch (cause) {
      failed(cause);
      return element(
        'section',
        { class: 'panel', key: section.key },
        element(
          'p',
          { class: 'problem', role: 'alert' },
          `This part of the page cannot be drawn: ${cause instanceof Error ? cause.message : String(cause)}. The others are not concerned.`,
        ),
      );
    }
  };
}

function inside(page: Page, state: State, viewOf: (section: Section) => (state: State) => Piece): Piece {
  const lead = page.lead?.(state);
  return [
    element(
      'div',
      { class: 'page-head', key: 'head' },
      heading(page.title(state)),
      lead !== undefined && lead !== false && element('p', { class: 'lead' }, lead),
    ),
    page.layout((section) => viewOf(section)(state), state),
  ];
}

const heading = (title: string): Markup => element('h1', { tabindex: -1, id: 'page-title' }, title);

/** What stands there while there is no page: it is on its way, could not be loaded, or there is none. */
function instead(state: State, navigation: readonly NavigationLink[]): Piece {
  const { at, pageIs } = state;
  if (at.page === undefined)
    return element(
      'div',
      { class: 'panel', key: 'none' },
      heading(NO_SUCH_PAGE),
      element('p', { class: 'lead' }, 'There is nothing at ', element('code', {}, at.path), '. There is:'),
      element(
        'ul',
        { class: 'plain' },
        navigation.map(({ path, name }) => element('li', { key: path }, link(state, path, {}, name))),
      ),
    );
  if (pageIs === 'failed')
    return element(
      'div',
      { class: 'panel', key: 'failed' },
      heading('This page could not be loaded'),
      element(
        'p',
        { class: 'problem', role: 'alert' },
        'Its code did not come: the server is away, or has a newer version. Load the page again.',
      ),
    );
  return element(
    'div',
    { class: 'panel page-waiting', key: 'waiting' },
    element('p', { class: 'waiting' }, 'Loading…'),
  );
}

const NO_SUCH_PAGE = 'No such page';

/** The title of the window. */
export function titleOf(state: State, page: Page | undefined): string {
  const title = state.at.page === undefined ? NO_SUCH_PAGE : page?.title(state);
  return title === undefined ? 'Undertow' : `${title} – Undertow`;
}
