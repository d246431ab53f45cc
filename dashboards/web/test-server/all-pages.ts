import { readdirSync } from 'node:fs';
import type { Page } from '../src/frame/page.ts';
import type { State } from '../src/frame/state.ts';
import type { Markup } from '../src/markup/element.ts';
import { TABS } from '../src/scenario/tabs.ts';
import { drawn } from './draw-page.ts';

const FOLDER = new URL('../src/pages/', import.meta.url);

/** Every page, by the name of its folder. */
export async function pages(): Promise<Readonly<Record<string, Page>>> {
  const names = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const loaded = names.map(async ({ name }) => {
    const { page } = (await import(new URL(`${name}/page.ts`, FOLDER).href)) as { page: Page };
    return [name, page] as const;
  });
  return Object.fromEntries(await Promise.all(loaded));
}

/** Every page as it is drawn, the one of scenarios with each of its tabs. */
export async function windows(state: State): Promise<readonly (readonly Markup[])[]> {
  const at = (page: string, tab?: State['tab']): State => ({
    ...state,
    at: { page, path: `/${page}`, parts: {} },
    tab,
  });
  return Object.entries(await pages()).flatMap(([name, page]) =>
    name === 'scenario' ? TABS.map(({ id }) => drawn(page, at(name, id))) : [drawn(page, at(name))],
  );
}
