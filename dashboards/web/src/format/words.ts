/** A name of the API as people write it: `stability_pool` is `Stability pool`. */
export function inWords(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words === 'cdp' ? 'Collateralised debt' : words.charAt(0).toUpperCase() + words.slice(1);
}
