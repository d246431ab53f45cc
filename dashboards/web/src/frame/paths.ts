/** Where the pages of single things are: as the patterns of their folders under `pages` have it. */
export const venuePath = (id: string): string => `/venues/${encodeURIComponent(id)}`;
export const marketPath = (venue: string, id: string): string =>
  `${venuePath(venue)}/${encodeURIComponent(id)}`;
export const assetPath = (symbol: string): string => `/assets/${encodeURIComponent(symbol)}`;
export const accountPath = (address: string): string => `/accounts/${address}`;
