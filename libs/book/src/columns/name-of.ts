import type { Address } from '@undertow/market';
import type { Ledger } from '../ledger.ts';

/** Symbol and decimals of a token: as the token says, else as the reserve that holds it says. */
export function nameOf(
  ledger: Ledger,
  address: Address,
): { readonly symbol: string; readonly decimals: number } {
  const known = ledger.reference.assets.get(address);
  if (known) return { symbol: known.symbol, decimals: known.decimals };
  for (const { markets } of ledger.venues.values()) {
    const terms = markets.get(address)?.terms;
    if (terms?.form === 'reserve' && terms.decimals !== undefined) {
      return { symbol: address.slice(0, 10), decimals: terms.decimals };
    }
  }
  return { symbol: address.slice(0, 10), decimals: 18 };
}
