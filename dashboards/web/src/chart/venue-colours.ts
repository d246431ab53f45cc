import { paletteOf, type Theme } from './palette.ts';

/** So many venues get hues that are as far apart as can be before the next such ring begins. */
const RING = 8;

/**
 * Fills of venues. Found by search: each is the one farthest from all before it, in OKLab (Ottosson 2020), by the nearest of
 * what is seen with full colour vision and with each of the three dichromacies (Machado et al. 2009, severity 1), among those
 * with a contrast of at least 2 (dark: 2.5) with the surface. The test measures what that gives.
 */
const FILLS: Readonly<Record<Theme, readonly string[]>> = {
  light: [
    ...['#0072b2', '#d55e00', '#5c010b', '#d79afc', '#1a0c85', '#a61859', '#3dca8d', '#aa53fb'],
    ...['#669caa', '#3330d6', '#f2a635', '#452556', '#4f5106', '#976c5d', '#783288', '#c52e95'],
    ...['#988af2', '#9d9368', '#5504a5', '#fa63c4', '#1f5851', '#da8418', '#582f32', '#816020'],
  ],
  dark: [
    ...['#56b4e9', '#f0894a', '#8624d2', '#0c7219', '#f2e32f', '#cb478b', '#3ef4d0', '#8677de'],
    ...['#89b092', '#90803c', '#f4be8c', '#5c509d', '#3780a3', '#904f64', '#8dd5fb', '#a891b7'],
    ...['#b3d12c', '#d4a9c1', '#f74865', '#794df9', '#c15abf', '#6b98f8', '#8f55cc', '#d6e7a4'],
  ],
};

/** The fill of a venue by its id. */
export type VenueColours = (venue: string) => string;

/**
 * A fill for each of all venues that are watched, by its id alone as far as it goes: a scenario that hits others changes none,
 * and one venue more changes those few that would have had its place. After 24 they begin again.
 */
export function venueColours(all: Iterable<string>, theme: Theme): VenueColours {
  const fills = FILLS[theme];
  const places = new Map<string, number>();
  const taken = new Set<number>();
  for (const venue of [...new Set(all)].sort()) {
    const ring = Math.floor(places.size / RING) * RING;
    let place = hash(venue) % RING;
    while (taken.has(ring + place)) place = (place + 1) % RING;
    taken.add(ring + place);
    places.set(venue, ring + place);
  }
  return (venue) => fills[(places.get(venue) ?? -1) % fills.length] ?? paletteOf(theme).muted;
}

/** FNV-1a of 32 bits (Fowler, Noll and Vo). */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value;
}
