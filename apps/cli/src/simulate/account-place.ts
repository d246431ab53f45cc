import type { Book } from '@undertow/book';
import { clipText } from '../wrap-text.ts';

/** So that an owner's whole address and three figures fit beside it. */
const LONGEST = 34;

/** Where an account is, in the words of people: its venue, and its market where the owner has several accounts there. */
export function accountPlace(
  { markets, venues }: Book,
  { venue, market }: { readonly venue: string; readonly market: string },
): string {
  if (market === '') return clipText(venue, LONGEST);
  const known = markets.find((one) => one.id === market && venues[one.venue]!.id === venue);
  return clipText(`${venue} ${known?.label ?? market}`, LONGEST);
}
