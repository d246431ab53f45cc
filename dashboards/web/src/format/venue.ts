/** A venue id as people write it: `aave-v3@devnet` is `Aave v3`; the network stands in the header. */
export function venueName(id: string): string {
  return id
    .replace(/@.*$/, '')
    .split('-')
    .map((word) => (/^v\d/.test(word) ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join(' ');
}
