import { inject, parse } from 'regexparam';
import type { PageAddress } from './page-address.ts';

/** Where somebody is: a page by the name of its folder, and the parts of its path that vary. */
export interface At {
  /** Undefined: there is no such page. */
  readonly page: string | undefined;
  readonly path: string;
  readonly parts: Readonly<Record<string, string>>;
}

export interface Router {
  at(path: string): At;
  /** The path of a page with its parts, each escaped. */
  pathOf(page: string, parts?: Readonly<Record<string, string | undefined>>): string;
}

/** Which page a path means, of those whose addresses are given by the names of their folders. */
export function router(addresses: Readonly<Record<string, PageAddress>>): Router {
  const known = Object.entries(addresses).map(([page, { pattern }]) => ({ page, ...parse(pattern) }));
  return {
    at(path) {
      for (const { page, keys, pattern } of known) {
        const found = pattern.exec(path);
        if (!found) continue;
        const parts = keys.flatMap((key, i) => {
          const text = found[i + 1];
          return text === undefined ? [] : [[key, unescaped(text)] as const];
        });
        return { page, path, parts: Object.fromEntries(parts) };
      }
      return { page: undefined, path, parts: {} };
    },
    pathOf(page, parts = {}) {
      const pattern = addresses[page]?.pattern;
      if (pattern === undefined) throw new Error(`bug: there is no page “${page}”`);
      const given = Object.entries(parts).flatMap(([key, text]) =>
        text === undefined ? [] : [[key, encodeURIComponent(text)] as const],
      );
      return inject(pattern, Object.fromEntries(given)) || '/';
    },
  };
}

/** A part as it was meant; as it stands where somebody broke its escapes. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
