import { readdirSync } from 'node:fs';
import type { Page } from '../src/frame/page.ts';

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
