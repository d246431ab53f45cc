import { readdirSync } from 'node:fs';

const SOURCES = new URL('../src/', import.meta.url);

/** Every GraphQL document of the page: the exported texts of every `load.ts`, in the order of their folders. */
export async function documents(): Promise<{ name: string; text: string }[]> {
  const folders = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('load.ts'),
  );
  const found = await Promise.all(
    folders.sort().map(async (path) => {
      const exports: Record<string, unknown> = await import(new URL(path, SOURCES).href);
      return Object.entries(exports)
        .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
        .map(([name, text]) => ({ name, text }));
    }),
  );
  return found.flat();
}
