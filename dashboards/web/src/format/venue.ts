/** A venue id as people write it: `aave-v3@devnet` is `Aave v3`, `musd@devnet` is `MUSD`; the network stands in the header. */
export function venueName(id: string): string {
  return id.replace(/@.*$/, '').split('-').map(written).join(' ');
}

/** Releases stay small, currencies are capitals. */
function written(word: string): string {
  if (/^v\d/.test(word)) return word;
  return word.endsWith('usd') ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1);
}
